// SPDX-License-Identifier: MIT
#include "engine/remote/sshconfig.h"

#include "engine/model/error.h"
#include "engine/remote/sshroutes.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

class TestSshConfig : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void values_data();
    void values();
    void laterFilesFillUp();
    void includes();
    void broken_data();
    void broken();
    void pathsExpand_data();
    void pathsExpand();
    void route();
    void targetWins();
    void keys_data();
    void keys();
    void jumps_data();
    void jumps();
    void jumpLoop();

private:
    QString write(const QString& name, const QByteArray& text)
    {
        QFile file(m_folder.filePath(name));
        file.open(QFile::WriteOnly);
        file.write(text);
        return file.fileName();
    }
    SshConfig read(const QByteArray& text)
    {
        return readSshConfig({write(u"config"_s, text)},
            {.alias = u"shop"_s, .user = {}, .localUser = u"me"_s, .home = u"/home/me"_s});
    }
    SshOptions options(const QByteArray& text)
    {
        SshOptions options;
        options.config = write(u"config"_s, text);
        options.systemConfig.clear();
        options.agentSocket = u"/agent"_s;
        return options;
    }
    HostSpec spec()
    {
        HostSpec spec;
        spec.name = u"web"_s;
        spec.address = u"shop"_s;
        spec.auth.method = Auth::Method::Key;
        return spec;
    }
    QTemporaryDir m_folder;
};

void TestSshConfig::values_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("hostName");
    const auto row = [](const char* name, const char* text, const QString& hostName) {
        QTest::newRow(name) << QByteArray(text) << hostName;
    };
    row("nothing", "", u""_s);
    row("before any block", "HostName a", u"a"_s);
    row("block", "Host shop\n HostName a", u"a"_s);
    row("other block", "Host other\n HostName a", u""_s);
    row("pattern", "Host sh*\n HostName a", u"a"_s);
    row("excluded", "Host sh* !shop\n HostName a", u""_s);
    row("several", "Host x shop\n HostName a", u"a"_s);
    row("first counts", "Host shop\n HostName a\nHost *\n HostName b", u"a"_s);
    row("case, equals, quotes", "hOST=\"shop\"\n\tHOSTNAME = \"a\"", u"a"_s);
    row("comments", "# x\nHost shop # y\n HostName a # z", u"a"_s);
    row("CRLF", "Host shop\r\n HostName a\r\n", u"a"_s);
    row("match all", "Match all\n HostName a", u"a"_s);
    row("match host", "Match host shop,other\n HostName a", u"a"_s);
    row("match not host", "Match !host shop\n HostName a", u""_s);
    row("match user", "User deploy\nMatch user deploy\n HostName a", u"a"_s);
    row("match local user", "Match localuser me\n HostName a", u"a"_s);
    row("match other local user", "Match localuser you\n HostName a", u""_s);
    row("match both", "Match host shop user nobody\n HostName a", u""_s);
    row("match originalhost", "HostName b\nMatch originalhost shop\n Port 1", u"b"_s);
    row("match exec never", "Match exec true\n HostName a", u""_s);
    row("match after Host", "Host other\nMatch all\n HostName a", u"a"_s);
}

void TestSshConfig::values()
{
    QFETCH(QByteArray, text);
    QTEST(read(text).hostName, "hostName");
}

void TestSshConfig::laterFilesFillUp()
{
    const QString first = write(u"first"_s, "Port 1\nIdentityFile a\nProxyCommand none\n");
    const QString second = write(u"second"_s,
        "Port 2\nUser u\nIdentityFile b\nProxyJump j\nHashKnownHosts yes\nCiphers x\n");
    const SshConfig found = readSshConfig({first, u"/no/such/file"_s, second},
        {.alias = u"shop"_s, .user = {}, .localUser = {}, .home = {}});
    QCOMPARE(found.port, 1);
    QCOMPARE(found.user, u"u"_s);
    QCOMPARE(found.identityFiles, (QStringList {u"a"_s, u"b"_s}));
    QVERIFY(found.proxyJump.isEmpty() && found.proxyCommand.isEmpty());
    QVERIFY(found.hashKnownHosts && found.ciphers);
}

