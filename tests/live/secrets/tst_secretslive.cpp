// SPDX-License-Identifier: MIT
// Planted secrets: a login's password, a key's passphrase, sudo's password and a secret variable go
// through a whole rollout on the real stack, out of a real keychain, and are looked for everywhere.
#include "tests/support/livesite/faultstage.h"
#include "tests/support/sshserver/sshserver.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>
#include <signal.h>
#include <thread>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

/// What every planted secret begins with, and nothing else on the machine has.
const QByteArray planted = "pLaNtEd-9f41c";

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Looks at the arguments and the environment of every process of this machine, again and again. A
/// container's own processes are left out: its secret variables are what they were given for.
class ProcessWatch {
public:
    ProcessWatch()
        : m_thread([this](const std::stop_token& stop) {
            while (!stop.stop_requested())
                look();
        })
    {
    }
    /// Where a secret was seen, and how many processes were looked at.
    QStringList found()
    {
        m_thread.request_stop();
        m_thread.join();
        return m_found;
    }
    qsizetype looks = 0;

private:
    void look()
    {
        const QString own = QFile::symLinkTarget(u"/proc/self/ns/pid"_s);
        for (const QString& pid : QDir(u"/proc"_s).entryList({ u"[1-9]*"_s }, QDir::Dirs)) {
            const QString process = u"/proc/"_s + pid + u'/';
            const bool inContainer = QFile::symLinkTarget(process + u"ns/pid"_s) != own;
            ++looks;
            for (const QString& what : { u"cmdline"_s, u"environ"_s }) {
                const QByteArray bytes = bytesOf(process + what);
                if (bytes.contains(planted) && !(inContainer && what == u"environ"))
                    m_found.append(what + u": "_s + QString::fromLocal8Bit(bytesOf(process + u"cmdline"_s).replace('\0', ' ')));
            }
        }
    }

    QStringList m_found;
    std::jthread m_thread;
};

/// The files beneath that hold a secret.
QStringList filesWithSecrets(const QString& folder)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext())
        if (bytesOf(files.next()).contains(planted))
            found.append(files.filePath());
    return found;
}

} // namespace

class TestSecretsLive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWholeRolloutLeavesNone_data();
    void aWholeRolloutLeavesNone();
    void nothingOfItIsInACoreFile();

private:
    static bool isInside() { return qEnvironmentVariableIsSet("GAPLESS_TEST_KEYRING"); }
    /// Runs one test of this program on a D-Bus session with a keyring of its own.
    static void inSession(const QString& test);
    void rollOut(const QString& method);
    void remember(const QString& name, const QByteArray& secret);
};

