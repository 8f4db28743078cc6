// SPDX-License-Identifier: MIT
#include "engine/remote/knownhosts.h"
#include "engine/remote/patterns.h"

#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

/// A key and what `ssh-keygen -l` and `ssh-keygen -H` make of it and of `example.org`.
static const QByteArray key
    = "ssh-ed25519 "
      "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

class TestKnownHosts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void patterns_data();
    void patterns();
    void lists_data();
    void lists();
    void lines_data();
    void lines();
    void hosts_data();
    void hosts();
    void writes();
    void fingerprint();
    void anyBytes();
};

void TestKnownHosts::patterns_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("matches");
    const auto row = [](const QString& text, const QString& pattern, bool matches) {
        QTest::addRow("%s ~ %s", qPrintable(text), qPrintable(pattern))
            << text << pattern << matches;
    };
    row(u""_s, u""_s, true);
    row(u""_s, u"*"_s, true);
    row(u""_s, u"?"_s, false);
    row(u"a"_s, u""_s, false);
    row(u"web1"_s, u"web?"_s, true);
    row(u"web"_s, u"web?"_s, false);
    row(u"Web"_s, u"wEb"_s, true);
    row(u"a.b.c"_s, u"*.c"_s, true);
    row(u"a.b.c"_s, u"*.b"_s, false);
    row(u"aXbXc"_s, u"a*b*c"_s, true);
    row(u"abab"_s, u"*ab"_s, true);
    row(u"aaaaaaaaaaaaaaaaaaaaaaaaaaaaab"_s, u"*a*a*a*a*a*a*a*a*c"_s, false);
    row(u"[::1]:22"_s, u"[::1]:22"_s, true);
    row(u"1:22"_s, u"[1]:22"_s, false);
}

void TestKnownHosts::patterns()
{
    QFETCH(QString, text);
    QFETCH(QString, pattern);
    QTEST(matchesPattern(text, pattern), "matches");
}

void TestKnownHosts::lists_data()
{
    QTest::addColumn<QStringList>("list");
    QTest::addColumn<bool>("matches");
    QTest::newRow("none") << QStringList {} << false;
    QTest::newRow("one") << QStringList {u"b"_s, u"a"_s} << true;
    QTest::newRow("excluded") << QStringList {u"*"_s, u"!a"_s} << false;
    QTest::newRow("excluded first") << QStringList {u"!a"_s, u"*"_s} << false;
    QTest::newRow("only an exclusion") << QStringList {u"!b"_s} << false;
}

void TestKnownHosts::lists()
{
    QFETCH(QStringList, list);
    QTEST(matchesPatterns(u"a"_s, list), "matches");
}

void TestKnownHosts::lines_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("keys");
    QTest::newRow("empty") << QByteArray() << 0;
    QTest::newRow("comment") << "# a " + key << 0;
    QTest::newRow("one") << "example.org " + key << 1;
    QTest::newRow("comment behind") << "example.org " + key + " a comment" << 1;
    QTest::newRow("indented, tabs") << "  example.org\t" + key << 1;
    QTest::newRow("no key") << QByteArray("example.org ssh-ed25519") << 0;
    QTest::newRow("bad base64") << QByteArray("example.org ssh-ed25519 ###") << 0;
    QTest::newRow("unknown marker") << "@other example.org " + key << 0;
    QTest::newRow("two, CRLF") << "a " + key + "\r\nb " + key + "\r\n" << 2;
}

void TestKnownHosts::lines()
{
    QFETCH(QByteArray, text);
    const QList<KnownHostKey> found = parseKnownHosts(text);
    QTEST(int(found.size()), "keys");
    if (!found.isEmpty())
        QCOMPARE(found.last().blob, QByteArray::fromBase64(key.mid(12)));
}

void TestKnownHosts::hosts_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("names");
    const auto row = [](const char* name, const QByteArray& hosts, const QByteArray& host,
                         bool names) { QTest::newRow(name) << hosts + ' ' + key << host << names; };
    row("plain", "example.org", "example.org", true);
    row("case", "Example.ORG", "example.org", true);
    row("list", "a,example.org,b", "example.org", true);
    row("other port", "example.org", "[example.org]:2222", false);
    row("same port", "[example.org]:2222", "[example.org]:2222", true);
    row("wild", "*.example.org,!x.example.org", "a.example.org", true);
    row("excluded", "*.example.org,!x.example.org", "x.example.org", false);
    const QByteArray hash = "|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg=";
    row("hashed", hash, "192.168.1.61", true);
    row("hashed, other", hash, "192.168.1.62", false);
    row("hashed, broken", "|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=", "192.168.1.61", false);
    row("hashed, of the future",
        "|2|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg=", "192.168.1.61", false);
}

void TestKnownHosts::hosts()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, host);
    const QList<KnownHostKey> found = parseKnownHosts(line);
    QCOMPARE(found.size(), 1);
    QTEST(found[0].names(host), "names");
}

void TestKnownHosts::writes()
{
    const QByteArray blob = QByteArray::fromBase64(key.mid(12));
    QCOMPARE(knownHostsLine("[a]:2222", blob), "[a]:2222 " + key + '\n');
    const QByteArray hashed = knownHostsLine("a", blob, QByteArray(20, 's'));
    QVERIFY(hashed.startsWith("|1|") && !hashed.contains("a ssh"));
    QVERIFY(parseKnownHosts(hashed).value(0).names("a"));
    QVERIFY(!parseKnownHosts(hashed).value(0).names("b"));
}

void TestKnownHosts::fingerprint()
{
    QCOMPARE(fingerprintOf(QByteArray::fromBase64(key.mid(12))),
        u"SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU"_s);
    QCOMPARE(keyTypeOf(QByteArray::fromBase64(key.mid(12))), QByteArray("ssh-ed25519"));
    QCOMPARE(keyTypeOf("ab"), QByteArray());
    QCOMPARE(keyTypeOf(QByteArray("\xff\xff\xff\xff", 4) + "abc"), QByteArray("abc"));
}

void TestKnownHosts::anyBytes()
{
    QByteArray bytes;
    for (int i = 0; i < 100000; ++i)
        bytes += char((i * 7919) >> 3);
    for (const KnownHostKey& found : parseKnownHosts(bytes + "\n@revoked x " + key))
        found.names("example.org");
    QVERIFY(parseKnownHosts(bytes + "\n@revoked x " + key).last().marker
        == KnownHostKey::Marker::Revoked);
}

QTEST_GUILESS_MAIN(TestKnownHosts)
#include "tst_knownhosts.moc"
