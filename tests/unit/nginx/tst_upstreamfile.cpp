// SPDX-License-Identifier: MIT
#include "engine/model/error.h"
#include "engine/nginx/linediff.h"
#include "engine/nginx/upstreamfile.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

/// The error that `act` throws; Internal with the detail "none" where it throws nothing.
template <typename Act> Error errorOf(Act act)
{
    try {
        act();
    } catch (const Error& error) {
        return error;
    }
    return Error(ErrorKind::Internal, {}, u"none"_s);
}

const QByteArray site = "upstream zero_down_time {\n"
                        "    server 127.0.0.1:8090;\n"
                        "    server 127.0.0.1:8091;\n"
                        "    keepalive 32;\n"
                        "}\n";

ServerState down()
{
    return {false, {}};
}
ServerState up()
{
    return {true, {}};
}

} // namespace

class TestUpstreamFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void edits_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("server");
        QTest::addColumn<bool>("isUp");
        QTest::addColumn<int>("weight"); // -1: not asked for
        QTest::addColumn<QByteArray>("after");

        const auto row
            = [](const char* name, const QByteArray& before, bool isUp, const QByteArray& after,
                  int weight = -1, const QByteArray& server = "127.0.0.1:8090") {
                  QTest::newRow(name) << before << server << isUp << weight << after;
              };
        const QByteArray nul(1, '\0');
        const auto in = [](const QByteArray& text) { return "upstream u {" + text + "}"; };
        row("plain down", in(" server 127.0.0.1:8090; "), false,
            in(" server 127.0.0.1:8090 down; "));
        row("plain up", in(" server 127.0.0.1:8090 down; "), true, in(" server 127.0.0.1:8090; "));
        row("down already", in("server 127.0.0.1:8090  down ;"), false,
            in("server 127.0.0.1:8090  down ;"));
        row("up already", in("server 127.0.0.1:8090 ;"), true, in("server 127.0.0.1:8090 ;"));
        row("before the semicolon's blank", in("server 127.0.0.1:8090 ;"), false,
            in("server 127.0.0.1:8090 down ;"));
        row("down first", in("server 127.0.0.1:8090 down weight=2;"), true,
            in("server 127.0.0.1:8090 weight=2;"));
        row("down in the middle", in("server 127.0.0.1:8090 weight=2 down max_fails=0;"), true,
            in("server 127.0.0.1:8090 weight=2 max_fails=0;"));
        row("after other parameters", in("server 127.0.0.1:8090 max_fails=0 fail_timeout=1s;"),
            false, in("server 127.0.0.1:8090 max_fails=0 fail_timeout=1s down;"));
        row("down twice", in("server 127.0.0.1:8090 down weight=2 down;"), true,
            in("server 127.0.0.1:8090 weight=2;"));
        row("quoted down", in("server 127.0.0.1:8090 \"down\";"), true,
            in("server 127.0.0.1:8090;"));
        row("escaped down", in("server 127.0.0.1:8090 'down' ;"), true,
            in("server 127.0.0.1:8090 ;"));
        row("quoted address", in("server \"127.0.0.1:8090\";"), false,
            in("server \"127.0.0.1:8090\" down;"));
        row("quoted with a semicolon in a comment",
            in("\n# server 127.0.0.1:8090;\nserver '127.0.0.1:8090'; # ; down\n"), false,
            in("\n# server 127.0.0.1:8090;\nserver '127.0.0.1:8090' down; # ; down\n"));
        row("a comment inside the statement", in("server 127.0.0.1:8090 # first\n weight=2\n;"),
            false, in("server 127.0.0.1:8090 # first\n weight=2 down\n;"));
        row("down after a comment inside the statement", in("server 127.0.0.1:8090 # first\ndown;"),
            true, in("server 127.0.0.1:8090 # first\n;"));
        row("a comment before the semicolon", in("server 127.0.0.1:8090 # down\n;"), false,
            in("server 127.0.0.1:8090 down # down\n;"));
        row("CRLF", in("\r\n server 127.0.0.1:8090;\r\n"), false,
            in("\r\n server 127.0.0.1:8090 down;\r\n"));
        row("bare CR", in("\r server 127.0.0.1:8090\rdown;\r"), true,
            in("\r server 127.0.0.1:8090\r;\r"));
        row("tabs", in("\tserver\t127.0.0.1:8090\tdown\t;"), true,
            in("\tserver\t127.0.0.1:8090\t;"));
        row("a comment only at a word's start", in("server 127.0.0.1:8090; zone a#b 64k;"), false,
            in("server 127.0.0.1:8090 down; zone a#b 64k;"));
        row("Latin-1 and NUL in a comment",
            in("# caf\xe9 " + nul + " { ' \"\nserver 127.0.0.1:8090;"), false,
            in("# caf\xe9 " + nul + " { ' \"\nserver 127.0.0.1:8090 down;"));
        row("braces in a variable", in("hash ${arg_x}; server 127.0.0.1:8090;"), false,
            in("hash ${arg_x}; server 127.0.0.1:8090 down;"));
        row("braces in quotes", in("hash \"}{;\"; server 127.0.0.1:8090;"), false,
            in("hash \"}{;\"; server 127.0.0.1:8090 down;"));
        row("weight added", in("server 127.0.0.1:8090;"), true,
            in("server 127.0.0.1:8090 weight=5;"), 5);
        row("weight replaced", in("server 127.0.0.1:8090 weight=3 max_fails=0;"), true,
            in("server 127.0.0.1:8090 weight=5 max_fails=0;"), 5);
        row("the last weight counts", in("server 127.0.0.1:8090 weight=3 weight=4;"), true,
            in("server 127.0.0.1:8090 weight=3 weight=5;"), 5);
        row("weight as it is", in("server 127.0.0.1:8090 weight=5;"), true,
            in("server 127.0.0.1:8090 weight=5;"), 5);
        row("weight 1 is the default", in("server 127.0.0.1:8090;"), true,
            in("server 127.0.0.1:8090;"), 1);
        row("weight taken away", in("server 127.0.0.1:8090 weight=5 down;"), false,
            in("server 127.0.0.1:8090 down;"), 0);
        row("weight taken away, none there", in("server 127.0.0.1:8090;"), true,
            in("server 127.0.0.1:8090;"), 0);
        row("weight and down in one edit", in("server 127.0.0.1:8090;"), false,
            in("server 127.0.0.1:8090 weight=5 down;"), 5);
        row("weight for down", in("server 127.0.0.1:8090 down;"), true,
            in("server 127.0.0.1:8090 weight=5;"), 5);
        row("default port", in("server 10.0.0.1;"), false, in("server 10.0.0.1 down;"), -1,
            "10.0.0.1:80");
        row("IPv6", in("server [::1]:8090;"), false, in("server [::1]:8090 down;"), -1,
            "[0:0:0:0:0:0:0:1]:8090");
        row("a unix socket", in("server unix:/run/a.sock;"), false,
            in("server unix:/run/a.sock down;"), -1, "unix:/run/a.sock");
        row("another upstream with the same server",
            "upstream v { server 127.0.0.1:8090; }\nupstream u { server 127.0.0.1:8090; }\n"
            "upstream w { server 127.0.0.1:8090; }",
            false,
            "upstream v { server 127.0.0.1:8090; }\nupstream u { server 127.0.0.1:8090 down; }\n"
            "upstream w { server 127.0.0.1:8090; }");
        row("http before stream",
            "stream { upstream u { server 127.0.0.1:8090; } }\n"
            "http { upstream u { server 127.0.0.1:8090; } }",
            false,
            "stream { upstream u { server 127.0.0.1:8090; } }\n"
            "http { upstream u { server 127.0.0.1:8090 down; } }");
        row("only stream", "stream { upstream u { server 127.0.0.1:8090; } }", false,
            "stream { upstream u { server 127.0.0.1:8090 down; } }");
        row("the name in another case", "upstream U { server 127.0.0.1:8090; }", false,
            "upstream U { server 127.0.0.1:8090 down; }");
        row("the name in quotes", "upstream \"u\" { server 127.0.0.1:8090; }", false,
            "upstream \"u\" { server 127.0.0.1:8090 down; }");
        row("no blank before the brace", "upstream u{server 127.0.0.1:8090;}", false,
            "upstream u{server 127.0.0.1:8090 down;}");
        row("no line end at the end", "upstream u {\n server 127.0.0.1:8090;\n} #", false,
            "upstream u {\n server 127.0.0.1:8090 down;\n} #");
        row("a server block's own server and upstream words",
            "http { map $a $b { upstream u; server 127.0.0.1:8090; } upstream u { server "
            "127.0.0.1:8090; } server { listen 80; } }",
            false,
            "http { map $a $b { upstream u; server 127.0.0.1:8090; } upstream u { server "
            "127.0.0.1:8090 down; } server { listen 80; } }");
        row("Lua is none of nginx's words",
            "http { init_by_lua_block { local s = \"}'\" -- '}\n local t = [=[ } ]] ]=] local c = "
            "{} "
            "} upstream u { server 127.0.0.1:8090; } }",
            false,
            "http { init_by_lua_block { local s = \"}'\" -- '}\n local t = [=[ } ]] ]=] local c = "
            "{} "
            "} upstream u { server 127.0.0.1:8090 down; } }");
        row("an include beside the line", in("include more.conf; server 127.0.0.1:8090;"), false,
            in("include more.conf; server 127.0.0.1:8090 down;"));
    }

    void edits()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, server);
        QFETCH(bool, isUp);
        QFETCH(int, weight);
        QFETCH(QByteArray, after);
        const ServerState state {isUp, weight < 0 ? std::optional<int>() : weight};
        QCOMPARE(setServer(before, "u", server, state), after);
        QCOMPARE(setServer(after, "u", server, state), after);
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("line");
        const auto row
            = [](const char* name, const QByteArray& bytes, const char* kind, int line = 0) {
                  QTest::newRow(name) << bytes << QString::fromLatin1(kind) << line;
              };
        row("empty", "", "upstreamMissing");
        row("another name", "upstream v { server 127.0.0.1:8090; }", "upstreamMissing");
        row("bare servers of an included file", "server 127.0.0.1:8090;", "upstreamMissing");
        row("inside a comment", "# upstream u { server 127.0.0.1:8090; }", "upstreamMissing");
        row("inside a server block", "http { server { upstream u { server 127.0.0.1:8090; } } }",
            "upstreamMissing");
        row("twice", "upstream u { server 127.0.0.1:8090; }\nupstream u { server a; }",
            "upstreamTwice");
        row("twice, by case", "upstream u { server 127.0.0.1:8090; }\nupstream U { server a; }",
            "upstreamTwice");
        row("no such server", "upstream u { server 127.0.0.1:8091; }", "serverMissing");
        row("the same server in another upstream",
            "upstream v { server 127.0.0.1:8090; } upstream u { server 127.0.0.1:8091; }",
            "serverMissing");
        row("server twice", "upstream u { server 127.0.0.1:8090; server 127.0.0.1:08090 down; }",
            "serverTwice");
        row("server included", "upstream u { server 127.0.0.1:8091; include /etc/nginx/s/*; }",
            "serverIncluded");
        row("byte order mark", "\xEF\xBB\xBFupstream u { server 127.0.0.1:8090; }",
            "configUnreadable", 1);
        row("UTF-16", QByteArray("\xFF\xFEu\0p\0", 6), "configUnreadable", 1);
        row("a block left open", "upstream u {\n server 127.0.0.1:8090;\n", "configUnreadable", 3);
        row("a brace too many", "upstream u { server 127.0.0.1:8090; }\n}", "configUnreadable", 2);
        row("no semicolon", "upstream u {\n server 127.0.0.1:8090\n}", "configUnreadable", 3);
        row("an open quote", "upstream u { server '127.0.0.1:8090; }", "configUnreadable", 1);
        row("a letter after a quote", "upstream u { server '127.0.0.1:8090'x; }",
            "configUnreadable", 1);
        row("a lone semicolon", "upstream u { ; server 127.0.0.1:8090; }", "configUnreadable", 1);
        row("bare CR ends no comment", "upstream u { # x\r server 127.0.0.1:8090; }",
            "configUnreadable", 1);
        row("an overlong comment",
            "\n#" + QByteArray(4096, 'x') + "\nupstream u { server 127.0.0.1:8090; }",
            "configUnreadable", 2);
        row("an overlong word",
            "upstream u { server 127.0.0.1:8090; hash " + QByteArray(4096, 'x') + "; }",
            "configUnreadable", 1);
        row("an open Lua block", "http {\ninit_by_lua_block { local t = {} \n", "configUnreadable",
            2);
    }

    void refusals()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, kind);
        QFETCH(int, line);
        const Error error
            = errorOf([&] { setServer(bytes, "u", "127.0.0.1:8090", down(), u"/f"_s); });
        QCOMPARE(idOf(error.kind), kind);
        QCOMPARE(error.facts[u"file"_s].toString(), u"/f"_s);
        if (line > 0)
            QCOMPARE(error.facts[u"line"_s].toInt(), line);
    }

    void namesWhereTheServerMayBe()
    {
        const Error error = errorOf([] {
            setServer("upstream u { server a; include s/*.conf; }", "u", "127.0.0.1:8090", down());
        });
        QCOMPARE(error.facts[u"include"_s].toString(), u"s/*.conf"_s);
    }

    void longestWordsAndComments()
    {
        // nginx 1.22 itself takes 4094 and 4095 of these and refuses one more.
        const QByteArray comment = '#' + QByteArray(4094, 'x') + '\n';
        const QByteArray text
            = comment + "upstream u { server 127.0.0.1:8090; hash " + QByteArray(4095, 'x') + "; }";
        QCOMPARE(findUpstream(text, "u").hashKey.size(), 4095);
        // A comment may reach the limit where the file ends with it.
        QVERIFY(readUpstreams('#' + QByteArray(4095, 'x')).isEmpty());
    }

    void reads()
    {
        const QByteArray text = "http {\n"
                                "  upstream Chat {\n"
                                "    hash $cookie_affinity consistent; zone z 64k;\n"
                                "    server 127.0.0.1:8090 weight=3 max_fails=0 fail_timeout=5s;\n"
                                "    server [::1]:8091 down max_conns=9; server unix:/s backup;\n"
                                "    keepalive 32; least_conn; include extra;\n"
                                "  }\n"
                                "}\n"
                                "stream { upstream chat { random two; server b:1; } }\n";
        const QList<Upstream> all = readUpstreams(text);
        QCOMPARE(all.size(), 2);
        const Upstream chat = findUpstream(text, "chat");
        QCOMPARE(chat, all[0]);
        QCOMPARE(chat.name, "Chat");
        QCOMPARE(chat.context, Upstream::Context::Http);
        QCOMPARE(chat.line, 2);
        QVERIFY(chat.hash && chat.hashConsistent && chat.zone && chat.leastConn);
        QVERIFY(!chat.ipHash && !chat.random && chat.hasAffinity());
        QCOMPARE(chat.hashKey, "$cookie_affinity");
        QCOMPARE(chat.keepalive, 32);
        QCOMPARE(chat.includes, QList<QByteArray> {"extra"});
        QCOMPARE(text.mid(chat.begin, chat.end - chat.begin).left(15), "upstream Chat {");
        QVERIFY(text.mid(chat.begin, chat.end - chat.begin).endsWith("extra;\n  }"));
        QCOMPARE(chat.servers.size(), 3);
        QCOMPARE(chat.servers[0].weight, 3);
        QCOMPARE(chat.servers[0].maxFails, 0);
        QCOMPARE(chat.servers[0].failTimeout, "5s");
        QCOMPARE(chat.servers[0].line, 4);
        QVERIFY(chat.servers[1].down && !chat.servers[1].backup);
        QCOMPARE(chat.servers[1].maxConns, 9);
        QVERIFY(chat.servers[2].backup && !chat.servers[2].weight);
        QCOMPARE(chat.upCount(), 1);
        QCOMPARE(all[1].context, Upstream::Context::Stream);
        QVERIFY(all[1].random);
    }

    void downAndUpAgainIsTheSameFile()
    {
        const QByteArray out = setServer(site, "zero_down_time", "127.0.0.1:8090", down());
        QCOMPARE(out.size(), site.size() + 5);
        QCOMPARE(setServer(out, "zero_down_time", "127.0.0.1:8090", up()), site);
    }

    void severalServersInOneEdit()
    {
        const QByteArray switched = setServers(site, "zero_down_time",
            {{"127.0.0.1:8091", {true, 9}}, {"127.0.0.1:8090", {false, {}}}});
        QCOMPARE(switched,
            QByteArray(site).replace("8090;", "8090 down;").replace("8091;", "8091 weight=9;"));
        const Error error = errorOf([] {
            setServers(
                site, "zero_down_time", {{"127.0.0.1:8090", down()}, {"127.0.0.1:08090", down()}});
        });
        QCOMPARE(error.kind, ErrorKind::ServerTwice);
        QCOMPARE(errorOf([] {
            setServer(site, "zero_down_time", "127.0.0.1:8090", {true, -1});
        }).kind,
            ErrorKind::FieldWrong);
    }

    void countsWhatWouldBeUp()
    {
        const QByteArray name = "zero_down_time";
        QCOMPARE(upServersAfter(site, name, {}), 2);
        QCOMPARE(upServersAfter(site, name, {{"127.0.0.1:8090", down()}}), 1);
        QCOMPARE(
            upServersAfter(site, name, {{"127.0.0.1:8090", down()}, {"127.0.0.1:8091", down()}}),
            0);
        const QByteArray half = setServer(site, name, "127.0.0.1:8091", down());
        QCOMPARE(upServersAfter(half, name, {{"127.0.0.1:8090", down()}}), 0);
        QCOMPARE(
            upServersAfter(half, name, {{"127.0.0.1:8090", down()}, {"127.0.0.1:8091", up()}}), 1);
    }

    void addresses_data()
    {
        QTest::addColumn<QByteArray>("a");
        QTest::addColumn<QByteArray>("b");
        QTest::addColumn<bool>("same");
        const auto row = [](const QByteArray& a, const QByteArray& b, bool same) {
            QTest::newRow((a + " " + b).constData()) << a << b << same;
        };
        row("127.0.0.1:8090", "127.0.0.1:8090", true);
        row("127.0.0.1:8090", "127.0.0.1:8091", false);
        row("127.0.0.1:8090", "127.0.0.1:809", false);
        row("127.0.0.1", "127.0.0.1:80", true);
        row("127.0.0.1", "127.0.0.1:8090", false);
        row("127.0.0.1:0080", "127.0.0.1", true);
        row("App.Example:1", "app.example:1", true);
        row("localhost:80", "127.0.0.1:80", false);
        row("[::1]", "[::1]:80", true);
        row("[::1]:80", "[0:0::1]:80", true);
        row("[FE80::1]:80", "[fe80::1]:80", true);
        row("[::1]:80", "[::2]:80", false);
        row("[::ffff:127.0.0.1]:80", "127.0.0.1:80", false);
        row("unix:/run/a", "UNIX:/run/a", true);
        row("unix:/run/a", "unix:/run/A", false);
        row("unix:/run/a", "unix:/run/a:80", false);
    }

    void addresses()
    {
        QFETCH(QByteArray, a);
        QFETCH(QByteArray, b);
        QFETCH(bool, same);
        QCOMPARE(sameServer(a, b), same);
        QCOMPARE(sameServer(b, a), same);
    }

    void diffs_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QString>("diff");
        QTest::newRow("equal") << site << site << QString();
        QTest::newRow("one line")
            << site << setServer(site, "zero_down_time", "127.0.0.1:8090", down())
            << u"--- f\n+++ f\n@@ -1,5 +1,5 @@\n upstream zero_down_time {\n"
               "-    server 127.0.0.1:8090;\n+    server 127.0.0.1:8090 down;\n"
               "     server 127.0.0.1:8091;\n     keepalive 32;\n }\n"_s;
        QTest::newRow("far apart")
            << QByteArray("a\n1\n2\n3\n4\n5\n6\n7\nb\n")
            << QByteArray("A\n1\n2\n3\n4\n5\n6\n7\nB\n")
            << u"--- f\n+++ f\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n"_s;
        QTest::newRow("lines added and taken away")
            << QByteArray("a\nb\nc\n") << QByteArray("b\nc\nd\n")
            << u"--- f\n+++ f\n@@ -1,3 +1,3 @@\n-a\n b\n c\n+d\n"_s;
        QTest::newRow("from nothing")
            << QByteArray() << QByteArray("a\n") << u"--- f\n+++ f\n@@ -0,0 +1 @@\n+a\n"_s;
        QTest::newRow("no line end at the end")
            << QByteArray("a") << QByteArray("b")
            << u"--- f\n+++ f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n"_s;
        QTest::newRow("nothing that steers a terminal")
            << QByteArray("a\x1b[2J\r\n") << QByteArray("b\xe9\n")
            << u"--- f\n+++ f\n@@ -1 +1 @@\n-a\u241b[2J\u240d\n+b\ufffd\n"_s;
    }

    void diffs()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QString, diff);
        QCOMPARE(unifiedDiff(before, after, u"f"_s), diff);
    }

    void aMissingLineIsAddedOrRemovedAndNothingElse_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("its own line") << QByteArray("upstream u {\n\tserver a:1; # one\n}\n")
                                      << QByteArray("upstream u {\n\tserver a:1;\n\tserver b:2; # one\n}\n");
        QTest::newRow("one line") << QByteArray("upstream u { server a:1; keepalive 2; }")
                                  << QByteArray("upstream u { server a:1; server b:2; keepalive 2; }");
        QTest::newRow("CRLF") << QByteArray("upstream u {\r\n  server a:1;\r\n}\r\n")
                              << QByteArray("upstream u {\r\n  server a:1;\r\n  server b:2;\r\n}\r\n");
    }
    void aMissingLineIsAddedOrRemovedAndNothingElse()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QCOMPARE(setServer(before, "u", "b:2", {.line = ServerState::Line::Add}), after);
        QVERIFY(setServer(before, "u", "b:2", {.up = false, .line = ServerState::Line::Add})
                    .contains("server b:2 down;"));
        // What is there already is edited, not written twice.
        QCOMPARE(setServer(after, "u", "b:2", {.line = ServerState::Line::Add}), after);
        QCOMPARE(setServer(before, "u", "b:2", {.line = ServerState::Line::Remove}), before);
        const QByteArray removed = setServer(after, "u", "b:2", {.line = ServerState::Line::Remove});
        QCOMPARE(readUpstreams(removed).first().servers.size(), 1);
        QCOMPARE(removed.simplified(), before.simplified());
        QVERIFY_EXCEPTION_THROWN(setServer(before, "u", "b:2", {}), Error);
    }
};

QTEST_GUILESS_MAIN(TestUpstreamFile)
#include "tst_upstreamfile.moc"
