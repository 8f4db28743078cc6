// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QTcpServer>
#include <QTcpSocket>
#include <functional>
#include <sys/socket.h>

namespace gapless {

/// A web server for tests, on a free loopback port, on the thread it was made in. Each request's
/// head and body go to `answer`, which does with the socket what a real server might, however
/// badly.
class FakeSite {
public:
    using Answer = std::function<void(QTcpSocket& socket, const QByteArray& request)>;

    explicit FakeSite(Answer answer)
        : m_answer(std::move(answer))
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            while (QTcpSocket* socket = m_server.nextPendingConnection())
                take(socket);
        });
        listen();
    }

    void setAnswer(Answer answer) { m_answer = std::move(answer); }
    quint16 port() const { return m_port; }
    QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port); }
    int connections() const { return m_connections; }
    int requests() const { return m_requests; }
    /// Refuses from now on, and resets what is open.
    void die()
    {
        m_server.close();
        for (QTcpSocket* socket : m_server.findChildren<QTcpSocket*>())
            reset(*socket);
    }
    void listen()
    {
        m_port = m_server.listen(QHostAddress::LocalHost, m_port) ? m_server.serverPort() : 0;
    }

    static QByteArray ok(const QByteArray& body, const QByteArray& headers = {})
    {
        return "HTTP/1.1 200 OK\r\n" + headers
            + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
    /// Ends the connection with RST in place of FIN.
    static void reset(QTcpSocket& socket)
    {
        const linger now {1, 0};
        ::setsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof(now));
        socket.abort();
    }

private:
    void take(QTcpSocket* socket)
    {
        ++m_connections;
        QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
            QByteArray& buffer = m_buffers[socket];
            buffer += socket->readAll();
            const qsizetype blank = buffer.indexOf("\r\n\r\n");
            if (blank < 0)
                return;
            const qsizetype at = buffer.indexOf("Content-Length: ");
            const qsizetype body = at < 0 || at > blank
                ? 0
                : buffer.mid(at + 16, buffer.indexOf('\r', at) - at - 16).toLongLong();
            if (buffer.size() < blank + 4 + body)
                return;
            const QByteArray request = std::exchange(buffer, {});
            ++m_requests;
            m_answer(*socket, request);
            if (request.contains("Connection: close") && socket->bytesToWrite() > 0)
                socket->disconnectFromHost();
        });
        QObject::connect(
            socket, &QObject::destroyed, &m_server, [this, socket] { m_buffers.remove(socket); });
    }

    QTcpServer m_server;
    Answer m_answer;
    QHash<const QObject*, QByteArray> m_buffers;
    quint16 m_port = 0;
    int m_connections = 0;
    int m_requests = 0;
};

} // namespace gapless
