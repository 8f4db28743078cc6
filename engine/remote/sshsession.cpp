// SPDX-License-Identifier: MIT
#include "engine/remote/sshsession_p.h"

#include "engine/model/error.h"

#include <QFileInfo>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// Measured over loopback: aes256-gcm moves about 6 % more than chacha20, twice as much as
/// aes256-ctr; libssh's own order has chacha20 first.
constexpr const char* ciphers = "aes256-gcm@openssh.com,aes128-gcm@openssh.com,"
                                "chacha20-poly1305@openssh.com,aes256-ctr,aes192-ctr,aes128-ctr";

/// libssh reads `a:b` as host and port, so an IPv6 address needs brackets.
std::string bracketed(const QString& host)
{
    return (host.contains(u':') ? u'[' + host + u']' : host).toStdString();
}

Error unreachable(const SshRoute& route, const QString& detail)
{
    return Error(ErrorKind::HostUnreachable,
        {{u"address"_s, route.address}, {u"port"_s, route.port}}, detail);
}

} // namespace

SshSession::SshSession(FileDescriptor socket, const SshRoute& route)
    : m_socket(std::move(socket))
    , m_route(route)
    , m_session(ssh_new())
    , m_event(ssh_event_new())
{
    if (!m_session || !m_event)
        throw std::bad_alloc();
}

SshSession::~SshSession()
{
    ssh_event_remove_session(m_event, m_session);
    ssh_event_free(m_event);
    // No ssh_disconnect(): it resets the socket without freeing its poll handle, and for a
    // descriptor that was passed in it does not close it either. ssh_free() does both.
    ssh_free(m_session);
}

template <typename T> void SshSession::set(ssh_options_e option, const T& value)
{
    if (ssh_options_set(m_session, option, &value) < 0)
        throw unreachable(m_route, lastError());
}

void SshSession::setTimeout(std::chrono::milliseconds timeout)
{
    set(SSH_OPTIONS_TIMEOUT, long(timeout.count() / 1000));
    set(SSH_OPTIONS_TIMEOUT_USEC, long(timeout.count() % 1000 * 1000));
}

void SshSession::configure(const SshOptions& options, const QByteArray& hostKeyAlgorithms)
{
    const auto setText = [this](ssh_options_e option, const std::string& value) {
        if (ssh_options_set(m_session, option, value.c_str()) < 0)
            throw unreachable(m_route, lastError());
    };
    // The files first, our own values after them: libssh's parser overwrites what was set before
    // it.
    set(SSH_OPTIONS_PROCESS_CONFIG, false);
    setText(SSH_OPTIONS_HOST, bracketed(m_route.alias));
    for (const QString& file : m_route.configs) {
        if (QFileInfo::exists(file)
            && ssh_options_parse_config(m_session, file.toStdString().c_str()) < 0)
            throw Error(ErrorKind::SshConfigBroken, {{u"file"_s, file}}, lastError());
    }
    // The host and the port only name the server in known_hosts: the socket is connected already.
    const bool aliased = !m_route.knownAs.isEmpty();
    setText(SSH_OPTIONS_HOST, bracketed(aliased ? m_route.knownAs : m_route.address));
    set(SSH_OPTIONS_PORT, unsigned(aliased ? 22 : m_route.port));
    set(SSH_OPTIONS_STRICTHOSTKEYCHECK, 1);
    if (!m_route.knownHosts.isEmpty())
        setText(SSH_OPTIONS_KNOWNHOSTS, m_route.knownHosts.first().toStdString());
    if (!m_route.systemKnownHosts.isEmpty())
        setText(SSH_OPTIONS_GLOBAL_KNOWNHOSTS, m_route.systemKnownHosts.first().toStdString());
    setText(SSH_OPTIONS_COMPRESSION, "no");
    if (!m_route.ciphersChosen) {
        setText(SSH_OPTIONS_CIPHERS_C_S, ciphers);
        setText(SSH_OPTIONS_CIPHERS_S_C, ciphers);
    }
    if (!hostKeyAlgorithms.isEmpty())
        setText(SSH_OPTIONS_HOSTKEYS, hostKeyAlgorithms.toStdString());
    set(SSH_OPTIONS_NODELAY, 1);
    set(SSH_OPTIONS_LOG_VERBOSITY, int(SSH_LOG_NOLOG));
    setTimeout(options.connectDeadline);
    // A descriptor of libssh's own, which it may close whenever it likes.
    const socket_t own = ::fcntl(m_socket.get(), F_DUPFD_CLOEXEC, 0);
    set(SSH_OPTIONS_FD, own);
}

std::unique_ptr<SshSession> SshSession::connect(FileDescriptor socket, const SshRoute& route,
    const SshOptions& options, Secrets& secrets, HostKeyDecider& decider,
    const QByteArray& hostKeyAlgorithms, std::stop_token stop)
{
    std::unique_ptr<SshSession> made(new SshSession(std::move(socket), route));
    const ssh_session session = made->get();
    const auto orCancelled = [&](const Error& error) {
        if (stop.stop_requested())
            throw Cancelled {};
        throw error;
    };
    // Whatever libssh waits for, this ends it.
    const std::stop_callback abort(stop, [fd = made->fd()] { ::shutdown(fd, SHUT_RDWR); });
    made->configure(options, hostKeyAlgorithms);
    try {
        if (ssh_connect(session) != SSH_OK)
            throw unreachable(route, made->lastError());
        checkHostKey(session, route, decider, stop);
        ssh_set_blocking(session, 0);
        authenticate(session, route, options.authDeadline, secrets, stop);
    } catch (const Error& error) {
        orCancelled(error);
    }
    // libssh made the descriptor blocking; a peer that does not read must not stop this thread.
    ::fcntl(made->fd(), F_SETFL, ::fcntl(made->fd(), F_GETFL) | O_NONBLOCK);
    ssh_set_counters(session, &made->m_counter, nullptr);
    ssh_event_add_session(made->m_event, session);
    return made;
}

QString SshSession::lastError() const
{
    return QString::fromUtf8(ssh_get_error(m_session));
}

bool SshSession::isConnected() const
{
    return ssh_is_connected(m_session)
        && !(ssh_get_status(m_session) & (SSH_CLOSED | SSH_CLOSED_ERROR));
}

bool SshSession::pump()
{
    // libssh reads at most one buffer a turn; a few turns keep the number of polls down, and more
    // would keep the other sockets of this thread waiting.
    for (int turn = 0; turn < 16; ++turn) {
        const int status = ssh_event_dopoll(m_event, 0);
        if (status == SSH_ERROR || !isConnected())
            return false;
        if (status == SSH_AGAIN)
            break;
    }
    return true;
}

short SshSession::pollEvents() const
{
    const int flags = ssh_get_poll_flags(m_session);
    return short(POLLIN | ((flags & SSH_WRITE_PENDING) ? POLLOUT : 0));
}

} // namespace gapless
