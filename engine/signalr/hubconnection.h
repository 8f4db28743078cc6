// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/connection.h"
#include "engine/signalr/handlers.h"
#include "engine/signalr/heartbeat.h"
#include "engine/signalr/httpconnection.h"
#include "engine/signalr/invocations.h"
#include "engine/signalr/messagebuffer.h"
#include "engine/signalr/reconnectpolicy.h"

#include <QObject>
#include <memory>

namespace gapless::signalr {

enum class Encoding { JsonText, MessagePack };

/// How a hub connection behaves; the defaults are the official clients'.
struct HubOptions {
    HttpOptions http;
    Encoding protocol = Encoding::JsonText;
    /// None: a lost connection is closed.
    std::shared_ptr<ReconnectPolicy> reconnect;
    std::chrono::milliseconds keepAlive = std::chrono::seconds(15);
    std::chrono::milliseconds serverTimeout = std::chrono::seconds(30);
    std::chrono::milliseconds handshakeTimeout = std::chrono::seconds(15);
    /// Bytes that stateful reconnect keeps for resending before it asks callers to wait.
    qsizetype statefulBuffer = 100'000;
};

/// One outage: when and why the transport was lost, and how it ended. Times are of the steady
/// clock; `gap()` is what a user sees as not connected.
struct Drop {
    enum class End { Open, Reconnected, Closed };
    Failure cause;
    Failure lastFailure; ///< of the latest attempt
    int attempts = 0; ///< with the one that succeeded
    Clock::time_point lostAt; ///< the loss was detected (JS: onreconnecting)
    Clock::time_point endedAt; ///< connected again (JS: onreconnected), or given up
    QString idBefore;
    QString idAfter;
    End end = End::Open;
    Clock::duration gap() const { return endedAt - lostAt; }
};

/// A connection to a SignalR hub:
///
///     HubOptions options;
///     options.http.url = QUrl(u"https://example.test/chat"_s);
///     options.reconnect = std::make_shared<DelayListPolicy>();
///     HubConnection hub(options);
///     hub.on(u"ReceiveMessage"_s, [](const Json& arguments) { qInfo() << arguments.dump().c_str();
///     }); QObject::connect(&hub, &HubConnection::closed, [](const Failure& why) { qInfo() <<
///     why.text; }); hub.start([&](const Failure& failure) {
///         if (!failure.isError())
///             hub.invoke(u"SendMessage"_s, { "me", "hello" }, [](const InvocationResult& result) {
///                 qInfo() << result.ok(); });
///     });
///
/// It belongs to the thread it was made in, which needs an event loop; every function is called and
/// every callback runs there (moveToThread() does not take its timers along). Callbacks never run
/// inside the call that takes them, except that stop() usually reports closed() and its own
/// callback before it returns; none runs after the connection is destroyed. It must not be
/// destroyed inside one of its own callbacks: use deleteLater(). Nothing throws; what goes wrong is
/// a Failure.
///
/// States and events follow the official JavaScript client: a first start() that fails is not
/// retried; a loss while connected is, where there is a policy; stop(), and a Close message that
/// does not allow it, end the connection for good.
class HubConnection final : public QObject {
    Q_OBJECT
public:
    enum class State { Disconnected, Connecting, Connected, Disconnecting, Reconnecting };
    Q_ENUM(State)
    using Started = std::function<void(const Failure&)>; ///< kind None: connected
    using Upload = quint64; ///< a stream to the server

    explicit HubConnection(HubOptions options, QObject* parent = nullptr);
    /// With a connection and a clock of the caller's; for tests. `scheduler` must outlive it.
    HubConnection(HubOptions options, std::unique_ptr<Connection> connection, Scheduler& scheduler);
    ~HubConnection() override;

    State state() const { return m_state; }
    /// Empty while not connected, and where negotiation was skipped.
    QString connectionId() const { return m_connection->id(); }
    /// The transport in use: `WebSockets`, `ServerSentEvents`, `LongPolling`.
    QString transport() const { return m_connection->transport(); }
    /// The header fields of the negotiation's answer and then of the WebSocket's upgrade.
    Headers answerHeaders() const { return m_connection->answerHeaders(); }

    /// Connects; Usage where it is not disconnected.
    void start(Started started = {});
    /// Ends the connection in any state; `stopped` runs once it is disconnected.
    void stop(std::function<void()> stopped = {});

