// SPDX-License-Identifier: MIT
#include "tests/live/remote/live.h"

using namespace gapless;
using namespace Qt::StringLiterals;

/// Scripts as root, through a real sudo with sudoers of its own.
class TestSshSudo : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void onlyWhereItIsFor_data();
    void onlyWhereItIsFor();
    void passwordless();
    void passwordlessRefused();
    void password_data();
    void password();
    void passwordWrong();
    void passwordWrongOnce();
    void passwordMissing();
    void notInSudoers_data();
    void notInSudoers();
    void withoutTerminal();
    void passwordIsNowhereElse();
    void streamsInput();

private:
    HostSpec spec(Sudo sudo)
    {
        HostSpec spec = m_server->spec();
        spec.sudo = sudo;
        return spec;
    }
    CommandResult run(const HostSpec& spec, const QByteArray& script,
        Privilege privilege = Privilege::Gateway, const QByteArray& input = {})
    {
        SshHost host(spec, m_secrets, m_keys, m_server->options());
        Command command = scripted(script);
        command.privilege = privilege;
        if (!input.isEmpty())
            command.input = [left = input](char* buffer, qsizetype size) mutable {
                const qsizetype count = std::min(size, left.size());
                memcpy(buffer, left.constData(), size_t(count));
                left.remove(0, count);
                return count;
            };
        return host.run(command, {});
    }
    QString credential() const
    {
        return u"sudo:tester@127.0.0.1:"_s + QString::number(m_server->port());
    }

    std::unique_ptr<SshServer> m_server;
    ListedSecrets m_secrets;
    NotedKeys m_keys;
};

void TestSshSudo::initTestCase()
{
    if (!SshServer::hasUsers())
        QSKIP("needs root");
    m_server = std::make_unique<SshServer>(
        QByteArray(), QList<SshUser> {{u"tester"_s, u"/bin/sh"_s, "let me in"}});
}

void TestSshSudo::init()
{
    m_secrets.answers.clear();
    m_secrets.asked.clear();
    m_server->setSudoers("tester ALL=(ALL) NOPASSWD: ALL\n");
}

void TestSshSudo::onlyWhereItIsFor_data()
{
    QTest::addColumn<int>("sudo");
    QTest::addColumn<QStringList>("sudoFor");
    QTest::addColumn<int>("privilege");
    QTest::addColumn<bool>("isRoot");
    const QStringList both {u"gateway"_s, u"docker"_s};
    const auto row = [](const char* name, Sudo sudo, const QStringList& sudoFor,
                         Privilege privilege, bool isRoot) {
        QTest::newRow(name) << int(sudo) << sudoFor << int(privilege) << isRoot;
    };
    row("no sudo", Sudo::None, both, Privilege::Gateway, false);
    row("no privilege", Sudo::Passwordless, both, Privilege::None, false);
    row("gateway", Sudo::Passwordless, both, Privilege::Gateway, true);
    row("docker", Sudo::Passwordless, both, Privilege::Docker, true);
    row("docker only", Sudo::Passwordless, {u"docker"_s}, Privilege::Gateway, false);
    row("gateway only", Sudo::Passwordless, {u"gateway"_s}, Privilege::Docker, false);
    row("nothing", Sudo::Passwordless, {}, Privilege::Gateway, false);
}

void TestSshSudo::onlyWhereItIsFor()
{
    QFETCH(int, sudo);
    QFETCH(QStringList, sudoFor);
    QFETCH(int, privilege);
    QFETCH(bool, isRoot);
    HostSpec host = spec(Sudo(sudo));
    host.sudoFor = sudoFor;
    QCOMPARE(run(host, "id -un", Privilege(privilege)).out,
        isRoot ? QByteArray("root\n") : QByteArray("tester\n"));
    QVERIFY(m_secrets.asked.isEmpty());
}

void TestSshSudo::passwordless()
{
    const CommandResult result = run(spec(Sudo::Passwordless),
        "echo \"$LC_ALL $(id -u)\"; echo err >&2; cat; exit 7", Privilege::Docker, "a\nb");
    QCOMPARE(result.out, QByteArray("C 0\na\nb"));
    QCOMPARE(result.err, QByteArray("err\n"));
    QCOMPARE(result.exit, std::optional(7));
}

void TestSshSudo::passwordlessRefused()
{
    m_server->setSudoers("tester ALL=(ALL) ALL\n");
    EXPECT_ERROR(error, ErrorKind::SudoRefused, run(spec(Sudo::Passwordless), "id -u"));
    QCOMPARE(error->facts[u"user"_s].toString(), u"tester"_s);
    QVERIFY2(error->detail.contains(u"password is required"_s), qPrintable(error->detail));
}

