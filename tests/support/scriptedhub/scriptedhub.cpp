// SPDX-License-Identifier: MIT
#include "tests/support/scriptedhub/scriptedhub.h"

#include <QCryptographicHash>
#include <QSslServer>
#include <QtEndian>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace gapless {

ScriptedPeer::ScriptedPeer(QTcpSocket* socket)
    : m_socket(socket)
{
    socket->setParent(this);
    connect(socket, &QTcpSocket::readyRead, this, &ScriptedPeer::read);
}

void ScriptedPeer::raw(const QByteArray& bytes)
{
    m_socket->write(bytes);
    m_socket->flush();
}

void ScriptedPeer::respond(int status, const QByteArray& body, const QByteArray& headers)
{
    raw("HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n" + headers + "\r\n" + body);
}

void ScriptedPeer::upgrade(const ScriptedRequest& request)
{
    const QByteArray accept = QCryptographicHash::hash(
        request.headers.value("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
        QCryptographicHash::Sha1)
                                  .toBase64();
    m_upgraded = true;
    raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: "
        + accept + "\r\n\r\n");
}

void ScriptedPeer::frame(int opcode, const QByteArray& payload, bool final)
{
    QByteArray bytes(1, char((final ? 0x80 : 0) | opcode));
    if (payload.size() < 126) {
        bytes += char(payload.size());
    } else if (payload.size() < 65536) {
        bytes += char(126);
        bytes += char(payload.size() >> 8);
        bytes += char(payload.size());
    } else {
        bytes += char(127);
        for (int shift = 56; shift >= 0; shift -= 8)
            bytes += char(payload.size() >> shift);
    }
    raw(bytes + payload);
}

void ScriptedPeer::closeFrame(int code)
{
    QByteArray payload;
    payload += char(code >> 8);
    payload += char(code);
    frame(8, payload);
}

void ScriptedPeer::end()
{
    m_socket->disconnectFromHost();
}

void ScriptedPeer::reset()
{
    const linger now {1, 0};
    ::setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    m_socket->abort();
}

void ScriptedPeer::read()
{
    m_in += m_socket->readAll();
    while (m_upgraded ? readFrame() : readRequest()) { }
}

bool ScriptedPeer::readRequest()
{
    const qsizetype end = m_in.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const QList<QByteArray> lines = m_in.first(end).split('\n');
    ScriptedRequest request;
    const QList<QByteArray> words = lines[0].trimmed().split(' ');
    request.method = words.value(0);
    request.target = words.value(1);
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines[i].indexOf(':');
        const QByteArray name = lines[i].first(colon).toLower();
        // A name that stands twice is kept twice: a server would answer 400 to a second Host.
        const QByteArray before = request.headers.value(name);
        request.headers[name]
            = (before.isEmpty() ? before : before + ", ") + lines[i].sliced(colon + 1).trimmed();
    }
    const qsizetype length = request.headers.value("content-length").toLongLong();
    if (m_in.size() < end + 4 + length)
        return false;
    request.body = m_in.sliced(end + 4, length);
    m_in.remove(0, end + 4 + length);
    if (onRequest)
        onRequest(request);
    return true;
}

bool ScriptedPeer::readFrame()
{
    if (m_in.size() < 2)
        return false;
    quint64 length = quint8(m_in[1]) & 0x7f;
    qsizetype header = 2;
    if (length == 126) {
        header = 4;
        if (m_in.size() < header)
            return false;
        length = qFromBigEndian<quint16>(m_in.constData() + 2);
    } else if (length == 127) {
        header = 10;
        if (m_in.size() < header)
            return false;
        length = qFromBigEndian<quint64>(m_in.constData() + 2);
    }
    if (m_in.size() < header + 4 + qsizetype(length))
        return false;
    const QByteArray mask = m_in.sliced(header, 4);
    QByteArray payload = m_in.sliced(header + 4, qsizetype(length));
    for (qsizetype i = 0; i < payload.size(); ++i)
        payload[i] = char(payload[i] ^ mask[i % 4]);
    const int opcode = m_in[0] & 0x0f;
    m_in.remove(0, header + 4 + qsizetype(length));
    if (onFrame)
        onFrame(opcode, payload);
    return true;
}

