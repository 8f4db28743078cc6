// SPDX-License-Identifier: MIT
#include "engine/site/publish.h"

#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(QList<gapless::Publication>)

class TestPublish : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsPublish_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QList<Publication>>("expected");
        QTest::newRow("plain") << u"8090:8080"_s << QList<Publication> {{{}, 8090, 8080}};
        QTest::newRow("address") << u"127.0.0.1:8090:8080"_s
                                 << QList<Publication> {{u"127.0.0.1"_s, 8090, 8080}};
        QTest::newRow("v6") << u"[::1]:80:81"_s << QList<Publication> {{u"::1"_s, 80, 81}};
        QTest::newRow("udp") << u"53:53/udp"_s << QList<Publication> {{{}, 53, 53, u"udp"_s}};
        QTest::newRow("range") << u"80-81:90-91"_s
                               << QList<Publication> {{{}, 80, 90}, {{}, 81, 91}};
        QTest::newRow("docker chooses") << u"8080"_s << QList<Publication>();
        QTest::newRow("docker chooses at an address")
            << u"127.0.0.1::8080"_s << QList<Publication>();
        QTest::newRow("docker chooses of a range") << u"80-90:8080"_s << QList<Publication>();
    }
    void readsPublish()
    {
        QFETCH(QString, value);
        QFETCH(QList<Publication>, expected);
        const auto read = readPublish(value);
        QVERIFY(read);
        QCOMPARE(*read, expected);
    }

    void refusesWhatIsNone_data()
    {
        QTest::addColumn<QString>("value");
        for (const char* value : {"", "x", "8090:", "8090:x", "0:80", "80:65536", "90-80:1-11",
                 "80-81:90-92", "1:2:3:4", "80:90/icmp"})
            QTest::newRow(*value ? value : "empty") << QString::fromLatin1(value);
    }
    void refusesWhatIsNone()
    {
        QFETCH(QString, value);
        QVERIFY(!readPublish(value));
    }

    void readsPs_data()
    {
        QTest::addColumn<QString>("ports");
        QTest::addColumn<QList<Publication>>("expected");
        QTest::newRow("both families")
            << u"0.0.0.0:8090->8080/tcp, :::8090->8080/tcp"_s
            << QList<Publication> {{u"0.0.0.0"_s, 8090, 8080}, {u"::"_s, 8090, 8080}};
        QTest::newRow("newer spelling")
            << u"[::]:8090->8080/tcp"_s << QList<Publication> {{u"::"_s, 8090, 8080}};
        QTest::newRow("range") << u"0.0.0.0:80-81->90-91/tcp"_s
                               << QList<Publication> {
                                      {u"0.0.0.0"_s, 80, 90}, {u"0.0.0.0"_s, 81, 91}};
        QTest::newRow("not published") << u"6379/tcp"_s << QList<Publication>();
        QTest::newRow("none") << QString() << QList<Publication>();
    }
    void readsPs()
    {
        QFETCH(QString, ports);
        QFETCH(QList<Publication>, expected);
        QCOMPARE(publicationsFromPs(ports), expected);
    }

    void addressesCollide_data()
    {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::addColumn<bool>("collide");
        QTest::newRow("same") << u"127.0.0.1"_s << u"127.0.0.1"_s << true;
        QTest::newRow("others") << u"127.0.0.1"_s << u"192.0.2.1"_s << false;
        QTest::newRow("everywhere") << QString() << u"192.0.2.1"_s << true;
        QTest::newRow("any v4") << u"0.0.0.0"_s << u"192.0.2.1"_s << true;
        QTest::newRow("any v6") << u"127.0.0.1"_s << u"[::]"_s << true;
        QTest::newRow("v6 brackets") << u"[::1]"_s << u"::1"_s << true;
    }
    void addressesCollide()
    {
        QFETCH(QString, a);
        QFETCH(QString, b);
        QFETCH(bool, collide);
        QCOMPARE(gapless::addressesCollide(a, b), collide);
        QCOMPARE(gapless::addressesCollide(b, a), collide);
    }
};

QTEST_GUILESS_MAIN(TestPublish)
#include "tst_publish.moc"
