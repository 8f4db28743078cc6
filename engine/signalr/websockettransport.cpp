// SPDX-License-Identifier: MIT
#include "engine/signalr/websockettransport.h"

#include <QRandomGenerator>
#include <QSslSocket>

using namespace Qt::StringLiterals;

namespace gapless::signalr {

namespace {

constexpr auto closeTimeout = std::chrono::seconds(5);

QString lossText(int code, const QString& reason)
{
    return u"WebSocket closed with status code: %1 (%2)."_s.arg(code).arg(
        reason.isEmpty() ? u"no reason given"_s : reason);
}

QString textOf(const QList<QSslError>& errors)
{
    QStringList texts;
    for (const QSslError& error : errors)
        texts.append(error.errorString());
    return texts.join(u' ');
}

FailureKind kindOf(QAbstractSocket::SocketError error)
{
    if (error == QAbstractSocket::ConnectionRefusedError)
        return FailureKind::Refused;
    if (error == QAbstractSocket::SslHandshakeFailedError
        || error == QAbstractSocket::SslInternalError
        || error == QAbstractSocket::SslInvalidUserDataError)
        return FailureKind::Tls;
    return FailureKind::Network;
}

} // namespace

WebSocketTransport::WebSocketTransport(Scheduler& scheduler)
    : m_scheduler(scheduler)
{
}

WebSocketTransport::~WebSocketTransport()
{
    m_scheduler.cancel(m_timer);
    if (m_socket)
        m_socket->disconnect(this);
}

void WebSocketTransport::open(const Endpoint& endpoint)
{
    m_endpoint = endpoint;
    m_stage = Stage::Connecting;
    const QUrl& url = endpoint.url;
    const bool secure = url.scheme() == "https"_L1 || url.scheme() == "wss"_L1;
    m_timer = m_scheduler.after(endpoint.timeout, [this] {
        fail({FailureKind::ConnectTimeout,
            u"The WebSocket was not open after %1 ms."_s.arg(m_endpoint.timeout.count())});
    });
    if (secure) {
        auto socket = std::make_unique<QSslSocket>();
        socket->setSslConfiguration(endpoint.tls);
        connect(socket.get(), &QSslSocket::encrypted, this, &WebSocketTransport::sendUpgrade);
        connect(socket.get(), &QSslSocket::sslErrors, this, [this](const QList<QSslError>& errors) {
            fail({FailureKind::Tls, textOf(errors)});
        });
        m_socket = std::move(socket);
    } else {
        m_socket = std::make_unique<QTcpSocket>();
        connect(m_socket.get(), &QTcpSocket::connected, this, &WebSocketTransport::sendUpgrade);
    }
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &WebSocketTransport::read);
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &WebSocketTransport::socketFailed);
    connect(m_socket.get(), &QTcpSocket::disconnected, this,
        [this] { socketFailed(QAbstractSocket::RemoteHostClosedError); });
    // Deferred: connecting to a literal address can fail inside the call.
    m_scheduler.defer([this, self = QPointer(this), secure] {
        if (!self || m_stage != Stage::Connecting)
            return;
        const QUrl& to = m_endpoint.url;
        if (secure)
            static_cast<QSslSocket*>(m_socket.get())
                ->connectToHostEncrypted(
                    to.host(), quint16(to.port(443)), serverName(to, m_endpoint.headers));
        else
            m_socket->connectToHost(to.host(), quint16(to.port(80)));
    });
}

void WebSocketTransport::sendUpgrade()
{
    if (m_stage != Stage::Connecting)
        return;
    m_stage = Stage::Upgrading;
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    quint32 random[4];
    QRandomGenerator::system()->fillRange(random);
    m_key = QByteArray(reinterpret_cast<const char*>(random), sizeof random).toBase64();
    m_socket->write(upgradeRequest(m_endpoint.url, m_endpoint.headers, m_key));
    m_socket->flush();
}

void WebSocketTransport::read()
{
    const qint64 available = m_socket->bytesAvailable();
    if (m_stage == Stage::Over || available <= 0)
        return;
    const qsizetype before = m_in.size();
    m_in.resize(before + available);
    const qint64 got = m_socket->read(m_in.data() + before, available);
    m_in.resize(before + std::max<qint64>(got, 0));
    const QPointer self(this);
    m_reading = true;
    try {
        if (m_stage != Stage::Upgrading || readUpgrade())
            readFrames();
    } catch (const ProtocolError& error) {
        if (m_stage == Stage::Open || m_stage == Stage::Closing)
            writeClose(1002);
        fail({FailureKind::Protocol, QString::fromUtf8(error.what())});
    }
    if (!self)
        return;
    m_reading = false;
    flush();
}

bool WebSocketTransport::readUpgrade()
{
    const std::optional<UpgradeResponse> response = parseUpgradeResponse(m_in);
    if (!response)
        return false;
    if (response->status != 101) {
        fail({FailureKind::HttpStatus,
            u"The WebSocket upgrade was answered with %1 %2."_s.arg(response->status)
                .arg(QString::fromUtf8(response->statusText)),
            response->status});
        return false;
    }
    checkUpgrade(*response, m_key);
    m_answerHeaders = response->headers;
    m_in.remove(0, response->size);
    m_scheduler.cancel(std::exchange(m_timer, 0));
    m_stage = Stage::Open;
    if (onOpened)
        onOpened();
    return m_stage == Stage::Open;
}

