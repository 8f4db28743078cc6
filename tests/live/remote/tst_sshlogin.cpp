// SPDX-License-Identifier: MIT
#include "tests/live/remote/live.h"

#include <QJsonArray>
#include <QProcess>

using namespace gapless;
using namespace Qt::StringLiterals;

/// A real ssh-agent with a socket of its own.
class Agent {
public:
    explicit Agent(const QString& socket)
        : m_socket(socket)
    {
        m_process.start(u"ssh-agent"_s, {u"-D"_s, u"-a"_s, socket});
        m_process.waitForReadyRead();
    }
    ~Agent()
    {
        m_process.terminate();
        m_process.waitForFinished();
    }
    void add(const QString& key) { call({key}, {}); }
    /// ssh-add asks for a lock's password through a program; that one prints `x`.
    void lock(const QString& askPass) { call({u"-x"_s}, askPass); }

private:
    void call(const QStringList& arguments, const QString& askPass)
    {
        QProcess add;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"SSH_AUTH_SOCK"_s, m_socket);
        environment.insert(u"SSH_ASKPASS"_s, askPass);
        environment.insert(u"SSH_ASKPASS_REQUIRE"_s, askPass.isEmpty() ? u"never"_s : u"force"_s);
        add.setProcessEnvironment(environment);
        add.start(u"ssh-add"_s, arguments);
        if (!add.waitForFinished() || add.exitCode() != 0)
            qFatal("ssh-add: %s", add.readAllStandardError().constData());
    }
    QString m_socket;
    QProcess m_process;
};

/// Who gets in, and how.
class TestSshLogin : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void key_data();
    void key();
    void passphrase();
    void passphraseWrong();
    void passphraseMissing();
    void keyRefused();
    void keyUnreadable();
    void certificate();
    void agent();
    void agentHoldsTheKey();
    void chosenKeyComesFirst();
    void agentEmpty();
    void agentLocked();
    void agentMissing();
    void password();
    void passwordWrong();
    void passwordByKeyboard();
    void keyboardInteractive();
    void severalFactors_data();
    void severalFactors();
    void expiredPassword();
    void sshConfig();
    void onlyNamedIdentities();
    void proxyCommand();

private:
    CommandResult login(const HostSpec& spec) { return login(spec, m_server->options()); }
    CommandResult login(const HostSpec& spec, const SshOptions& options)
    {
        SshHost host(spec, m_secrets, m_keys, options);
        return host.run(scripted("id -un"), {});
    }
    HostSpec spec(Auth::Method method, const QString& user = {}, const QString& key = {})
    {
        HostSpec spec = user.isEmpty() ? m_server->spec() : m_server->spec(user);
        spec.auth.method = method;
        spec.auth.privateKeyFile = key.isEmpty() ? QString() : m_server->file(key);
        return spec;
    }
    QString login(const QString& user) const
    {
        return user + u"@127.0.0.1:"_s + QString::number(m_server->port());
    }

    std::unique_ptr<SshServer> m_server;
    ListedSecrets m_secrets;
    NotedKeys m_keys;
};

void TestSshLogin::initTestCase()
{
    const QByteArray config = "PasswordAuthentication yes\nKbdInteractiveAuthentication yes\n"
                              "Match User keyboarder\n    PasswordAuthentication no\n"
                              "Match User keypass\n    AuthenticationMethods publickey,password\n"
                              "Match User keykbd\n    "
                              "AuthenticationMethods publickey,keyboard-interactive\n"
                              "Match User passkey\n    AuthenticationMethods password,publickey\n"
                              "Match all\n";
    const QString shell = u"/bin/sh"_s;
    QList<SshUser> users {{u"tester"_s}};
    for (const char* name : {"passer", "keyboarder", "keypass", "keykbd", "passkey", "expired"})
        users << SshUser {QString::fromLatin1(name), shell, "right"};
    m_server = std::make_unique<SshServer>(config, users);
    m_server->authorize(m_server->makeKey(u"locked"_s, u"ed25519"_s, u"open sesame"_s));
    m_server->makeKey(u"stranger"_s);
}

