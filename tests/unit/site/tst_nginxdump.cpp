// SPDX-License-Identifier: MIT
#include "engine/site/nginxdump.h"

#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

namespace {

/// What `nginx -T` prints of these files.
QByteArray dumpOf(const QList<std::pair<QByteArray, QByteArray>>& files)
{
    QByteArray text;
    for (const auto& [name, content] : files)
        text += "# configuration file " + name + ":\n" + content + "\n";
    return text;
}

/// One site whose `server` block has that content.
NginxDump siteDump(const QByteArray& server, const QByteArray& http = {})
{
    return *readNginxDump(dumpOf({{"/etc/nginx/nginx.conf",
        "http {\n" + http + "upstream app { server a; }\nserver {\n" + server + "}\n}\n"}}));
}

} // namespace

class TestNginxDump : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isNoDump()
    {
        QVERIFY(!readNginxDump("nginx: [emerg] open() failed\n"));
        QVERIFY(!readNginxDump({}));
    }

    void putsIncludesTogether()
    {
        const auto dump = readNginxDump(dumpOf({
            {"/etc/nginx/nginx.conf",
                "worker_shutdown_timeout 30s;\nhttp { include conf.d/*.conf; include "
                "/srv/x.conf; }"},
            {"/etc/nginx/conf.d/b.conf", "upstream b { include servers; }\n"},
            {"/etc/nginx/servers", "server 127.0.0.1:1;"},
            {"/etc/nginx/conf.d/.hidden.conf", "upstream hidden { server x; }"},
            {"/srv/x.conf", "server { listen 80; }"},
        }));
        QVERIFY(dump);
        QCOMPARE(dump->mainFile, u"/etc/nginx/nginx.conf"_s);
        QCOMPARE(dump->root.last("worker_shutdown_timeout")->arguments.value(0), "30s");
        const Directive* http = dump->root.last("http");
        const Directive* upstream = http->last("upstream");
        QCOMPARE(upstream->arguments, QList<QByteArray> {"b"});
        QCOMPARE(upstream->file, u"/etc/nginx/conf.d/b.conf"_s);
        QCOMPARE(upstream->last("server")->arguments, QList<QByteArray> {"127.0.0.1:1"});
        QCOMPARE(upstream->last("server")->file, u"/etc/nginx/servers"_s);
        QCOMPARE(http->last("server")->file, u"/srv/x.conf"_s);
    }

    void endsWhereFilesIncludeEachOther()
    {
        const auto dump = readNginxDump(dumpOf({{"/n/a", "include b;"}, {"/n/b", "include a;"}}));
        QVERIFY(dump->root.last("include"));
    }

    void knowsWhatNginxReads()
    {
        const auto dump = readNginxDump(dumpOf({{"/n/a", "x;\n"}, {"/n/b", "y;\n"}}));
        QVERIFY(dump->reads(u"/n/b"_s, u"/elsewhere"_s, {}));
        QVERIFY(dump->reads(u"/link"_s, u"/n/a"_s, {}));
        QVERIFY(dump->reads(u"/link"_s, u"/real"_s, "y;\n"));
        QVERIFY(!dump->reads(u"/link"_s, u"/real"_s, "z;\n"));
    }

    void findsLocationsOfAnUpstream()
    {
        const NginxDump dump
            = siteDump("location / { proxy_pass http://app; proxy_http_version 1.1; }\n"
                       "location /x { proxy_pass http://APP/y; }\n"
                       "location /other { proxy_pass http://application; }\n"
                       "location /tls { proxy_pass https://app; }\n"
                       "location /z { proxy_pass $where; }\n");
        QList<QByteArray> paths;
        for (const ProxyLocation& location : proxyLocations(dump, "app"))
            paths << location.path;
        QCOMPARE(paths, (QList<QByteArray> {"/", "/x", "/tls"}));
    }

    void inheritsAsNginxDoes()
    {
        const QByteArray http
            = "proxy_http_version 1.1;\nproxy_set_header Upgrade $http_upgrade;\n";
        const NginxDump inherits = siteDump("location / { proxy_pass http://app; }", http);
        QCOMPARE(proxyLocations(inherits, "app")[0].httpVersion, "1.1");
        QCOMPARE(proxyLocations(inherits, "app")[0].headers.value("upgrade"), "$http_upgrade");
        // A header of its own takes all inherited ones away.
        const NginxDump own
            = siteDump("location / { proxy_pass http://app; proxy_set_header Host $host; }", http);
        QCOMPARE(proxyLocations(own, "app")[0].httpVersion, "1.1");
        QVERIFY(!proxyLocations(own, "app")[0].headers.contains("upgrade"));
    }

    void choosesALocation_data()
    {
        QTest::addColumn<QByteArray>("server");
        QTest::addColumn<QByteArray>("chosen");
        const QByteArray pass = " { proxy_pass http://app; }\n";
        QTest::newRow("only") << "location /" + pass << QByteArray("/");
        QTest::newRow("longest prefix") << "location /" + pass + "location /Update" + pass
                + "location /Up" + pass << QByteArray("/Update");
        QTest::newRow("exact") << "location /UpdateHub/x" + pass + "location = /UpdateHub" + pass
                               << QByteArray("= /UpdateHub");
        QTest::newRow("exact, no space")
            << "location =/UpdateHub" + pass << QByteArray("=/UpdateHub");
        QTest::newRow("regex beats prefix")
            << "location /UpdateHub" + pass + "location ~ Hub$" + pass << QByteArray("~ Hub$");
        QTest::newRow("regex of other case")
            << "location /" + pass + "location ~ hub$" + pass << QByteArray("/");
        QTest::newRow("regex without case")
            << "location /" + pass + "location ~* hub$" + pass << QByteArray("~* hub$");
        QTest::newRow("first regex")
            << "location ~ Hub" + pass + "location ~ Hub$" + pass << QByteArray("~ Hub");
        QTest::newRow("^~ beats regex")
            << "location ^~ /Update" + pass + "location ~ Hub$" + pass << QByteArray("^~ /Update");
        QTest::newRow("nested") << QByteArray("location / { proxy_pass http://app;\nlocation "
                                              "/UpdateHub { proxy_pass http://app; } }\n")
                                << QByteArray("/UpdateHub");
        QTest::newRow("goes elsewhere")
            << "location /" + pass + "location /UpdateHub { return 404; }\n"
            << QByteArray();
        QTest::newRow("none") << "location /x" + pass << QByteArray();
    }
    void choosesALocation()
    {
        QFETCH(QByteArray, server);
        QFETCH(QByteArray, chosen);
        const QList<ProxyLocation> found = locationsFor(siteDump(server), "app", "/UpdateHub");
        QCOMPARE(found.size(), chosen.isEmpty() ? 0 : 1);
        if (!chosen.isEmpty())
            QCOMPARE(found[0].path, chosen);
    }

    void readsTimes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<double>("seconds");
        QTest::newRow("plain") << QByteArray("90") << 90.0;
        QTest::newRow("s") << QByteArray("90s") << 90.0;
        QTest::newRow("ms") << QByteArray("500ms") << 0.5;
        QTest::newRow("sum") << QByteArray("1m 30s") << 90.0;
        QTest::newRow("h") << QByteArray("2h") << 7200.0;
        QTest::newRow("months are no minutes") << QByteArray("1M") << 2592000.0;
        QTest::newRow("none") << QByteArray("soon") << -1.0;
        QTest::newRow("empty") << QByteArray() << -1.0;
    }
    void readsTimes()
    {
        QFETCH(QByteArray, text);
        QFETCH(double, seconds);
        QCOMPARE(nginxSeconds(text).value_or(-1), seconds);
    }
};

QTEST_GUILESS_MAIN(TestNginxDump)
#include "tst_nginxdump.moc"
