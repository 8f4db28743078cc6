// SPDX-License-Identifier: MIT
#include "engine/site/survey.h"

#include "engine/docker/container.h"
#include "engine/docker/image.h"
#include "engine/docker/words.h"
#include "engine/model/error.h"
#include "engine/remote/quoting.h"
#include "engine/site/dockerlook.h"
#include "engine/site/scriptreport.h"

#include <QJsonArray>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

// `ss` is not everywhere; the kernel's own tables are, with the port in hexadecimal.
constexpr const char* script = R"sh(
told containerIds dk ps --all --quiet --no-trunc
if [ "$told_rc" = 0 ] && [ -n "$told_text" ]; then
    told containers dk container inspect --format '{{json .}}' $told_text
fi
image_ids=$(dk image ls --quiet --no-trunc --filter dangling=false 2>/dev/null | sort -u)
if [ -n "$image_ids" ]; then told images dk image inspect --format '{{json .}}' $image_ids; fi
dk ps --no-trunc --format '{{.ID}} {{.Image}}' 2>/dev/null | while read -r id image; do
    case $image in
    *nginx* | *openresty*) told "dump.$id" dk exec "$id" nginx -T ;;
    esac
done
for table in /proc/net/tcp /proc/net/tcp6; do
    [ -r "$table" ] && awk '$4 == "0A" { n = split($2, a, ":"); print a[n] }' "$table"
done | sort -u | while read -r port; do say port "$port"; done
)sh";

QList<QJsonObject> objects(const ScriptReport& report, const QByteArray& key)
{
    QByteArray json;
    for (const QByteArray& line : report.lines(key))
        if (line.startsWith('{'))
            json += line + '\n';
    return objectsFromDocker(json);
}

QMap<QString, QString> bindMounts(const QJsonObject& container)
{
    QMap<QString, QString> mounts;
    for (const QJsonValue mount : container[u"Mounts"_s].toArray())
        // A named volume has a folder on the host too, and docker says which.
        if (const QString source = mount[u"Source"_s].toString(); source.startsWith(u'/'))
            mounts[mount[u"Destination"_s].toString()] = source;
    return mounts;
}

/// What prints the configuration that `nginx -t` tests; only where that nginx is there.
QByteArray dumpScript(const Gateway& gateway)
{
    QStringList words = splitWords(gateway.testCommand).value_or(QStringList());
    const qsizetype at = words.indexOf(u"-t"_s);
    if (at < 0)
        throw Error(ErrorKind::FieldWrong,
            {{u"path"_s, u"gateway.testCommand"_s}, {u"expected"_s, u"a command with -t"_s}});
    words[at] = u"-T"_s;
    return "if command -v " + quote(words[0]) + " >/dev/null 2>&1; then told dump " + quoteWords(words)
        + "; fi\n";
}

void addNginxes(HostSurvey& survey, const Gateway& gateway, const ScriptReport& report)
{
    if (report.has("dump.rc")) {
        const QByteArray text = report.bytes("dump.text");
        if (auto dump = readNginxDump(text))
            survey.nginxes.append({std::move(*dump), gateway.testCommand, gateway.reloadCommand, {}, {}});
        else
            survey.nginxTrouble = QString::fromUtf8(text).trimmed();
    }
    for (const QJsonObject& container : survey.containers) {
        const QByteArray key = "dump." + container[u"Id"_s].toString().toLatin1();
        if (!report.has(key + ".rc"))
            continue;
        auto dump = readNginxDump(report.bytes(key + ".text"));
        if (!dump)
            continue;
        const QString name = container[u"Name"_s].toString().mid(1);
        const QString exec = u"%1 exec %2 nginx "_s.arg(survey.host.docker, name);
        survey.nginxes.append(
            {std::move(*dump), exec + u"-t"_s, exec + u"-s reload"_s, name, bindMounts(container)});
    }
}

} // namespace

QString SurveyedNginx::hostPath(const QString& file) const
{
    if (container.isEmpty())
        return file;
    // The longest mount that holds it is the one that shows.
    QString best;
    for (auto mount = mounts.begin(); mount != mounts.end(); ++mount)
        if ((file == mount.key() || file.startsWith(mount.key() + u'/'))
            && mount.key().size() > best.size())
            best = mount.key();
    return best.isEmpty() ? QString() : mounts[best] + file.mid(best.size());
}

HostSurvey surveyHost(
    const HostSpec& spec, const Gateway& gateway, Host& host, std::stop_token stop)
{
    Command command;
    command.script = ScriptReport::functions() + dumpScript(gateway) + dockerFunction(spec) + script;
    command.shown = u"look at nginx, containers and images"_s;
    command.privilege = Privilege::Docker;
    command.deadline = 60s;
    const ScriptReport report(host.run(command, stop).orThrow().out);
    if (report.value("docker") == "missing")
        throw Error(ErrorKind::DockerMissing, {{u"docker"_s, spec.docker}}).on(spec.name);
    if (report.number("containerIds.rc", -1) != 0)
        throw dockerUnusable(spec, report.text("containerIds.text"));

    HostSurvey survey {.host = spec};
    survey.containers = objects(report, "containers.text");
    survey.images = objects(report, "images.text");
    addNginxes(survey, gateway, report);
    for (const QByteArray& port : report.values("port"))
        if (const int number = port.trimmed().toInt(nullptr, 16); number > 0)
            survey.listening << number;
    return survey;
}

} // namespace gapless
