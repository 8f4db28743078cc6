// SPDX-License-Identifier: MIT
#include "engine/remote/forwardchannel_p.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

constexpr qsizetype bufferSize = 1 << 18;

/// libssh gives the server's reason (RFC 4254, 5.1) only inside its text.
bool isProhibited(const QString& error)
{
    return error.contains(u"error (1)"_s);
}

} // namespace

std::optional<ForwardTarget> ForwardTarget::parse(const QString& address)
{
    ForwardTarget target;
    if (address.startsWith(u"unix:"_s)) {
        target.host = address.mid(5).toUtf8();
        return target.host.isEmpty() ? std::nullopt : std::optional(target);
    }
    QString host = address, port = u"80"_s;
    const qsizetype colon = address.lastIndexOf(u':');
    if (colon > address.lastIndexOf(u']')) {
        host = address.left(colon);
        port = address.mid(colon + 1);
    }
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    bool isNumber = false;
    target.host = host.toUtf8();
    target.port = port.toUShort(&isNumber);
    if (target.host.isEmpty() || !isNumber || target.port == 0)
        return std::nullopt;
    return target;
}

ForwardChannel::ForwardChannel(
    FileDescriptor local, ForwardTarget target, std::shared_ptr<ForwardResult> result)
    : m_local(std::move(local))
    , m_target(std::move(target))
    , m_result(std::move(result))
{
    ssh_callbacks_init(&m_callbacks);
    m_callbacks.userdata = this;
    m_callbacks.channel_data_function = &ForwardChannel::onData;
    m_callbacks.channel_eof_function = &ForwardChannel::onEof;
    m_callbacks.channel_close_function = &ForwardChannel::onClose;
}

ForwardChannel::~ForwardChannel()
{
    release();
    report(false, {});
}

void ForwardChannel::release()
{
    if (!m_channel)
        return;
    ssh_remove_channel_callbacks(m_channel, &m_callbacks);
    ssh_channel_free(m_channel);
    m_channel = nullptr;
}

void ForwardChannel::report(bool opened, const QString& detail, const std::optional<Error>& error)
{
    if (!m_result)
        return;
    const std::lock_guard lock(m_result->mutex);
    m_result->done = true;
    m_result->opened = opened;
    m_result->prohibited = isProhibited(detail);
    m_result->detail = detail;
    m_result->error = error;
    m_result->changed.notify_all();
    m_result.reset();
}

