// SPDX-License-Identifier: MIT
#include "tests/live/remote/live.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <atomic>
#include <poll.h>
#include <sys/socket.h>
#include <thread>

using namespace gapless;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What happens when a host is not there, goes away, or says no.
class TestSshFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_server = std::make_unique<SshServer>(); }
    void killedWhileRunning();
    void killedWhileIdle();
    void allCommandsLearnOfIt();
    void neverSentTwice();
    void comesBackWithTheServer();
    void frozenHost();
    void quietHostIsNotGone();
    void nobodyListens();
    void nameUnknown();
    void packetsSwallowed();
    void silentServer();
    void notSsh();
    void cancelWhileConnecting();
    void destroyedWhileConnecting();
    void oneOfTwoGivesUpConnecting();
    void fewSessions();
    void noSessions();
    void forcedCommand();

private:
    std::unique_ptr<SshHost> host() { return host(*m_server); }
    std::unique_ptr<SshHost> host(const SshServer& server)
    {
        return std::make_unique<SshHost>(server.spec(), m_secrets, m_keys, server.options());
    }
    /// Starts a command and comes back when its first line is here.
    std::unique_ptr<RemoteProcess> begun(Host& host)
    {
        Command command = scripted("echo begun; sleep 600");
        command.deadline = 0ms;
        auto seen = std::make_shared<std::atomic<bool>>(false);
        command.onLine = [seen](OutputStream, const QByteArray&) {
            *seen = true;
            seen->notify_all();
        };
        std::unique_ptr<RemoteProcess> process = host.start(command);
        seen->wait(false);
        return process;
    }

    std::unique_ptr<SshServer> m_server;
    ListedSecrets m_secrets;
    NotedKeys m_keys;
};

void TestSshFaults::killedWhileRunning()
{
    const auto web = host();
    const auto process = begun(*web);
    m_server->killConnections();
    EXPECT_ERROR(error, ErrorKind::ConnectionLost, process->wait({}));
    QCOMPARE(error->facts[u"address"_s].toString(), u"127.0.0.1"_s);
    QVERIFY(web->run(scripted(":"), {}).ok());
}

void TestSshFaults::killedWhileIdle()
{
    const auto web = host();
    for (int i = 0; i < 20; ++i) {
        const std::optional<Error> error = errorOf([&] { web->run(scripted(":"), {}); });
        QVERIFY2(!error, error ? error->what() : "");
        m_server->killConnections();
    }
}

void TestSshFaults::allCommandsLearnOfIt()
{
    const auto web = host();
    std::vector<std::unique_ptr<RemoteProcess>> processes;
    for (int i = 0; i < 4; ++i)
        processes.push_back(begun(*web));
    m_server->killConnections();
    for (const auto& process : processes) {
        EXPECT_ERROR(error, ErrorKind::ConnectionLost, process->wait({}));
    }
}

void TestSshFaults::neverSentTwice()
{
    const auto web = host();
    const QString file = m_server->home(m_server->spec().user) + u"/counted"_s;
    // The shell's parent is the process of the connection that runs as the user.
    EXPECT_ERROR(error, ErrorKind::ConnectionLost,
        web->run(scripted("echo x >> " + file.toUtf8() + "; kill -KILL $PPID; sleep 10"), {}));
    QCOMPARE(web->run(scripted("cat " + file.toUtf8()), {}).out, QByteArray("x\n"));
}

void TestSshFaults::comesBackWithTheServer()
{
    SshServer server;
    const auto web = host(server);
    QVERIFY(web->run(scripted(":"), {}).ok());
    server.killConnections();
    server.stop();
    EXPECT_ERROR(error, ErrorKind::HostUnreachable, web->run(scripted(":"), {}));
    server.start();
    QVERIFY(web->run(scripted(":"), {}).ok());
}

void TestSshFaults::frozenHost()
{
    SshOptions options = m_server->options();
    options.heartbeat = 200ms;
    SshHost web(m_server->spec(), m_secrets, m_keys, options);
    const auto process = begun(web);
    m_server->freezeConnections();
    EXPECT_ERROR(error, ErrorKind::ConnectionLost, process->wait({}));
    m_server->killConnections();
    QVERIFY(web.run(scripted(":"), {}).ok());
}

void TestSshFaults::quietHostIsNotGone()
{
    SshOptions options = m_server->options();
    options.heartbeat = 50ms;
    SshHost web(m_server->spec(), m_secrets, m_keys, options);
    QCOMPARE(
        web.run(scripted("sleep 1; echo $PPID"), {}).out, web.run(scripted("echo $PPID"), {}).out);
}

void TestSshFaults::nobodyListens()
{
    HostSpec spec = m_server->spec();
    QTcpServer closed;
    closed.listen(QHostAddress::LocalHost);
    spec.port = closed.serverPort();
    closed.close();
    SshHost web(spec, m_secrets, m_keys, m_server->options());
    EXPECT_ERROR(error, ErrorKind::HostUnreachable, web.run(scripted(":"), {}));
    QCOMPARE(error->facts[u"address"_s].toString(), u"127.0.0.1"_s);
    QCOMPARE(error->facts[u"port"_s].toInt(), spec.port);
    QCOMPARE(error->detail, u"Connection refused"_s);
}

void TestSshFaults::nameUnknown()
{
    HostSpec spec = m_server->spec();
    spec.address = u"no-such-host.invalid"_s;
    SshOptions options = m_server->options();
    options.connectDeadline = 2s;
    SshHost web(spec, m_secrets, m_keys, options);
    EXPECT_ERROR(error, ErrorKind::HostUnreachable, web.run(scripted(":"), {}));
    QVERIFY(!error->detail.isEmpty());
}