void TestSshConfig::includes()
{
    QDir(m_folder.path()).mkpath(u"conf.d"_s);
    write(u"conf.d/1"_s, "Host other\n User wrong\nHost shop\n User right\n");
    write(u"conf.d/2"_s, "HostName included\n");
    SshConfig found = read("Include conf.d/*\nHost other\n Port 1\n");
    QCOMPARE(found.user, u"right"_s);
    QCOMPARE(found.hostName, u"included"_s);
    // Inside a block that does not match, nothing of the file counts.
    found = read("Host other\n Include conf.d/*\n");
    QVERIFY(found.user.isEmpty() && found.hostName.isEmpty());
    // A block of the included file ends with it.
    found = read("Include conf.d/1\nPort 5\n");
    QCOMPARE(found.port, 5);
}

void TestSshConfig::broken_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::newRow("open quote") << QByteArray("User a\nHost \"b") << 2;
    QTest::newRow("no value") << QByteArray("Port") << 1;
    QTest::newRow("no number") << QByteArray("\n\nPort x") << 3;
    QTest::newRow("too high") << QByteArray("Port 65536") << 1;
    QTest::newRow("match without value") << QByteArray("Match host") << 1;
    QTest::newRow("includes itself") << QByteArray("Include config") << 1;
}

void TestSshConfig::broken()
{
    QFETCH(QByteArray, text);
    try {
        read(text);
        QFAIL("it was read");
    } catch (const Error& error) {
        QCOMPARE(error.kind, ErrorKind::SshConfigBroken);
        QCOMPARE(error.facts[u"file"_s].toString(), m_folder.filePath(u"config"_s));
        QTEST(error.facts[u"line"_s].toInt(), "line");
    }
}

void TestSshConfig::pathsExpand_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expanded");
    QTest::newRow("plain") << u"/a/b"_s << u"/a/b"_s;
    QTest::newRow("home") << u"~/.ssh/id"_s << u"/home/me/.ssh/id"_s;
    QTest::newRow("only home") << u"~"_s << u"/home/me"_s;
    QTest::newRow("not home") << u"a~"_s << u"a~"_s;
    QTest::newRow("tokens") << u"%d/%h-%p-%r-%u-%n-%%h"_s << u"/home/me/H-22-R-L-A-%h"_s;
    QTest::newRow("unknown") << u"%z%"_s << u"%z%"_s;
}

void TestSshConfig::pathsExpand()
{
    QFETCH(QString, path);
    QTEST(expandSshPath(path,
              {.host = u"H"_s,
                  .port = u"22"_s,
                  .remoteUser = u"R"_s,
                  .localUser = u"L"_s,
                  .home = u"/home/me"_s,
                  .alias = u"A"_s}),
        "expanded");
}

void TestSshConfig::route()
{
    const QList<SshRoute> routes = routesTo(spec(),
        options("Host shop\n HostName %h.example.org\n Port 2222\n User deploy\n"
                " IdentityAgent ~/agent\n HostKeyAlias shops\n IdentitiesOnly yes\n"
                " UserKnownHostsFile ~/a /b\n GlobalKnownHostsFile none\n"));
    QCOMPARE(routes.size(), 1);
    const SshRoute& route = routes.first();
    QCOMPARE(route.host, u"web"_s);
    QCOMPARE(route.alias, u"shop"_s);
    QCOMPARE(route.address, u"shop.example.org"_s);
    QCOMPARE(route.port, 2222);
    QCOMPARE(route.user, u"deploy"_s);
    QCOMPARE(route.agentSocket, QDir::homePath() + u"/agent"_s);
    QCOMPARE(route.knownHostsName(), QByteArray("shops"));
    QCOMPARE(route.knownHosts, (QStringList {QDir::homePath() + u"/a"_s, u"/b"_s}));
    QCOMPARE(route.systemKnownHosts, QStringList());
    QVERIFY(route.onlyNamedKeys);
}

void TestSshConfig::targetWins()
{
    HostSpec host = spec();
    host.port = 2200;
    host.user = u"root"_s;
    host.hostKey = u"SHA256:x"_s;
    const SshRoute route
        = routesTo(host, options("Host shop\n Port 2222\n User deploy\n IdentityAgent none\n"))
              .first();
    QCOMPARE(route.port, 2200);
    QCOMPARE(route.user, u"root"_s);
    QCOMPARE(route.pin, u"SHA256:x"_s);
    QCOMPARE(route.agentSocket, QString());
    QCOMPARE(route.knownHostsName(), QByteArray("[shop]:2200"));
}

