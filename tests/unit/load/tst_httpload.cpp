// SPDX-License-Identifier: MIT
#include "tests/support/load/httpload.h"

#include <nlohmann/json.hpp>

#include <QDeadlineTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <functional>

using namespace gapless::load;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// Answers each request as told, or treats the connection badly.
class Server : public QTcpServer {
    Q_OBJECT

public:
    enum class Manner { Answer, CloseUnanswered, CutShort, Never };

    QByteArray answer = "HTTP/1.1 200 OK\r\nX-Version: v1\r\nContent-Length: 2\r\n\r\nok"_ba;
    Manner manner = Manner::Answer;
    int connections = 0;
    int requests = 0;

    Server()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            ++connections;
            auto* socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { handle(*socket); });
        });
    }

    Users users() const
    {
        Users users;
        users.address.sin_family = AF_INET;
        users.address.sin_port = htons(serverPort());
        users.address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        users.hostHeader = "localhost";
        return users;
    }

private:
    void handle(QTcpSocket& socket)
    {
        const auto request = socket.readAll();
        ++requests;
        switch (manner) {
        case Manner::Never:
            return;
        case Manner::CloseUnanswered:
            return socket.disconnectFromHost();
        case Manner::CutShort:
            socket.write(answer.chopped(1));
            return socket.disconnectFromHost();
        case Manner::Answer:
            socket.write(answer);
            if (request.contains("Connection: close"))
                socket.disconnectFromHost();
        }
    }
};

/// Turns the load and the server until it is so.
void turnUntil(HttpLoad& load, const std::function<bool()>& isSo)
{
    for (QDeadlineTimer deadline(20s); !isSo() && !deadline.hasExpired();) {
        load.turn(5ms);
        QCoreApplication::processEvents();
    }
    QVERIFY2(isSo(), "in 20 s it was not so");
}

/// Turns both until so many requests of one kind were sent, then lets them end.
void play(HttpLoad& load, const Tally& tally, std::uint64_t wanted)
{
    turnUntil(load, [&] { return tally.sentCount() >= wanted; });
    load.stop();
    turnUntil(load, [&] { return load.isIdle(); });
}

} // namespace

class TestHttpLoad : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void getsOnFreshConnections();
    void postsOnKeptConnections();
    void longPostsStayInFlight();
    void saysWhatFailed_data();
    void saysWhatFailed();
    void refused();
    void closedWhileIdleIsNoFailure();
    void closedBeforeItIsUsedAgain();
    void closedOnAKeptConnection();
};

void TestHttpLoad::getsOnFreshConnections()
{
    Server server;
    auto users = server.users();
    users.getsPerSecond = 500;
    HttpLoad load(users);
    play(load, load.gets(), 20);
    QCOMPARE(load.gets().failedCount(), 0u);
    QCOMPARE(server.connections, int(load.gets().sentCount()));
    QCOMPARE(load.gets().toJson()["versions"]["v1"].get<std::uint64_t>(), load.gets().sentCount());
}

void TestHttpLoad::postsOnKeptConnections()
{
    Server server;
    auto users = server.users();
    users.postsPerSecond = 500;
    users.postConnections = 3;
    HttpLoad load(users);
    play(load, load.posts(), 30);
    QCOMPARE(load.posts().failedCount(), 0u);
    QVERIFY2(server.connections < server.requests, "connections were not kept");
}

void TestHttpLoad::longPostsStayInFlight()
{
    Server server;
    auto users = server.users();
    users.longPosts = 4;
    HttpLoad load(users);
    play(load, load.longPosts(), 12);
    QCOMPARE(load.longPosts().failedCount(), 0u);
    QVERIFY(load.longPosts().sentCount() >= 12);
}

void TestHttpLoad::saysWhatFailed_data()
{
    QTest::addColumn<int>("manner");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("kind");
    const auto row
        = [](const char* name, Server::Manner manner, const QByteArray& answer,
              const QString& kind) { QTest::newRow(name) << int(manner) << answer << kind; };
    const auto good = Server().answer;
    row("503", Server::Manner::Answer, "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"_ba,
        u"status503"_s);
    row("closed", Server::Manner::CloseUnanswered, good, u"closed"_s);
    row("cut short", Server::Manner::CutShort, good, u"truncated"_s);
    row("never", Server::Manner::Never, good, u"timeout"_s);
    row("gibberish", Server::Manner::Answer, "gibberish\r\n\r\n"_ba, u"malformed"_s);
}

void TestHttpLoad::saysWhatFailed()
{
    QFETCH(int, manner);
    QFETCH(QByteArray, answer);
    QFETCH(QString, kind);
    Server server;
    server.manner = Server::Manner(manner);
    server.answer = answer;
    auto users = server.users();
    users.getsPerSecond = 200;
    users.timeout = 100ms;
    HttpLoad load(users);
    play(load, load.gets(), 5);
    QCOMPARE(load.gets().failedCount(), load.gets().sentCount());
    QCOMPARE(load.gets().failures().at(kind.toStdString()), load.gets().sentCount());
}

void TestHttpLoad::refused()
{
    Server server;
    auto users = server.users();
    server.close();
    users.getsPerSecond = 200;
    users.longPosts = 2;
    HttpLoad load(users);
    play(load, load.gets(), 5);
    QCOMPARE(load.gets().failures().at("refused"), load.gets().sentCount());
    // Whoever was refused rests before the next, so that a dead site is not flooded.
    QVERIFY(load.longPosts().sentCount() < load.gets().sentCount());
}

/// The end of a kept connection and the next request's time have both come when the load has its turn.
void TestHttpLoad::closedBeforeItIsUsedAgain()
{
    Server server;
    auto users = server.users();
    users.postsPerSecond = 20;
    users.postConnections = 1;
    HttpLoad load(users);
    turnUntil(load, [&] { return load.posts().sentCount() > 0 && load.isIdle(); });
    for (auto* socket : server.findChildren<QTcpSocket*>())
        socket->disconnectFromHost();
    QTest::qSleep(100); // the next one is due after 50
    play(load, load.posts(), load.posts().sentCount() + 1);
    QCOMPARE(load.posts().failedCount(), 0u);
    QCOMPARE(load.idleClosed(), 1u);
}

void TestHttpLoad::closedWhileIdleIsNoFailure()
{
    Server server;
    auto users = server.users();
    users.postsPerSecond = 100;
    users.postConnections = 1;
    server.answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"_ba;
    HttpLoad load(users);
    play(load, load.posts(), 3);
    QCOMPARE(load.posts().failedCount(), 0u);
    for (auto* socket : server.findChildren<QTcpSocket*>())
        socket->disconnectFromHost();
    turnUntil(load, [&] { return load.idleClosed() > 0; });
    QCOMPARE(load.posts().failedCount(), 0u);
}

void TestHttpLoad::closedOnAKeptConnection()
{
    Server server;
    auto users = server.users();
    users.postsPerSecond = 100;
    users.postConnections = 1;
    HttpLoad load(users);
    turnUntil(load, [&] { return server.requests >= 3; });
    server.manner = Server::Manner::CloseUnanswered;
    turnUntil(load, [&] { return load.posts().failedCount() > 0; });
    // Told apart from one on a connection of its own: a browser would ask again after this one.
    QVERIFY(load.posts().failures().contains("closedKept"));
}

QTEST_GUILESS_MAIN(TestHttpLoad)
#include "tst_httpload.moc"