void TestSshFaults::packetsSwallowed()
{
    // A listener with a full queue: the kernel drops further connections' packets.
    QTcpServer full;
    full.setListenBacklogSize(1);
    full.listen(QHostAddress::LocalHost);
    full.pauseAccepting();
    std::vector<std::unique_ptr<QTcpSocket>> queue;
    for (int i = 0; i < 4; ++i) {
        queue.push_back(std::make_unique<QTcpSocket>());
        queue.back()->connectToHost(QHostAddress::LocalHost, full.serverPort());
        queue.back()->waitForConnected(50);
    }
    HostSpec spec = m_server->spec();
    spec.port = full.serverPort();
    SshOptions options = m_server->options();
    options.connectDeadline = 300ms;
    SshHost web(spec, m_secrets, m_keys, options);
    EXPECT_ERROR(error, ErrorKind::HostUnreachable, web.run(scripted(":"), {}));
    QCOMPARE(error->detail, u"Connection timed out"_s);
}

void TestSshFaults::silentServer()
{
    QTcpServer silent;
    silent.listen(QHostAddress::LocalHost);
    HostSpec spec = m_server->spec();
    spec.port = silent.serverPort();
    SshOptions options = m_server->options();
    options.connectDeadline = 300ms;
    SshHost web(spec, m_secrets, m_keys, options);
    EXPECT_ERROR(error, ErrorKind::HostUnreachable, web.run(scripted(":"), {}));
}

void TestSshFaults::notSsh()
{
    QTcpServer other;
    other.listen(QHostAddress::LocalHost);
    std::jthread answering([fd = int(other.socketDescriptor())] {
        pollfd waiting {fd, POLLIN, 0};
        ::poll(&waiting, 1, 5000);
        const int client = ::accept(fd, nullptr, nullptr);
        const QByteArray text = "HTTP/1.1 400 Bad Request\r\n\r\n" + QByteArray(100000, 'x');
        ::send(client, text.constData(), size_t(text.size()), MSG_NOSIGNAL);
        ::close(client);
    });
    other.pauseAccepting();
    HostSpec spec = m_server->spec();
    spec.port = other.serverPort();
    SshHost web(spec, m_secrets, m_keys, m_server->options());
    EXPECT_ERROR(error, ErrorKind::HostUnreachable, web.run(scripted(":"), {}));
    QVERIFY2(error->detail.contains(u"banner"_s), qPrintable(error->detail));
}

void TestSshFaults::cancelWhileConnecting()
{
    QTcpServer silent;
    silent.listen(QHostAddress::LocalHost);
    silent.pauseAccepting();
    HostSpec spec = m_server->spec();
    spec.port = silent.serverPort();
    SshHost web(spec, m_secrets, m_keys, m_server->options());
    std::stop_source stop;
    std::jthread canceller([&] {
        pollfd waiting {int(silent.socketDescriptor()), POLLIN, 0};
        ::poll(&waiting, 1, 5000);
        stop.request_stop();
    });
    QElapsedTimer since;
    since.start();
    bool cancelled = false;
    try {
        web.run(scripted(":"), stop.get_token());
    } catch (const Cancelled&) {
        cancelled = true;
    }
    QVERIFY(cancelled);
    QVERIFY(since.elapsed() < 5000); // the connect deadline is 10 s
}

void TestSshFaults::destroyedWhileConnecting()
{
    QTcpServer silent;
    silent.listen(QHostAddress::LocalHost);
    HostSpec spec = m_server->spec();
    spec.port = silent.serverPort();
    QElapsedTimer since;
    since.start();
    {
        SshHost web(spec, m_secrets, m_keys, m_server->options());
        const auto process = web.start(scripted(":"));
        silent.waitForNewConnection(5000);
    }
    QVERIFY(since.elapsed() < 5000);
}

void TestSshFaults::oneOfTwoGivesUpConnecting()
{
    // The other one's connection must not go with it.
    const auto web = host();
    std::stop_source stop;
    const auto staying = web->start(scripted("echo here"));
    const auto leaving = web->start(scripted("sleep 60"));
    leaving->cancel();
    QCOMPARE(staying->wait({}).out, QByteArray("here\n"));
}

void TestSshFaults::fewSessions()
{
    SshServer server("MaxSessions 2\n");
    const auto web = host(server);
    std::atomic<int> good = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 10; ++i)
            threads.emplace_back([&] {
                const std::optional<Error> error
                    = errorOf([&] { web->run(scripted("sleep 0.05"), {}); });
                if (error)
                    qWarning("%s", error->what());
                good += !error;
            });
    }
    QCOMPARE(good, 10);
}

void TestSshFaults::noSessions()
{
    SshServer server("MaxSessions 0\n");
    const auto web = host(server);
    EXPECT_ERROR(error, ErrorKind::LoginShellRefused, web->run(scripted(":"), {}));
    QCOMPARE(error->facts[u"user"_s].toString(), server.spec().user);
}

void TestSshFaults::forcedCommand()
{
    SshServer server("ForceCommand echo only backups here\n");
    const auto web = host(server);
    EXPECT_ERROR(error, ErrorKind::LoginShellRefused, web->run(scripted(":"), {}));
    QCOMPARE(error->detail, u"only backups here"_s);
}

QTEST_GUILESS_MAIN(TestSshFaults)
#include "tst_sshfaults.moc"
