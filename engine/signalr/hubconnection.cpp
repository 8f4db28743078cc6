// SPDX-License-Identifier: MIT
#include "engine/signalr/hubconnection.h"

#include "engine/signalr/handshake.h"
#include "engine/signalr/jsonprotocol.h"
#include "engine/signalr/messagepackprotocol.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace gapless::signalr {

namespace {

std::unique_ptr<HubProtocol> makeProtocol(Encoding name)
{
    if (name == Encoding::MessagePack)
        return std::make_unique<MessagePackProtocol>();
    return std::make_unique<JsonProtocol>();
}

} // namespace

HubConnection::HubConnection(HubOptions options, QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_ownScheduler(std::make_unique<EventLoopScheduler>())
    , m_scheduler(*m_ownScheduler)
    , m_connection(std::make_unique<HttpConnection>(m_options.http, m_scheduler))
    , m_protocol(makeProtocol(m_options.protocol))
    , m_heartbeat(m_scheduler)
{
    attach();
}

HubConnection::HubConnection(
    HubOptions options, std::unique_ptr<Connection> connection, Scheduler& scheduler)
    : m_options(std::move(options))
    , m_scheduler(scheduler)
    , m_connection(std::move(connection))
    , m_protocol(makeProtocol(m_options.protocol))
    , m_heartbeat(m_scheduler)
{
    attach();
}

HubConnection::~HubConnection()
{
    m_scheduler.cancel(m_retryTimer);
    m_scheduler.cancel(m_handshakeTimer);
    m_scheduler.cancel(m_ackTimer);
    m_connection->onClosed = nullptr;
    m_connection->onReceived = nullptr;
}

void HubConnection::attach()
{
    m_connection->onReceived = [this](QByteArrayView payload) { receive(payload); };
    m_connection->onClosed = [this](const Failure& failure) { connectionClosed(failure); };
    m_connection->onDetached = [this] {
        if (m_buffer)
            m_buffer->detach();
    };
    m_connection->onReattached = [this] { resend(); };
    m_heartbeat.onPingDue = [this] {
        if (m_state == State::Connected)
            write(Ping {});
    };
    m_heartbeat.onSilence = [this] {
        m_connection->stop({FailureKind::ServerTimeout,
            u"Server timeout elapsed without receiving a message from the server."_s});
    };
}

void HubConnection::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void HubConnection::start(Started started)
{
    if (!started)
        started = [](const Failure&) {};
    if (m_state != State::Disconnected) {
        m_scheduler.defer([self = QPointer(this), started = std::move(started)] {
            if (self)
                started({FailureKind::Usage,
                    u"Cannot start a HubConnection that is not in the 'Disconnected' state."_s});
        });
        return;
    }
    setState(State::Connecting);
    attempt([this, started = std::move(started)](const std::optional<Failure>& failure) {
        m_started = !failure;
        m_id = m_connection->id();
        setState(failure ? State::Disconnected : State::Connected);
        started(failure.value_or(Failure {}));
        if (failure)
            for (const auto& stopped : std::exchange(m_stopped, {}))
                stopped();
    });
}

void HubConnection::attempt(Connection::Started done)
{
    ++m_attempt;
    ++m_epoch;
    m_handshaken = false;
    m_attemptDone = std::move(done);
    m_connection->start(
        m_protocol->format(), [this, current = m_attempt](const std::optional<Failure>& failure) {
            if (current != m_attempt || !m_attemptDone)
                return;
            if (failure)
                finishAttempt(failure);
            else
                sendHandshake();
        });
}

void HubConnection::sendHandshake()
{
    m_handshakeTimer = m_scheduler.after(m_options.handshakeTimeout, [this] {
        m_handshakeTimer = 0;
        m_connection->stop({FailureKind::HandshakeTimeout,
            u"The server did not answer the handshake within %1 ms."_s.arg(
                m_options.handshakeTimeout.count())});
    });
    if (!m_connection->keepsItselfAlive())
        m_heartbeat.start({m_options.keepAlive, m_options.serverTimeout});
    writeRaw(handshakeRequest(m_protocol->name(), m_connection->isStateful() ? 2 : 1));
}

/// Runs once the event that brought the handshake's answer has been dealt with. What came with it
/// is handled first, and a Close among it fails the attempt, as in the JavaScript client.
void HubConnection::completeHandshake()
{
    if (!m_connection->keepsItselfAlive())
        write(Ping {});
    finishAttempt(std::nullopt);
}

void HubConnection::finishAttempt(const std::optional<Failure>& failure)
{
    m_scheduler.cancel(std::exchange(m_handshakeTimer, 0));
    const Connection::Started done = std::exchange(m_attemptDone, nullptr);
    ++m_attempt;
    if (failure) {
        m_heartbeat.stop();
        m_connection->stop(*failure);
    }
    if (done)
        done(failure);
}

void HubConnection::stop(std::function<void()> stopped)
{
    if (m_state == State::Disconnected) {
        m_scheduler.defer([self = QPointer(this), stopped = std::move(stopped)] {
            if (self && stopped)
                stopped();
        });
        return;
    }
    if (stopped)
        m_stopped.push_back(std::move(stopped));
    stopInternal({});
}

void HubConnection::stopInternal(const Failure& reason)
{
    if (m_state == State::Disconnected || m_state == State::Disconnecting)
        return;
    const State before = m_state;
    setState(State::Disconnecting);
    if (m_retryTimer) {
        m_scheduler.cancel(std::exchange(m_retryTimer, 0));
        completeClose({});
        return;
    }
    if (before == State::Connected)
        write(Close {});
    m_heartbeat.stop();
    m_connection->stop(reason);
    // Stopped by a slot of reconnecting(): there is neither a connection nor a delay to end.
    if (m_state == State::Disconnecting && !m_attemptDone)
        completeClose({});
}

void HubConnection::connectionClosed(const Failure& failure)
{
    m_handshaken = false;
    Failure pendingFailure = failure;
    if (!failure.isError())
        pendingFailure.text
            = u"Invocation canceled due to the underlying connection being closed."_s;
    pendingFailure.kind = FailureKind::ConnectionLost;
    // Deferred: the callers of pending invocations learn it after the state has changed.
    m_scheduler.defer([self = QPointer(this), abandon = m_invocations.abandon(pendingFailure),
                          waiting = std::exchange(m_waitingForRoom, {}), pendingFailure] {
        if (!self)
            return;
        abandon();
        for (const Started& each : waiting)
            each(pendingFailure);
    });
    m_uploads.clear();
    m_buffer.reset();
    m_scheduler.cancel(std::exchange(m_ackTimer, 0));
    m_heartbeat.stop();
    if (m_state == State::Connected)
        openDrop(failure);
    if (m_state == State::Disconnecting)
        completeClose(failure);
    else if (m_state == State::Connected && m_options.reconnect)
        reconnect(failure);
    else if (m_state == State::Connected)
        completeClose(failure);
    if (!m_attemptDone)
        return;
    // An attempt is under way: it has failed, of this.
    Failure reason = failure;
    if (!reason.isError()) {
        const bool wasStopped = reason.kind == FailureKind::None;
        if (wasStopped)
            reason.kind = FailureKind::Aborted;
        reason.text = wasStopped
            ? u"The connection was stopped before the hub handshake could complete."_s
            : u"The underlying connection was closed before the hub handshake could complete."_s;
    }
    finishAttempt(reason);
}

void HubConnection::completeClose(const Failure& failure)
{
    // Without m_started, start()'s own callback says how it ended.
    if (!m_started)
        return;
    m_started = false;
    setState(State::Disconnected);
    endDrop(Drop::End::Closed);
    Q_EMIT closed(failure);
    for (const auto& stopped : std::exchange(m_stopped, {}))
        stopped();
}

void HubConnection::reconnect(const Failure& cause)
{
    m_retries = 0;
    const auto delay = nextDelay(cause);
    if (!delay) {
        completeClose(cause);
        return;
    }
    setState(State::Reconnecting);
    Q_EMIT dropChanged(*m_drop);
    Q_EMIT reconnecting(cause);
    if (m_state != State::Reconnecting)
        return;
    m_retryTimer = m_scheduler.after(*delay, [this] { retry(); });
}

void HubConnection::retry()
{
    m_retryTimer = 0;
    ++m_drop->attempts;
    attempt([this](const std::optional<Failure>& failure) {
        if (failure) {
            retryFailed(*failure);
            return;
        }
        m_id = m_connection->id();
        m_drop->idAfter = m_id;
        setState(State::Connected);
        endDrop(Drop::End::Reconnected);
        if (m_state == State::Connected)
            Q_EMIT reconnected(m_id);
    });
}

void HubConnection::retryFailed(const Failure& failure)
{
    if (m_drop)
        m_drop->lastFailure = failure;
    if (m_state != State::Reconnecting) {
        if (m_state == State::Disconnecting)
            completeClose({});
        return;
    }
    ++m_retries;
    Q_EMIT dropChanged(*m_drop);
    if (m_state != State::Reconnecting)
        return;
    const auto delay = nextDelay(failure);
    if (!delay) {
        completeClose({});
        return;
    }
    m_retryTimer = m_scheduler.after(*delay, [this] { retry(); });
}

std::optional<std::chrono::milliseconds> HubConnection::nextDelay(const Failure& reason)
{
    try {
        const auto elapsed
            = m_retries == 0 ? Clock::duration {} : m_scheduler.now() - m_drop->lostAt;
        return m_options.reconnect->nextDelay(
            {m_retries, std::chrono::duration_cast<std::chrono::milliseconds>(elapsed), reason});
    } catch (...) {
        return std::nullopt;
    }
}

void HubConnection::openDrop(const Failure& cause)
{
    m_drop = Drop {cause, cause, 0, m_scheduler.now(), {}, m_id, {}, Drop::End::Open};
}

void HubConnection::endDrop(Drop::End end)
{
    if (!m_drop)
        return;
    Drop drop = *std::exchange(m_drop, std::nullopt);
    drop.end = end;
    drop.endedAt = m_scheduler.now();
    Q_EMIT dropChanged(drop);
}

} // namespace gapless::signalr
