// SPDX-License-Identifier: MIT
#include "tests/live/remote/live.h"

#include "engine/remote/filedescriptor.h"

#include <arpa/inet.h>
#include <atomic>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>

using namespace gapless;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

FileDescriptor connectTo(int port)
{
    FileDescriptor fd(::socket(AF_INET, SOCK_STREAM, 0));
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(uint16_t(port));
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        fd.close();
    return fd;
}

void sendAll(int fd, const QByteArray& bytes)
{
    for (qsizetype sent = 0; sent < bytes.size();) {
        const ssize_t count
            = ::send(fd, bytes.constData() + sent, size_t(bytes.size() - sent), MSG_NOSIGNAL);
        if (count <= 0)
            return;
        sent += count;
    }
}

/// All there is until the other side ends; nothing where it ends with a reset.
std::optional<QByteArray> readAll(int fd)
{
    QByteArray all;
    char buffer[65536];
    for (;;) {
        const ssize_t count = ::recv(fd, buffer, sizeof buffer, 0);
        if (count == 0)
            return all;
        if (count < 0)
            return std::nullopt;
        all.append(buffer, count);
    }
}

/// Accepts connections and serves each on a thread of its own.
class Listener {
public:
    using Serve = std::function<void(int fd)>;
    explicit Listener(Serve serve, const QString& unixPath = {})
        : m_socket(::socket(unixPath.isEmpty() ? AF_INET : AF_UNIX, SOCK_STREAM, 0))
        , m_serve(std::move(serve))
    {
        if (unixPath.isEmpty()) {
            sockaddr_in address {};
            address.sin_family = AF_INET;
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            socklen_t size = sizeof address;
            ::bind(m_socket.get(), reinterpret_cast<sockaddr*>(&address), size);
            ::getsockname(m_socket.get(), reinterpret_cast<sockaddr*>(&address), &size);
            m_port = ntohs(address.sin_port);
        } else {
            sockaddr_un address {};
            address.sun_family = AF_UNIX;
            const QByteArray path = unixPath.toUtf8();
            std::copy(path.begin(), path.end(), address.sun_path);
            ::bind(m_socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address);
            QFile::setPermissions(unixPath, QFile::Permissions(0x7777));
        }
        ::listen(m_socket.get(), 100);
        m_thread = std::jthread([this] { accept(); });
    }
    ~Listener()
    {
        ::shutdown(m_socket.get(), SHUT_RDWR);
        m_thread.join();
    }
    QString address() const { return u"127.0.0.1:"_s + QString::number(m_port); }

private:
    void accept()
    {
        std::vector<std::jthread> serving;
        for (;;) {
            const int fd = ::accept(m_socket.get(), nullptr, nullptr);
            if (fd < 0)
                return;
            serving.emplace_back([this, fd] {
                m_serve(fd);
                ::close(fd);
            });
        }
    }
    FileDescriptor m_socket;
    Serve m_serve;
    int m_port = 0;
    std::jthread m_thread;
};

/// Sends back what comes, upside down, once all of it is here: works with half-closed sockets only.
void answerAfterTheEnd(int fd)
{
    QByteArray all = readAll(fd).value_or(QByteArray());
    std::reverse(all.begin(), all.end());
    sendAll(fd, all);
}

void echo(int fd)
{
    char buffer[65536];
    for (ssize_t count; (count = ::recv(fd, buffer, sizeof buffer, 0)) > 0;)
        sendAll(fd, QByteArray(buffer, count));
}

} // namespace

/// Ports that lead through a host, and hosts behind hosts.
class TestSshTunnel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void halfClose();
    void bothWaysAtOnce();
    void slowReader();
    void manyConnections();
    void unixSocket();
    void targetEndsAtOnce();
    void nothingListens();
    void isClosed();
    void refused();
    void badAddress();
    void survivesALostConnection();
    void besideCommands();
    void jumps_data();
    void jumps();
    void jumpFromSshConfig();
    void jumpHostKeyIsChecked();
    void jumpUnreachable();
    void jumpDies();

