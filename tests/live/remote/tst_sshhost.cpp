// SPDX-License-Identifier: MIT
#include "tests/live/remote/live.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <atomic>
#include <thread>

using namespace gapless;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What commands do on a host that is there.
class TestSshHost : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_host.reset(); }
    void keepsStreamsApart();
    void environment();
    void ends_data();
    void ends();
    void bytesAreBytes();
    void drainsBothStreams();
    void givesLines();
    void discardsOutput();
    void scriptWithoutInputReadsNothing();
    void inputReachesTheScript_data();
    void inputReachesTheScript();
    void inputThatNobodyReads();
    void streamsBinaryInput();
    void inputEndsWhileOutputComes();
    void syntaxErrorRunsNothing();
    void deadline();
    void deadlineIsNotForTheQueue();
    void cancels();
    void cancelEndsTheRemoteProcess();
    void manyAtATime();
    void startsAndWaits();
    void keepsInputOpen();
    void callbacksMayThrow();
    void loginShells_data();
    void loginShells();
    void refusedByTheAccount();

private:
    Host& web();
    std::unique_ptr<SshServer> m_server;
    std::unique_ptr<SshHost> m_host;
    ListedSecrets m_secrets;
    NotedKeys m_keys;
};

void TestSshHost::initTestCase()
{
    m_server = std::make_unique<SshServer>(QByteArray(),
        QList<SshUser> {{u"tester"_s}, {u"basher"_s, u"/bin/bash"_s}, {u"csher"_s, u"/bin/tcsh"_s},
            {u"fisher"_s, u"/usr/bin/fish"_s}, {u"nobodyin"_s, u"/usr/sbin/nologin"_s}});
}

Host& TestSshHost::web()
{
    if (!m_host)
        m_host
            = std::make_unique<SshHost>(m_server->spec(), m_secrets, m_keys, m_server->options());
    return *m_host;
}

void TestSshHost::keepsStreamsApart()
{
    const CommandResult result = web().run(scripted("echo out; echo err >&2; printf end"), {});
    QCOMPARE(result.exit, std::optional(0));
    QCOMPARE(result.out, QByteArray("out\nend"));
    QCOMPARE(result.err, QByteArray("err\n"));
    QCOMPARE(result.host, u"web"_s);
    QCOMPARE(result.shown, u"test"_s);
}

void TestSshHost::environment()
{
    const CommandResult result = web().run(scripted("echo $LC_ALL; echo $PATH; echo $0"), {});
    const QList<QByteArray> lines = result.out.split('\n');
    QCOMPARE(lines[0], QByteArray("C"));
    for (const char* folder : {"/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin"})
        QVERIFY2(lines[1].split(':').contains(folder), lines[1].constData());
}

void TestSshHost::ends_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<std::optional<int>>("exit");
    QTest::addColumn<QByteArray>("signal");
    QTest::newRow("0") << QByteArray(":") << std::optional(0) << QByteArray();
    QTest::newRow("exit 3") << QByteArray("exit 3") << std::optional(3) << QByteArray();
    QTest::newRow("last status") << QByteArray("(exit 7)") << std::optional(7) << QByteArray();
    QTest::newRow("255") << QByteArray("exit 255") << std::optional(255) << QByteArray();
    QTest::newRow("set -e") << QByteArray("set -e; false; exit 9") << std::optional(1)
                            << QByteArray();
    QTest::newRow("KILL") << QByteArray("kill -KILL $$") << std::optional<int>()
                          << QByteArray("KILL");
    QTest::newRow("TERM") << QByteArray("kill -TERM $$") << std::optional<int>()
                          << QByteArray("TERM");
    QTest::newRow("not found") << QByteArray("no-such-program-here") << std::optional(127)
                               << QByteArray();
}

void TestSshHost::ends()
{
    QFETCH(QByteArray, script);
    const CommandResult result = web().run(scripted(script), {});
    QTEST(result.exit, "exit");
    QTEST(result.signal, "signal");
}

void TestSshHost::bytesAreBytes()
{
    const CommandResult result
        = web().run(scripted("printf 'a\\000b\\377\\303\\n'; printf '\\376' >&2"), {});
    QCOMPARE(result.out, QByteArray("a\0b\xff\xc3\n", 6));
    QCOMPARE(result.err, QByteArray("\xfe"));
}

