// SPDX-License-Identifier: MIT
// Blue-green and red-black on a model of docker and nginx: what is done, what serves, what users see.
#include "engine/rollout/rollout.h"
#include "tests/unit/rollout/switchstage.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

Q_DECLARE_METATYPE(gapless::Strategy)

class TestBlueGreen : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void switchesAllTrafficAtOnce_data()
    {
        QTest::addColumn<int>("slotCount");
        QTest::newRow("two") << 2;
        QTest::newRow("four") << 4;
        QTest::newRow("six") << 6;
    }
    void switchesAllTrafficAtOnce()
    {
        QFETCH(int, slotCount);
        SwitchStage stage(Strategy::BlueGreen, slotCount);
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v2"_s });
        QCOMPARE(int(stage.site.readyAndUp().size()), slotCount / 2);
        QVERIFY(!stage.dark);
        QVERIFY(!stage.mixed); // never two versions side by side
        QCOMPARE(stage.site.reloads, 1);
        QVERIFY(stage.tidy());
        QVERIFY(!stage.site.lockTaken);
        // The old group runs on, and its host will stop it.
        QCOMPARE(int(stage.site.stopsLater.size()), slotCount / 2);
        QCOMPARE(stage.observer.all<KeptWarm>().size(), slotCount / 2);
        QCOMPARE(stage.observer.all<KeptWarm>().first().seconds, 300);
        QCOMPARE(stage.site.runningTag(u"A"_s), u"hash_v1"_s);
        QCOMPARE(finished.serving.value(u"A"_s), QString());
    }
    void takesTheStepsInTheirOrder()
    {
        SwitchStage stage(Strategy::BlueGreen);
        stage.roll();
        QCOMPARE(stage.observer.stepsTaken(),
            QStringList({ u"connect"_s, u"doctor"_s, u"lock"_s, u"baseline"_s, u"create B"_s,
                u"start B"_s, u"check B"_s, u"warmUp B"_s, u"switch"_s, u"watch B"_s, u"drain A"_s,
                u"retire B"_s, u"keepWarm A"_s, u"prune"_s, u"unlock"_s }));
    }
    void theNextDeploymentTakesTheOtherGroup()
    {
        SwitchStage stage(Strategy::BlueGreen);
        stage.roll();
        stage.site.addImage(u"hash_v3"_s);
        const RunFinished finished = stage.roll(u"hash_v3"_s);
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QCOMPARE(stage.site.readyAndUp(), QStringList { u"A"_s });
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v3"_s });
        QVERIFY(stage.observer.stepsTaken().contains(u"stop A"_s)); // what was kept warm made room
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark && !stage.mixed);
    }
    void aRollbackToWhatIsWarmIsOneReload()
    {
        for (const Strategy strategy : { Strategy::BlueGreen, Strategy::RedBlack }) {
            SwitchStage stage(strategy);
            stage.observer.choice = u"approve"_s;
            stage.roll();
            stage.observer.choice.clear(); // nobody is asked on the way back
            const int reloads = stage.site.reloads;
            stage.site.acts.clear();
            stage.witness.started = false;
            bool watchedBefore = false;
            stage.site.onAct = [&](const QString& act, const QString&) {
                if (act == u"route")
                    watchedBefore = stage.witness.started;
            };
            const RunFinished finished = stage.roll({}, u"rollback"_s);
            QCOMPARE(finished.outcome, u"succeeded"_s);
            QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
            QCOMPARE(stage.site.reloads, reloads + 1);
            QCOMPARE(stage.observer.stepsTaken(),
                QStringList({ u"connect"_s, u"lock"_s, u"switch"_s, u"baseline"_s, u"watch A"_s,
                    u"drain B"_s, u"keepWarm B"_s, u"prune"_s, u"unlock"_s }));
            QVERIFY(!watchedBefore); // nothing waits before the traffic has moved
            QVERIFY(stage.witness.started);
            QVERIFY(stage.tidy());
            QVERIFY(!stage.dark && !stage.mixed);
        }
    }
    void aRollbackStartsWhatIsNotWarmAnyMore_data()
    {
        QTest::addColumn<bool>("running");
        QTest::newRow("stopped when its time was up") << false;
        QTest::newRow("it runs and does not answer") << true;
    }
    void aRollbackStartsWhatIsNotWarmAnyMore()
    {
        QFETCH(bool, running);
        SwitchStage stage(Strategy::BlueGreen);
        stage.roll();
        if (running) {
            stage.site.addImage(u"hash_v1"_s, { .neverReady = true });
            // What is made of the image anew is sound again.
            stage.site.onAct = [&](const QString& act, const QString&) {
                if (act == u"create")
                    stage.site.addImage(u"hash_v1"_s);
            };
        } else {
            for (auto& container : stage.site.containers)
                container.running = container.running && container.slot != u"A";
        }
        const RunFinished finished = stage.roll({}, u"rollback"_s);
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        // What only stopped is there to be started again; what answers no more is made anew.
        QCOMPARE(stage.observer.stepsTaken().contains(u"create A"_s), running);
        QVERIFY(stage.observer.stepsTaken().contains(u"start A"_s));
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
    }
    void keepWarmZeroStopsTheOldGroup()
    {
        SwitchStage stage(Strategy::BlueGreen);
        stage.target.keepWarmSeconds = 0;
        QCOMPARE(stage.roll().outcome, u"succeeded"_s);
        QVERIFY(stage.site.stopsLater.isEmpty());
        QCOMPARE(stage.site.runningTag(u"A"_s), QString());
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v2"_s });
    }
    void whereBothGroupsServeOneIsTakenOutFirst()
    {
        SwitchStage stage(Strategy::BlueGreen);
        stage.site.setServing(u"B"_s, u"hash_v1"_s);
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QVERIFY(stage.observer.stepsTaken().contains(u"down B"_s));
        QCOMPARE(stage.site.readyAndUp(), QStringList { u"B"_s });
        QVERIFY(!stage.dark && !stage.mixed);
        QVERIFY(stage.tidy());
    }
    void aFirstDeploymentFillsTheFirstGroup()
    {
        SwitchStage stage(Strategy::BlueGreen);
        stage.clock.onWait = {};
        stage.site.containers.clear();
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QCOMPARE(stage.site.readyAndUp(), QStringList { u"A"_s });
    }
    void whatFailsBeforeTheSwitchCostsUsersNothing_data()
    {
        QTest::addColumn<QString>("act");
        QTest::addColumn<bool>("crashes");
        QTest::newRow("the image crashes") << QString() << true;
        for (const char* act : { "create", "start", "route" })
            QTest::newRow(act) << QString::fromLatin1(act) << false;
    }
    void whatFailsBeforeTheSwitchCostsUsersNothing()
    {
        QFETCH(QString, act);
        QFETCH(bool, crashes);
        SwitchStage stage(Strategy::BlueGreen, 4);
        stage.site.addImage(u"hash_v2"_s, { .crashes = crashes });
        bool failed = false;
        stage.site.onAct = [&](const QString& name, const QString&) {
            if (name == act && !std::exchange(failed, true))
                throw Error(ErrorKind::CommandFailed);
        };
        const RunFinished finished = stage.roll();
        // Nothing of the site has changed by the time `create` fails, but a container may be there.
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(exitCodeOf(finished), 1);
        QCOMPARE(stage.site.readyAndUp(), QStringList({ u"A"_s, u"B"_s }));
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark && !stage.mixed);
        QVERIFY(!stage.site.lockTaken);
    }
    void whatDiesAfterTheSwitchIsSwitchedBack()
    {
        SwitchStage stage(Strategy::BlueGreen);
        stage.site.addImage(u"hash_v2"_s, { .diesAfterMs = 4'000 });
        stage.clock.onWait = {}; // it served when it died
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(stage.site.readyAndUp(), QStringList { u"A"_s });
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QCOMPARE(stage.observer.all<SlotEvidence>().size(), 1);
        QVERIFY(stage.tidy());
    }
    void aFailureKeepsThePreviousReleaseWarm()
    {
        SwitchStage stage(Strategy::BlueGreen);
        stage.roll();
        stage.site.addImage(u"hash_v3"_s, { .neverReady = true });
        stage.site.stopsLater.clear();
        const RunFinished finished = stage.roll(u"hash_v3"_s);
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v2"_s });
        QCOMPARE(stage.site.runningTag(u"A"_s), u"hash_v1"_s);
        QCOMPARE(stage.site.stopsLater.size(), 1);
    }
    void aCancelRestoresAtEveryStep_data()
    {
        QTest::addColumn<Strategy>("strategy");
        QTest::newRow("blue-green") << Strategy::BlueGreen;
        QTest::newRow("red-black") << Strategy::RedBlack;
    }
    void aCancelRestoresAtEveryStep()
    {
        QFETCH(Strategy, strategy);
        SwitchStage rehearsal(strategy);
        rehearsal.observer.choice = u"approve"_s;
        rehearsal.roll();
        const QStringList steps = rehearsal.observer.stepsTaken();
        const qsizetype past = steps.indexOf(u"retire B"_s);
        QVERIFY(past > 5);
        for (qsizetype i = 0; i < past; ++i) {
            SwitchStage stage(strategy);
            stage.observer.choice = u"approve"_s;
            stage.observer.onSay = [&](const EventBody& body) {
                if (std::holds_alternative<StepStarted>(body)
                    && stage.observer.stepsTaken().size() == i + 1)
                    stage.stop.request_stop();
            };
            const RunFinished finished = stage.roll();
            QVERIFY2(finished.outcome == u"cancelled", qPrintable(steps[i] + u' ' + finished.outcome));
            QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
            QCOMPARE(stage.site.readyAndUp(), QStringList { u"A"_s });
            QVERIFY2(stage.tidy(), qPrintable(steps[i]));
            QVERIFY2(!stage.dark && !stage.mixed, qPrintable(steps[i]));
            QVERIFY(!stage.site.lockTaken);
        }
    }

    void theGateWaitsForAnApproval()
    {
        SwitchStage stage(Strategy::RedBlack);
        stage.target.preview = PreviewSpec { u"127.0.0.1:9090"_s };
        QStringList servedWhileWaiting, previewedWhileWaiting;
        stage.observer.onSay = [&](const EventBody& body) {
            const auto* waiting = std::get_if<WaitingFor>(&body);
            if (!waiting || waiting->what != u"approval")
                return;
            servedWhileWaiting = stage.tagsServing();
            previewedWhileWaiting = stage.site.previewed;
            // From another desktop, through the gateway.
            stage.site.givenAnswer = DecisionMade { u"approve"_s, u"approve"_s, u"kim"_s, u"fine"_s };
        };
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QCOMPARE(servedWhileWaiting, QStringList { u"hash_v1"_s });
        QCOMPARE(previewedWhileWaiting, QStringList { u"B"_s });
        QVERIFY(stage.site.previewed.isEmpty());
        QCOMPARE(stage.site.reloads, 2); // the preview's, and the switch, which takes the preview away
        const auto made = stage.observer.all<DecisionMade>();
        QCOMPARE(made.size(), 1);
        QCOMPARE(made.first().by, u"kim"_s);
        QCOMPARE(made.first().note, u"fine"_s);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v2"_s });
        QVERIFY(stage.tidy());
    }
    void aRejectionLeavesWhatServed()
    {
        SwitchStage stage(Strategy::RedBlack);
        stage.target.preview = PreviewSpec { u"9090"_s };
        stage.observer.choice = u"reject"_s;
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(exitCodeOf(finished), 1);
        QCOMPARE(finished.error[u"kind"_s].toString(), u"approvalRejected"_s);
        QCOMPARE(finished.error[u"facts"_s][u"note"_s].toString(), u"seen"_s);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QVERIFY(stage.site.previewed.isEmpty());
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark && !stage.mixed);
    }
    void threeDaysOfSilenceAreARejection()
    {
        SwitchStage stage(Strategy::RedBlack);
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(finished.error[u"kind"_s].toString(), u"approvalExpired"_s);
        QCOMPARE(stage.observer.all<DecisionMade>().first().choice, u"reject"_s);
        QVERIFY(stage.clock.steady().time_since_epoch() >= std::chrono::days(3));
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QVERIFY(stage.tidy());
    }
    void whatDiesWhileItWaitsIsNotApproved()
    {
        SwitchStage stage(Strategy::RedBlack);
        stage.site.addImage(u"hash_v2"_s, { .diesAfterMs = 60'000 });
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(finished.error[u"kind"_s].toString(), u"containerExited"_s);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QVERIFY(!stage.dark);
    }
    void groupsThatDoNotFitAreRefused()
    {
        SwitchStage stage(Strategy::BlueGreen, 4);
        stage.target.slots[3].group = u"red"_s;
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"refused"_s);
        QCOMPARE(exitCodeOf(finished), 2);
        QCOMPARE(finished.error[u"facts"_s][u"path"_s].toString(), u"slots[3].group"_s);
    }
};

QTEST_GUILESS_MAIN(TestBlueGreen)
#include "tst_bluegreen.moc"