private:
    std::unique_ptr<SshHost> host()
    {
        return std::make_unique<SshHost>(m_server->spec(), m_secrets, m_keys, m_server->options());
    }
    QString hop(const SshServer& server) const
    {
        return server.spec().user + u"@127.0.0.1:"_s + QString::number(server.port());
    }
    std::unique_ptr<SshServer> m_server;
    ListedSecrets m_secrets;
    NotedKeys m_keys;
};

void TestSshTunnel::initTestCase()
{
    m_server = std::make_unique<SshServer>();
}

void TestSshTunnel::halfClose()
{
    const Listener listener(answerAfterTheEnd);
    const auto web = host();
    const auto tunnel = web->openTunnel(listener.address(), {});
    const FileDescriptor client = connectTo(tunnel->localPort());
    QByteArray bytes(3'000'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = char(i * 31 + i / 251);
    sendAll(client.get(), bytes);
    ::shutdown(client.get(), SHUT_WR);
    std::reverse(bytes.begin(), bytes.end());
    QVERIFY(readAll(client.get()) == bytes);
}

void TestSshTunnel::bothWaysAtOnce()
{
    const Listener listener(echo);
    const auto web = host();
    const auto tunnel = web->openTunnel(listener.address(), {});
    const FileDescriptor client = connectTo(tunnel->localPort());
    const QByteArray bytes(20'000'000, 'b');
    std::jthread sender([&] {
        sendAll(client.get(), bytes);
        ::shutdown(client.get(), SHUT_WR);
    });
    QVERIFY(readAll(client.get()) == bytes);
}

void TestSshTunnel::slowReader()
{
    // One client that does not read must hold up neither a command nor another client, and what it
    // was sent must be there when it reads after all.
    const Listener listener([](int fd) { sendAll(fd, QByteArray(30'000'000, 's')); });
    const auto web = host();
    const auto tunnel = web->openTunnel(listener.address(), {});
    const FileDescriptor slow = connectTo(tunnel->localPort());
    const FileDescriptor quick = connectTo(tunnel->localPort());
    QCOMPARE(readAll(quick.get()).value_or(QByteArray()).size(), 30'000'000);
    QVERIFY(web->run(scripted("seq 10000"), {}).ok());
    QCOMPARE(readAll(slow.get()).value_or(QByteArray()).size(), 30'000'000);
}

void TestSshTunnel::manyConnections()
{
    const Listener listener(answerAfterTheEnd);
    const auto web = host();
    const auto tunnel = web->openTunnel(listener.address(), {});
    std::atomic<int> right = 0;
    {
        std::vector<std::jthread> clients;
        for (int i = 0; i < 60; ++i)
            clients.emplace_back([&, i] {
                const FileDescriptor client = connectTo(tunnel->localPort());
                sendAll(client.get(), QByteArray::number(1000 + i));
                ::shutdown(client.get(), SHUT_WR);
                QByteArray expected = QByteArray::number(1000 + i);
                std::reverse(expected.begin(), expected.end());
                right += readAll(client.get()) == expected;
            });
    }
    QCOMPARE(right, 60);
}

void TestSshTunnel::unixSocket()
{
    const QString path = m_server->file(u"listener.sock"_s);
    const Listener listener(answerAfterTheEnd, path);
    const auto web = host();
    const auto tunnel = web->openTunnel(u"unix:"_s + path, {});
    const FileDescriptor client = connectTo(tunnel->localPort());
    sendAll(client.get(), "abc");
    ::shutdown(client.get(), SHUT_WR);
    QCOMPARE(readAll(client.get()), std::optional<QByteArray>("cba"));
}

void TestSshTunnel::targetEndsAtOnce()
{
    const Listener listener([](int fd) { sendAll(fd, "bye"); });
    const auto web = host();
    const auto tunnel = web->openTunnel(listener.address(), {});
    for (int i = 0; i < 20; ++i) {
        const FileDescriptor client = connectTo(tunnel->localPort());
        QCOMPARE(readAll(client.get()), std::optional<QByteArray>("bye"));
    }
}

void TestSshTunnel::nothingListens()
{
    QString address;
    {
        const Listener gone(echo);
        address = gone.address();
    }
    // Not yet, perhaps: the tunnel is there, its connections are reset.
    const auto web = host();
    const auto tunnel = web->openTunnel(address, {});
    const FileDescriptor client = connectTo(tunnel->localPort());
    QCOMPARE(readAll(client.get()), std::nullopt);
}

void TestSshTunnel::isClosed()
{
    const Listener listener(echo);
    const auto web = host();
    auto tunnel = web->openTunnel(listener.address(), {});
    const quint16 port = tunnel->localPort();
    const FileDescriptor client = connectTo(port);
    sendAll(client.get(), "x");
    char byte = 0;
    QCOMPARE(::recv(client.get(), &byte, 1, 0), 1);
    tunnel.reset();
    QCOMPARE(readAll(client.get()), std::nullopt);
    QVERIFY(!connectTo(port));
}

void TestSshTunnel::refused()
{
    SshServer server("AllowTcpForwarding no\n");
    SshHost web(server.spec(), m_secrets, m_keys, server.options());
    EXPECT_ERROR(error, ErrorKind::TunnelRefused, web.openTunnel(u"127.0.0.1:80"_s, {}));
    QCOMPARE(error->facts[u"address"_s].toString(), u"127.0.0.1:80"_s);
    QVERIFY(web.run(scripted(":"), {}).ok());
}

void TestSshTunnel::badAddress()
{
    const auto web = host();
    for (const QString& address : {u""_s, u":80"_s, u"127.0.0.1:x"_s, u"unix:"_s, u"a:0"_s}) {
        EXPECT_ERROR(error, ErrorKind::FieldWrong, web->openTunnel(address, {}));
    }
}

void TestSshTunnel::survivesALostConnection()
{
    const Listener listener(echo);
    const auto web = host();
    const auto tunnel = web->openTunnel(listener.address(), {});
    const FileDescriptor before = connectTo(tunnel->localPort());
    sendAll(before.get(), "x");
    char byte = 0;
    QCOMPARE(::recv(before.get(), &byte, 1, 0), 1);
    m_server->killConnections();
    QCOMPARE(readAll(before.get()), std::nullopt);
    const FileDescriptor after = connectTo(tunnel->localPort());
    sendAll(after.get(), "abc");
    ::shutdown(after.get(), SHUT_WR);
    QCOMPARE(readAll(after.get()), std::optional<QByteArray>("abc"));
}

void TestSshTunnel::besideCommands()
{
    const Listener listener(echo);
    const auto web = host();
    const auto tunnel = web->openTunnel(listener.address(), {});
    const QByteArray bytes(20'000'000, 'b');
    std::atomic<int> right = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 3; ++i) {
            threads.emplace_back([&] {
                const FileDescriptor client = connectTo(tunnel->localPort());
                std::jthread sender([&] {
                    sendAll(client.get(), bytes);
                    ::shutdown(client.get(), SHUT_WR);
                });
                right += readAll(client.get()) == bytes;
            });
            threads.emplace_back([&] {
                for (int j = 0; j < 20; ++j)
                    right += web->run(scripted("seq 2000 | tail -n 1"), {}).out == "2000\n";
            });
        }
    }
    QCOMPARE(right, 63);
}