void TestSshLogin::init()
{
    m_secrets.answers.clear();
    m_secrets.asked.clear();
}

void TestSshLogin::key_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QStringList>("options");
    QTest::newRow("ed25519") << u"ed25519"_s << QStringList();
    QTest::newRow("ecdsa") << u"ecdsa"_s << QStringList();
    QTest::newRow("rsa") << u"rsa"_s << QStringList();
    QTest::newRow("rsa, PEM") << u"rsa"_s << QStringList {u"-m"_s, u"PEM"_s};
    QTest::newRow("ecdsa, PKCS8") << u"ecdsa"_s << QStringList {u"-m"_s, u"PKCS8"_s};
}

void TestSshLogin::key()
{
    QFETCH(QString, type);
    QFETCH(QStringList, options);
    const QString name = QString::fromLatin1(QTest::currentDataTag()).remove(u' ').remove(u',');
    const QString file = m_server->makeKey(name, type);
    m_server->authorize(file);
    if (!options.isEmpty())
        outputOf(u"ssh-keygen"_s, QStringList {u"-p"_s, u"-N"_s, u""_s, u"-f"_s, file} + options);
    // Without the public half, which libssh's own automatism would write there.
    QFile::remove(file + u".pub"_s);
    QVERIFY(login(spec(Auth::Method::Key, {}, name)).ok());
    QVERIFY(!QFile::exists(file + u".pub"_s));
    QVERIFY(m_secrets.asked.isEmpty());
}

void TestSshLogin::passphrase()
{
    const QString name = u"key:"_s + m_server->file(u"locked"_s);
    m_secrets.answers[name] = {"wrong", "open sesame"};
    QVERIFY(login(spec(Auth::Method::Key, {}, u"locked"_s)).ok());
    QCOMPARE(m_secrets.asked.size(), 2);
    QCOMPARE(m_secrets.asked[0].name, name);
    QCOMPARE(m_secrets.asked[1].attempt, 1);

    // An older format that hides its public half too.
    const QString old = m_server->makeKey(u"oldlocked"_s, u"rsa"_s);
    m_server->authorize(old);
    outputOf(
        u"ssh-keygen"_s, {u"-p"_s, u"-m"_s, u"PEM"_s, u"-N"_s, u"open sesame"_s, u"-f"_s, old});
    QFile::remove(old + u".pub"_s);
    m_secrets.answers[u"key:"_s + old] = {"open sesame"};
    QVERIFY(login(spec(Auth::Method::Key, {}, u"oldlocked"_s)).ok());
}

void TestSshLogin::passphraseWrong()
{
    m_secrets.answers[u"key:"_s + m_server->file(u"locked"_s)] = {"wrong"};
    EXPECT_ERROR(
        error, ErrorKind::PassphraseWrong, login(spec(Auth::Method::Key, {}, u"locked"_s)));
    QCOMPARE(error->facts[u"file"_s].toString(), m_server->file(u"locked"_s));
}

void TestSshLogin::passphraseMissing()
{
    EXPECT_ERROR(
        error, ErrorKind::CredentialMissing, login(spec(Auth::Method::Key, {}, u"locked"_s)));
    QCOMPARE(error->facts[u"credential"_s].toString(), u"key:"_s + m_server->file(u"locked"_s));
}

void TestSshLogin::keyRefused()
{
    EXPECT_ERROR(
        error, ErrorKind::AuthenticationRefused, login(spec(Auth::Method::Key, {}, u"stranger"_s)));
    QCOMPARE(error->facts[u"user"_s].toString(), m_server->spec().user);
    QCOMPARE(error->facts[u"address"_s].toString(), u"127.0.0.1"_s);
    QCOMPARE(error->facts[u"tried"_s].toArray().first().toString(),
        u"key:"_s + m_server->file(u"stranger"_s));
    QVERIFY(error->facts[u"offered"_s].toArray().contains(u"publickey"_s));
}