void WebSocketTransport::readFrames()
{
    // The buffer is out of the way while callbacks run: they see views into it.
    QByteArray buffer = std::exchange(m_in, {});
    QByteArrayView rest = buffer;
    const QPointer self(this);
    while (self && (m_stage == Stage::Open || m_stage == Stage::Closing)) {
        const std::optional<WebSocketFrame> frame = takeFrame(rest);
        if (!frame)
            break;
        take(*frame);
    }
    if (!self)
        return;
    buffer.remove(0, buffer.size() - rest.size());
    m_in = std::move(buffer);
}

void WebSocketTransport::take(const WebSocketFrame& frame)
{
    switch (frame.opcode) {
    case Opcode::Ping:
        writeFrame(Opcode::Pong, frame.payload);
        break;
    case Opcode::Pong:
        break;
    case Opcode::Close:
        takeClose(frame.payload);
        break;
    case Opcode::Continuation:
    case Opcode::Text:
    case Opcode::Binary:
        takeData(frame);
        break;
    }
}

void WebSocketTransport::takeData(const WebSocketFrame& frame)
{
    if ((frame.opcode == Opcode::Continuation) != m_fragmented)
        throw ProtocolError("WebSocket fragments out of order.");
    if (m_stage != Stage::Open)
        return;
    if (frame.final && !m_fragmented) {
        if (onReceived)
            onReceived(frame.payload);
        return;
    }
    if (m_fragments.size() + frame.payload.size() > maxWebSocketMessage)
        throw ProtocolError("WebSocket message too big.");
    m_fragments.append(frame.payload);
    m_fragmented = !frame.final;
    if (frame.final) {
        const QByteArray message = std::exchange(m_fragments, {});
        if (onReceived)
            onReceived(message);
    }
}

void WebSocketTransport::takeClose(QByteArrayView payload)
{
    const CloseFrame close = parseClose(payload);
    if (m_stage == Stage::Closing) {
        finish();
        return;
    }
    writeClose(close.code == 1005 ? 1000 : close.code);
    fail({FailureKind::CloseFrame,
        close.code == 1000 ? QString() : lossText(close.code, close.reason), close.code});
}

void WebSocketTransport::send(QByteArrayView payload)
{
    if (m_stage != Stage::Open)
        return;
    m_out.append(payload);
    if (m_reading || m_flushDue)
        return; // the end of read(), or the deferred call, flushes
    m_flushDue = true;
    m_scheduler.defer([this, self = QPointer(this)] {
        if (!self)
            return;
        m_flushDue = false;
        flush();
    });
}

void WebSocketTransport::flush()
{
    if (m_out.isEmpty() || m_stage != Stage::Open)
        return;
    writeFrame(m_endpoint.format == TransferFormat::Text ? Opcode::Text : Opcode::Binary, m_out);
    m_out.resize(0);
}

void WebSocketTransport::writeFrame(Opcode opcode, QByteArrayView payload)
{
    if (!m_socket || m_socket->state() != QAbstractSocket::ConnectedState)
        return;
    m_frame.resize(0);
    appendFrame(m_frame, opcode, payload, QRandomGenerator::global()->generate());
    m_socket->write(m_frame);
    m_socket->flush();
}

void WebSocketTransport::writeClose(int code)
{
    const char bytes[] {char(code >> 8), char(code)};
    writeFrame(Opcode::Close, QByteArrayView(bytes, 2));
}

void WebSocketTransport::close()
{
    // The callbacks stay: one of them may be what called this. `m_stage` keeps them silent.
    if (m_stage == Stage::Closing || m_stage == Stage::Over)
        return;
    if (m_stage != Stage::Open) {
        finish();
        return;
    }
    flush();
    m_stage = Stage::Closing;
    writeClose(1000);
    m_scheduler.cancel(m_timer);
    m_timer = m_scheduler.after(closeTimeout, [this] { finish(); });
}

void WebSocketTransport::socketFailed(QAbstractSocket::SocketError error)
{
    if (m_stage == Stage::Over)
        return;
    if (m_stage == Stage::Closing) {
        finish();
        return;
    }
    const QString text = m_socket->errorString();
    if (m_socket->bytesAvailable() > 0)
        read();
    if (error == QAbstractSocket::RemoteHostClosedError)
        fail({FailureKind::EndOfStream,
            m_stage == Stage::Open ? lossText(1006, {})
                                   : u"The server closed the connection during the upgrade."_s});
    else
        fail({kindOf(error), text});
}

void WebSocketTransport::fail(const Failure& failure)
{
    if (m_stage == Stage::Over)
        return;
    const bool isSilent = m_stage == Stage::Closing;
    finish();
    if (!isSilent && onClosed)
        onClosed(failure);
}

void WebSocketTransport::finish()
{
    if (m_stage == Stage::Over)
        return;
    m_stage = Stage::Over;
    m_scheduler.cancel(std::exchange(m_timer, 0));
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->disconnectFromHost();
    }
    m_scheduler.defer([this, self = QPointer(this)] {
        if (self && onFinished)
            onFinished();
    });
}

} // namespace gapless::signalr
