// SPDX-License-Identifier: MIT
#pragma once

#include "engine/docker/daemon.h"
#include "engine/nginx/upstreamfile.h"
#include "engine/site/dockerlook.h"
#include "engine/site/doctor.h"
#include "engine/site/gatewaylook.h"
#include "engine/site/nginxdump.h"
#include "engine/site/tries.h"

#include <QMap>
#include <chrono>

namespace gapless::doctor {

/// A command's exit status and all that it wrote; nothing where it was not run.
struct Told {
    int exit = 0;
    QString text;
};

/// A file system with something of ours on it.
struct DiskSpace {
    QString path;
    qint64 freeBytes = 0;
};

/// A TCP socket that something listens on.
struct Listener {
    QString address; ///< `0.0.0.0`, `127.0.0.1`, `[::]`, `*`
    int port = 0;
    QString program; ///< empty where we may not see it
    qint64 pid = 0;
};

/// What a host said of itself.
struct HostLook {
    std::optional<Error> failure; ///< it could not be spoken to at all
    std::optional<Error>
        sudoFailure; ///< it could, but not with the rights that the target asks for
    QString user; ///< who logged in
    bool root = false; ///< the script ran as root
    std::chrono::milliseconds answered {}; ///< from asking to the first line
    double offsetMs = 0, uncertaintyMs = 0; ///< its clock less ours
    QSet<QString> tools;
};

/// What a slot host's docker script said.
struct SlotHostLook {
    std::optional<Error> failure; ///< the script as a whole
    DockerLook docker;
    std::optional<DockerDaemon> daemon;
    QList<ContainerSummary> running;
    QList<Listener> listeners;
    std::optional<QStringList> networks; ///< where the target names one
    std::optional<DiskSpace> disk; ///< where docker keeps its images
    QMap<QString, QString> paths; ///< path -> file, dir or missing
};

struct NginxMaster {
    qint64 pid = 0;
    QString title;
};

/// What somebody left on the gateway to say that the site is being changed.
struct LockFile {
    QString key; ///< of the site
    QByteArray record; ///< JSON
    bool alive = false;
};

/// What the gateway's script said.
struct GatewayExamination {
    std::optional<Error> failure;
    GatewayLook look;
    bool writable = false; ///< the file and its folder
    std::optional<Told> test;
    QString version; ///< of nginx, `1.22.1`; empty: not known
    bool canReload = true; ///< nothing forbids the signal, as far as could be asked
    QString pidFile; ///< empty: not known
    qint64 pidInFile = 0; ///< 0: there is no such file, or no number in it
    QList<NginxMaster> masters;
    int shuttingDown = 0; ///< workers that only wait for their last connections
    std::optional<NginxDump> dump;
    std::optional<DiskSpace> stateDisk;
    QList<LockFile> locks;
    std::optional<Upstream> upstream;
    std::optional<Error> upstreamError;
    bool toBeWritten = false; ///< the file is missing, and the target says what site to write
};

/// All that the scripts found; what the checks look at.
struct Examination {
    const Target& target;
    const DoctorOptions& options;
    QMap<QString, HostLook> hosts;
    QMap<QString, SlotHostLook> slotHosts;
    GatewayExamination gateway;
    Tries tries; ///< filled in by the doctor once the rest is known

    const HostLook& host(const QString& name) const { return *hosts.constFind(name); }
    const SlotHostLook& slotHost(const QString& name) const { return *slotHosts.constFind(name); }
    /// The slot's server line; null where it was not found.
    const ServerLine* serverLine(const Slot& slot) const;
    /// What has the slot's name; null where nothing has.
    const Container* container(const Slot& slot) const;
    QList<const Slot*> upSlots() const;
};

/// Asks every host of the target, all at once. Throws Cancelled only.
Examination examine(
    const Target& target, Hosts& hosts, const DoctorOptions& options, std::stop_token stop);

/// The host part of a script, its nginx part, its docker part.
QByteArray hostExamScript();
QByteArray gatewayExamScript(const Target& target);
QByteArray slotHostExamScript(const Target& target, const QString& hostName);

void readHost(HostLook& look, const ScriptReport& report);
void readGateway(GatewayExamination& gateway, const Target& target, const ScriptReport& report);
void readSlotHost(SlotHostLook& look, const HostSpec& host, const ScriptReport& report);

/// The listeners in what `ss -Hltnp` printed.
QList<Listener> listenersFrom(const QString& text);

} // namespace gapless::doctor