void TestSshTunnel::jumps_data()
{
    QTest::addColumn<int>("hops");
    QTest::newRow("one") << 1;
    QTest::newRow("two") << 2;
}

void TestSshTunnel::jumps()
{
    QFETCH(int, hops);
    SshServer jump, second;
    SshOptions options = m_server->options();
    HostSpec spec = m_server->spec();
    spec.jump << hop(jump);
    if (hops == 2)
        spec.jump << hop(second);
    for (SshServer* server : {&jump, &second})
        m_server->write(
            u"known_hosts"_s, m_server->read(u"known_hosts"_s) + server->knownHostsLine());
    jump.authorize(m_server->file(u"id"_s));
    second.authorize(m_server->file(u"id"_s));

    SshHost web(spec, m_secrets, m_keys, options);
    QCOMPARE(web.run(scripted("echo there"), {}).out, QByteArray("there\n"));
    QVERIFY(jump.log().contains("Accepted publickey"));
    QCOMPARE(second.log().contains("Accepted publickey"), hops == 2);

    Command command = scripted("cat | wc -c");
    qsizetype left = 20'000'000;
    command.input = [&](char* buffer, qsizetype size) {
        const qsizetype count = std::min(left, size);
        memset(buffer, 'j', size_t(count));
        left -= count;
        return count;
    };
    QCOMPARE(web.run(command, {}).out.trimmed(), QByteArray("20000000"));
    const Listener listener(answerAfterTheEnd);
    const auto tunnel = web.openTunnel(listener.address(), {});
    const FileDescriptor client = connectTo(tunnel->localPort());
    sendAll(client.get(), "abc");
    ::shutdown(client.get(), SHUT_WR);
    QCOMPARE(readAll(client.get()), std::optional<QByteArray>("cba"));
}

