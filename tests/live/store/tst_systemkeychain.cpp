// SPDX-License-Identifier: MIT
#include "engine/model/error.h"
#include "engine/store/systemkeychain.h"

#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <thread>

using namespace Qt::StringLiterals;
using namespace gapless;
using namespace std::chrono_literals;

/// QtKeychain and a real GNOME Keyring on a D-Bus session of their own: this program starts itself
/// again there, once for each circumstance, since QtKeychain chooses its backend once a process.
class TestSystemKeychain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsSecrets();
    void saysThatThereIsNone();
    void givesUpWhereNobodyUnlocks();

private:
    void here_keepsSecrets();
    void here_saysThatThereIsNone();
    void here_givesUpWhereNobodyUnlocks();

    static bool isInside() { return qEnvironmentVariableIsSet("GAPLESS_TEST_KEYRING"); }
    /// Runs one test of this program in a session with what `daemon` starts.
    static void inSession(const QString& test, const QString& daemon);
};

void TestSystemKeychain::inSession(const QString& test, const QString& daemon)
{
    QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : {u"XDG_CURRENT_DESKTOP"_s, u"DESKTOP_SESSION"_s,
             u"KDE_SESSION_VERSION"_s, u"DBUS_SESSION_BUS_ADDRESS"_s, u"GNOME_KEYRING_CONTROL"_s,
             u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s})
        environment.remove(name);
    environment.insert(u"GAPLESS_TEST_KEYRING"_s, home.path());
    environment.insert(u"HOME"_s, home.path());
    environment.insert(u"XDG_DATA_HOME"_s, home.filePath(u"share"_s));
    environment.insert(u"XDG_RUNTIME_DIR"_s, home.path());
    environment.insert(u"XDG_CONFIG_HOME"_s, home.filePath(u"config"_s));
    QProcess session;
    session.setProcessEnvironment(environment);
    session.setProcessChannelMode(QProcess::MergedChannels);
    session.start(u"dbus-run-session"_s,
        {u"--"_s, u"sh"_s, u"-c"_s, daemon + u"\nexec \"$0\" \"$1\""_s,
            QCoreApplication::applicationFilePath(), test});
    QVERIFY2(session.waitForFinished(100'000), session.readAll().constData());
    QVERIFY2(session.exitStatus() == QProcess::NormalExit && session.exitCode() == 0,
        session.readAll().constData());
}

void TestSystemKeychain::keepsSecrets()
{
    if (isInside())
        here_keepsSecrets();
    else
        inSession(u"keepsSecrets"_s,
            u"printf %s keyring-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null"_s);
}

void TestSystemKeychain::here_keepsSecrets()
{
    SystemKeychain keychain(30s);
    QCOMPARE(keychain.backend(), u"secretService"_s);
    QVERIFY(keychain.usable());
    const QString name = u"deploy@192.0.2.10"_s;
    QVERIFY(!keychain.read(name));
    keychain.remove(name); // what is not there can be removed

    const QByteArray bytes("planted-secret \0\xff \xe8\x81\x8a", 20);
    keychain.write(name, Secret(bytes));
    QCOMPARE(keychain.read(name)->view().toByteArray(), bytes);
    keychain.write(name, Secret("another"));
    QCOMPARE(keychain.read(name)->view().toByteArray(), QByteArray("another"));
    QVERIFY(!keychain.read(u"sudo:"_s + name));
    keychain.write(name, Secret("planted-secret"));

    // From any thread, several at once.
    std::atomic<int> same = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back(
                [&] { same += keychain.read(name)->view() == QByteArrayView("planted-secret"); });
    }
    QCOMPARE(same.load(), 4);

    // Nothing of it is readable on the disk.
    int files = 0;
    QDirIterator found(qEnvironmentVariable("GAPLESS_TEST_KEYRING"), QDir::Files | QDir::Hidden,
        QDirIterator::Subdirectories);
    while (found.hasNext()) {
        QFile file(found.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray content = file.readAll();
        QVERIFY2(!content.contains("planted-secret")
                && !content.contains(QByteArray("planted-secret").toBase64()),
            qPrintable(file.fileName()));
        ++files;
    }
    QVERIFY(files > 0);

    keychain.remove(name);
    QVERIFY(!keychain.read(name));
}

void TestSystemKeychain::saysThatThereIsNone()
{
    if (isInside())
        here_saysThatThereIsNone();
    else
        inSession(u"saysThatThereIsNone"_s,
            u"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent; export DBUS_SESSION_BUS_ADDRESS"_s);
}

void TestSystemKeychain::here_saysThatThereIsNone()
{
    SystemKeychain keychain(30s);
    QVERIFY(!keychain.usable());
    for (const std::function<void()>& act : {std::function<void()>([&] { keychain.read(u"a"_s); }),
             std::function<void()>([&] { keychain.write(u"a"_s, Secret("planted-secret")); }),
             std::function<void()>([&] { keychain.remove(u"a"_s); })}) {
        try {
            act();
            QFAIL("nothing was thrown");
        } catch (const Error& error) {
            QCOMPARE(error.kind, ErrorKind::KeychainUnavailable);
            QCOMPARE(error.facts[u"why"_s].toString(), u"none"_s);
        }
    }
}

void TestSystemKeychain::givesUpWhereNobodyUnlocks()
{
    if (isInside())
        here_givesUpWhereNobodyUnlocks();
    else
        // A daemon that is stopped stands for a prompt that nobody sees.
        inSession(u"givesUpWhereNobodyUnlocks"_s,
            u"printf %s keyring-password | gnome-keyring-daemon --foreground --unlock "
            u"--components=secrets >/dev/null 2>&1 &\n"
            "export GAPLESS_TEST_DAEMON=$!\n"
            "for i in $(seq 200); do\n"
            "    dbus-send --session --print-reply --dest=org.freedesktop.DBus / "
            "org.freedesktop.DBus.NameHasOwner "
            "string:org.freedesktop.secrets | grep -q true && break\n"
            "    sleep 0.05\n"
            "done"_s);
}

void TestSystemKeychain::here_givesUpWhereNobodyUnlocks()
{
    SystemKeychain keychain(3s);
    keychain.write(u"a"_s, Secret("planted-secret"));
    const int daemon = qEnvironmentVariableIntValue("GAPLESS_TEST_DAEMON");
    QVERIFY(daemon > 1);
    QCOMPARE(::kill(daemon, SIGSTOP), 0);

    std::stop_source stop;
    std::jthread cancel([&] { stop.request_stop(); });
    bool cancelled = false;
    try {
        keychain.read(u"a"_s, stop.get_token());
    } catch (const Cancelled&) {
        cancelled = true;
    }
    QVERIFY(cancelled);

    std::optional<Error> error;
    try {
        keychain.read(u"a"_s);
    } catch (const Error& thrown) {
        error = thrown;
    }
    ::kill(daemon, SIGCONT);
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::KeychainUnavailable);
    QCOMPARE(error->facts[u"why"_s].toString(), u"timeout"_s);

    // What was given up does not stand in the way of what comes later.
    QCOMPARE(keychain.read(u"a"_s)->view().toByteArray(), QByteArray("planted-secret"));
}

QTEST_GUILESS_MAIN(TestSystemKeychain)
#include "tst_systemkeychain.moc"
