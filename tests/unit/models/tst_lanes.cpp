// SPDX-License-Identifier: MIT
#include "app/models/lanes.h"
#include "tests/unit/models/streams.h"

#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

namespace {

Lanes lanesOf(const QString& name)
{
    RunFeed feed;
    feed.append(goldenStream(name));
    return Lanes::of(feed.state(), feed.events(), double(feed.endMs()));
}

} // namespace

class TestLanes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyStreamHasSoundLanes_data()
    {
        QTest::addColumn<QString>("stream");
        for (const QString& name : goldenStreams())
            QTest::newRow(qPrintable(name)) << name;
    }
    /// Bars are in order, overlap nowhere, and say something; the lines of gaps lead to lanes.
    void everyStreamHasSoundLanes()
    {
        QFETCH(QString, stream);
        const Lanes lanes = lanesOf(stream);
        QVERIFY(!lanes.lanes.isEmpty());
        QCOMPARE(lanes.lanes.first().kind, Lane::Kind::Gateway);
        for (const Lane& lane : lanes.lanes) {
            QVERIFY(!lane.title.isEmpty());
            for (qsizetype i = 0; i < lane.spans.size(); ++i) {
                const LaneSpan& span = lane.spans[i];
                QVERIFY(span.toMs >= span.fromMs);
                QVERIFY(!span.description.isEmpty());
                if (i > 0)
                    QVERIFY(lane.spans[i - 1].toMs <= span.fromMs);
            }
            for (const LaneSpan& step : lane.steps)
                QVERIFY(step.step >= 0);
        }
        for (const GapLine& gap : lanes.gaps) {
            QVERIFY(gap.toLane >= 0 && gap.toLane < lanes.lanes.size());
            QVERIFY(gap.fromLane < lanes.lanes.size());
            QVERIFY(gap.gapToMs >= gap.gapFromMs);
            QVERIFY(gap.seq > 0);
        }
    }

    void aCanarysTrafficIsABand()
    {
        const Lanes lanes = lanesOf(u"canary-taken-back.jsonl"_s);
        const Lane& traffic = lanes.lanes[lanes.find(Lane::Kind::Traffic)];
        QVERIFY(traffic.spans.size() >= 3);
        QCOMPARE(traffic.spans.first().share, 0.0);
        QCOMPARE(traffic.spans.last().share, 0.0); // taken back
        double most = 0;
        for (const LaneSpan& span : traffic.spans)
            most = std::max(most, span.share);
        QVERIFY2(most > 0 && most < 1, qPrintable(QString::number(most)));
        // Without a gap from the beginning to the end.
        QCOMPARE(traffic.spans.first().fromMs, lanes.fromMs);
        QCOMPARE(traffic.spans.last().toMs, lanes.toMs);
        for (qsizetype i = 1; i < traffic.spans.size(); ++i)
            QCOMPARE(traffic.spans[i].fromMs, traffic.spans[i - 1].toMs);
        QCOMPARE(lanesOf(u"rolling-succeeded.jsonl"_s).find(Lane::Kind::Traffic), -1);
    }
    void oneEditIsOneMoment()
    {
        const Lanes lanes = lanesOf(u"red-black-approved.jsonl"_s);
        const Lane& traffic = lanes.lanes[lanes.find(Lane::Kind::Traffic)];
        QCOMPARE(traffic.spans.last().share, 1.0);
        for (const LaneSpan& span : traffic.spans) // all or nothing: it is switched at once
            QVERIFY(span.share == 0 || span.share == 1);
    }
    void gateAndComparisonShowTheirEvidence()
    {
        const auto descriptionOf = [](const QString& stream, const QString& step) {
            RunFeed feed;
            feed.append(goldenStream(stream));
            const Lanes lanes = Lanes::of(feed.state(), feed.events(), double(feed.endMs()));
            for (const Lane& lane : lanes.lanes)
                for (const LaneSpan& span : lane.steps)
                    if (feed.state().steps[span.step].step == step)
                        return span.description;
            return QString();
        };
        QVERIFY(descriptionOf(u"red-black-approved.jsonl"_s, u"approve"_s).contains(u'\n'));
        QVERIFY(descriptionOf(u"canary-taken-back.jsonl"_s, u"compare"_s).contains(u'\n'));
        QVERIFY(!descriptionOf(u"red-black-approved.jsonl"_s, u"switch"_s).contains(u'\n'));
    }

    void aRollingDeploymentReadsAsItWas()
    {
        const Lanes lanes = lanesOf(u"rolling-succeeded.jsonl"_s);
        const Lane& a = lanes.lanes[lanes.find(Lane::Kind::Slot, u"A"_s)];
        using Fill = LaneSpan::Fill;
        using Mark = LaneSpan::Mark;
        QCOMPARE(a.spans.first().mark, Mark::Old);
        QCOMPARE(a.spans.first().fill, Fill::Solid);
        QCOMPARE(a.spans.last().mark, Mark::New);
        QCOMPARE(a.spans.last().fill, Fill::Solid);
        QList<Fill> fills;
        for (const LaneSpan& span : a.spans)
            fills << span.fill;
        QVERIFY(fills.contains(Fill::Falling)); // draining, stopping
        QVERIFY(fills.contains(Fill::Rising)); // starting, checking
        QVERIFY(fills.indexOf(Fill::Falling) < fills.indexOf(Fill::Rising));
        QVERIFY(lanes.find(Lane::Kind::Http) > 0);
        QVERIFY(lanes.find(Lane::Kind::Session) > 0);
        QVERIFY(lanes.find(Lane::Kind::Hub, u"2"_s) > lanes.find(Lane::Kind::Hub, u"1"_s));
        QVERIFY(lanes.firstSwitchMs.has_value());
    }
    void aGapLeadsBackToItsStep()
    {
        const Lanes lanes = lanesOf(u"rolling-succeeded.jsonl"_s);
        QCOMPARE(lanes.gaps.size(), 2);
        const GapLine& gap = lanes.gaps.first();
        QCOMPARE(lanes.lanes[gap.toLane].key, u"1"_s);
        QCOMPARE(lanes.lanes[gap.fromLane].key, u"A"_s);
        QCOMPARE(gap.gapToMs - gap.gapFromMs, 38.5);
        QCOMPARE(gap.gapFromMs - gap.stepMs, 12.0); // sinceStepMs
        QVERIFY(gap.text.contains(u"39")); // rounded
        QCOMPARE(lanes.troubles().size(), 2);
    }
    void whatGoesOnEndsNow()
    {
        QList<Event> events = goldenStream(u"rolling-succeeded.jsonl"_s);
        events.resize(30); // slot A is draining
        RunFeed feed;
        feed.append(events);
        const double now = double(feed.endMs()) + 1234;
        const Lanes lanes = Lanes::of(feed.state(), feed.events(), now);
        const Lane& a = lanes.lanes[lanes.find(Lane::Kind::Slot, u"A"_s)];
        QVERIFY(a.spans.last().open);
        QCOMPARE(a.spans.last().toMs, now);
        QCOMPARE(lanes.toMs, now);
    }
    void aRunningStepHasAGhostOfItsUsualTime()
    {
        QList<Event> events = goldenStream(u"rolling-succeeded.jsonl"_s);
        events.resize(31); // `drain` of A has begun; usually 400 ms
        RunFeed feed;
        feed.append(events);
        const double now = double(feed.endMs()) + 100;
        const Lanes lanes = Lanes::of(feed.state(), feed.events(), now);
        const Lane& a = lanes.lanes[lanes.find(Lane::Kind::Slot, u"A"_s)];
        QCOMPARE(a.steps.last().fill, LaneSpan::Fill::Ghost);
        QCOMPARE(a.steps.last().fromMs, now);
        QCOMPARE(a.steps.last().toMs, now + 300);
        // Over its time: no ghost any more.
        const Lanes late = Lanes::of(feed.state(), feed.events(), now + 900);
        QVERIFY(late.lanes[lanes.find(Lane::Kind::Slot, u"A"_s)].steps.last().fill
            != LaneSpan::Fill::Ghost);
    }
    /// Extended, they are what they would be if they were built then.
    void extendedIsTheSameAsBuiltLater()
    {
        QList<Event> events = goldenStream(u"rolling-succeeded.jsonl"_s);
        events.resize(31);
        RunFeed feed;
        feed.append(events);
        const double now = double(feed.endMs());
        Lanes lanes = Lanes::of(feed.state(), feed.events(), now);
        lanes.extendTo(now + 100);
        const Lanes later = Lanes::of(feed.state(), feed.events(), now + 100);
        QCOMPARE(lanes.toMs, later.toMs);
        for (qsizetype i = 0; i < lanes.lanes.size(); ++i) {
            QCOMPARE(lanes.lanes[i].spans.size(), later.lanes[i].spans.size());
            for (qsizetype k = 0; k < lanes.lanes[i].spans.size(); ++k)
                QCOMPARE(lanes.lanes[i].spans[k].toMs, later.lanes[i].spans[k].toMs);
            QCOMPARE(lanes.lanes[i].steps.size(), later.lanes[i].steps.size());
            for (qsizetype k = 0; k < lanes.lanes[i].steps.size(); ++k) {
                QCOMPARE(lanes.lanes[i].steps[k].fromMs, later.lanes[i].steps[k].fromMs);
                QCOMPARE(lanes.lanes[i].steps[k].toMs, later.lanes[i].steps[k].toMs);
            }
        }
        // What is over does not grow.
        Lanes over = lanesOf(u"rolling-succeeded.jsonl"_s);
        const double end = over.toMs;
        over.extendTo(end + 1000);
        QCOMPARE(over.toMs, end);
    }
    void aFailedStepIsMarked()
    {
        const Lanes lanes = lanesOf(u"first-slot-restored.jsonl"_s);
        int failures = 0;
        for (const Lane& lane : lanes.lanes)
            for (const LaneSpan& step : lane.steps)
                failures += step.mark == LaneSpan::Mark::Failure;
        QVERIFY(failures >= 1);
        QVERIFY(!lanes.troubles().isEmpty());
    }
    void readsEveryLaneAtAnInstant()
    {
        const Lanes lanes = lanesOf(u"rolling-succeeded.jsonl"_s);
        const Lane& a = lanes.lanes[lanes.find(Lane::Kind::Slot, u"A"_s)];
        QVERIFY(a.at(a.spans.first().fromMs - 1) == nullptr);
        QCOMPARE(a.at(a.spans.first().fromMs + 1), &a.spans.first());
        QCOMPARE(a.at(a.spans.last().fromMs + 1), &a.spans.last());
    }
    void shiftedTheyAreTheSame()
    {
        Lanes lanes = lanesOf(u"rolling-succeeded.jsonl"_s);
        const Lanes before = lanes;
        lanes.shift(1000);
        QCOMPARE(lanes.fromMs, before.fromMs + 1000);
        QCOMPARE(*lanes.firstSwitchMs, *before.firstSwitchMs + 1000);
        QCOMPARE(lanes.gaps.first().stepMs, before.gaps.first().stepMs + 1000);
        QCOMPARE(lanes.lanes[1].spans[1].fromMs, before.lanes[1].spans[1].fromMs + 1000);
        lanes.shift(-1000);
        QCOMPARE(lanes.lanes[1].spans, before.lanes[1].spans);
    }
    void noRunHasNoLanes() { QVERIFY(Lanes::of({}, {}, 0).lanes.isEmpty()); }
};

QTEST_GUILESS_MAIN(TestLanes)
#include "tst_lanes.moc"
