// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QSslCertificate>
#include <QSslKey>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>
#include <functional>
#include <memory>
#include <vector>

namespace gapless {

/// One request's head and body, as it came. Header names are lower case.
struct ScriptedRequest {
    QByteArray method;
    QByteArray target;
    QHash<QByteArray, QByteArray> headers;
    QByteArray body;
    bool isNegotiate() const { return target.contains("/negotiate"); }
    bool isUpgrade() const { return headers.value("upgrade").toLower() == "websocket"; }
};

/// One TCP connection of a ScriptedHub; every way to misbehave is a function here. Frames are built
/// and read by code of its own, so that a fault of the client's cannot cancel itself out.
class ScriptedPeer : public QObject {
    Q_OBJECT
public:
    explicit ScriptedPeer(QTcpSocket* socket);
    void raw(const QByteArray& bytes);
    void respond(int status, const QByteArray& body, const QByteArray& headers = {});
    /// The 101 that answers `request`.
    void upgrade(const ScriptedRequest& request);
    void frame(int opcode, const QByteArray& payload, bool final = true);
    /// `message` and its separator, as text.
    void say(const QByteArray& message) { frame(1, message + '\x1e'); }
    void closeFrame(int code);
    /// FIN, as when a proxy's upstream dies.
    void end();
    /// RST, as when the server is killed.
    void reset();
    bool isOpen() const { return m_socket->state() == QAbstractSocket::ConnectedState; }

    std::function<void(const ScriptedRequest&)> onRequest;
    std::function<void(int opcode, const QByteArray& payload)> onFrame;

private:
    void read();
    bool readRequest();
    bool readFrame();

    QTcpSocket* m_socket; ///< a child
    QByteArray m_in;
    bool m_upgraded = false;
};

/// A hub on loopback that does what a test tells it, beginning with what a good one does:
/// negotiate, upgrade, answer the handshake. Replace a behaviour before connecting.
class ScriptedHub : public QObject {
    Q_OBJECT
public:
    ScriptedHub();
    /// Over TLS.
    ScriptedHub(const QSslCertificate& certificate, const QSslKey& key);
    QUrl url() const;
    quint16 port() const { return m_server->serverPort(); }
    /// New connections are refused from here; those there are stay.
    void stopListening() { m_server->close(); }

    std::function<void(ScriptedPeer&, const ScriptedRequest&)> onNegotiate;
    std::function<void(ScriptedPeer&, const ScriptedRequest&)> onUpgrade;
    /// Any other request (event streams, polls, POSTs).
    std::function<void(ScriptedPeer&, const ScriptedRequest&)> onOther;
    std::function<void(ScriptedPeer&)> onHandshake;
    /// One hub message of the client's, without its separator; pings are left out.
    std::function<void(ScriptedPeer&, const QByteArray& message)> onMessage;

    QByteArray negotiateBody(const QByteArray& more = {}) const;
    std::vector<ScriptedRequest> requests;
    std::vector<QByteArray> messages; ///< the client's, all connections, pings left out
    int handshakes = 0;
    int pings = 0;
    /// The newest connection.
    ScriptedPeer* peer() const { return m_peers.empty() ? nullptr : m_peers.back(); }

private:
    explicit ScriptedHub(std::unique_ptr<QTcpServer> server);
    void accept();
    void request(ScriptedPeer& peer, const ScriptedRequest& request);
    void payload(ScriptedPeer& peer, const QByteArray& payload);

    std::unique_ptr<QTcpServer> m_server;
    std::vector<ScriptedPeer*> m_peers; ///< children
};

} // namespace gapless
