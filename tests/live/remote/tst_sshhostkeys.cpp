// SPDX-License-Identifier: MIT
#include "tests/live/remote/live.h"

using namespace gapless;
using namespace Qt::StringLiterals;

/// Whose server this is.
class TestSshHostKeys : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void known_data();
    void known();
    void unknown_data();
    void unknown();
    void remembers_data();
    void remembers();
    void remembersHashed();
    void changed_data();
    void changed();
    void revoked_data();
    void revoked();
    void unreadable();
    void pinned();
    void pinnedOtherType();
    void pinnedWrong();
    void pinnedAndRevoked();
    void laxConfigChangesNothing();
    void configNamesTheFiles();
    void alias();

private:
    CommandResult connect() { return connect(m_server->spec(), m_server->options()); }
    CommandResult connect(const HostSpec& spec, const SshOptions& options)
    {
        SshHost host(spec, m_secrets, m_keys, options);
        return host.run(scripted("echo in"), {});
    }
    QByteArray line(const QString& type = u"ed25519"_s) { return m_server->knownHostsLine(type); }
    /// The server's name with the key of another one.
    QByteArray foreignLine(const QString& type = u"ed25519"_s)
    {
        QByteArray wrong = line(type);
        const QByteArray key = m_server->read(u"other_"_s + type + u".pub"_s);
        return wrong.left(wrong.indexOf(' ') + 1) + key;
    }
    QString foreignFingerprint(const QString& type = u"ed25519"_s)
    {
        return QString::fromLatin1(
            outputOf(u"ssh-keygen"_s,
                {u"-l"_s, u"-f"_s, m_server->file(u"other_"_s + type + u".pub"_s)}))
            .section(u' ', 1, 1);
    }

    std::unique_ptr<SshServer> m_server;
    ListedSecrets m_secrets;
    NotedKeys m_keys;
};

void TestSshHostKeys::initTestCase()
{
    m_server = std::make_unique<SshServer>(QByteArray(), QList<SshUser> {{u"tester"_s}},
        QStringList {u"ed25519"_s, u"rsa"_s, u"ecdsa"_s});
    for (const QString& type : {u"ed25519"_s, u"rsa"_s, u"ecdsa"_s})
        m_server->makeKey(u"other_"_s + type, type);
}

void TestSshHostKeys::init()
{
    m_keys.asked.clear();
    m_keys.answer = false;
    m_server->write(u"known_hosts"_s, {});
}

void TestSshHostKeys::known_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray port = QByteArray::number(m_server->port());
    const QByteArray key = line().mid(line().indexOf(' '));
    m_server->write(u"hashed"_s, line());
    outputOf(u"ssh-keygen"_s, {u"-q"_s, u"-H"_s, u"-f"_s, m_server->file(u"hashed"_s)});
    QTest::newRow("plain") << line();
    QTest::newRow("hashed") << m_server->read(u"hashed"_s);
    QTest::newRow("rsa only") << line(u"rsa"_s);
    QTest::newRow("ecdsa only") << line(u"ecdsa"_s);
    QTest::newRow("among others") << "# a comment\n\nexample.org" + key + foreignLine(u"rsa"_s)
            + line();
    QTest::newRow("an older key and this one") << foreignLine() + line();
    QTest::newRow("pattern") << "[127.0.0.*]:" + port + key;
    QTest::newRow("list") << "example.org,[127.0.0.1]:" + port + key;
    QTest::newRow("CRLF") << line().trimmed() + "\r\n";
}

void TestSshHostKeys::known()
{
    QFETCH(QByteArray, text);
    m_server->write(u"known_hosts"_s, text);
    const std::optional<Error> error = errorOf([&] { connect(); });
    QVERIFY2(!error, error ? error->what() : "");
    QVERIFY(m_keys.asked.isEmpty());
    QCOMPARE(m_server->read(u"known_hosts"_s), text);
}

void TestSshHostKeys::unknown_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray port = QByteArray::number(m_server->port());
    const QByteArray key = line().mid(line().indexOf(' '));
    QTest::newRow("empty file") << QByteArray();
    QTest::newRow("another host") << "example.org" + key;
    QTest::newRow("another port") << "[127.0.0.1]:1" + key;
    QTest::newRow("port 22") << "127.0.0.1" + key;
    QTest::newRow("excluded") << "[127.0.0.*]:" + port + ",![127.0.0.1]:" + port + key;
    QTest::newRow("authority") << "@cert-authority " + line();
    QTest::newRow("unknown marker") << "@something " + line();
}

