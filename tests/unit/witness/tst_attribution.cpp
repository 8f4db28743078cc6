// SPDX-License-Identifier: MIT
#include "engine/witness/attribution.h"

#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

class TestAttribution : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theStepThatBeganLast_data();
    void theStepThatBeganLast();
    void stops_data();
    void stops();
    void nothingObserved();
};

using Script = QList<std::pair<qint64, EventBody>>; // ms, event
Q_DECLARE_METATYPE(Script)
Q_DECLARE_METATYPE(QList<SlotStop>)

namespace {

constexpr qint64 ms = 1000;

StepStarted started(const QString& step, const QString& slot)
{
    return {step, slot, 0};
}

ContainerStopped stopped(const QString& slot, const QString& by, qint64 took)
{
    ContainerStopped event;
    event.slot = slot;
    event.by = by;
    event.ms = took;
    return event;
}

Attribution after(const Script& script)
{
    Attribution attribution;
    for (const auto& [at, body] : script)
        attribution.observe(body, at * ms);
    return attribution;
}

const Script oneTurn {{100, started(u"create"_s, u"A"_s)}, {200, started(u"down"_s, u"A"_s)},
    {240, TrafficChanged {u"A"_s, u"down"_s, 1}}, {250, StepFinished {u"down"_s, u"A"_s, 50}},
    {250, started(u"drain"_s, u"A"_s)}, {300, started(u"stop"_s, u"A"_s)},
    {420, stopped(u"A"_s, u"TERM"_s, 110)}, {430, started(u"start"_s, u"A"_s)}};

} // namespace

void TestAttribution::theStepThatBeganLast_data()
{
    QTest::addColumn<qint64>("atMs");
    QTest::addColumn<QString>("step");
    QTest::addColumn<QString>("slot");
    QTest::addColumn<qint64>("sinceMs");

    QTest::newRow("before any") << qint64(99) << QString() << QString() << qint64(0);
    QTest::newRow("at its start") << qint64(100) << u"create"_s << u"A"_s << qint64(0);
    QTest::newRow("in the middle") << qint64(230) << u"down"_s << u"A"_s << qint64(30);
    QTest::newRow("of two at once, the later") << qint64(250) << u"drain"_s << u"A"_s << qint64(0);
    QTest::newRow("cut by the stop") << qint64(340) << u"stop"_s << u"A"_s << qint64(40);
    QTest::newRow("a stop is no step") << qint64(429) << u"stop"_s << u"A"_s << qint64(129);
    QTest::newRow("long after") << qint64(90'430) << u"start"_s << u"A"_s << qint64(90'000);
}

void TestAttribution::theStepThatBeganLast()
{
    QFETCH(qint64, atMs);
    const Attributed attributed = after(oneTurn).before(atMs * ms);
    QTEST(attributed.step, "step");
    QTEST(attributed.slot, "slot");
    QTEST(attributed.sinceMs, "sinceMs");
}

void TestAttribution::stops_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<QList<SlotStop>>("expected");

    const auto span = [](qint64 from, qint64 to) { return Span {from * ms, to * ms}; };
    QTest::newRow("none") << Script {{1, started(u"build"_s, QString())}} << QList<SlotStop> {};
    QTest::newRow("a rolling turn: from down to the end of the container")
        << oneTurn << QList<SlotStop> {{u"A"_s, span(200, 420), false}};
    QTest::newRow("not over") << Script {{5, started(u"down"_s, u"B"_s)}}
                              << QList<SlotStop> {{u"B"_s, {5 * ms, Span::open}, false}};
    QTest::newRow("killed") << Script {{5, started(u"stop"_s, u"B"_s)},
        {10'005, stopped(u"B"_s, u"KILL"_s, 10'000)}}
                            << QList<SlotStop> {{u"B"_s, span(5, 10'005), true}};
    QTest::newRow("a stop without a step begins when the command did")
        << Script {{900, stopped(u"A"_s, u"TERM"_s, 300)}}
        << QList<SlotStop> {{u"A"_s, span(600, 900), false}};
    QTest::newRow("a container that ended by itself was not stopped")
        << Script {{900, stopped(u"A"_s, u"exited"_s, 0)}} << QList<SlotStop> {};
    QTest::newRow("taken out and put back: nothing stays open") << Script {
        {1, TrafficChanged {u"A"_s, u"down"_s, 1}},
        {9, TrafficChanged {u"A"_s, u"up"_s, 1}}} << QList<SlotStop> {{u"A"_s, span(1, 9), false}};
    QTest::newRow("the same slot twice, as a restore does")
        << Script {{1, started(u"stop"_s, u"A"_s)}, {2, stopped(u"A"_s, u"TERM"_s, 1)},
               {50, SlotChanged {u"A"_s, {}, u"stopping"_s, {}}},
               {60, SlotChanged {u"A"_s, {}, u"stopped"_s, {}}}}
        << QList<SlotStop> {{u"A"_s, span(1, 2), false}, {u"A"_s, span(50, 60), false}};
    QTest::newRow("both slots") << Script {{1, started(u"down"_s, u"A"_s)},
        {2, stopped(u"A"_s, u"TERM"_s, 0)}, {3, started(u"down"_s, u"B"_s)},
        {4, stopped(u"B"_s, u"TERM"_s, 0)}}
                                << QList<SlotStop> {
                                       {u"A"_s, span(1, 2), false}, {u"B"_s, span(3, 4), false}};
}

void TestAttribution::stops()
{
    QFETCH(Script, script);
    QFETCH(QList<SlotStop>, expected);
    const Attribution attribution = after(script);
    QCOMPARE(attribution.stops().size(), expected.size());
    for (int i = 0; i < expected.size(); ++i) {
        QCOMPARE(attribution.stops().at(i).slot, expected.at(i).slot);
        QCOMPARE(attribution.stops().at(i).span.fromUs, expected.at(i).span.fromUs);
        QCOMPARE(attribution.stops().at(i).span.toUs, expected.at(i).span.toUs);
        QCOMPARE(attribution.stops().at(i).killed, expected.at(i).killed);
    }
}

void TestAttribution::nothingObserved()
{
    Attribution ownEvents; // what a witness reports comes back to it from the journal
    ownEvents.observe(ProbeSummary(), 1);
    ownEvents.observe(ConnectionChanged(), 2);
    QVERIFY(!ownEvents.runObserved());
    ownEvents.observe(RunStarted(), 3);
    QVERIFY(ownEvents.runObserved());
    QVERIFY(!Attribution().runObserved());
    QCOMPARE(Attribution().before(5).step, QString());
}

QTEST_GUILESS_MAIN(TestAttribution)
#include "tst_attribution.moc"
