// SPDX-License-Identifier: MIT
#include "engine/docker/daemon.h"

#include "engine/docker/container.h"
#include "engine/docker/json.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

DockerDaemon fromPodman(const QJsonObject& json)
{
    const QJsonObject host = json[u"host"_s].toObject();
    const QJsonObject store = json[u"store"_s].toObject();
    DockerDaemon daemon;
    daemon.podman = true;
    daemon.serverVersion = daemon.clientVersion = json[u"version"_s][u"Version"_s].toString();
    daemon.storageDriver = store[u"graphDriverName"_s].toString();
    daemon.rootDir = store[u"graphRoot"_s].toString();
    daemon.rootless = host[u"security"_s][u"rootless"_s].toBool();
    daemon.osType = host[u"os"_s].toString();
    daemon.architecture = host[u"arch"_s].toString();
    daemon.cgroupVersion = host[u"cgroupVersion"_s].toString().remove(u'v');
    return daemon;
}

/// A sign of one kind of failure in docker's error output, and the facts its captures give.
struct Sign {
    ErrorKind kind;
    const char* pattern;
    const char* fact = nullptr; ///< what the first capture is
    const char* second = nullptr; ///< what the second is
};

// The first that matches counts: a port that is taken is reported together with the container's
// name.
constexpr Sign signs[] = {
    {ErrorKind::PortTaken, R"(Bind for \S*:(\d+) failed: port is already allocated)", "port"},
    {ErrorKind::PortTaken,
        R"((?:listen|bind)\S* (?:tcp|udp)\S* \S*:(\d+): bind: address already in use)", "port"},
    {ErrorKind::PortTaken,
        R"(failed to bind (?:host )?port (?:for )?(?:\[[^\]]*\]|[\d.]*|::):(\d+)[:/].*address already in use)",
        "port"},
    {ErrorKind::DiskFull, R"((?:(/[^\s:]+): )?no space left on device)", "path"},
    {ErrorKind::ContainerForeign,
        R"re(container name "/?([^"]+)" is already in use by (?:container )?"?([0-9a-f]+))re",
        "container", "by"},
    {ErrorKind::MountMissing, R"(bind source path does not exist: (.+?)\.?$)", "source"},
    {ErrorKind::MountMissing, R"(statfs (\S.*?): no such file or directory)", "source"},
    {ErrorKind::ContainerMissing, R"(No such container:? (\S+))", "container"},
    {ErrorKind::ContainerMissing, R"re(no container with name or ID "([^"]+)" found)re",
        "container"},
    {ErrorKind::ImageMissing, R"(No such image: ([^\s]+?):?(?:\s|$))", "image"},
    {ErrorKind::ImageMissing, R"re(Unable to find image '([^']+)' locally)re", "image"},
    {ErrorKind::ImageMissing, R"((\S+): image not known)", "image"},
    {ErrorKind::DockerUnusable, R"(Cannot connect to the Docker daemon)"},
    {ErrorKind::DockerUnusable, R"(failed to connect to the docker API)"},
    {ErrorKind::DockerUnusable, R"(permission denied while trying to connect to the)"},
    {ErrorKind::DockerUnusable, R"(Got permission denied while trying to connect)"},
    {ErrorKind::DockerUnusable, R"(error during connect:)"},
    {ErrorKind::DockerUnusable, R"(client version \S+ is too (?:new|old))"},
    {ErrorKind::DockerMissing, R"((?:docker|podman)\S*: (?:command )?not found)"},
    {ErrorKind::DockerMissing,
        R"((?:sh|env|exec): (?:line )?(?:\d+: )?\S*(?:docker|podman)\W?: No such file or directory)"},
};

} // namespace

int DockerDaemon::majorVersion() const
{
    return serverVersion.section(u'.', 0, 0).toInt();
}

DockerDaemon daemonFromInfo(const QByteArray& out)
{
    const QList<QJsonObject> objects = objectsFromDocker(out);
    const QJsonObject json = objects.value(0);
    if (json.contains(u"store"_s) && json.contains(u"host"_s))
        return fromPodman(json);
    const QString version = json[u"ServerVersion"_s].toString();
    if (version.isEmpty())
        throw Error(ErrorKind::DockerUnusable, {{u"docker"_s, u"docker"_s}},
            docker::texts(json[u"ServerErrors"_s]).join(u'\n'));
    DockerDaemon daemon;
    daemon.id = json[u"ID"_s].toString();
    daemon.serverVersion = version;
    daemon.clientVersion = json[u"ClientInfo"_s][u"Version"_s].toString();
    daemon.storageDriver = json[u"Driver"_s].toString();
    for (const QJsonValue pair : json[u"DriverStatus"_s].toArray())
        if (pair[0].toString() == u"driver-type"_s)
            daemon.containerdStore = pair[1].toString().startsWith(u"io.containerd.snapshotter"_s);
    daemon.rootDir = json[u"DockerRootDir"_s].toString();
    for (const QString& option : docker::texts(json[u"SecurityOptions"_s]))
        daemon.rootless |= option == u"name=rootless"_s;
    daemon.liveRestore = json[u"LiveRestoreEnabled"_s].toBool();
    daemon.osType = json[u"OSType"_s].toString();
    daemon.architecture = json[u"Architecture"_s].toString();
    daemon.cgroupVersion = json[u"CgroupVersion"_s].toString();
    return daemon;
}

bool foundNoDaemon(const QByteArray& err)
{
    return err.contains("Cannot connect to the Docker daemon")
        || err.contains("failed to connect to the docker API");
}

std::optional<Error> errorFromDocker(const QByteArray& err)
{
    const QString text = QString::fromUtf8(err).trimmed();
    for (const Sign& sign : signs) {
        const QRegularExpression pattern(QString::fromLatin1(sign.pattern),
            QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption);
        const QRegularExpressionMatch match = pattern.match(text);
        if (!match.hasMatch())
            continue;
        QJsonObject facts;
        if (sign.fact && !match.captured(1).isEmpty()) {
            const QString fact = QString::fromLatin1(sign.fact);
            if (sign.kind == ErrorKind::PortTaken)
                facts[fact] = match.captured(1).toInt();
            else
                facts[fact] = match.captured(1);
        }
        if (sign.second)
            facts[QString::fromLatin1(sign.second)] = match.captured(2);
        if (sign.kind == ErrorKind::DockerUnusable || sign.kind == ErrorKind::DockerMissing)
            facts[u"docker"_s] = u"docker"_s;
        return Error(sign.kind, facts, text.split(u'\n').mid(-5).join(u'\n'));
    }
    return std::nullopt;
}

} // namespace gapless