void TestSshHostKeys::unknown()
{
    QFETCH(QByteArray, text);
    m_server->write(u"known_hosts"_s, text);
    EXPECT_ERROR(error, ErrorKind::HostKeyUnknown, connect());
    QCOMPARE(error->facts[u"address"_s].toString(), u"127.0.0.1"_s);
    QCOMPARE(error->facts[u"fingerprint"_s].toString(), m_server->fingerprint());
    QCOMPARE(m_keys.asked.size(), 1);
    QCOMPARE(m_keys.asked[0].fingerprint, m_server->fingerprint());
    QCOMPARE(m_keys.asked[0].type, u"ssh-ed25519"_s);
    QCOMPARE(m_keys.asked[0].port, m_server->port());
    QCOMPARE(m_keys.asked[0].host, u"web"_s);
    QCOMPARE(m_server->read(u"known_hosts"_s), text);
}

void TestSshHostKeys::remembers_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("empty") << u"known_hosts"_s << QByteArray();
    QTest::newRow("others") << u"known_hosts"_s << QByteArray("example.org ssh-ed25519 AAAA\n");
    QTest::newRow("no last line end") << u"known_hosts"_s << QByteArray("# a comment");
    QTest::newRow("no file") << u"no-file"_s << QByteArray();
    QTest::newRow("no folder") << u"no-folder/deeper/known_hosts"_s << QByteArray();
}

void TestSshHostKeys::remembers()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, before);
    if (!before.isEmpty())
        m_server->write(file, before);
    SshOptions options = m_server->options();
    options.knownHosts = m_server->file(file);
    m_keys.answer = true;
    QVERIFY(connect(m_server->spec(), options).ok());
    QCOMPARE(m_keys.asked.size(), 1);
    QByteArray expected = before;
    if (!before.isEmpty() && !before.endsWith('\n'))
        expected += '\n';
    QVERIFY(m_server->read(file).startsWith(expected + "[127.0.0.1]:"));
    // ssh itself reads it like that.
    QVERIFY(outputOf(u"ssh-keygen"_s,
        {u"-F"_s, u"[127.0.0.1]:"_s + QString::number(m_server->port()), u"-f"_s,
            m_server->file(file)})
                .contains(line().split(' ')[2].trimmed()));
    QVERIFY(connect(m_server->spec(), options).ok());
    QCOMPARE(m_keys.asked.size(), 1);
}

void TestSshHostKeys::remembersHashed()
{
    SshOptions options = m_server->options();
    options.config = m_server->file(u"config"_s);
    m_server->write(u"config"_s, "HashKnownHosts yes\n");
    m_keys.answer = true;
    QVERIFY(connect(m_server->spec(), options).ok());
    QVERIFY(m_server->read(u"known_hosts"_s).startsWith("|1|"));
    QVERIFY(connect(m_server->spec(), options).ok());
    QCOMPARE(m_keys.asked.size(), 1);
}

void TestSshHostKeys::changed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("another key") << foreignLine() << foreignFingerprint();
    // Each of these makes libssh agree on that type, which the server has with another key.
    QTest::newRow("another rsa key") << foreignLine(u"rsa"_s) << foreignFingerprint(u"rsa"_s);
    QTest::newRow("one of each") << foreignLine(u"ecdsa"_s) + foreignLine(u"ed25519"_s)
                                 << foreignFingerprint();
    // libssh stops reading at a line of this length.
    QTest::newRow("after a long line")
        << QByteArray("# ") + QByteArray(20000, 'x') + '\n' + foreignLine() << foreignFingerprint();
}

void TestSshHostKeys::changed()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    m_server->write(u"known_hosts"_s, text);
    m_keys.answer = true;
    EXPECT_ERROR(error, ErrorKind::HostKeyChanged, connect());
    const QString shown = error->facts[u"fingerprint"_s].toString();
    QVERIFY(shown == m_server->fingerprint() || shown == m_server->fingerprint(u"rsa"_s)
        || shown == m_server->fingerprint(u"ecdsa"_s));
    QCOMPARE(error->facts[u"expected"_s].toString(), expected);
    QVERIFY(m_keys.asked.isEmpty());
    QCOMPARE(m_server->read(u"known_hosts"_s), text);
}

void TestSshHostKeys::revoked_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray key = line().mid(line().indexOf(' '));
    m_server->write(u"hashed"_s, line());
    outputOf(u"ssh-keygen"_s, {u"-q"_s, u"-H"_s, u"-f"_s, m_server->file(u"hashed"_s)});
    QTest::newRow("and known") << line() + "@revoked " + line();
    QTest::newRow("for every host") << line() + "@revoked *" + key;
    QTest::newRow("hashed") << "@revoked " + m_server->read(u"hashed"_s) + line();
    QTest::newRow("and unknown") << "@revoked " + line();
    QTest::newRow("after a long line")
        << line() + "# " + QByteArray(20000, 'x') + "\n@revoked " + line();
}

