// SPDX-License-Identifier: MIT
#include "engine/site/dockerlook.h"

#include "engine/remote/quoting.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// True where docker failed only because something it was asked for is not there.
bool onlyMissing(const QList<QByteArray>& complaints)
{
    return std::all_of(complaints.begin(), complaints.end(), [](const QByteArray& line) {
        const QByteArray lower = line.toLower();
        return lower.contains("no such container") || lower.contains("no such object")
            || lower.contains("no such image");
    });
}

/// The JSON lines of what `told` said; `complaints` gets the others.
QByteArray jsonLines(const ScriptReport& report, const QByteArray& key, QList<QByteArray>& complaints)
{
    QByteArray json;
    for (const QByteArray& line : report.lines(key + ".text")) {
        if (line.startsWith('{'))
            json += line + '\n';
        else if (report.number(key + ".rc") != 0 && line != "[]")
            complaints << line;
    }
    return json;
}

} // namespace

QByteArray dockerFunction(const HostSpec& host)
{
    const QStringList words = splitWords(host.docker).value_or(QStringList());
    const QString first = words.isEmpty() ? u"docker"_s : words.constFirst();
    return "dk() { " + quoteWords(words.isEmpty() ? QStringList { first } : words)
        + " \"$@\" </dev/null; }\n"
          "command -v "
        + quote(first) + " >/dev/null 2>&1 || { say docker missing; exit 0; }\n";
}

QByteArray dockerLookScript(const Target& target, const QString& hostName)
{
    QStringList names;
    for (const Slot& slot : target.slots)
        if (slot.host == hostName)
            names << slot.container;
    return "ours=$(dk ps -aq --no-trunc --filter label=gapless.run 2>/dev/null)\n"
           "told containers dk container inspect --format '{{json .}}' "
        + quoteWords(names)
        + " $ours\n"
          "told imageIds dk image ls -q --no-trunc "
        + quote(target.image.repository)
        + "\n"
          "ids=$(printf '%s\\n' \"$told_text\" | sort -u)\n"
          "if [ $told_rc = 0 ] && [ -n \"$ids\" ]; then\n"
          "    told images dk image inspect --format '{{json .}}' $ids\n"
          "fi\n";
}

Error dockerUnusable(const HostSpec& host, const QString& text)
{
    const QString lower = text.toLower();
    QString why = u"other"_s;
    if (lower.contains("permission denied"_L1))
        why = u"permission"_s;
    else if (lower.contains("cannot connect"_L1) || lower.contains("daemon running"_L1)
        || lower.contains("connection refused"_L1) || lower.contains("no such file"_L1))
        why = u"daemon"_s;
    return Error(ErrorKind::DockerUnusable, { { u"docker"_s, host.docker }, { u"why"_s, why } },
        text.trimmed())
        .on(host.name);
}

} // namespace gapless