void TestSshConfig::keys_data()
{
    QTest::addColumn<int>("method");
    QTest::addColumn<QString>("targets");
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QStringList>("written");
    QTest::addColumn<bool>("named");
    const QStringList usual = SshOptions().defaultKeys;
    const int agent = int(Auth::Method::Agent), key = int(Auth::Method::Key);
    const QByteArray identity = "IdentityFile ~/a\nIdentityFile ~/b\n";
    QTest::newRow("key") << key << u"~/t"_s << identity << QStringList {u"~/t"_s} << true;
    QTest::newRow("key, config") << key << u""_s << identity << QStringList {u"~/a"_s, u"~/b"_s}
                                 << true;
    QTest::newRow("key, nothing") << key << u""_s << QByteArray() << usual << false;
    QTest::newRow("key, none") << key << u""_s << QByteArray("IdentityFile none\n") << QStringList()
                               << true;
    QTest::newRow("agent") << agent << u""_s << QByteArray() << QStringList() << false;
    QTest::newRow("agent, config")
        << agent << u""_s << identity << QStringList {u"~/a"_s, u"~/b"_s} << true;
    QTest::newRow("password") << int(Auth::Method::Password) << u""_s << QByteArray() << usual
                              << false;
}

void TestSshConfig::keys()
{
    QFETCH(int, method);
    QFETCH(QString, targets);
    QFETCH(QByteArray, config);
    HostSpec host = spec();
    host.auth.method = Auth::Method(method);
    host.auth.privateKeyFile = targets;
    const SshRoute route = routesTo(host, options(config)).first();
    QStringList written;
    for (const SshRoute::KeyFile& file : route.keys) {
        written << file.written;
        QVERIFY(file.path.startsWith(QDir::homePath()));
    }
    QTEST(written, "written");
    QTEST(route.keysAreNamed, "named");
}

void TestSshConfig::jumps_data()
{
    QTest::addColumn<QStringList>("targets");
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QStringList>("hops");
    const auto row = [](const char* name, const QStringList& targets, const char* config,
                         const QStringList& hops) {
        QTest::newRow(name) << targets << QByteArray(config) << hops;
    };
    const QString end = u"root@shop:22"_s;
    row("none", {}, "", {end});
    row("target's", {u"a@b:2222"_s}, "Host shop\nProxyJump x\n", {u"a@b:2222"_s, end});
    row("two", {u"a@b"_s, u"c@[::1]:5"_s}, "", {u"a@b:22"_s, u"c@::1:5"_s, end});
    row("config's", {}, "Host shop\n ProxyJump a@b,c@d:1\n", {u"a@b:22"_s, u"c@d:1"_s, end});
    row("alias", {u"gate"_s}, "Host gate\n HostName h\n User u\n Port 3\n", {u"u@h:3"_s, end});
    row("url", {u"ssh://a@b:4"_s}, "", {u"a@b:4"_s, end});
    row("jump's own jump", {}, "Host shop\n ProxyJump a@b\nHost b\n ProxyJump c@d\n",
        {u"c@d:22"_s, u"a@b:22"_s, end});
    row("for all", {}, "Host *\n User a\n ProxyJump gate\n", {u"a@gate:22"_s, end});
    row("switched off", {}, "Host shop\n ProxyJump none\nHost *\n ProxyJump a@b\n", {end});
}

void TestSshConfig::jumps()
{
    QFETCH(QStringList, targets);
    QFETCH(QByteArray, config);
    HostSpec host = spec();
    host.user = u"root"_s;
    host.jump = targets;
    QStringList hops;
    for (const SshRoute& route : routesTo(host, options(config)))
        hops << u"%1@%2:%3"_s.arg(route.user, route.address).arg(route.port);
    QTEST(hops, "hops");
}

void TestSshConfig::jumpLoop()
{
    try {
        routesTo(spec(), options("Host shop\n ProxyJump a\nHost a\n ProxyJump shop\n"));
        QFAIL("it ended");
    } catch (const Error& error) {
        QCOMPARE(error.kind, ErrorKind::FieldWrong);
    }
}

QTEST_GUILESS_MAIN(TestSshConfig)
#include "tst_sshconfig.moc"