void ForwardChannel::reset()
{
    // A client must not take a broken connection for an answer that ended well.
    const linger now {1, 0};
    ::setsockopt(m_local.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    m_local.close();
    release();
    m_done = true;
}

void ForwardChannel::lose(const Error& error)
{
    if (m_opened || m_unwanted || std::exchange(m_retried, true))
        fail(error);
    else
        release();
}

void ForwardChannel::fail(const Error& error)
{
    report(false, {}, error);
    reset();
}

void ForwardChannel::close()
{
    // A channel whose opening is under way cannot be taken back: it would stay open over there.
    if (m_channel && !m_opened)
        m_unwanted = true;
    else
        reset();
}

void ForwardChannel::ready(short events)
{
    m_readable |= (events & (POLLIN | POLLHUP | POLLERR)) != 0;
}

bool ForwardChannel::open(SshSession& session)
{
    if (!m_channel) {
        m_channel = ssh_channel_new(session.get());
        if (!m_channel)
            throw std::bad_alloc();
        ssh_add_channel_callbacks(m_channel, &m_callbacks);
    }
    const int status = m_target.port
        ? ssh_channel_open_forward(
            m_channel, m_target.host.constData(), m_target.port, "127.0.0.1", 0)
        : ssh_channel_open_forward_unix(m_channel, m_target.host.constData(), "127.0.0.1", 0);
    if (status == SSH_AGAIN)
        return false;
    if (status == SSH_OK) {
        m_opened = true;
        report(true, {});
        if (m_unwanted)
            reset();
    } else if (session.isConnected()) {
        report(false, session.lastError());
        reset();
    }
    return m_opened && !m_done;
}

bool ForwardChannel::step(SshSession& session)
{
    if (m_done || (!m_opened && !open(session)))
        return false;
    readRest();
    const bool more = readLocal() | writeRemote() | writeLocal();
    if (m_done || !session.isConnected())
        return false;
    if ((m_remoteEnded || m_remoteClosed) && !m_rest && m_toLocal.isEmpty() && !m_localClosed) {
        ::shutdown(m_local.get(), SHUT_WR);
        m_localClosed = true;
    }
    if (m_localClosed && (m_eofSent || m_remoteClosed)) {
        m_local.close();
        release();
        m_done = true;
    }
    return more && !m_done;
}

bool ForwardChannel::readLocal()
{
    if (!m_readable || m_localEnded || m_remoteClosed || !m_toRemote.isEmpty())
        return false;
    m_toRemote.resize(1 << 16);
    const ssize_t count = ::recv(m_local.get(), m_toRemote.data(), size_t(m_toRemote.size()), 0);
    const int problem = errno;
    m_toRemote.resize(std::max<ssize_t>(count, 0));
    if (count > 0)
        return true;
    m_readable = false;
    if (count == 0)
        m_localEnded = true;
    else if (problem != EAGAIN && problem != EINTR)
        reset();
    return false;
}

bool ForwardChannel::writeRemote()
{
    if (m_done || m_eofSent || m_remoteClosed)
        return false;
    if (m_toRemote.isEmpty()) {
        if (m_localEnded)
            m_eofSent = ssh_channel_send_eof(m_channel) == SSH_OK;
        return false;
    }
    const qsizetype size
        = std::min(m_toRemote.size(), qsizetype(ssh_channel_window_size(m_channel)));
    const int count
        = size == 0 ? 0 : ssh_channel_write(m_channel, m_toRemote.constData(), uint32_t(size));
    if (count <= 0)
        return false;
    m_toRemote.remove(0, count);
    return true;
}

bool ForwardChannel::writeLocal()
{
    if (m_done || m_toLocal.isEmpty())
        return false;
    const ssize_t count
        = ::send(m_local.get(), m_toLocal.constData(), size_t(m_toLocal.size()), MSG_NOSIGNAL);
    if (count > 0) {
        m_toLocal.remove(0, count);
        return true;
    }
    if (errno != EAGAIN && errno != EINTR)
        reset();
    return false;
}

void ForwardChannel::readRest()
{
    if (!m_rest || m_toLocal.size() >= bufferSize)
        return;
    m_rest = false;
    QByteArray buffer(bufferSize - m_toLocal.size(), Qt::Uninitialized);
    const int count
        = ssh_channel_read_nonblocking(m_channel, buffer.data(), uint32_t(buffer.size()), 0);
    if (count > 0)
        m_toLocal.append(buffer.constData(), count);
    if (count == buffer.size())
        m_rest = true;
}

short ForwardChannel::pollEvents() const
{
    if (!m_opened)
        return 0;
    const bool reads = !m_localEnded && !m_remoteClosed && m_toRemote.isEmpty();
    return short((reads ? POLLIN : 0) | (m_toLocal.isEmpty() ? 0 : POLLOUT));
}

int ForwardChannel::onData(ssh_session, ssh_channel, void* data, uint32_t size, int, void* self)
{
    auto* const channel = static_cast<ForwardChannel*>(self);
    const qsizetype room = bufferSize - channel->m_toLocal.size();
    const qsizetype taken = std::clamp<qsizetype>(room, 0, qsizetype(size));
    channel->m_toLocal.append(static_cast<const char*>(data), taken);
    if (taken < qsizetype(size))
        channel->m_rest = true;
    return int(taken);
}

void ForwardChannel::onEof(ssh_session, ssh_channel, void* self)
{
    static_cast<ForwardChannel*>(self)->m_remoteEnded = true;
}

void ForwardChannel::onClose(ssh_session, ssh_channel, void* self)
{
    static_cast<ForwardChannel*>(self)->m_remoteClosed = true;
}

} // namespace gapless
