// SPDX-License-Identifier: MIT
#include "engine/rollout/imagecommands.h"

#include "engine/docker/daemon.h"
#include "engine/docker/words.h"
#include "engine/remote/quoting.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

const QByteArray idMark = "gapless-image: ";
const QByteArray section = "gapless-section";

/// Where a transfer's bytes are kept until it is whole; what nobody came back for goes after a day.
QByteArray partFile(const QString& key)
{
    return "d=${XDG_CACHE_HOME:-${HOME:-/var/tmp}/.cache}/gapless/transfers; f=$d/" + quote(key)
        + ".part\n";
}

} // namespace

QByteArray ImageCommands::docker(const QString& host, const QStringList& words) const
{
    const auto program = splitWords(m_target.host(host).docker);
    if (!program || program->isEmpty())
        throw Error(ErrorKind::FieldWrong, {{u"path"_s, u"hosts.%1.docker"_s.arg(host)}});
    return quoteWords(*program + words);
}

Command ImageCommands::command(
    const QString&, const QByteArray& script, const QString& shown) const
{
    Command made;
    made.script = script;
    made.shown = shown;
    made.privilege = Privilege::Docker;
    return made;
}

Command ImageCommands::build(const QString& host, const QMap<QString, QString>& labels) const
{
    QStringList words = docker::build(m_target.build, {}, u"-"_s, labels);
    words.insert(1, u"--force-rm"_s); // of a failed build, too, no container stays
    const QString shown = u"docker "_s + QString::fromUtf8(quoteWords(words));
    words.removeFirst(); // `build` itself
    const QByteArray line
        = docker(host, {u"build"_s}) + " --iidfile \"$f\" " + quoteWords(words);
    Command made = command(host,
        "f=$(mktemp) || exit 74\n"
        "trap 'rm -f \"$f\"' EXIT; trap 'exit 143' HUP INT TERM\n"
            + line + "\nrc=$?\n[ $rc -ne 0 ] || { printf '\\n" + idMark
            + "'; cat \"$f\"; echo; }\nexit $rc\n",
        shown);
    made.deadline = 0s;
    return made;
}

Command ImageCommands::removeImages(const QString& host, const QStringList& ids) const
{
    QByteArray script;
    for (const QString& id : ids)
        script += docker(host, docker::removeImage(id)) + " >/dev/null 2>&1\n";
    return command(host, script + ":\n", u"docker rmi "_s + ids.join(u' '));
}

Command ImageCommands::pull(const QString& host, const QString& reference) const
{
    Command made = command(host,
        docker(host, {u"pull"_s, reference}) + " >&2 || exit\n"
            + docker(host, {u"image"_s, u"inspect"_s, u"--format"_s, u"{{.Id}}"_s, reference})
            + '\n',
        u"docker pull "_s + reference);
    made.deadline = 0s;
    return made;
}

Command ImageCommands::look(const QString& host, const QString& key) const
{
    const QByteArray mark = "echo " + section + '\n';
    return command(host,
        partFile(key) + "i=$(" + docker(host, docker::info())
            + ") || exit\nprintf '%s\\n' \"$i\"\n" + mark + "ids=$("
            + docker(host, {u"image"_s, u"ls"_s, u"-aq"_s, u"--no-trunc"_s})
            + " | sort -u)\n[ -z \"$ids\" ] || "
            + docker(host,
                {u"image"_s, u"inspect"_s, u"--format"_s, u"{{json .RootFS.Layers}}"_s})
            + " $ids 2>/dev/null\n" + mark
            // Only where the store is containerd's: without its daemon ctr waits 10 s for it.
            + "case $i in *io.containerd.snapshotter*) ! command -v ctr >/dev/null 2>&1 ||"
              " timeout 5 ctr -n moby content ls -q 2>/dev/null ;; esac\n"
            + mark
            + "stat -c %s \"$f\" 2>/dev/null || echo 0\n",
        {});
}

Command ImageCommands::load(
    const QString& host, const QString& key, qint64 offset, bool keep) const
{
    const QByteArray load = docker(host, docker::load());
    Command made = command(host, load + '\n', u"docker load"_s);
    made.deadline = 0s;
    if (!keep && offset == 0)
        return made;
    // What is left of an earlier try may still be at it: it ends when it sees that nobody sends.
    // The kept bytes stay only where the stream was cut: a tee that could not write has holes.
    made.script = partFile(key)
        + "umask 077; mkdir -p \"$d\" || exit 74\n"
          "exec 9>>\"$f.lock\"; flock -w 60 9 || exit 75\n"
          "find \"$d\" -name '*.part*' -mtime +1 -delete 2>/dev/null\n"
          "have=$(stat -c %s \"$f\" 2>/dev/null || echo 0)\n"
          "[ \"$have\" = "
        + QByteArray::number(offset) + " ] || exit " + QByteArray::number(offsetStatus)
        + "\n{ [ ! -e \"$f\" ] || cat \"$f\"; tee -a \"$f\" || rm -f \"$f\"; } | "
        + load + "\nrc=$?\n[ $rc -ne 0 ] || rm -f \"$f\" \"$f.lock\"\nexit $rc\n";
    return made;
}