namespace {

std::unique_ptr<QTcpServer> makeTlsServer(const QSslCertificate& certificate, const QSslKey& key)
{
    auto server = std::make_unique<QSslServer>();
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificate(certificate);
    tls.setPrivateKey(key);
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    server->setSslConfiguration(tls);
    return server;
}

} // namespace

ScriptedHub::ScriptedHub()
    : ScriptedHub(std::make_unique<QTcpServer>())
{
}

ScriptedHub::ScriptedHub(const QSslCertificate& certificate, const QSslKey& key)
    : ScriptedHub(makeTlsServer(certificate, key))
{
}

ScriptedHub::ScriptedHub(std::unique_ptr<QTcpServer> server)
    : m_server(std::move(server))
{
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &ScriptedHub::accept);
    if (!m_server->listen(QHostAddress::LocalHost))
        qFatal("%s", qPrintable(m_server->errorString()));
    onNegotiate = [this](ScriptedPeer& peer, const ScriptedRequest&) {
        peer.respond(200, negotiateBody(), "Content-Type: application/json\r\n");
    };
    onUpgrade = [](ScriptedPeer& peer, const ScriptedRequest& request) { peer.upgrade(request); };
    onOther = [](ScriptedPeer& peer, const ScriptedRequest&) { peer.respond(404, "no"); };
    onHandshake = [](ScriptedPeer& peer) { peer.say("{}"); };
}

QUrl ScriptedHub::url() const
{
    const bool secure = qobject_cast<QSslServer*>(m_server.get()) != nullptr;
    return QUrl(u"%1://127.0.0.1:%2/hub"_s.arg(secure ? u"https"_s : u"http"_s).arg(port()));
}

QByteArray ScriptedHub::negotiateBody(const QByteArray& more) const
{
    return "{\"negotiateVersion\":1,\"connectionId\":\"ID\",\"connectionToken\":\"TOKEN\"," + more
        + "\"availableTransports\":["
          "{\"transport\":\"WebSockets\",\"transferFormats\":[\"Text\",\"Binary\"]},"
          "{\"transport\":\"ServerSentEvents\",\"transferFormats\":[\"Text\"]},"
          "{\"transport\":\"LongPolling\",\"transferFormats\":[\"Text\",\"Binary\"]}]}";
}

void ScriptedHub::accept()
{
    while (QTcpSocket* socket = m_server->nextPendingConnection()) {
        auto* peer = new ScriptedPeer(socket);
        peer->setParent(this);
        m_peers.push_back(peer);
        peer->onRequest = [this, peer](const ScriptedRequest& each) { request(*peer, each); };
        peer->onFrame = [this, peer](int opcode, const QByteArray& bytes) {
            if (opcode == 1 || opcode == 2)
                payload(*peer, bytes);
            if (opcode == 8) {
                peer->frame(8, bytes);
                peer->end();
            }
        };
    }
}

void ScriptedHub::request(ScriptedPeer& peer, const ScriptedRequest& request)
{
    requests.push_back(request);
    if (request.isNegotiate())
        onNegotiate(peer, request);
    else if (request.isUpgrade())
        onUpgrade(peer, request);
    else
        onOther(peer, request);
}

void ScriptedHub::payload(ScriptedPeer& peer, const QByteArray& payload)
{
    QList<QByteArray> parts = payload.split('\x1e');
    parts.removeLast();
    for (const QByteArray& message : parts) {
        if (message.startsWith("{\"protocol\"")) {
            ++handshakes;
            onHandshake(peer);
        } else if (message == "{\"type\":6}") {
            ++pings;
        } else {
            messages.push_back(message);
            if (onMessage)
                onMessage(peer, message);
        }
    }
}

} // namespace gapless
