// SPDX-License-Identifier: MIT
// The rolling rollout on a model of docker and nginx: what is done, in which order, and what serves
// when something goes wrong.
#include "tests/support/fakesite/stage.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

Q_DECLARE_METATYPE(gapless::FakeImage)

class TestRolling : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void replacesEverySlot_data()
    {
        QTest::addColumn<int>("slotCount");
        QTest::newRow("two") << 2;
        QTest::newRow("three") << 3;
        QTest::newRow("five") << 5;
    }
    void replacesEverySlot()
    {
        QFETCH(int, slotCount);
        Stage stage(slotCount);
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QCOMPARE(exitCodeOf(finished), 0);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v2"_s });
        QCOMPARE(int(stage.site.readyAndUp().size()), slotCount);
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
        QVERIFY(!stage.site.lockTaken);
    }
    void takesTheStepsInTheirOrder()
    {
        Stage stage;
        stage.roll();
        QStringList expected { u"connect"_s, u"doctor"_s, u"lock"_s };
        for (const auto& slot : { u" A"_s, u" B"_s })
            for (const auto& step : { u"create"_s, u"down"_s, u"drain"_s, u"stop"_s, u"start"_s,
                     u"check"_s, u"warmUp"_s, u"up"_s, u"watch"_s })
                expected.append(step + slot);
        expected += { u"retire A"_s, u"retire B"_s, u"prune"_s, u"unlock"_s };
        QCOMPARE(stage.observer.stepsTaken(), expected);
        QVERIFY(std::holds_alternative<RunStarted>(stage.observer.events.first()));
        QVERIFY(std::holds_alternative<RunFinished>(stage.observer.events.last()));
    }
    void restoresWhenTheFirstSlotCannotBeMadeReady_data()
    {
        QTest::addColumn<FakeImage>("image");
        QTest::newRow("crashes") << FakeImage { .crashes = true };
        QTest::newRow("never ready") << FakeImage { .neverReady = true };
        QTest::newRow("boots too slowly") << FakeImage { .bootMs = 90'000 };
        QTest::newRow("dies in its watch") << FakeImage { .diesAfterMs = 4'000 };
    }
    void restoresWhenTheFirstSlotCannotBeMadeReady()
    {
        QFETCH(FakeImage, image);
        Stage stage;
        const RunFinished finished = stage.roll(image);
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(exitCodeOf(finished), 1);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QCOMPARE(stage.site.readyAndUp().size(), 2);
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
        QVERIFY(!stage.site.lockTaken);
        QCOMPARE(stage.observer.all<SlotEvidence>().size(), 1);
        QVERIFY(stage.observer.asked.isEmpty());
    }
    /// A deadline that is short for a new image is no reason to leave an old slot out.
    void theOldOneIsGivenTimeToComeBack()
    {
        Stage stage;
        stage.target.health.deadlineSeconds = 3;
        stage.site.addImage(u"hash_v1"_s, { .bootMs = 20'000 });
        const RunFinished finished = stage.roll({ .crashes = true });
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(stage.site.readyAndUp().size(), 2);
    }
    void aLaterSlotsFailureIsDecided_data()
    {
        QTest::addColumn<QString>("choice");
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<int>("exit");
        QTest::addColumn<QString>("tag");
        QTest::addColumn<int>("ready");
        QTest::newRow("hold") << u"hold"_s << u"partial"_s << 3 << u"hash_v2"_s << 1;
        QTest::newRow("rollback") << u"rollback"_s << u"restored"_s << 1 << u"hash_v1"_s << 2;
        QTest::newRow("retry") << u"retry"_s << u"succeeded"_s << 0 << u"hash_v2"_s << 2;
    }
    void aLaterSlotsFailureIsDecided()
    {
        QFETCH(QString, choice);
        QFETCH(QString, outcome);
        QFETCH(int, exit);
        QFETCH(QString, tag);
        QFETCH(int, ready);
        Stage stage;
        stage.observer.choice = choice;
        // The image is sound on A and fails on B, until somebody has been asked.
        stage.site.onAct = [&](const QString& act, const QString& slot) {
            if (act == u"start" && slot == u"B" && stage.observer.asked.isEmpty())
                throw Error(ErrorKind::PortTaken, { { u"slot"_s, slot } });
        };
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, outcome);
        QCOMPARE(exitCodeOf(finished), exit);
        QCOMPARE(stage.observer.asked, QStringList { u"partialFailure"_s });
        QCOMPARE(stage.tagsServing(), QStringList { tag });
        QCOMPARE(int(stage.site.readyAndUp().size()), ready);
        QVERIFY(!stage.dark);
        QVERIFY(!stage.site.lockTaken);
    }
    void holdLeavesOneVersionServingWhereverTheSlotFailed_data()
    {
        QTest::addColumn<QString>("act");
        for (const char* act : { "create", "route", "stop", "start" })
            QTest::newRow(act) << QString::fromLatin1(act);
    }
    void holdLeavesOneVersionServingWhereverTheSlotFailed()
    {
        QFETCH(QString, act);
        Stage stage;
        bool failed = false;
        stage.site.onAct = [&](const QString& name, const QString& slot) {
            if (name == act && slot == u"B" && !std::exchange(failed, true))
                throw Error(ErrorKind::CommandFailed);
        };
        const RunFinished finished = stage.roll({}, OnPartialFailure::Hold);
        QCOMPARE(finished.outcome, u"partial"_s);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v2"_s });
        QVERIFY(stage.observer.asked.isEmpty());
        QVERIFY(!stage.dark);
    }
    void refusesBeforeAnythingChanges_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("doctor") << u"doctor"_s;
        QTest::newRow("lock") << u"lock"_s;
        QTest::newRow("tag") << u"tag"_s;
        QTest::newRow("readOnly") << u"readOnly"_s;
        QTest::newRow("strategy") << u"strategy"_s; // a canary whose versions nobody tells apart
    }
    void refusesBeforeAnythingChanges()
    {
        QFETCH(QString, what);
        Stage stage;
        RolloutRequest request { .target = stage.target, .tag = u"hash_v2"_s };
        if (what == u"doctor")
            stage.site.checks = { { .id = u"ports"_s, .state = Check::State::Refuse } };
        else if (what == u"lock")
            stage.site.lockTaken = true;
        else if (what == u"tag")
            request.tag = u"hash_v9"_s;
        else if (what == u"readOnly")
            request.target.protection = Protection::ReadOnly;
        else
            request.strategy = Strategy::Canary;
        Run run(request, stage.site, stage.observer, stage.clock, stage.observer, u"run1"_s, {});
        const RunFinished finished
            = conduct(run, nullptr, [](const QString&) { return QString(); });
        QCOMPARE(finished.outcome, u"refused"_s);
        QCOMPARE(exitCodeOf(finished), what == u"strategy" ? 2 : 5);
        for (const QString& act : std::as_const(stage.site.acts))
            QVERIFY2(act.startsWith(u"lock") || act.startsWith(u"unlock"), qPrintable(act));
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QVERIFY(std::holds_alternative<RunStarted>(stage.observer.events.first()));
        QVERIFY(std::holds_alternative<RunFinished>(stage.observer.events.last()));
    }
    void aCancelRestoresAtEveryStep()
    {
        Stage rehearsal;
        rehearsal.roll();
        const QStringList steps = rehearsal.observer.stepsTaken();
        const qsizetype past = steps.indexOf(u"retire A"_s);
        for (qsizetype i = 0; i < past; ++i) {
            Stage stage;
            stage.observer.onSay = [&](const EventBody& body) {
                if (std::holds_alternative<StepStarted>(body)
                    && stage.observer.stepsTaken().size() == i + 1)
                    stage.stop.request_stop();
            };
            const RunFinished finished = stage.roll();
            QVERIFY2(finished.outcome == u"cancelled", qPrintable(steps[i] + u' ' + finished.outcome));
            QCOMPARE(exitCodeOf(finished), 130);
            QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
            QCOMPARE(stage.site.readyAndUp().size(), 2);
            QVERIFY2(stage.tidy(), qPrintable(steps[i]));
            QVERIFY2(!stage.dark, qPrintable(steps[i]));
            QVERIFY(!stage.site.lockTaken);
        }
    }
    void aCancelPastTheLastWatchFinishesTidily()
    {
        Stage stage;
        stage.observer.onSay = [&](const EventBody& body) {
            if (std::holds_alternative<PointOfNoReturn>(body))
                stage.stop.request_stop();
        };
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QVERIFY(stage.tidy());
    }
    void neverTakesTheLastReadySlotOut()
    {
        Stage stage;
        // B is down, as an aborted pipeline leaves it, and does not answer.
        stage.site.up[u"B"_s] = false;
        stage.site.onAct = [&](const QString& act, const QString& slot) {
            if (act == u"start" && slot == u"B")
                throw Error(ErrorKind::ContainerStartFailed);
        };
        const RunFinished finished = stage.roll();
        QVERIFY(finished.outcome != u"succeeded");
        QCOMPARE(stage.site.readyAndUp(), QStringList { u"A"_s });
        QVERIFY(!stage.dark);
    }
    void aSlotThatIsOutComesFirst()
    {
        Stage stage;
        stage.site.up[u"A"_s] = true;
        stage.site.up[u"B"_s] = false;
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QVERIFY(stage.observer.stepsTaken().indexOf(u"create B"_s)
            < stage.observer.stepsTaken().indexOf(u"create A"_s));
        QVERIFY(!stage.observer.stepsTaken().contains(u"down B"_s));
        QVERIFY(!stage.dark);
    }
    void aSlotThatServesBadlyComesFirst()
    {
        Stage stage;
        stage.site.addImage(u"hash_bad"_s, { .neverReady = true });
        stage.site.setServing(u"B"_s, u"hash_bad"_s);
        stage.site.containers.removeAt(1); // B's good one
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QVERIFY(stage.observer.stepsTaken().indexOf(u"down B"_s)
            < stage.observer.stepsTaken().indexOf(u"down A"_s));
        QVERIFY(!stage.dark);
    }
    void whereNoSlotServesWellOneAfterTheOtherIsReplaced()
    {
        Stage stage(3);
        stage.clock.onWait = {};
        stage.site.addImage(u"hash_v1"_s, { .neverReady = true });
        QCOMPARE(stage.roll().outcome, u"succeeded"_s);
        QCOMPARE(stage.site.readyAndUp().size(), 3);
        QVERIFY(stage.tidy());
    }
    void aStepKnowsHowLongItUsuallyTakes()
    {
        Stage stage;
        stage.history.expectedMs = [](const QString& step, const QString& slot) {
            return step == u"check" && slot == u"B" ? 1234 : 0;
        };
        stage.roll();
        for (const StepStarted& step : stage.observer.all<StepStarted>())
            QCOMPARE(step.expectedMs, step.step == u"check" && step.slot == u"B" ? 1234 : 0);
    }
    void aFirstDeploymentRemovesWhatItCreatedWhenItFails()
    {
        Stage stage;
        stage.clock.onWait = {};
        stage.site.containers.clear();
        const RunFinished finished = stage.roll({ .crashes = true });
        QCOMPARE(stage.observer.all<RunStarted>().first().kind, u"initial"_s);
        QCOMPARE(finished.outcome, u"restored"_s);
        QVERIFY(stage.site.containers.isEmpty());
    }
    void aFirstDeploymentFillsEverySlot()
    {
        Stage stage;
        stage.clock.onWait = {};
        stage.site.containers.clear();
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QCOMPARE(stage.site.readyAndUp().size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestRolling)
#include "tst_rolling.moc"
