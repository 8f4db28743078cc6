// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"
#include "engine/remote/host.h"
#include "engine/remote/hostkeys.h"
#include "engine/remote/secrets.h"
#include "engine/remote/sshoptions.h"

#include <map>
#include <mutex>

namespace gapless {

class SshLink;

/// A host over SSH (libssh). One connection, made when it is first needed and kept; one I/O thread
/// owns it, and the calls of other threads wait for what it does. After a lost connection the next
/// call connects anew; a command is never sent twice.
class SshHost : public Host {
public:
    /// `secrets` and `decider` must outlive the host, its processes and its tunnels. They are
    /// called on the I/O thread while it connects, `secrets` for sudo on the thread that runs the
    /// command.
    SshHost(HostSpec spec, Secrets& secrets, HostKeyDecider& decider, SshOptions options = {});
    ~SshHost() override;

    QString name() const override { return m_spec.name; }
    CommandResult run(const Command& command, std::stop_token stop) override;
    std::unique_ptr<RemoteProcess> start(const Command& command) override;
    std::unique_ptr<Tunnel> openTunnel(const QString& address, std::stop_token stop) override;

private:
    /// Made at the first call: ssh_config is read then. Throws its errors.
    std::shared_ptr<SshLink> link();

    const HostSpec m_spec;
    const SshOptions m_options;
    Secrets& m_secrets;
    HostKeyDecider& m_decider;
    std::mutex m_mutex;
    std::shared_ptr<SshLink> m_link;
    QString m_user; ///< with the link
};

/// The hosts of a target over SSH.
class SshHosts : public Hosts {
public:
    /// As SshHost.
    SshHosts(const Target& target, Secrets& secrets, HostKeyDecider& decider,
        const SshOptions& options = {});
    Host& at(const QString& name) override;

private:
    std::map<QString, std::unique_ptr<SshHost>> m_hosts;
};

} // namespace gapless
