// SPDX-License-Identifier: MIT
#include "engine/remote/execchannel_p.h"

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// As much as one command writes before another has its turn.
constexpr qsizetype perTurn = 1 << 18;

/// Appends what there is room for and says how much that was.
qsizetype accept(ExecStream& stream, bool isErr, const char* data, qsizetype size)
{
    const std::lock_guard lock(stream.mutex);
    if (stream.cancelled)
        return size; // nobody reads it, and the channel's window must not fill up
    QByteArray& buffer = isErr ? stream.err : stream.out;
    const qsizetype taken = std::clamp<qsizetype>(ExecStream::limit - buffer.size(), 0, size);
    buffer.append(data, taken);
    if (taken > 0)
        stream.changed.notify_all();
    return taken;
}

} // namespace

ExecChannel::ExecChannel(std::shared_ptr<ExecStream> stream)
    : m_stream(std::move(stream))
{
    ssh_callbacks_init(&m_callbacks);
    m_callbacks.userdata = this;
    m_callbacks.channel_data_function = &ExecChannel::onData;
    m_callbacks.channel_exit_status_function = &ExecChannel::onExitStatus;
    m_callbacks.channel_exit_signal_function = &ExecChannel::onExitSignal;
    m_callbacks.channel_close_function = &ExecChannel::onClose;
}

ExecChannel::~ExecChannel()
{
    release();
}

void ExecChannel::release()
{
    if (!m_channel)
        return;
    // libssh keeps a freed channel until the server has closed it too, and would call back until
    // then.
    ssh_remove_channel_callbacks(m_channel, &m_callbacks);
    ssh_channel_free(m_channel);
    m_channel = nullptr;
}

bool ExecChannel::isCancelled() const
{
    const std::lock_guard lock(m_stream->mutex);
    return m_stream->cancelled;
}

void ExecChannel::fail(const Error& error)
{
    release();
    m_state = State::Done;
    const std::lock_guard lock(m_stream->mutex);
    m_stream->error = error;
    m_stream->ended = true;
    m_stream->changed.notify_all();
}

void ExecChannel::lose(const Error& error)
{
    const bool sent = m_state != State::Waiting && m_state != State::Opening;
    release();
    if (sent || m_retried) {
        fail(error);
        return;
    }
    m_retried = true;
    m_state = State::Waiting;
}

ExecChannel::Step ExecChannel::step(SshSession& session)
{
    if (m_state == State::Waiting || m_state == State::Opening) {
        const Step opened = open(session);
        if (m_state != State::Requesting)
            return opened;
    }
    if (m_state == State::Requesting)
        awaitReply(session);
    if (m_state == State::Done)
        return Step::Idle;
    if (isCancelled()) {
        cancelRemote();
        return Step::Idle;
    }
    readRest();
    if (m_closed && !m_rest) {
        finish();
        return Step::Idle;
    }
    return write();
}

ExecChannel::Step ExecChannel::open(SshSession& session)
{
    if (isCancelled() && m_state == State::Waiting) {
        m_state = State::Done;
        return Step::Idle;
    }
    if (!m_channel) {
        m_channel = ssh_channel_new(session.get());
        if (!m_channel)
            throw std::bad_alloc();
        ssh_add_channel_callbacks(m_channel, &m_callbacks);
        m_closed = false;
    }
    m_state = State::Opening;
    const int status = ssh_channel_open_session(m_channel);
    if (status == SSH_AGAIN)
        return Step::Idle;
    if (status != SSH_OK) {
        release();
        m_state = State::Waiting;
        return session.isConnected() ? Step::NoRoom : Step::Idle;
    }
    if (isCancelled()) {
        // Cancelled before it ran: it never runs.
        release();
        m_state = State::Done;
        return Step::Idle;
    }
    m_state = State::Requesting;
    const std::lock_guard lock(m_stream->mutex);
    m_stream->sentAt = std::chrono::steady_clock::now();
    m_stream->changed.notify_all();
    return Step::Idle;
}

