// SPDX-License-Identifier: MIT
#include "engine/rollout/connectionwatch.h"
#include "tests/support/fakehost/localhost.h"

#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <signal.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace gapless;

// The connection watch against a real nginx on loopback, whose site answers when it is told to.

namespace {

constexpr const char* upgradeRequest
    = "GET /hub HTTP/1.1\r\nHost: site\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

/// A server that upgrades what asks for it, answers `/now` at once and `/later` when told to.
class Site : public QTcpServer {
public:
    Site()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket* socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        });
    }
    void answerAll()
    {
        for (QTcpSocket* socket : std::exchange(m_waiting, {}))
            answer(socket);
    }
    qsizetype waiting() const { return m_waiting.size(); }
    int upgraded() const { return m_upgraded; }

private:
    void read(QTcpSocket* socket)
    {
        const QByteArray request = socket->readAll();
        if (request.startsWith("GET /hub")) {
            socket->write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                          "Upgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\n");
            ++m_upgraded;
        } else if (request.startsWith("POST /later")) {
            m_waiting += socket;
        } else if (request.startsWith("POST /now")) {
            answer(socket);
        }
    }
    static void answer(QTcpSocket* socket)
    {
        socket->write(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nDate: Mon, 23 Nov 2026 21:46:56 GMT\r\n"
            "Server: Kestrel\r\n\r\nok");
    }

    QList<QTcpSocket*> m_waiting;
    int m_upgraded = 0;
};

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

/// nginx in a folder of its own, in front of two sites.
class NginxProcess {
public:
    NginxProcess(quint16 a, quint16 b)
        : m_a(a)
        , m_b(b)
        , port(freePort())
    {
        write(false);
        run({});
        QTcpSocket probe;
        ready = QTest::qWaitFor([&] {
            probe.abort();
            probe.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
            return probe.waitForConnected(200);
        });
    }
    ~NginxProcess() { run({u"-s"_s, u"stop"_s}); }

    void takeOutA()
    {
        write(true);
        run({u"-s"_s, u"reload"_s});
    }
    QList<qint64> workers() const
    {
        QFile pidFile(m_folder.filePath(u"pid"_s));
        if (!pidFile.open(QIODevice::ReadOnly))
            return {};
        const QByteArray master = pidFile.readAll().trimmed();
        QFile children(u"/proc/%1/task/%1/children"_s.arg(QString::fromLatin1(master)));
        QList<qint64> pids;
        if (children.open(QIODevice::ReadOnly))
            for (const QByteArray& pid : children.readAll().simplified().split(' '))
                pids += pid.toLongLong();
        return pids;
    }
    static bool serves(qint64 pid)
    {
        QFile title(u"/proc/%1/cmdline"_s.arg(pid));
        return title.open(QIODevice::ReadOnly) && !title.readAll().contains("shutting down");
    }
    QStringList dumpWords() const { return words() << u"-T"_s; }
    QString serverA() const { return u"127.0.0.1:%1"_s.arg(m_a); }

private:
    QStringList words() const
    {
        return {u"nginx"_s, u"-p"_s, m_folder.path(), u"-c"_s, m_folder.filePath(u"nginx.conf"_s)};
    }
    void run(const QStringList& more)
    {
        QProcess nginx;
        nginx.start(words().first(), words().mid(1) + more);
        nginx.waitForFinished();
    }
    void write(bool withoutA)
    {
        QFile file(m_folder.filePath(u"nginx.conf"_s));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no configuration file");
        QByteArray text = R"(
worker_processes 1; pid DIR/pid; error_log DIR/error.log; daemon on; user root;
events {} http { access_log off;
client_body_temp_path DIR/1; proxy_temp_path DIR/2; fastcgi_temp_path DIR/3; uwsgi_temp_path DIR/4; scgi_temp_path DIR/5;
map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
upstream site { server 127.0.0.1:PORTA STATE; server 127.0.0.1:PORTB backup; keepalive 16; }
server { listen 127.0.0.1:PORT; location / { proxy_pass http://site; proxy_http_version 1.1;
proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; } } }
)";
        text.replace("DIR", m_folder.path().toUtf8())
            .replace("PORTA", QByteArray::number(m_a))
            .replace("PORTB", QByteArray::number(m_b))
            .replace("PORT", QByteArray::number(port))
            .replace("STATE", withoutA ? "down" : "");
        if (::geteuid() != 0)
            text.replace("user root;", "");
        file.write(text);
    }

    QTemporaryDir m_folder;
    quint16 m_a, m_b;

