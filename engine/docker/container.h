// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <optional>

namespace gapless {

/// A port of a container that the host listens on, as it was asked for (not as it came out).
struct PortBinding {
    QString containerPort; ///< `8080/tcp`
    QString hostIp; ///< empty: every address
    QString hostPort; ///< `8090`; empty: docker chooses
    bool operator==(const PortBinding&) const = default;
};

struct ContainerMount {
    QString type; ///< bind, volume, tmpfs
    QString source; ///< a path of the host; a volume's name
    QString target;
    bool readOnly = false;
    bool operator==(const ContainerMount&) const = default;
};

/// A container as `docker container inspect` describes it.
struct Container {
    QString id; ///< 64 hex digits
    QString name; ///< without docker's leading slash
    QString imageId; ///< `sha256:…`
    QString image; ///< the reference it was created from; may by now name another image
    QString status; ///< created, running, paused, restarting, removing, exited, dead
    bool running = false; ///< docker says so of a restarting or paused one too
    bool restarting = false;
    bool oomKilled = false;
    int exitCode = 0; ///< means something only when `status` is exited or dead
    QString error; ///< why it could not start, in docker's words
    qint64 pid = 0; ///< on the host; 0: none
    int restartCount = 0;
    QDateTime created, startedAt, finishedAt; ///< UTC; invalid: never
    QString restartPolicy; ///< no, always, unless-stopped, on-failure, on-failure:5
    QString health; ///< starting, healthy, unhealthy; empty: it has no health check
    QList<PortBinding> ports;
    QList<ContainerMount> mounts;
    QMap<QString, QString> env; ///< the image's too; may hold secrets: never shown, never recorded
    QString networkMode; ///< default, bridge, host, none, a network's name or id
    QStringList networks;
    QMap<QString, QString> labels;
    QString logDriver;
    QString user; ///< empty: root
    QString composeProject; ///< of docker compose, which would recreate the container its own way
    int stopTimeoutSeconds = -1; ///< -1: docker's default, 10
    bool operator==(const Container&) const = default;

    /// Up and meant to stay so: running, neither restarting nor paused.
    bool steady() const { return running && status == QStringLiteral("running") && !restarting; }
};

/// A line of `docker ps`.
struct ContainerSummary {
    QString id;
    QStringList names;
    QString image, state, status, ports;
    bool operator==(const ContainerSummary&) const = default;
};

/// Reads docker's or podman's `container inspect`: one object a line (`--format '{{json .}}'`) or
/// an array. Containers that were not found are simply not in it. Error DockerUnusable {docker}
/// where the bytes are neither.
QList<Container> containersFromInspect(const QByteArray& out);
Container containerFromInspect(const QJsonObject& json);

/// Reads docker's or podman's `ps --all --no-trunc --format '{{json .}}'`. Error DockerUnusable.
QList<ContainerSummary> containersFromPs(const QByteArray& out);

/// The objects in what docker printed for `--format '{{json .}}'`: one a line, or (podman) over
/// several lines, or in an array. Error DockerUnusable {docker} with the start of what is none as
/// its detail.
QList<QJsonObject> objectsFromDocker(const QByteArray& out);

} // namespace gapless
