// SPDX-License-Identifier: MIT
#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

namespace gapless {

/// A line to a port of this machine that can be cut: while it is, connections through it end and
/// new ones are turned away at once, as where a network is down. On a thread of its own, so that
/// whoever blocks does not hold it up.
class CutLine {
public:
    explicit CutLine(quint16 to)
    {
        m_thread.start();
        m_context.moveToThread(&m_thread);
        run([this, to] {
            m_server = std::make_unique<QTcpServer>();
            QObject::connect(m_server.get(), &QTcpServer::newConnection, &m_context,
                [this, to] { join(m_server->nextPendingConnection(), to); });
            m_server->listen(QHostAddress::LocalHost);
            m_port = m_server->serverPort();
        });
    }
    ~CutLine()
    {
        run([this] { m_server.reset(); });
        m_thread.quit();
        m_thread.wait();
    }
    quint16 port() const { return m_port; }
    void cut()
    {
        run([this] {
            m_cut = true;
            for (QTcpSocket* socket : m_server->findChildren<QTcpSocket*>())
                socket->abort();
        });
    }
    void mend()
    {
        run([this] { m_cut = false; });
    }

private:
    void run(const std::function<void()>& work)
    {
        QMetaObject::invokeMethod(&m_context, work, Qt::BlockingQueuedConnection);
    }
    void join(QTcpSocket* from, quint16 to)
    {
        if (m_cut) {
            from->abort();
            from->deleteLater();
            return;
        }
        auto* onward = new QTcpSocket(m_server.get());
        for (QTcpSocket* socket : {from, onward}) {
            socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
            QTcpSocket* other = socket == from ? onward : from;
            QObject::connect(socket, &QTcpSocket::readyRead, other,
                [socket, other] { other->write(socket->readAll()); });
            QObject::connect(
                socket, &QTcpSocket::disconnected, other, [other] { other->disconnectFromHost(); });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
        // The other side's orderly end is an "error" too, and what it said before is still on its way.
        QObject::connect(onward, &QTcpSocket::errorOccurred, from, [from](auto error) {
            if (error != QAbstractSocket::RemoteHostClosedError)
                from->abort();
        });
        onward->connectToHost(QHostAddress::LocalHost, to);
    }

    QThread m_thread;
    QObject m_context;
    std::unique_ptr<QTcpServer> m_server; ///< of the thread, with the sockets as its children
    quint16 m_port = 0;
    bool m_cut = false;
};

} // namespace gapless
