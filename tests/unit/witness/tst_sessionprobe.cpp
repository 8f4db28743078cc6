// SPDX-License-Identifier: MIT
#include "engine/witness/sessionprobe.h"
#include "fakesite.h"

#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSessionProbe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judgements_data();
    void judgements();
    void theCookieComesBack();
    void aNewCookieMeansItCouldNotBeRead();
};

namespace {

using Judged = SessionLedger::Judged;
struct Visit {
    QByteArray body;
    Judged judged;
};

} // namespace

Q_DECLARE_METATYPE(QList<Visit>)

void TestSessionProbe::judgements_data()
{
    QTest::addColumn<bool>("increasing");
    QTest::addColumn<QList<Visit>>("visits");

    QTest::newRow("increasing") << true
                                << QList<Visit> {{"1", Judged::First}, {"2", Judged::Kept},
                                       {"5\n", Judged::Kept}};
    QTest::newRow("starts again") << true
                                  << QList<Visit> {{"7", Judged::First}, {"1", Judged::Lost},
                                         {"2", Judged::Kept}};
    QTest::newRow("stands still") << true
                                  << QList<Visit> {{"7", Judged::First}, {"7", Judged::Lost}};
    QTest::newRow("a number within a text")
        << true
        << QList<Visit> {{R"({"count":9})", Judged::First}, {R"({"count":10})", Judged::Kept}};
    QTest::newRow("no number") << true
                               << QList<Visit> {{"1", Judged::First},
                                      {"<html>", Judged::Unreadable}, {"2", Judged::Kept}};
    QTest::newRow("same") << false
                          << QList<Visit> {{"ann", Judged::First}, {"ann ", Judged::Kept},
                                 {"bob", Judged::Lost}, {"bob", Judged::Kept}};
    QTest::newRow("nothing") << false
                             << QList<Visit> {{"ann", Judged::First}, {"", Judged::Unreadable},
                                    {"ann", Judged::Kept}};
}

void TestSessionProbe::judgements()
{
    QFETCH(bool, increasing);
    QFETCH(QList<Visit>, visits);
    SessionLedger ledger(increasing);
    for (const Visit& visit : visits)
        QCOMPARE(int(ledger.judge(visit.body, {}, {})), int(visit.judged));
}

namespace {

struct Probed {
    explicit Probed(const FakeSite& site)
        : destination(site.url(), std::nullopt)
        , probe({u"/count"_s, true}, destination, clock, 5s,
              [this](const Sample& sample) { samples.append(sample); })
    {
        probe.start();
    }
    WitnessClock clock;
    Destination destination;
    QList<Sample> samples;
    SessionProbe probe;
};

} // namespace

void TestSessionProbe::theCookieComesBack()
{
    int count = 0;
    QList<QByteArray> requests;
    FakeSite site([&](QTcpSocket& socket, const QByteArray& request) {
        requests.append(request);
        ++count;
        socket.write(FakeSite::ok(QByteArray::number(count),
            count == 1 ? "Set-Cookie: session=abc; path=/; httponly\r\n" : ""));
    });
    Probed probed(site);
    QTRY_VERIFY(probed.samples.size() >= 2);
    QVERIFY(!requests.at(0).contains("Cookie:"));
    QVERIFY(requests.at(1).contains("\r\nCookie: session=abc\r\n"));
    QVERIFY(requests.at(1).startsWith("GET /count HTTP/1.1\r\n"));
    for (const Sample& sample : probed.samples)
        QVERIFY(!sample.failed());
}

void TestSessionProbe::aNewCookieMeansItCouldNotBeRead()
{
    // Each visit meets a server that cannot read what the other one set.
    FakeSite site([&](QTcpSocket& socket, const QByteArray&) {
        socket.write(FakeSite::ok(
            "1", "Set-Cookie: session=" + QByteArray::number(site.requests()) + "; path=/\r\n"));
    });
    Probed probed(site);
    QTRY_VERIFY(!probed.samples.isEmpty());
    QCOMPARE(probed.samples.first().cause, Sample::Cause::Lost);
    QVERIFY(probed.probe.ledger().lostWithNewCookie() >= 1);
    QCOMPARE(probed.probe.ledger().lostWithSameCookie(), 0);
}

QTEST_GUILESS_MAIN(TestSessionProbe)
#include "tst_sessionprobe.moc"