void TestSshTunnel::jumpFromSshConfig()
{
    SshServer jump;
    jump.authorize(m_server->file(u"id"_s));
    m_server->write(u"known_hosts"_s, m_server->knownHostsLine() + jump.knownHostsLine());
    m_server->write(u"config"_s,
        "Host bastion\n  HostName 127.0.0.1\n  Port " + QByteArray::number(jump.port())
            + "\n  User " + jump.spec().user.toUtf8() + "\n  IdentityFile "
            + m_server->file(u"id"_s).toUtf8() + "\nHost *\n  ProxyJump bastion\n");
    SshOptions options = m_server->options();
    options.config = m_server->file(u"config"_s);
    SshHost web(m_server->spec(), m_secrets, m_keys, options);
    QVERIFY(web.run(scripted(":"), {}).ok());
    QVERIFY(jump.log().contains("Accepted publickey"));
}

void TestSshTunnel::jumpHostKeyIsChecked()
{
    SshServer jump;
    jump.authorize(m_server->file(u"id"_s));
    m_server->write(u"known_hosts"_s, m_server->knownHostsLine());
    HostSpec spec = m_server->spec();
    spec.jump << hop(jump);
    SshHost web(spec, m_secrets, m_keys, m_server->options());
    EXPECT_ERROR(error, ErrorKind::HostKeyUnknown, web.run(scripted(":"), {}));
    QCOMPARE(error->facts[u"fingerprint"_s].toString(), jump.fingerprint());
    QCOMPARE(m_keys.asked.last().host, u"127.0.0.1"_s);
    QCOMPARE(m_keys.asked.last().port, jump.port());
}

void TestSshTunnel::jumpUnreachable()
{
    SshServer jump;
    jump.authorize(m_server->file(u"id"_s));
    m_server->write(u"known_hosts"_s, m_server->knownHostsLine() + jump.knownHostsLine());
    HostSpec spec = m_server->spec();
    spec.jump << hop(jump);
    const int port = spec.port;
    {
        const Listener gone(echo);
        spec.port = gone.address().section(u':', 1).toInt();
    }
    SshHost nowhere(spec, m_secrets, m_keys, m_server->options());
    EXPECT_ERROR(error, ErrorKind::HostUnreachable, nowhere.run(scripted(":"), {}));
    QCOMPARE(error->facts[u"port"_s].toInt(), spec.port);
    QVERIFY2(error->detail.contains(u"jump"_s), qPrintable(error->detail));

    spec.port = port;
    jump.stop();
    SshHost cutOff(spec, m_secrets, m_keys, m_server->options());
    EXPECT_ERROR(other, ErrorKind::HostUnreachable, cutOff.run(scripted(":"), {}));
    QCOMPARE(other->facts[u"port"_s].toInt(), jump.port());
}

void TestSshTunnel::jumpDies()
{
    SshServer jump;
    jump.authorize(m_server->file(u"id"_s));
    m_server->write(u"known_hosts"_s, m_server->knownHostsLine() + jump.knownHostsLine());
    HostSpec spec = m_server->spec();
    spec.jump << hop(jump);
    SshHost web(spec, m_secrets, m_keys, m_server->options());
    Command command = scripted("echo begun; sleep 60");
    command.onLine = [&](OutputStream, const QByteArray&) { jump.killConnections(); };
    EXPECT_ERROR(error, ErrorKind::ConnectionLost, web.run(command, {}));
    QVERIFY(web.run(scripted(":"), {}).ok());
}

QTEST_GUILESS_MAIN(TestSshTunnel)
#include "tst_sshtunnel.moc"