void TestSecretsLive::inSession(const QString& test)
{
    QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : { u"XDG_CURRENT_DESKTOP"_s, u"DESKTOP_SESSION"_s, u"KDE_SESSION_VERSION"_s,
             u"DBUS_SESSION_BUS_ADDRESS"_s, u"GNOME_KEYRING_CONTROL"_s, u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s })
        environment.remove(name);
    environment.insert(u"GAPLESS_TEST_KEYRING"_s, home.path());
    environment.insert(u"XDG_DATA_HOME"_s, home.filePath(u"share"_s));
    environment.insert(u"XDG_RUNTIME_DIR"_s, home.path());
    environment.insert(u"XDG_CONFIG_HOME"_s, home.filePath(u"config"_s));
    QProcess session;
    session.setProcessEnvironment(environment);
    session.setProcessChannelMode(QProcess::MergedChannels);
    session.start(u"dbus-run-session"_s,
        { u"--"_s, u"sh"_s, u"-c"_s,
            u"printf %s keyring-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null\nexec \"$0\" \"$1\""_s,
            QCoreApplication::applicationFilePath(), test });
    QVERIFY2(session.waitForFinished(400'000), session.readAll().constData());
    QVERIFY2(session.exitStatus() == QProcess::NormalExit && session.exitCode() == 0, session.readAll().constData());
}

void TestSecretsLive::aWholeRolloutLeavesNone_data()
{
    QTest::addColumn<QString>("method");
    QTest::newRow("password") << u"password"_s;
    QTest::newRow("key") << u"key"_s;
}

void TestSecretsLive::aWholeRolloutLeavesNone()
{
    QFETCH(QString, method);
    if (!SshServer::hasUsers())
        QSKIP("needs root");
    if (isInside())
        rollOut(method);
    else
        inSession(u"aWholeRolloutLeavesNone:"_s + method);
}

void TestSecretsLive::remember(const QString& name, const QByteArray& secret)
{
    QProcess ctl;
    ctl.start(QStringLiteral(GAPLESS_CTL), { u"credential"_s, u"set"_s, name });
    ctl.write(secret + '\n');
    ctl.closeWriteChannel();
    QVERIFY2(ctl.waitForFinished() && ctl.exitCode() == 0, ctl.readAllStandardError().constData());
}

void TestSecretsLive::rollOut(const QString& method)
{
    const QByteArray login = planted + "-login", passphrase = planted + "-passphrase", value = planted + "-value";
    FaultStage stage(QStringLiteral(GAPLESS_TEST_STACK));
    stage.prepare();

    // A user with a password, for whom sudo asks, on the gateway's own network.
    SshServer server("PasswordAuthentication yes", { SshUser { u"deployer"_s, u"/bin/sh"_s, login } });
    server.setSudoers("deployer ALL=(ALL) ALL\n");
    server.authorize(server.makeKey(u"guarded"_s, u"ed25519"_s, QString::fromLatin1(passphrase)));
    const QString net = stage.target.hosts[0].docker.contains(u"-H"_s)
        ? u"--net=/run/netns/gapless-"_s + stage.site.stack.id() + u"-web"_s
        : u"--net=/proc/self/ns/net"_s;
    const int port = server.port() + 1;
    QProcess relay;
    relay.start(u"perl"_s,
        { QStringLiteral(GAPLESS_SOURCE_DIR "/packaging/demo/lib/listen.pl"), u"serve"_s,
            u"127.0.0.1:%1"_s.arg(port), u"--"_s, u"nsenter"_s, net,
            u"--mount=/proc/%1/ns/mnt"_s.arg(server.pid()), u"/usr/sbin/sshd"_s, u"-i"_s, u"-f"_s,
            server.file(u"sshd_config"_s) });
    QVERIFY(relay.waitForStarted());

    HostSpec& host = stage.site.target.hosts[0];
    host.port = port;
    host.user = u"deployer"_s;
    host.hostKey = server.fingerprint();
    host.sudo = Sudo::Password;
    host.sudoFor = { u"gateway"_s, u"docker"_s };
    host.auth = {};
    if (method == u"password") {
        host.auth.method = Auth::Method::Password;
    } else {
        host.auth.method = Auth::Method::Key;
        host.auth.privateKeyFile = server.file(u"guarded"_s);
    }
    stage.site.target.container.secretEnv = { u"DB_PASSWORD"_s };
    stage.site.write();
    const QString account = u"deployer@127.0.0.1:%1"_s.arg(port);
    remember(account, login);
    remember(u"sudo:"_s + account, login);
    remember(u"key:"_s + server.file(u"guarded"_s), passphrase);
    remember(u"env:"_s + stage.target.name + u"/DB_PASSWORD"_s, value);

    ProcessWatch processes;
    const auto ctl = stage.site.start(u"deploy"_s, { u"--image"_s, stage.next(), u"--yes"_s });
    const int exit = ctl->finish();
    const QStringList seen = processes.found();
    const QByteArray said = ctl->said();
    QVERIFY2(exit == 0, said.constData());
    QVERIFY(processes.looks > 1000);
    QCOMPARE(seen, QStringList());

    // It went where it was meant to go: else nothing is proven.
    QVERIFY(stage.site.stack.docker(u"web"_s, { u"inspect"_s, u"chat_A"_s }).contains(QString::fromLatin1(value)));
    QVERIFY(!said.contains(planted));
    for (const QJsonObject& line : std::as_const(ctl->lines))
        QVERIFY2(!QJsonDocument(line).toJson().contains(planted), QJsonDocument(line).toJson().constData());
    for (const char* format : { "html", "json", "md" }) {
        Ctl report({ u"report"_s, ctl->run, u"--format"_s, QString::fromLatin1(format), u"-o"_s,
                       stage.site.dataFolder(0) + u"/report."_s + QString::fromLatin1(format) },
            stage.site.dataFolder(0));
        QCOMPARE(report.finish(), 0);
    }
    // Journal, samples and reports of the desk; lock, steps, records and guards of the gateway; the account's
    // home; the daemons' logs.
    for (const QString& folder : { stage.site.dataFolder(0), stage.target.gateway.stateDir, u"/var/lib/gapless"_s,
             server.home(u"deployer"_s), stage.site.stack.folder() + u"/log"_s, stage.site.stack.folder() + u"/nginx"_s })
        QCOMPARE(filesWithSecrets(folder), QStringList());
    QVERIFY(!server.log().contains(planted));
    for (const QString& container : { u"chat_A"_s, u"chat_B"_s })
        QVERIFY(!stage.site.stack.docker(u"web"_s, { u"logs"_s, container }).contains(QString::fromLatin1(planted)));
    relay.terminate();
    relay.waitForFinished();
}

/// Where cores are files at all, a sleeping process leaves one, and Gapless does not.
void TestSecretsLive::nothingOfItIsInACoreFile()
{
    if (bytesOf(u"/proc/sys/kernel/core_pattern"_s).startsWith('|'))
        QSKIP("cores go to a program here");
    QTemporaryDir folder;
    const auto coresOf = [&](const QStringList& command) {
        QProcess process;
        process.setWorkingDirectory(folder.path());
        process.start(u"sh"_s, QStringList { u"-c"_s, u"ulimit -c unlimited; exec \"$@\""_s, u"sh"_s } + command);
        process.waitForStarted();
        process.waitForReadyRead(2000);
        ::kill(pid_t(process.processId()), SIGABRT);
        process.waitForFinished();
        return QDir(folder.path()).entryList({ u"core*"_s });
    };
    if (coresOf({ u"sh"_s, u"-c"_s, u"echo; exec sleep 60"_s }).isEmpty())
        QSKIP("no core files here");
    for (const QString& core : QDir(folder.path()).entryList({ u"core*"_s }))
        QFile::remove(folder.filePath(core));
    QCOMPARE(coresOf({ QStringLiteral(GAPLESS_CTL), u"--data-dir"_s, folder.filePath(u"data"_s), u"--lang"_s, u"en"_s,
                 u"witness"_s, u"--url"_s, u"http://127.0.0.1:9"_s, u"--for"_s, u"60"_s, u"--json"_s }),
        QStringList());
}

QTEST_GUILESS_MAIN(TestSecretsLive)
#include "tst_secretslive.moc"