void TestSshLogin::keyUnreadable()
{
    EXPECT_ERROR(
        missing, ErrorKind::FileUnreadable, login(spec(Auth::Method::Key, {}, u"nowhere"_s)));
    QCOMPARE(missing->facts[u"file"_s].toString(), m_server->file(u"nowhere"_s));
    m_server->write(u"garbage"_s, "this is not a key\n");
    EXPECT_ERROR(garbage, ErrorKind::KeyUnusable, login(spec(Auth::Method::Key, {}, u"garbage"_s)));
}

void TestSshLogin::certificate()
{
    if (!SshServer::hasUsers())
        QSKIP("needs root");
    const QString authority = m_server->makeKey(u"authority"_s);
    const QString holder = m_server->makeKey(u"holder"_s);
    outputOf(u"ssh-keygen"_s,
        {u"-q"_s, u"-s"_s, authority, u"-I"_s, u"test"_s, u"-n"_s, m_server->spec().user,
            holder + u".pub"_s});
    m_server->write(u"authorized_keys"_s,
        m_server->read(u"authorized_keys"_s) + "cert-authority "
            + m_server->read(u"authority.pub"_s));
    QVERIFY(login(spec(Auth::Method::Key, {}, u"holder"_s)).ok());
    QVERIFY(m_server->log().contains("Accepted publickey"));
}

void TestSshLogin::agent()
{
    const QString socket = m_server->file(u"agent.1"_s);
    Agent agent(socket);
    agent.add(m_server->file(u"stranger"_s));
    agent.add(m_server->file(u"id"_s));
    SshOptions options = m_server->options();
    options.agentSocket = socket;
    QVERIFY(login(spec(Auth::Method::Agent), options).ok());
}

void TestSshLogin::agentHoldsTheKey()
{
    // The passphrase is not asked for where the agent can sign.
    const QString copy = m_server->file(u"unlocked"_s);
    QFile::copy(m_server->file(u"locked"_s), copy);
    QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner);
    outputOf(u"ssh-keygen"_s, {u"-p"_s, u"-P"_s, u"open sesame"_s, u"-N"_s, u""_s, u"-f"_s, copy});
    const QString socket = m_server->file(u"agent.2"_s);
    Agent agent(socket);
    agent.add(copy);
    SshOptions options = m_server->options();
    options.agentSocket = socket;
    QVERIFY(login(spec(Auth::Method::Key, {}, u"locked"_s), options).ok());
    QVERIFY(m_secrets.asked.isEmpty());
}

void TestSshLogin::chosenKeyComesFirst()
{
    // More keys in the agent than the server lets anybody try (MaxAuthTries is 6).
    const QString socket = m_server->file(u"agent.3"_s);
    Agent agent(socket);
    for (int i = 0; i < 8; ++i)
        agent.add(m_server->makeKey(u"many"_s + QString::number(i)));
    agent.add(m_server->file(u"id"_s));
    SshOptions options = m_server->options();
    options.agentSocket = socket;
    EXPECT_ERROR(
        error, ErrorKind::AuthenticationRefused, login(spec(Auth::Method::Agent), options));
    QVERIFY2(
        error->detail.contains(u"Too many authentication failures"_s), qPrintable(error->detail));

    options.config = m_server->file(u"config"_s);
    m_server->write(u"config"_s, "IdentityFile " + m_server->file(u"id"_s).toUtf8() + '\n');
    QVERIFY(login(spec(Auth::Method::Agent), options).ok());
    QVERIFY(login(spec(Auth::Method::Key, {}, u"id"_s), options).ok());
}

void TestSshLogin::agentEmpty()
{
    const QString socket = m_server->file(u"agent.4"_s);
    Agent agent(socket);
    SshOptions options = m_server->options();
    options.agentSocket = socket;
    EXPECT_ERROR(error, ErrorKind::AgentEmpty, login(spec(Auth::Method::Agent), options));
    QCOMPARE(error->facts[u"socket"_s].toString(), socket);
}

