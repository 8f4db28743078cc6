// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/error.h"

#include <QByteArray>
#include <QString>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace gapless {

/// As whom a script runs. Whether that means `sudo` is the host's own affair (`sudo`, `sudoFor`).
enum class Privilege { None, Gateway, Docker };

/// Where a command's output line came from.
enum class OutputStream { Out, Err };

/// One POSIX sh script for a host. It is fed to `exec sh -s` with LC_ALL=C and a PATH that has
/// sbin; every value in it has gone through quote() (engine/remote/quoting.h).
struct Command {
    QByteArray script;
    /// What events, plans and logs show in place of the script: one line, no secret.
    QString shown;
    /// Changes the host: printed and not run by a plan, fenced by the lock, never sent twice.
    bool changes = false;
    Privilege privilege = Privilege::None;
    /// From the moment it is sent until its exit status is here; Error CommandTimedOut after that,
    /// and the remote process group gets SIGTERM. Zero: none.
    std::chrono::milliseconds deadline = std::chrono::seconds(30);
    /// Fills the buffer with the next bytes of the script's standard input and returns how many;
    /// 0 ends it. Called on the thread that waits: run()'s caller, or after start() one of the
    /// process's own; it may block, but a cancel then waits for it. Empty: the script reads
    /// nothing.
    std::function<qsizetype(char* buffer, qsizetype size)> input;
    /// The script's standard input stays open (after `input`, or with nothing in it) until the
    /// process is cancelled or the connection is gone: a script that reads it learns of either.
    bool keepInputOpen = false;
    /// Each line as it arrives, without its end, on the same thread as `input`; at the end what was
    /// left without one. It is kept in CommandResult too, unless `discardOutput`.
    std::function<void(OutputStream, const QByteArray& line)> onLine;
    bool discardOutput = false;
    /// Standard output as it arrives, whatever bytes it has, in place of lines and of keeping it in
    /// CommandResult; on the same thread as `input`.
    std::function<void(const QByteArray& bytes)> onOutput;
};

/// How a command ended. A non-zero exit is data until orThrow().
struct CommandResult {
    std::optional<int> exit; ///< nothing: killed by `signal`, or (both empty) not known
    QByteArray signal; ///< "KILL" and the like
    QByteArray out;
    QByteArray err;
    std::chrono::milliseconds took {};
    QString shown;
    QString host;

    bool ok() const { return exit == 0; }
    /// *this when the exit status is 0; Error CommandFailed, or CommandUnknown where there is no
    /// status at all. The last lines of `err` become the error's detail.
    const CommandResult& orThrow() const;
};

/// A command that runs on a host while the caller goes on; destroying it cancels the command.
class RemoteProcess {
public:
    virtual ~RemoteProcess() = default;
    /// Blocks until the command has ended. Errors: as Host::run.
    virtual CommandResult wait(std::stop_token stop) = 0;
    /// Sends the remote process group SIGTERM and closes the channel, without waiting for either to
    /// take effect. A process in a session of its own (`setsid`), or of another user, goes on.
    virtual void cancel() = 0;
    virtual bool running() const = 0;
};

/// A TCP port on this machine's loopback that leads, through the host, to an address it can reach.
/// Closed when destroyed. After a lost connection the next client brings the connection back.
class Tunnel {
public:
    virtual ~Tunnel() = default;
    /// The port on 127.0.0.1.
    virtual quint16 localPort() const = 0;
};

/// A machine that scripts run on. All calls are blocking, may come from any thread, and several may
/// be under way at once; each returns within 200 ms of `stop` being requested, throwing Cancelled.
/// Errors: HostUnreachable, HostKey…, AuthenticationRefused, LoginShellRefused, SudoRefused,
/// ConnectionLost (what the command did is then unknown), CommandTimedOut; each names the host.
class Host {
public:
    virtual ~Host() = default;
    /// The host's name in the target.
    virtual QString name() const = 0;
    virtual CommandResult run(const Command& command, std::stop_token stop) = 0;
    virtual std::unique_ptr<RemoteProcess> start(const Command& command) = 0;
    /// `address` as nginx writes it: `127.0.0.1:8090`, `[::1]:80`, `unix:/run/x.sock`.
    /// Error TunnelRefused where the host does not forward.
    virtual std::unique_ptr<Tunnel> openTunnel(const QString& address, std::stop_token stop) = 0;
};

/// The hosts of a target by their names in it; each connects when it is first spoken to.
class Hosts {
public:
    virtual ~Hosts() = default;
    /// Error Internal where the target has no host of that name.
    virtual Host& at(const QString& name) = 0;
};

} // namespace gapless