void TestSshSudo::password_data()
{
    QTest::addColumn<QByteArray>("sudoers");
    QTest::addColumn<int>("asked");
    QTest::newRow("plain") << QByteArray("tester ALL=(ALL) ALL\n") << 1;
    QTest::newRow("own terminal") << QByteArray("Defaults use_pty\ntester ALL=(ALL) ALL\n") << 1;
    QTest::newRow("no caching") << QByteArray(
        "Defaults timestamp_timeout=0\ntester ALL=(ALL) ALL\n")
                                << 1;
    QTest::newRow("shell only") << QByteArray("tester ALL=(root) /bin/sh\n") << 1;
    QTest::newRow("lecture") << QByteArray("Defaults lecture=always\ntester ALL=(ALL) ALL\n") << 1;
    // What was sent unasked would be read by the script.
    QTest::newRow("none wanted") << QByteArray("tester ALL=(ALL) NOPASSWD: ALL\n") << 0;
}

void TestSshSudo::password()
{
    QFETCH(QByteArray, sudoers);
    QFETCH(int, asked);
    m_server->setSudoers(sudoers);
    m_secrets.answers[credential()] = {"let me in"};
    const CommandResult result = run(
        spec(Sudo::Password), "id -u; cat; echo err >&2; exit 9", Privilege::Gateway, "a\nb\n");
    QCOMPARE(result.out, QByteArray("0\na\nb\n"));
    QCOMPARE(result.err, QByteArray("err\n"));
    QCOMPARE(result.exit, std::optional(9));
    QCOMPARE(m_secrets.asked.size(), asked);

    m_secrets.answers[credential()] = {"let me in"};
    QCOMPARE(run(spec(Sudo::Password), "cat; echo end").out, QByteArray("end\n"));
}

void TestSshSudo::passwordWrong()
{
    m_server->setSudoers("tester ALL=(ALL) ALL\n");
    m_secrets.answers[credential()] = {"wrong"};
    EXPECT_ERROR(error, ErrorKind::SudoRefused, run(spec(Sudo::Password), "id -u"));
    QCOMPARE(m_secrets.asked.size(), 2); // the second one had no answer
    QVERIFY(!QByteArray(error->what()).contains("gapless"));
    m_secrets.answers[credential()] = {"wrong", "wrong", "wrong", "wrong", "wrong"};
    EXPECT_ERROR(again, ErrorKind::SudoRefused, run(spec(Sudo::Password), "id -u"));
    QVERIFY2(again->detail.contains(u"incorrect password"_s), qPrintable(again->detail));
}

void TestSshSudo::passwordWrongOnce()
{
    m_server->setSudoers("tester ALL=(ALL) ALL\n");
    m_secrets.answers[credential()] = {"wrong", "let me in"};
    QCOMPARE(run(spec(Sudo::Password), "id -u").out, QByteArray("0\n"));
    QCOMPARE(m_secrets.asked[1].attempt, 1);
}

void TestSshSudo::passwordMissing()
{
    m_server->setSudoers("tester ALL=(ALL) ALL\n");
    EXPECT_ERROR(error, ErrorKind::CredentialMissing, run(spec(Sudo::Password), "id -u"));
    QCOMPARE(error->facts[u"credential"_s].toString(), credential());
}

void TestSshSudo::notInSudoers_data()
{
    QTest::addColumn<int>("sudo");
    QTest::newRow("passwordless") << int(Sudo::Passwordless);
    QTest::newRow("password") << int(Sudo::Password);
}

void TestSshSudo::notInSudoers()
{
    QFETCH(int, sudo);
    m_server->setSudoers({});
    m_secrets.answers[credential()] = {"let me in"};
    EXPECT_ERROR(error, ErrorKind::SudoRefused, run(spec(Sudo(sudo)), "id -u"));
    QVERIFY(!error->detail.isEmpty());
}

void TestSshSudo::withoutTerminal()
{
    m_server->setSudoers("Defaults requiretty\ntester ALL=(ALL) NOPASSWD: ALL\n");
    EXPECT_ERROR(error, ErrorKind::SudoRefused, run(spec(Sudo::Passwordless), "id -u"));
    QVERIFY2(error->detail.contains(u"tty"_s), qPrintable(error->detail));
}

void TestSshSudo::passwordIsNowhereElse()
{
    m_server->setSudoers("tester ALL=(ALL) ALL\n");
    m_secrets.answers[credential()] = {"let me in"};
    // Every argument list and environment that root can see while the script runs, and its input.
    const CommandResult result = run(spec(Sudo::Password),
        "for f in /proc/[0-9]*/cmdline /proc/[0-9]*/environ; do tr '\\0' ' ' <$f; echo; done "
        "2>/dev/null;"
        " set; cat",
        Privilege::Gateway, "the input");
    QVERIFY(result.ok());
    QVERIFY(result.out.contains("sudo"));
    QVERIFY(result.out.endsWith("the input"));
    QVERIFY(!result.out.contains("let me in"));
    QVERIFY(!result.err.contains("let me in"));
}

void TestSshSudo::streamsInput()
{
    m_server->setSudoers("Defaults use_pty\ntester ALL=(ALL) ALL\n");
    m_secrets.answers[credential()] = {"let me in"};
    QByteArray bytes(5'000'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = char(i * 7 + i / 256);
    const CommandResult result = run(spec(Sudo::Password), "cat", Privilege::Gateway, bytes);
    QVERIFY(result.out == bytes);
}

QTEST_GUILESS_MAIN(TestSshSudo)
#include "tst_sshsudo.moc"
