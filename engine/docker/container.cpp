// SPDX-License-Identifier: MIT
#include "engine/docker/container.h"

#include "engine/docker/json.h"
#include "engine/model/error.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

[[noreturn]] void notDockers(const QByteArray& line)
{
    throw Error(
        ErrorKind::DockerUnusable, {{u"docker"_s, u"docker"_s}}, QString::fromUtf8(line.left(500)));
}

/// Where the JSON value that starts at `begin` ends; -1 where it does not.
qsizetype endOfValue(const QByteArray& text, qsizetype begin)
{
    int depth = 0;
    bool inString = false;
    for (qsizetype i = begin; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            if (--depth == 0)
                return i + 1;
        }
    }
    return -1;
}

QString restartPolicy(const QJsonObject& policy)
{
    const QString name = policy[u"Name"_s].toString();
    const int retries = policy[u"MaximumRetryCount"_s].toInt();
    if (name.isEmpty())
        return u"no"_s;
    return name == u"on-failure"_s && retries > 0 ? u"%1:%2"_s.arg(name).arg(retries) : name;
}

QList<PortBinding> portBindings(const QJsonObject& bindings)
{
    QList<PortBinding> ports;
    for (auto it = bindings.begin(); it != bindings.end(); ++it)
        for (const QJsonValue value : it->toArray())
            ports += {it.key(), value[u"HostIp"_s].toString(), value[u"HostPort"_s].toString()};
    return ports;
}

QList<ContainerMount> mountsOf(const QJsonArray& array)
{
    QList<ContainerMount> mounts;
    for (const QJsonValue value : array) {
        const QString type = value[u"Type"_s].toString();
        const QString source = value[type == u"volume"_s ? u"Name"_s : u"Source"_s].toString();
        mounts += {type, source, value[u"Destination"_s].toString(), !value[u"RW"_s].toBool(true)};
    }
    return mounts;
}

} // namespace

QList<QJsonObject> objectsFromDocker(const QByteArray& out)
{
    QList<QJsonObject> objects;
    const QByteArray text = out.trimmed();
    for (qsizetype at = 0; at < text.size();) {
        if (text[at] == '\n' || text[at] == '\r' || text[at] == ' ') {
            ++at;
            continue;
        }
        const bool isValue = text[at] == '{' || text[at] == '[';
        const qsizetype end = isValue ? endOfValue(text, at) : -1;
        const QJsonDocument document
            = end < 0 ? QJsonDocument() : QJsonDocument::fromJson(text.mid(at, end - at));
        if (document.isNull())
            notDockers(text.mid(at));
        if (document.isObject())
            objects += document.object();
        else
            for (const QJsonValue value : document.array())
                objects += value.toObject();
        at = end;
    }
    return objects;
}

Container containerFromInspect(const QJsonObject& json)
{
    const QJsonObject state = json[u"State"_s].toObject();
    const QJsonObject config = json[u"Config"_s].toObject();
    const QJsonObject host = json[u"HostConfig"_s].toObject();
    Container container;
    container.id = json[u"Id"_s].toString();
    container.name = json[u"Name"_s].toString();
    if (container.name.startsWith(u'/'))
        container.name.remove(0, 1);
    container.imageId = docker::digest(json[u"Image"_s].toString());
    container.image = config[u"Image"_s].toString();
    container.status = state[u"Status"_s].toString();
    container.running = state[u"Running"_s].toBool();
    container.restarting = state[u"Restarting"_s].toBool();
    container.oomKilled = state[u"OOMKilled"_s].toBool();
    container.exitCode = state[u"ExitCode"_s].toInt();
    container.error = state[u"Error"_s].toString();
    container.pid = state[u"Pid"_s].toInteger();
    container.restartCount = json[u"RestartCount"_s].toInt();
    container.created = docker::time(json[u"Created"_s]);
    container.startedAt = docker::time(state[u"StartedAt"_s]);
    container.finishedAt = docker::time(state[u"FinishedAt"_s]);
    container.restartPolicy = restartPolicy(host[u"RestartPolicy"_s].toObject());
    container.health = state[u"Health"_s][u"Status"_s].toString();
    if (container.health == u"none"_s)
        container.health.clear();
    container.ports = portBindings(host[u"PortBindings"_s].toObject());
    container.mounts = mountsOf(json[u"Mounts"_s].toArray());
    container.env = docker::environment(config[u"Env"_s]);
    container.networkMode = host[u"NetworkMode"_s].toString();
    container.networks = json[u"NetworkSettings"_s][u"Networks"_s].toObject().keys();
    container.labels = docker::textMap(config[u"Labels"_s]);
    container.logDriver = host[u"LogConfig"_s][u"Type"_s].toString();
    container.user = config[u"User"_s].toString();
    container.composeProject = container.labels.value(u"com.docker.compose.project"_s);
    container.stopTimeoutSeconds = config[u"StopTimeout"_s].toInt(-1);
    return container;
}

QList<Container> containersFromInspect(const QByteArray& out)
{
    QList<Container> containers;
    for (const QJsonObject& json : objectsFromDocker(out))
        containers += containerFromInspect(json);
    return containers;
}

QList<ContainerSummary> containersFromPs(const QByteArray& out)
{
    QList<ContainerSummary> containers;
    for (const QJsonObject& json : objectsFromDocker(out)) {
        ContainerSummary summary;
        // podman: Id and Names as an array.
        summary.id = json[json.contains(u"ID"_s) ? u"ID"_s : u"Id"_s].toString();
        summary.names = json[u"Names"_s].isArray()
            ? docker::texts(json[u"Names"_s])
            : json[u"Names"_s].toString().split(u',', Qt::SkipEmptyParts);
        summary.image = json[u"Image"_s].toString();
        summary.state = json[u"State"_s].toString();
        summary.status = json[u"Status"_s].toString();
        summary.ports = json[u"Ports"_s].toString();
        containers += summary;
    }
    return containers;
}

} // namespace gapless
