// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/scheduler.h"
#include "engine/signalr/transport.h"
#include "engine/signalr/websocketframing.h"

#include <QPointer>
#include <QTcpSocket>
#include <memory>

namespace gapless::signalr {

/// A WebSocket client on Qt's sockets. QWebSocket 6.4 is not used because a Host header of the
/// caller's goes out beside its own, which the server answers with 400 (tried): a slot could not be
/// reached through a tunnel. It is also said to report a killed server as close code 1000 and to go
/// on connecting after a refused upgrade; neither was tried here. Speed was no reason (1.5 us a
/// message, both).
class WebSocketTransport final : public QObject, public Transport {
    Q_OBJECT
public:
    explicit WebSocketTransport(Scheduler& scheduler);
    ~WebSocketTransport() override;
    void open(const Endpoint& endpoint) override;
    void send(QByteArrayView payload) override;
    void close() override;
    Headers answerHeaders() const override { return m_answerHeaders; }

private:
    enum class Stage { Idle, Connecting, Upgrading, Open, Closing, Over };

    void sendUpgrade();
    void read();
    bool readUpgrade();
    void readFrames();
    void take(const WebSocketFrame& frame);
    void takeData(const WebSocketFrame& frame);
    void takeClose(QByteArrayView payload);
    void flush();
    void writeFrame(Opcode opcode, QByteArrayView payload);
    void writeClose(int code);
    void socketFailed(QAbstractSocket::SocketError error);
    void fail(const Failure& failure);
    void finish();

    Scheduler& m_scheduler;
    Endpoint m_endpoint;
    std::unique_ptr<QTcpSocket> m_socket;
    Stage m_stage = Stage::Idle;
    QByteArray m_key;
    Headers m_answerHeaders; ///< of the upgrade
    QByteArray m_in;
    QByteArray m_fragments; ///< of a message that is not whole yet
    QByteArray m_out; ///< payloads of this turn
    QByteArray m_frame; ///< kept for its capacity
    Scheduler::Timer m_timer = 0;
    bool m_fragmented = false;
    bool m_reading = false;
    bool m_flushDue = false;
};

} // namespace gapless::signalr
