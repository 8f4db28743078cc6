// SPDX-License-Identifier: MIT
#include "engine/witness/selfwatch.h"

#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

class TestSelfWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stalls();
    void sleepIsAStall();
    void ownNetwork();
    void abort_data();
    void abort();
};

namespace {
constexpr qint64 ms = 1000;
}

void TestSelfWatch::stalls()
{
    StallWatch watch(20 * ms, 100 * ms);
    QVERIFY(!watch.tick(5000 * ms, 9000 * ms)); // the first has nothing before it
    QVERIFY(!watch.tick(5020 * ms, 9020 * ms));
    QVERIFY(!watch.tick(5140 * ms, 9140 * ms)); // 100 ms late: not above
    const auto stall = watch.tick(5300 * ms, 9300 * ms);
    QVERIFY(stall);
    QCOMPARE(stall->fromUs, 5160 * ms);
    QCOMPARE(stall->toUs, 5300 * ms);
}

void TestSelfWatch::sleepIsAStall()
{
    StallWatch watch(20 * ms, 100 * ms);
    watch.tick(1000 * ms, 1000 * ms);
    const auto stall = watch.tick(1020 * ms, 61'020 * ms); // a minute with the lid closed
    QVERIFY(stall);
    QCOMPARE(stall->toUs - stall->fromUs, 60'000 * ms);
    QVERIFY(!watch.tick(1040 * ms, 61'040 * ms));
}

void TestSelfWatch::ownNetwork()
{
    NetworkWatch watch;
    watch.answered(1, true);
    QVERIFY(watch.failed().isEmpty());
    watch.answered(2, false);
    watch.answered(3, false);
    watch.answered(4, std::nullopt); // could not be asked: nothing new is known
    QCOMPARE(watch.failed(), (QList<Span> {{2, Span::open}}));
    watch.answered(5, true);
    watch.answered(6, false);
    QCOMPARE(watch.failed(), (QList<Span> {{2, 5}, {6, Span::open}}));
}

struct Happening {
    QString what; ///< failed, closed, gap; or the control probe's answer: works, fails, unknown
    qint64 atUs;
    qint64 fromUs = -1; ///< what was asked or lost then; else just now
};
Q_DECLARE_METATYPE(QList<Happening>)

void TestSelfWatch::abort_data()
{
    QTest::addColumn<QStringList>("abortOn");
    QTest::addColumn<bool>("hasControl");
    QTest::addColumn<QList<Happening>>("happenings");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<bool>("waiting");

    const QStringList all {u"failed"_s, u"closed"_s, u"gap"_s};
    const auto row = [](const char* name, const QStringList& abortOn, bool hasControl,
                         const QList<Happening>& happenings, const QString& reason, bool waiting) {
        QTest::newRow(name) << abortOn << hasControl << happenings << reason << waiting;
    };
    row("nothing happens", all, false, {}, {}, false);
    row("nothing is asked for", {}, false, {{u"closed"_s, 1}}, {}, false);
    row("another thing is asked for", {u"gap"_s}, false, {{u"closed"_s, 1}}, {}, false);
    row("without a control probe, at once", all, false, {{u"closed"_s, 1}}, u"closed"_s, false);
    row("failed only above the limit", all, false, {{u"failed"_s, 1}, {u"failed"_s, 2}}, {}, false);
    row("the third is above it", all, false, {{u"failed"_s, 1}, {u"failed"_s, 2}, {u"failed"_s, 3}},
        u"failed"_s, false);
    row("the first reason stays", all, false, {{u"gap"_s, 1}, {u"closed"_s, 2}}, u"gap"_s, false);
    row("waits for the control probe", all, true, {{u"closed"_s, 1}}, {}, true);
    row("the network works", all, true, {{u"closed"_s, 1}, {u"works"_s, 2}}, u"closed"_s, false);
    row("it worked before, which says nothing", all, true, {{u"closed"_s, 5}, {u"works"_s, 4}}, {},
        true);
    const qint64 s = 1'000'000;
    row("the own network fails: no reason to abort", all, true,
        {{u"closed"_s, 1 * s}, {u"fails"_s, 2 * s}, {u"works"_s, 3 * s}}, {}, false);
    row("unknown is no answer", all, true, {{u"closed"_s, 1}, {u"unknown"_s, 2}}, {}, true);
    row("while it failed", all, true,
        {{u"fails"_s, 2 * s}, {u"failed"_s, 3 * s}, {u"gap"_s, 3 * s}, {u"works"_s, 4 * s}}, {},
        false);
    row("asked while it failed, given up later", all, true,
        {{u"fails"_s, 2 * s}, {u"works"_s, 4 * s}, {u"gap"_s, 9 * s, 3 * s}, {u"works"_s, 10 * s}},
        {}, false);
    row("well after it came back", all, true,
        {{u"fails"_s, 2 * s}, {u"works"_s, 4 * s}, {u"gap"_s, 7 * s}, {u"works"_s, 8 * s}},
        u"gap"_s, false);
    row("well before it failed, and not asked yet", all, true,
        {{u"gap"_s, 1 * s}, {u"fails"_s, 9 * s}}, {}, true);
}

void TestSelfWatch::abort()
{
    QFETCH(QStringList, abortOn);
    QFETCH(bool, hasControl);
    QFETCH(QList<Happening>, happenings);
    AbortGate gate(abortOn, 2, hasControl);
    for (const Happening& happening : happenings) {
        if (happening.what == u"works" || happening.what == u"fails")
            gate.answered(happening.atUs, happening.what == u"works");
        else if (happening.what == u"unknown")
            gate.answered(happening.atUs, std::nullopt);
        else
            gate.incident(happening.what,
                {happening.fromUs < 0 ? happening.atUs : happening.fromUs, happening.atUs});
    }
    QTEST(gate.reason(), "reason");
    QTEST(gate.waiting(), "waiting");
}

QTEST_GUILESS_MAIN(TestSelfWatch)
#include "tst_selfwatch.moc"