Command ImageCommands::verify(const QString& host, const QString& reference) const
{
    // A containerd store may say that it loaded an image that it could not unpack: a container
    // tells.
    return command(host,
        "c=$("
            + docker(host,
                {u"create"_s, u"--pull"_s, u"never"_s, u"--network"_s, u"none"_s, reference,
                    u"gapless-verify"_s})
            + ") || exit\n" + docker(host, {u"rm"_s, u"--force"_s})
            + " \"$c\" >/dev/null || exit\n" + docker(host, docker::inspectImages({reference}))
            + '\n',
        u"docker create %1 && docker rm"_s.arg(reference));
}

Command ImageCommands::name(const QString& host, const QString& id, const QString& reference,
    const QString& transferName) const
{
    QStringList words = docker::tag(id, reference);
    QString shown = u"docker "_s + words.join(u' ');
    QByteArray script = "have=$("
        + docker(host, {u"image"_s, u"inspect"_s, u"--format"_s, u"{{.Id}}"_s, reference})
        + " 2>/dev/null)\n[ -z \"$have\" ] || [ \"$have\" = " + quote(id)
        + " ] || { echo \"$have\"; exit " + QByteArray::number(takenStatus) + "; }\n"
        + docker(host, words) + " || exit\n";
    if (!m_target.image.alsoTag.isEmpty()) {
        words = docker::tag(id, m_target.imageReference(m_target.image.alsoTag));
        shown += u" && docker "_s + words.join(u' ');
        script += docker(host, words) + " || exit\n";
    }
    if (!transferName.isEmpty())
        script += docker(host, docker::removeImage(transferName)) + " >/dev/null\n";
    Command made = command(host, script, shown);
    made.changes = true;
    return made;
}

Command ImageCommands::forget(
    const QString& host, const QString& key, const QString& transferName) const
{
    return command(host,
        partFile(key) + "rm -f \"$f\" \"$f.lock\"; rmdir \"$d\" 2>/dev/null\n"
            + docker(host, docker::removeImage(transferName)) + " >/dev/null 2>&1\n:\n",
        {});
}

Command ImageCommands::save(const QString& host, const QString& reference) const
{
    Command made
        = command(host, docker(host, docker::save({reference})) + '\n', u"docker save "_s + reference);
    made.deadline = 0s;
    return made;
}

QString idOfBuild(const QByteArray& out)
{
    const qsizetype at = out.lastIndexOf('\n' + idMark);
    if (at < 0)
        return {};
    return QString::fromLatin1(
        out.mid(at + 1 + idMark.size()).split('\n').constFirst().trimmed());
}

HostImages storedFrom(const QByteArray& out)
{
    const QByteArray whole = '\n' + out;
    QList<QByteArray> parts;
    qsizetype from = 0;
    const QByteArray mark = '\n' + section + '\n';
    for (qsizetype at; (at = whole.indexOf(mark, from)) >= 0; from = at + mark.size() - 1)
        parts.append(whole.mid(from, at - from));
    parts.append(whole.mid(from));
    if (parts.size() != 4)
        throw Error(ErrorKind::DockerUnusable, {{u"why"_s, u"other"_s}});
    HostImages found;
    found.layers.containerd = daemonFromInfo(parts[0].trimmed()).containerdStore;
    for (const QByteArray& line : parts[1].split('\n')) {
        QStringList chain;
        for (const QJsonValue& id : QJsonDocument::fromJson(line).array())
            chain.append(id.toString());
        if (!chain.isEmpty())
            found.layers.chains.append(chain);
    }
    for (const QByteArray& digest : parts[2].split('\n'))
        if (digest.startsWith("sha256:"))
            found.layers.blobs.insert(QString::fromLatin1(digest.trimmed()));
    found.arrived = parts[3].trimmed().toLongLong();
    return found;
}

void BuildOutput::take(const QByteArray& line)
{
    static const QRegularExpression classic(u"^Step (\\d+)/(\\d+) : (.*)$"_s);
    static const QRegularExpression buildKit(u"^#\\d+ \\[(?:[^\\]]* )?(\\d+)/(\\d+)\\] (.*)$"_s);
    static const QRegularExpression result(u"^ ---> ([0-9a-f]{12,})$"_s);
    const QString text = QString::fromUtf8(line);
    for (const QRegularExpression& pattern : {classic, buildKit}) {
        const auto match = pattern.match(text);
        if (!match.hasMatch())
            continue;
        step = match.captured(1).toInt();
        of = match.captured(2).toInt();
        instruction = match.captured(3);
        m_isBase = instruction.startsWith("FROM "_L1, Qt::CaseInsensitive);
        m_fromCache = false;
        return;
    }
    if (text == " ---> Using cache"_L1)
        m_fromCache = true;
    if (const auto match = result.match(text); match.hasMatch() && !m_fromCache && !m_isBase)
        made.prepend(match.captured(1));
}

} // namespace gapless