void TestSshHost::drainsBothStreams()
{
    // libssh alone gets stuck once 1.28 MB of one stream are not read.
    const QByteArray script = "head -c 3000000 /dev/zero | tr '\\0' e >&2\n"
                              "head -c 3000000 /dev/zero | tr '\\0' o\n"
                              "head -c 2000000 /dev/zero | tr '\\0' e >&2\n";
    const CommandResult result = web().run(scripted(script), {});
    QCOMPARE(result.out, QByteArray(3'000'000, 'o'));
    QCOMPARE(result.err, QByteArray(5'000'000, 'e'));
}

void TestSshHost::givesLines()
{
    Command command = scripted("echo one; echo; printf 'two\\r\\nthr'; printf 'ee\\nrest'; "
                               "echo problem >&2");
    QList<QByteArray> out, err;
    std::thread::id thread;
    command.onLine = [&](OutputStream stream, const QByteArray& line) {
        (stream == OutputStream::Out ? out : err) << line;
        thread = std::this_thread::get_id();
    };
    web().run(command, {});
    QCOMPARE(out, (QList<QByteArray> {"one", "", "two\r", "three", "rest"}));
    QCOMPARE(err, QList<QByteArray> {"problem"});
    QVERIFY(thread == std::this_thread::get_id());

    // While it runs, not after it: the script goes on only when its first line has been seen.
    const QString flag = m_server->home(m_server->spec().user) + u"/seen"_s;
    command = scripted("echo first; while [ ! -e " + flag.toUtf8() + " ]; do sleep 0.01; done");
    command.onLine = [&](OutputStream, const QByteArray&) { QFile(flag).open(QFile::WriteOnly); };
    QVERIFY(web().run(command, {}).ok());
    QFile::remove(flag);
}

void TestSshHost::discardsOutput()
{
    Command command = scripted("seq 100000");
    command.discardOutput = true;
    int lines = 0;
    command.onLine = [&](OutputStream, const QByteArray&) { ++lines; };
    QVERIFY(web().run(command, {}).out.isEmpty());
    QCOMPARE(lines, 100000);
}

void TestSshHost::scriptWithoutInputReadsNothing()
{
    // On a shared standard input `cat` would take the rest of the script.
    const CommandResult result = web().run(scripted("cat; read x; echo \"[$x]\"; echo end"), {});
    QCOMPARE(result.out, QByteArray("[]\nend\n"));
}

static std::function<qsizetype(char*, qsizetype)> bytesOf(QByteArray bytes)
{
    return [bytes, at = qsizetype(0)](char* buffer, qsizetype size) mutable {
        const qsizetype count = std::min(size, bytes.size() - at);
        memcpy(buffer, bytes.constData() + at, size_t(count));
        at += count;
        return count;
    };
}

void TestSshHost::inputReachesTheScript_data()
{
    QTest::addColumn<QString>("user");
    QTest::newRow("dash") << u"tester"_s;
    QTest::newRow("bash login") << u"basher"_s;
    QTest::newRow("csh login") << u"csher"_s;
}

void TestSshHost::inputReachesTheScript()
{
    QFETCH(QString, user);
    if (!SshServer::hasUsers())
        user = m_server->spec().user;
    SshHost host(m_server->spec(user), m_secrets, m_keys, m_server->options());
    Command command = scripted("read first\necho \"got $first\"\ncat");
    command.input = bytesOf(QByteArray("line\nexit 9\nrest\0 of it", 23));
    CommandResult result = host.run(command, {});
    QCOMPARE(result.out, QByteArray("got line\nexit 9\nrest\0 of it", 27));
    QCOMPARE(result.exit, std::optional(0));

    // What the script leaves over is not run as a script.
    command = scripted("read first");
    command.input = bytesOf("line\necho EVIL\nexit 9\n");
    result = host.run(command, {});
    QCOMPARE(result.out, QByteArray());
    QCOMPARE(result.exit, std::optional(0));
}

void TestSshHost::inputThatNobodyReads()
{
    Command command = scripted("exit 4");
    command.input = [](char* buffer, qsizetype size) {
        memset(buffer, 'x', size_t(size));
        return size; // without end
    };
    QCOMPARE(web().run(command, {}).exit, std::optional(4));
}

void TestSshHost::streamsBinaryInput()
{
    QByteArray bytes(50'000'000, Qt::Uninitialized);
    quint32 state = 1;
    for (char& byte : bytes)
        byte = char((state = state * 1664525 + 1013904223) >> 24);
    Command command = scripted("cat | sha256sum");
    command.input = bytesOf(bytes);
    const QByteArray expected = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
    QCOMPARE(web().run(command, {}).out.left(64), expected);
}

