// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/error.h"

#include <QByteArray>
#include <QString>
#include <optional>

namespace gapless {

/// The daemon that a docker command talks to.
struct DockerDaemon {
    bool podman = false;
    QString id; ///< two hosts with one id are one daemon
    QString serverVersion; ///< `20.10.24+dfsg1`; empty: there is no daemon to talk to
    QString clientVersion;
    QString storageDriver; ///< overlay2, overlayfs …
    bool containerdStore = false; ///< images are in containerd's content store
    QString rootDir; ///< where images and containers are kept
    bool rootless = false;
    bool liveRestore = false; ///< containers outlive a restart of the daemon
    QString osType; ///< linux
    QString architecture; ///< `x86_64`
    QString cgroupVersion;
    bool operator==(const DockerDaemon&) const = default;

    int majorVersion() const; ///< 0 where there is none
};

/// Reads `info --format '{{json .}}'` of docker or podman. Error DockerUnusable {docker}, its
/// detail being what the client reported, where no daemon answered.
DockerDaemon daemonFromInfo(const QByteArray& out);

/// What docker's error output says went wrong, with the facts it names:
/// PortTaken {port}, ImageMissing {image}, ContainerMissing {container}, ContainerForeign
/// {container, by} (the name is in use), MountMissing {source}, DiskFull {path}, DockerUnusable
/// {docker}, DockerMissing {docker}. The error's detail is docker's own last lines. Nothing: none
/// of these.
std::optional<Error> errorFromDocker(const QByteArray& err);

/// The command line has found no daemon to talk to: it has done nothing, and may be sent again.
bool foundNoDaemon(const QByteArray& err);

} // namespace gapless