void TestSshLogin::agentLocked()
{
    const QString socket = m_server->file(u"agent.5"_s);
    Agent agent(socket);
    agent.add(m_server->file(u"id"_s));
    m_server->write(u"askpass"_s, "#!/bin/sh\necho x\n");
    QFile::setPermissions(
        m_server->file(u"askpass"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    agent.lock(m_server->file(u"askpass"_s));
    SshOptions options = m_server->options();
    options.agentSocket = socket;
    EXPECT_ERROR(error, ErrorKind::AgentEmpty, login(spec(Auth::Method::Agent), options));
}

void TestSshLogin::agentMissing()
{
    EXPECT_ERROR(none, ErrorKind::AgentUnavailable, login(spec(Auth::Method::Agent)));
    QCOMPARE(none->facts[u"socket"_s].toString(), QString());
    SshOptions options = m_server->options();
    options.agentSocket = m_server->file(u"no-agent"_s);
    EXPECT_ERROR(gone, ErrorKind::AgentUnavailable, login(spec(Auth::Method::Agent), options));
    QCOMPARE(gone->facts[u"socket"_s].toString(), options.agentSocket);
}

void TestSshLogin::password()
{
    if (!SshServer::hasUsers())
        QSKIP("needs root");
    m_secrets.answers[login(u"passer"_s)] = {"wrong", "right"};
    QCOMPARE(login(spec(Auth::Method::Password, u"passer"_s)).out, QByteArray("passer\n"));
    QCOMPARE(m_secrets.asked.size(), 2);
    QCOMPARE(m_secrets.asked[1].attempt, 1);
}

void TestSshLogin::passwordWrong()
{
    if (!SshServer::hasUsers())
        QSKIP("needs root");
    EXPECT_ERROR(
        missing, ErrorKind::CredentialMissing, login(spec(Auth::Method::Password, u"passer"_s)));
    QCOMPARE(missing->facts[u"credential"_s].toString(), login(u"passer"_s));
    m_secrets.answers[login(u"passer"_s)] = {"wrong"};
    EXPECT_ERROR(
        wrong, ErrorKind::AuthenticationRefused, login(spec(Auth::Method::Password, u"passer"_s)));
    QVERIFY(!QByteArray(wrong->what()).contains("wrong"));
}

void TestSshLogin::passwordByKeyboard()
{
    if (!SshServer::hasUsers())
        QSKIP("needs root");
    m_secrets.answers[login(u"keyboarder"_s)] = {"right"};
    QVERIFY(login(spec(Auth::Method::Password, u"keyboarder"_s)).ok());
}

void TestSshLogin::keyboardInteractive()
{
    if (!SshServer::hasUsers())
        QSKIP("needs root");
    m_secrets.answers[login(u"keyboarder"_s)] = {"wrong", "right"};
    QVERIFY(login(spec(Auth::Method::KeyboardInteractive, u"keyboarder"_s)).ok());
    QCOMPARE(m_secrets.asked.size(), 2);
    QVERIFY(m_secrets.asked[0].prompt.contains(u"Password"_s));
}

void TestSshLogin::severalFactors_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<int>("method");
    QTest::newRow("key, then password") << u"keypass"_s << int(Auth::Method::Key);
    QTest::newRow("password after a key") << u"keypass"_s << int(Auth::Method::Password);
    QTest::newRow("key, then keyboard") << u"keykbd"_s << int(Auth::Method::Key);
    QTest::newRow("keyboard after a key") << u"keykbd"_s << int(Auth::Method::KeyboardInteractive);
    QTest::newRow("password, then key") << u"passkey"_s << int(Auth::Method::Password);
}

void TestSshLogin::severalFactors()
{
    if (!SshServer::hasUsers())
        QSKIP("needs root");
    QFETCH(QString, user);
    QFETCH(int, method);
    m_secrets.answers[login(user)] = {"right"};
    SshOptions options = m_server->options();
    options.defaultKeys = {m_server->file(u"id"_s)};
    const HostSpec chosen = spec(Auth::Method(method), user,
        Auth::Method(method) == Auth::Method::Key ? u"id"_s : QString());
    QCOMPARE(login(chosen, options).out, user.toLatin1() + '\n');
}

void TestSshLogin::expiredPassword()
{
    if (!SshServer::hasUsers())
        QSKIP("needs root");
    m_server->expirePassword(u"expired"_s);
    m_secrets.answers[login(u"expired"_s)] = {"right", "right", "right"};
    EXPECT_ERROR(
        shown, ErrorKind::LoginShellRefused, login(spec(Auth::Method::Password, u"expired"_s)));
    QVERIFY2(shown->detail.contains(u"expired"_s), qPrintable(shown->detail));
    EXPECT_ERROR(asked, ErrorKind::AuthenticationRefused,
        login(spec(Auth::Method::KeyboardInteractive, u"expired"_s)));
    QVERIFY2(asked->detail.contains(u"password"_s), qPrintable(asked->detail));
}

void TestSshLogin::sshConfig()
{
    SshOptions options = m_server->options();
    options.config = m_server->file(u"config"_s);
    m_server->write(u"config"_s,
        "Host shop\n  HostName 127.0.0.1\n  Port " + QByteArray::number(m_server->port())
            + "\n  User " + m_server->spec().user.toUtf8() + "\n  IdentityFile "
            + m_server->file(u"id"_s).toUtf8() + '\n');
    HostSpec alias;
    alias.name = u"web"_s;
    alias.address = u"shop"_s;
    alias.auth.method = Auth::Method::Key;
    QVERIFY(login(alias, options).ok());

    // What the target says itself wins.
    alias.user = u"nobody-of-that-name"_s;
    EXPECT_ERROR(user, ErrorKind::AuthenticationRefused, login(alias, options));
    QCOMPARE(user->facts[u"user"_s].toString(), alias.user);
    alias.user.clear();
    alias.auth.privateKeyFile = m_server->file(u"stranger"_s);
    EXPECT_ERROR(key, ErrorKind::AuthenticationRefused, login(alias, options));

    m_server->write(u"config"_s, "Host \"shop\n");
    EXPECT_ERROR(broken, ErrorKind::SshConfigBroken, login(alias, options));
    QCOMPARE(broken->facts[u"line"_s].toInt(), 1);
}

void TestSshLogin::onlyNamedIdentities()
{
    const QString socket = m_server->file(u"agent.6"_s);
    Agent agent(socket);
    agent.add(m_server->file(u"id"_s));
    SshOptions options = m_server->options();
    options.agentSocket = socket;
    options.config = m_server->file(u"config"_s);
    m_server->write(u"config"_s,
        "IdentitiesOnly yes\nIdentityFile " + m_server->file(u"stranger"_s).toUtf8() + '\n');
    EXPECT_ERROR(
        error, ErrorKind::AuthenticationRefused, login(spec(Auth::Method::Agent), options));
    m_server->write(u"config"_s,
        "IdentityAgent " + socket.toUtf8() + "\nIdentityFile "
            + m_server->file(u"stranger"_s).toUtf8() + '\n');
    options.agentSocket.clear();
    QVERIFY(login(spec(Auth::Method::Agent), options).ok());
}

void TestSshLogin::proxyCommand()
{
    SshOptions options = m_server->options();
    options.config = m_server->file(u"config"_s);
    m_server->write(u"config"_s, "ProxyCommand nc %h %p\n");
    EXPECT_ERROR(error, ErrorKind::ProxyCommandUnsupported, login(m_server->spec(), options));
    QCOMPARE(error->facts[u"command"_s].toString(), u"nc %h %p"_s);
}

QTEST_GUILESS_MAIN(TestSshLogin)
#include "tst_sshlogin.moc"