void TestSshHost::inputEndsWhileOutputComes()
{
    // The end of the input goes out behind its last bytes while libssh has output to hand over.
    for (int i = 0; i < 40; ++i) {
        Command command = scripted("seq 1000000 & cat >/dev/null; wait");
        command.input = bytesOf(QByteArray(3000, 'x'));
        QCOMPARE(web().run(command, {}).out.size(), 6'888'896);
    }
}

void TestSshHost::syntaxErrorRunsNothing()
{
    const CommandResult result = web().run(scripted("echo begun\nif true; then\necho more"), {});
    QVERIFY(!result.out.contains("more"));
    QCOMPARE(result.exit, std::optional(2));
    QVERIFY(!result.err.isEmpty());
}

void TestSshHost::deadline()
{
    Command command = scripted("echo begun >&2; sleep 60");
    command.deadline = 300ms;
    EXPECT_ERROR(error, ErrorKind::CommandTimedOut, web().run(command, {}));
    QCOMPARE(error->facts[u"command"_s].toString(), u"test"_s);
    QCOMPARE(error->facts[u"seconds"_s].toDouble(), 0.3);
    QCOMPARE(error->detail, u"begun\n"_s);
    QVERIFY(web().run(scripted(":"), {}).ok());

    command = scripted("sleep 0.5; echo done");
    command.deadline = 0ms; // none
    QCOMPARE(web().run(command, {}).out, QByteArray("done\n"));
}

void TestSshHost::deadlineIsNotForTheQueue()
{
    // 24 commands of 0.3 s each, 8 at a time: the last one begins after 0.6 s.
    std::atomic<int> good = 0;
    web();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 24; ++i)
            threads.emplace_back([&] {
                Command command = scripted("sleep 0.3");
                command.deadline = 590ms;
                good += !errorOf([&] { web().run(command, {}); });
            });
    }
    QCOMPARE(good, 24);
}

void TestSshHost::cancels()
{
    web().run(scripted(":"), {});
    std::stop_source stop;
    std::jthread canceller;
    Command command = scripted("echo begun; sleep 60");
    QElapsedTimer since;
    command.onLine = [&](OutputStream, const QByteArray&) {
        canceller = std::jthread([&] {
            since.start();
            stop.request_stop();
        });
    };
    bool cancelled = false;
    try {
        web().run(command, stop.get_token());
    } catch (const Cancelled&) {
        cancelled = true;
    }
    qInfo("cancelled after %lld ms", since.elapsed());
    QVERIFY(cancelled);
    QVERIFY(since.elapsed() < 2000);

    cancelled = false;
    try {
        web().run(scripted(":"), stop.get_token());
    } catch (const Cancelled&) {
        cancelled = true;
    }
    QVERIFY(cancelled);
    QVERIFY(web().run(scripted(":"), {}).ok());
}

void TestSshHost::cancelEndsTheRemoteProcess()
{
    QByteArray pid;
    {
        Command command = scripted("echo $$; exec sleep 600");
        std::atomic<bool> seen = false;
        command.onLine = [&](OutputStream, const QByteArray& line) {
            pid = line;
            seen = true;
            seen.notify_all();
        };
        command.deadline = 0ms;
        const std::unique_ptr<RemoteProcess> process = web().start(command);
        seen.wait(false);
        QVERIFY(process->running());
        process->cancel();
        bool cancelled = false;
        try {
            process->wait({});
        } catch (const Cancelled&) {
            cancelled = true;
        }
        QVERIFY(cancelled);
    }
    QVERIFY(!pid.isEmpty());
    // The host itself says when it is gone; the deadline is what fails.
    QVERIFY(
        web().run(scripted("while kill -0 " + pid + " 2>/dev/null; do sleep 0.02; done"), {}).ok());
}

void TestSshHost::manyAtATime()
{
    web();
    const auto logins = m_server->log().count("Accepted publickey");
    std::atomic<int> right = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 20; ++i)
            threads.emplace_back([&, i] {
                const QByteArray number = QByteArray::number(i);
                const CommandResult result = web().run(
                    scripted("seq 20000 | sed s/^/" + number + "-/; sleep 0.1; exit " + number),
                    {});
                right += result.exit == i && result.out.startsWith(number + "-1\n")
                    && result.out.endsWith(number + "-20000\n");
            });
    }
    QCOMPARE(right, 20);
    QCOMPARE(m_server->log().count("Accepted publickey") - logins, 1);
}