    /// Calls a hub method and hands its answer to `done`. Failures: NotConnected, Hub,
    /// ConnectionLost. `arguments` is an array. Uploads named here are fed by uploadItem()
    /// afterwards.
    void invoke(const QString& method, Json arguments = Json::array(), InvocationDone done = {},
        const std::vector<Upload>& uploads = {});
    /// Calls a hub method that is not to answer. `sent` runs when it was written (with stateful
    /// reconnect: when there is room to send on). Failures: NotConnected, ConnectionLost.
    void send(const QString& method, Json arguments = Json::array(), Started sent = {},
        const std::vector<Upload>& uploads = {});
    /// Starts a stream of the server's; the id is for cancel().
    quint64 stream(const QString& method, Json arguments, StreamObserver observer,
        const std::vector<Upload>& uploads = {});
    /// Tells the server to stop a stream; its observer hears nothing more.
    void cancel(quint64 stream);

    /// A stream to the server: open it, name it in an invocation, feed it, end it. It dies with the
    /// connection; false says that it is dead.
    Upload openUpload();
    bool uploadItem(Upload upload, Json item);
    bool endUpload(Upload upload, const QString& error = {});

    /// Handlers for what the server calls, any number a name. The id is for off().
    Handlers::Id on(const QString& method, Handler handler);
    /// For calls that want a client result; one such handler a name.
    Handlers::Id onRequest(const QString& method, ResultHandler handler);
    Handlers::Id onRequestReply(const QString& method, ReplyHandler handler);
    void off(Handlers::Id id) { m_handlers.remove(id); }
    void off(const QString& method) { m_handlers.remove(method); }

Q_SIGNALS:
    void stateChanged(gapless::signalr::HubConnection::State state);
    /// The connection was lost and will be tried again; `isError()` is false for a clean close.
    void reconnecting(const gapless::signalr::Failure& cause);
    void reconnected(const QString& connectionId);
    /// For good, once for each successful start; kind None after stop() or the last retry.
    void closed(const gapless::signalr::Failure& cause);
    /// The books of an outage: at the loss, after each failed attempt, at its end.
    void dropChanged(const gapless::signalr::Drop& drop);
    /// Something came in, pings included.
    void received();

private:
    void attach();
    void setState(State state);
    void attempt(Connection::Started done);
    void sendHandshake();
    void finishAttempt(const std::optional<Failure>& failure);
    void completeHandshake();
    void receive(QByteArrayView payload);
    void receiveHandshake(QByteArrayView& payload);
    void dispatch(HubMessage& message);
    void call(const Invocation& invocation);
    void takeClose(const Close& close);
    void connectionClosed(const Failure& failure);
    void completeClose(const Failure& failure);
    void reconnect(const Failure& cause);
    void retry();
    void retryFailed(const Failure& failure);
    std::optional<std::chrono::milliseconds> nextDelay(const Failure& reason);
    void openDrop(const Failure& cause);
    void endDrop(Drop::End end);
    void stopInternal(const Failure& reason);
    void write(const HubMessage& message);
    void writeRaw(QByteArrayView payload);
    void acknowledge();
    void resend();
    void releaseWaiting();
    bool canSend() const { return m_handshaken; }
    std::vector<std::string> claim(const std::vector<Upload>& uploads);
    void refuse(Started done);

    HubOptions m_options;
    std::unique_ptr<EventLoopScheduler> m_ownScheduler;
    Scheduler& m_scheduler;
    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<HubProtocol> m_protocol;
    Heartbeat m_heartbeat;
    Handlers m_handlers;
    Invocations m_invocations;
    std::optional<MessageBuffer> m_buffer; ///< with stateful reconnect
    std::vector<Started> m_waitingForRoom;
    std::vector<Upload> m_uploads; ///< open
    std::vector<HubMessage> m_messages; ///< of one payload; kept for its capacity
    QByteArray m_out; ///< one message; kept for its capacity
    State m_state = State::Disconnected;
    Connection::Started m_attemptDone; ///< of the attempt under way
    std::vector<std::function<void()>> m_stopped;
    std::optional<Drop> m_drop;
    Scheduler::Timer m_retryTimer = 0;
    Scheduler::Timer m_handshakeTimer = 0;
    Scheduler::Timer m_ackTimer = 0;
    QString m_id; ///< of the connection that is, or was last
    quint64 m_attempt = 0;
    quint64 m_epoch = 0; ///< counts connections: an answer is for the server that asked
    int m_retries = 0;
    bool m_started = false; ///< start() succeeded; closed() is due at the end
    bool m_handshaken = false;
};

} // namespace gapless::signalr

Q_DECLARE_METATYPE(gapless::signalr::Drop)
