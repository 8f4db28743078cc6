// SPDX-License-Identifier: MIT
#include "engine/witness/openloop.h"
#include "engine/witness/outages.h"

#include <QTest>

using namespace gapless;

class TestOpenLoop : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachTimeOnceAndNoneLeftOut();
    void itDoesNotDrift();
    void offMeansNever();
    void outages_data();
    void outages();
    void anOutageThatIsNotOver();
};

struct Result {
    qint64 dueUs;
    Sample::Cause cause;
};
Q_DECLARE_METATYPE(QList<Result>)
Q_DECLARE_METATYPE(QList<Outage>)

void TestOpenLoop::eachTimeOnceAndNoneLeftOut()
{
    OpenLoop loop(20, 1000);
    QVERIFY(!loop.take(999));
    QCOMPARE(loop.take(1000), 1000);
    QVERIFY(!loop.take(1000));
    QCOMPARE(loop.nextUs(), 51'000);
    // A loop that was held up for a second still owes every probe of that second.
    QList<qint64> due;
    while (const auto at = loop.take(1'001'000))
        due.append(*at);
    QCOMPARE(due.size(), 20);
    QCOMPARE(due.first(), 51'000);
    QCOMPARE(due.last(), 1'001'000);
}

void TestOpenLoop::itDoesNotDrift()
{
    OpenLoop loop(3, 0); // 333 333.3 µs
    qint64 last = 0;
    for (int i = 0; i <= 3'000'000; ++i)
        last = loop.take(std::numeric_limits<qint64>::max() - 1).value();
    QCOMPARE(last, 1'000'000'000'000);
}

void TestOpenLoop::offMeansNever()
{
    QVERIFY(!OpenLoop(0, 0).take(1'000'000'000));
    QVERIFY(!OpenLoop().take(1'000'000'000));
}

void TestOpenLoop::outages_data()
{
    QTest::addColumn<QList<Result>>("results"); ///< in the order in which they come
    QTest::addColumn<QList<Outage>>("expected");

    const auto ok = Sample::Cause::None;
    const auto refused = Sample::Cause::Refused;
    const auto timeout = Sample::Cause::Timeout;
    QTest::newRow("none") << QList<Result> {{0, ok}, {1, ok}} << QList<Outage> {};
    QTest::newRow("one request") << QList<Result> {{0, ok}, {1, refused}, {2, ok}}
                                 << QList<Outage> {{{1, 2}, refused, 101, 1}};
    QTest::newRow("from the first to the next answered") << QList<Result> {
        {0, ok}, {1, refused}, {2, timeout}, {3, ok}} << QList<Outage> {{{1, 3}, refused, 101, 2}};
    QTest::newRow("twice") << QList<Result> {{0, refused}, {1, ok}, {2, timeout}, {3, ok}}
                           << QList<Outage> {{{0, 1}, refused, 100, 1}, {{2, 3}, timeout, 2, 1}};
    QTest::newRow("a timeout that is known last") << QList<Result> {
        {0, ok}, {2, ok}, {3, ok}, {1, timeout}} << QList<Outage> {{{1, 2}, timeout, 1, 1}};
    QTest::newRow("all late, in reverse") << QList<Result> {{3, ok}, {2, timeout}, {1, timeout},
        {0, ok}} << QList<Outage> {{{1, 3}, timeout, 1, 2}};
}

void TestOpenLoop::outages()
{
    QFETCH(QList<Result>, results);
    QFETCH(QList<Outage>, expected);
    OutageTracker tracker;
    for (const Result& result : results)
        tracker.due(result.dueUs);
    QList<Outage> found;
    for (const Result& result : results)
        found += tracker.resolve(result.dueUs, result.cause, result.dueUs + 100);
    QCOMPARE(found.size(), expected.size());
    for (int i = 0; i < found.size(); ++i)
        QVERIFY2(found.at(i) == expected.at(i), qPrintable(QString::number(i)));
    QVERIFY(!tracker.open());
}

void TestOpenLoop::anOutageThatIsNotOver()
{
    OutageTracker tracker;
    tracker.due(0);
    tracker.due(1);
    tracker.resolve(1, Sample::Cause::Refused, 2);
    QVERIFY(!tracker.open()); // what was due before may have been answered
    tracker.resolve(0, Sample::Cause::Refused, 3);
    QVERIFY(tracker.open());
    QCOMPARE(tracker.open()->span.fromUs, 0);
    QCOMPARE(tracker.open()->failed, 2);
}

QTEST_GUILESS_MAIN(TestOpenLoop)
#include "tst_openloop.moc"