void TestSshHost::startsAndWaits()
{
    const std::unique_ptr<RemoteProcess> process
        = web().start(scripted("sleep 0.1; echo x; exit 5"));
    const CommandResult result = process->wait({});
    QCOMPARE(result.exit, std::optional(5));
    QCOMPARE(result.out, QByteArray("x\n"));
    QVERIFY(!process->running());
    QCOMPARE(process->wait({}).exit, std::optional(5));

    // Giving up waiting leaves the process alone.
    Command command = scripted("cat; echo end");
    command.keepInputOpen = true;
    const std::unique_ptr<RemoteProcess> holder = web().start(command);
    std::stop_source stop;
    stop.request_stop();
    bool cancelled = false;
    try {
        holder->wait(stop.get_token());
    } catch (const Cancelled&) {
        cancelled = true;
    }
    QVERIFY(cancelled);
    QVERIFY(holder->running());
}

void TestSshHost::keepsInputOpen()
{
    const QString flag = m_server->home(m_server->spec().user) + u"/ended"_s;
    {
        Command command
            = scripted("trap '' TERM; read first; echo \"$first\"; cat; echo x >" + flag.toUtf8());
        command.keepInputOpen = true;
        command.input = bytesOf("hello\n");
        command.deadline = 0ms;
        std::atomic<bool> seen = false;
        command.onLine = [&](OutputStream, const QByteArray& line) {
            seen = line == "hello";
            seen.notify_all();
        };
        const std::unique_ptr<RemoteProcess> process = web().start(command);
        seen.wait(false);
        QVERIFY(!QFile::exists(flag));
    }
    QVERIFY(
        web().run(scripted("while [ ! -e " + flag.toUtf8() + " ]; do sleep 0.02; done"), {}).ok());
}

void TestSshHost::callbacksMayThrow()
{
    Command command = scripted("echo x; sleep 60");
    command.onLine = [](OutputStream, const QByteArray&) { throw Error(ErrorKind::DiskFull); };
    EXPECT_ERROR(error, ErrorKind::DiskFull, web().run(command, {}));
    command = scripted("cat");
    command.input = [](char*, qsizetype) -> qsizetype { throw Error(ErrorKind::DiskFull); };
    EXPECT_ERROR(other, ErrorKind::DiskFull, web().run(command, {}));
    QVERIFY(web().run(scripted(":"), {}).ok());
}

void TestSshHost::loginShells_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("noise");
    QTest::newRow("bash") << u"basher"_s << u".bashrc"_s;
    QTest::newRow("csh") << u"csher"_s << u".cshrc"_s;
    QTest::newRow("fish") << u"fisher"_s << u".config/fish/config.fish"_s;
}

void TestSshHost::loginShells()
{
    if (!SshServer::hasUsers())
        QSKIP("needs root");
    QFETCH(QString, user);
    QFETCH(QString, noise);
    const QString file = m_server->home(user) + u'/' + noise;
    outputOf(u"mkdir"_s, {u"-p"_s, QFileInfo(file).path()});
    outputOf(u"chmod"_s, {u"-R"_s, u"a+rwX"_s, m_server->home(user)});
    QFile rc(file);
    rc.open(QFile::WriteOnly);
    rc.write("echo welcome\nsh -c 'echo loud >&2'\n");
    rc.close();
    rc.setPermissions(QFile::ReadOwner | QFile::ReadOther);
    SshHost host(m_server->spec(user), m_secrets, m_keys, m_server->options());
    const CommandResult result
        = host.run(scripted("printf '%s\\n' 'a  b!$x' \"$((1 + 2))\"; id -un; exit 6"), {});
    QCOMPARE(result.out, "a  b!$x\n3\n" + user.toLatin1() + '\n');
    QCOMPARE(result.err, QByteArray());
    QCOMPARE(result.exit, std::optional(6));
}

void TestSshHost::refusedByTheAccount()
{
    if (!SshServer::hasUsers())
        QSKIP("needs root");
    SshHost host(m_server->spec(u"nobodyin"_s), m_secrets, m_keys, m_server->options());
    EXPECT_ERROR(error, ErrorKind::LoginShellRefused, host.run(scripted(":"), {}));
    QCOMPARE(error->facts[u"user"_s].toString(), u"nobodyin"_s);
    QVERIFY2(error->detail.contains(u"not available"_s), qPrintable(error->detail));
}

QTEST_GUILESS_MAIN(TestSshHost)
#include "tst_sshhost.moc"