public:
    const quint16 port;
    bool ready = false;
};

/// A client's connection that has sent its request.
class Client {
public:
    Client(quint16 port, const QByteArray& request)
    {
        m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        send(request);
    }
    void send(const QByteArray& request)
    {
        m_answer.clear();
        m_socket.write(request);
    }
    bool answered(const QByteArray& status)
    {
        m_answer += m_socket.readAll();
        return m_answer.startsWith("HTTP/1.1 " + status);
    }

private:
    QTcpSocket m_socket;
    QByteArray m_answer;
};

QByteArray post(const QByteArray& path)
{
    return "POST " + path + " HTTP/1.1\r\nHost: site\r\nContent-Length: 3\r\n\r\nabc";
}

} // namespace

class TestConnectionWatch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        for (const QString& program : {u"nginx"_s, u"ss"_s})
            if (QProcess::execute(u"sh"_s, {u"-c"_s, u"command -v %1 >/dev/null"_s.arg(program)})
                != 0)
                QSKIP("nginx and ss are needed");
    }

    /// The hard case: requests and WebSockets both from before we looked, on reused connections.
    void tellsWaitingRequestsFromWebSockets()
    {
        Site a, b;
        NginxProcess gateway(a.serverPort(), b.serverPort());
        QVERIFY(gateway.ready);
        std::vector<std::unique_ptr<Client>> posts, hubs;
        for (int i = 0; i < 2; ++i)
            posts.push_back(std::make_unique<Client>(gateway.port, post("/later")));
        QTRY_COMPARE(a.waiting(), 2);
        a.answerAll();
        for (const auto& client : posts)
            QTRY_VERIFY(client->answered("200"));
        for (int i = 0; i < 3; ++i)
            hubs.push_back(std::make_unique<Client>(gateway.port, upgradeRequest));
        for (const auto& client : hubs)
            QTRY_VERIFY(client->answered("101"));
        QCOMPARE(a.upgraded(), 3);
        for (const auto& client : hubs) // a SignalR ping is the last that each did
            client->send(QByteArray("\x8b\x8b\x01\x02\x03\x04 eleven more", 17));
        for (const auto& client : posts)
            client->send(post("/later"));
        QTRY_COMPARE(a.waiting(), 2);

        LocalHost host(u"web"_s);
        ConnectionWatch watch(host, {gateway.serverA()}, 10, gateway.dumpWords());
        watch.start();
        const QList<qint64> old = gateway.workers();
        QVERIFY(!old.isEmpty());
        gateway.takeOutA();
        QTRY_VERIFY(std::none_of(old.begin(), old.end(), NginxProcess::serves));

        const HeldConnections before = watch.held(gateway.serverA(), old, {});
        QVERIFY(before.visible && !before.workersGone);
        if (::geteuid() == 0) {
            QCOMPARE(before.inFlight, 2);
            QCOMPARE(before.longLived, 3);
            QCOMPARE(before.ambiguous, 0);
        } else {
            QVERIFY(before.inFlight + before.ambiguous >= 2);
        }

        a.answerAll();
        for (const auto& client : posts)
            QTRY_VERIFY(client->answered("200"));
        HeldConnections after;
        QTRY_VERIFY((after = watch.held(gateway.serverA(), old, {})).inFlight == 0);
        if (::geteuid() == 0)
            QCOMPARE(after.longLived, 3);

        hubs.clear();
        QTRY_VERIFY(watch.held(gateway.serverA(), old, {}).workersGone);
        watch.stop();
    }
};

QTEST_GUILESS_MAIN(TestConnectionWatch)
#include "tst_connectionwatch.moc"