void TestSshHostKeys::revoked()
{
    QFETCH(QByteArray, text);
    m_server->write(u"known_hosts"_s, text);
    m_keys.answer = true;
    EXPECT_ERROR(error, ErrorKind::HostKeyRevoked, connect());
    QCOMPARE(error->facts[u"fingerprint"_s].toString(), m_server->fingerprint());
    QVERIFY(m_keys.asked.isEmpty());
}

void TestSshHostKeys::unreadable()
{
    SshOptions options = m_server->options();
    options.knownHosts = m_server->file(u"etc"_s); // a folder
    EXPECT_ERROR(error, ErrorKind::KnownHostsUnreadable, connect(m_server->spec(), options));
    QCOMPARE(error->facts[u"file"_s].toString(), m_server->file(u"etc"_s));
}

void TestSshHostKeys::pinned()
{
    HostSpec spec = m_server->spec();
    spec.hostKey = m_server->fingerprint();
    QVERIFY(connect(spec, m_server->options()).ok());
    // The pin decides, whatever known_hosts says.
    m_server->write(u"known_hosts"_s, foreignLine());
    QVERIFY(connect(spec, m_server->options()).ok());
    QVERIFY(m_keys.asked.isEmpty());
    QCOMPARE(m_server->read(u"known_hosts"_s), foreignLine());
}

void TestSshHostKeys::pinnedOtherType()
{
    for (const QString& type : {u"rsa"_s, u"ecdsa"_s}) {
        HostSpec spec = m_server->spec();
        spec.hostKey = m_server->fingerprint(type);
        QVERIFY(connect(spec, m_server->options()).ok());
    }
}

void TestSshHostKeys::pinnedWrong()
{
    m_server->write(u"known_hosts"_s, line());
    m_keys.answer = true;
    HostSpec spec = m_server->spec();
    spec.hostKey = foreignFingerprint();
    EXPECT_ERROR(error, ErrorKind::HostKeyChanged, connect(spec, m_server->options()));
    QCOMPARE(error->facts[u"expected"_s].toString(), spec.hostKey);
    QCOMPARE(error->facts[u"fingerprint"_s].toString(), m_server->fingerprint());
    QVERIFY(m_keys.asked.isEmpty());
}

void TestSshHostKeys::pinnedAndRevoked()
{
    m_server->write(u"known_hosts"_s, "@revoked " + line());
    HostSpec spec = m_server->spec();
    spec.hostKey = m_server->fingerprint();
    EXPECT_ERROR(error, ErrorKind::HostKeyRevoked, connect(spec, m_server->options()));
}

void TestSshHostKeys::laxConfigChangesNothing()
{
    SshOptions options = m_server->options();
    options.config = m_server->file(u"config"_s);
    m_server->write(u"config"_s, "StrictHostKeyChecking no\nCheckHostIP no\n");
    EXPECT_ERROR(unknown, ErrorKind::HostKeyUnknown, connect(m_server->spec(), options));
    m_server->write(u"known_hosts"_s, foreignLine());
    EXPECT_ERROR(changed, ErrorKind::HostKeyChanged, connect(m_server->spec(), options));
}

void TestSshHostKeys::configNamesTheFiles()
{
    SshOptions options = m_server->options();
    options.config = m_server->file(u"config"_s);
    m_server->write(u"first"_s, {});
    m_server->write(u"second"_s, line());
    const QByteArray first = m_server->file(u"first"_s).toUtf8();
    const QByteArray second = m_server->file(u"second"_s).toUtf8();
    m_server->write(u"config"_s, "UserKnownHostsFile " + first + ' ' + second + '\n');
    QVERIFY(connect(m_server->spec(), options).ok());
    m_server->write(u"config"_s, "GlobalKnownHostsFile " + second + '\n');
    QVERIFY(connect(m_server->spec(), options).ok());
    m_server->write(u"second"_s, "@revoked " + line());
    m_server->write(u"known_hosts"_s, line());
    EXPECT_ERROR(error, ErrorKind::HostKeyRevoked, connect(m_server->spec(), options));
}

void TestSshHostKeys::alias()
{
    SshOptions options = m_server->options();
    options.config = m_server->file(u"config"_s);
    m_server->write(u"config"_s, "HostKeyAlias shop\n");
    m_server->write(u"known_hosts"_s, "shop" + line().mid(line().indexOf(' ')));
    QVERIFY(connect(m_server->spec(), options).ok());
    m_server->write(u"known_hosts"_s, line());
    EXPECT_ERROR(error, ErrorKind::HostKeyUnknown, connect(m_server->spec(), options));
}

QTEST_GUILESS_MAIN(TestSshHostKeys)
#include "tst_sshhostkeys.moc"