void ExecChannel::awaitReply(const SshSession& session)
{
    // The first call sends the request, further ones look for the answer. Its input goes out
    // without waiting for that: the server handles both in order, and a round trip is saved.
    const int status = ssh_channel_request_exec(m_channel, m_stream->request.constData());
    if (status == SSH_OK) {
        m_state = State::Running;
    } else if (status != SSH_AGAIN && session.isConnected()) {
        m_closed = true; // refused: neither output nor a status will come
    }
}

void ExecChannel::cancelRemote()
{
    // libssh takes no second channel request while one is unanswered.
    if (m_state == State::Requesting && !m_closed)
        return;
    if (!m_closed)
        ssh_channel_request_send_signal(m_channel, "TERM");
    release();
    m_state = State::Done;
}

bool ExecChannel::takeInput()
{
    // It may have been a password.
    explicit_bzero(m_writing.data(), size_t(m_writing.size()));
    m_writing.clear();
    m_written = 0;
    const std::lock_guard lock(m_stream->mutex);
    m_writing.swap(m_stream->in);
    if (!m_writing.isEmpty())
        m_stream->changed.notify_all();
    return m_stream->inputEnded;
}

// Every call of libssh may handle what has come in and end up in onData(), which locks the stream:
// none is made while it is locked.
ExecChannel::Step ExecChannel::write()
{
    if (m_closed || m_eofSent)
        return Step::Idle;
    for (qsizetype written = 0; written < perTurn;) {
        if (m_written == m_writing.size()) {
            const bool isLast = takeInput();
            if (m_writing.isEmpty()) {
                if (isLast)
                    m_eofSent = ssh_channel_send_eof(m_channel) == SSH_OK;
                return Step::Idle;
            }
        }
        const qsizetype size = std::min(
            {m_writing.size() - m_written, perTurn, qsizetype(ssh_channel_window_size(m_channel))});
        if (size == 0)
            return Step::Idle;
        const int count
            = ssh_channel_write(m_channel, m_writing.constData() + m_written, uint32_t(size));
        if (count < 0) {
            m_eofSent = true;
            const std::lock_guard lock(m_stream->mutex);
            m_stream->inputBroken = true;
            m_stream->changed.notify_all();
            return Step::Idle;
        }
        if (count == 0)
            return Step::Idle;
        m_written += count;
        written += count;
    }
    return Step::Again;
}

void ExecChannel::readRest()
{
    if (!m_rest)
        return;
    m_rest = false;
    for (const bool isErr : {false, true}) {
        qsizetype room = 0;
        {
            const std::lock_guard lock(m_stream->mutex);
            room = ExecStream::limit - (isErr ? m_stream->err : m_stream->out).size();
        }
        QByteArray buffer(std::max<qsizetype>(room, 0), Qt::Uninitialized);
        const int count = buffer.isEmpty() ? 0
                                           : ssh_channel_read_nonblocking(m_channel, buffer.data(),
                                               uint32_t(buffer.size()), isErr);
        if (count > 0)
            accept(*m_stream, isErr, buffer.constData(), count);
        // Whether there is more shows at the next turn; a full stream is asked again after that.
        if (room <= 0 || count == buffer.size())
            m_rest = true;
    }
}

void ExecChannel::finish()
{
    release();
    m_state = State::Done;
    const std::lock_guard lock(m_stream->mutex);
    m_stream->exit = m_exit;
    m_stream->signal = m_signal;
    m_stream->ended = true;
    m_stream->changed.notify_all();
}

int ExecChannel::onData(ssh_session, ssh_channel, void* data, uint32_t size, int isErr, void* self)
{
    auto* const channel = static_cast<ExecChannel*>(self);
    const qsizetype taken
        = accept(*channel->m_stream, isErr, static_cast<const char*>(data), qsizetype(size));
    if (taken < qsizetype(size))
        channel->m_rest = true;
    return int(taken);
}

void ExecChannel::onExitStatus(ssh_session, ssh_channel, int status, void* self)
{
    static_cast<ExecChannel*>(self)->m_exit = status;
}

void ExecChannel::onExitSignal(
    ssh_session, ssh_channel, const char* signal, int, const char*, const char*, void* self)
{
    static_cast<ExecChannel*>(self)->m_signal = signal;
}

void ExecChannel::onClose(ssh_session, ssh_channel, void* self)
{
    static_cast<ExecChannel*>(self)->m_closed = true;
}

} // namespace gapless
