// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/filedescriptor.h"
#include "engine/remote/hostkeys.h"
#include "engine/remote/secrets.h"
#include "engine/remote/sshoptions.h"
#include "engine/remote/sshroute.h"

#include <libssh/libssh.h>
#include <memory>
#include <stop_token>

namespace gapless {

/// One authenticated libssh session and its socket. Made, used and destroyed on one thread.
class SshSession {
public:
    /// Key exchange, host key and login over `socket`, which leads to the route's sshd; blocks.
    /// What comes back is non-blocking. Errors: HostUnreachable (no SSH there), HostKey…,
    /// AuthenticationRefused, CredentialMissing, …; Cancelled.
    static std::unique_ptr<SshSession> connect(FileDescriptor socket, const SshRoute& route,
        const SshOptions& options, Secrets& secrets, HostKeyDecider& decider,
        const QByteArray& hostKeyAlgorithms, std::stop_token stop);
    ~SshSession();

    ssh_session get() const { return m_session; }
    int fd() const { return m_socket.get(); }
    /// What libssh said last, for an error's detail.
    QString lastError() const;
    bool isConnected() const;
    /// Handles what the network has to say, without waiting. False: the connection is gone.
    bool pump();
    /// What poll() is to wait for on fd().
    short pollEvents() const;
    /// Bytes that ever came in, to tell silence.
    quint64 received() const { return m_counter.in_bytes; }

private:
    SshSession(FileDescriptor socket, const SshRoute& route);
    void configure(const SshOptions& options, const QByteArray& hostKeyAlgorithms);
    void setTimeout(std::chrono::milliseconds timeout);
    template <typename T> void set(ssh_options_e option, const T& value);

    FileDescriptor m_socket;
    const SshRoute& m_route;
    ssh_session m_session = nullptr;
    ssh_event m_event = nullptr;
    ssh_counter_struct m_counter {};
};

/// Thrown where the target pins another key than the server showed: it may be the server's key of
/// another type, which another connection can ask for. Nothing was sent that the server may not
/// see.
struct OtherKeyTypeWanted {
    QString fingerprint;
    QString type;
};

/// Refuses every key but a pinned or known one; asks `decider` of an unknown one and remembers it.
/// Errors: HostKeyUnknown, HostKeyChanged, HostKeyRevoked, KnownHostsUnreadable;
/// OtherKeyTypeWanted.
void checkHostKey(ssh_session session, const SshRoute& route, HostKeyDecider& decider,
    const std::stop_token& stop);

/// Logs in over a non-blocking session; `deadline` is for each answer of the server. Errors:
/// AuthenticationRefused, CredentialMissing, KeyUnusable, PassphraseWrong, AgentUnavailable,
/// AgentEmpty, FileUnreadable; Cancelled.
void authenticate(ssh_session session, const SshRoute& route, std::chrono::milliseconds deadline,
    Secrets& secrets, const std::stop_token& stop);

} // namespace gapless
