// SPDX-License-Identifier: MIT
// Blue-green and red-black whose owner ended on the way, on a model: what finishing and restoring make
// of it.
#include "engine/rollout/recovery.h"
#include "tests/unit/rollout/switchstage.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

/// The owner's process has ended: nothing it wanted to do is done any more.
struct Ended { };

/// A site whose run's owner ended at a step.
struct LostStage : SwitchStage {
    using SwitchStage::SwitchStage;

    void loseAt(const QString& step)
    {
        bool ended = false;
        observer.onSay = [&, step](const EventBody& body) {
            const auto* began = std::get_if<StepStarted>(&body);
            ended = ended || (began && began->step == step);
            if (ended)
                throw Ended {};
        };
        // At the gate it is the question that stands when the owner ends.
        site.onAct = [&](const QString&, const QString&) {
            if (ended)
                throw Ended {};
        };
        for (const Slot& slot : target.slots)
            interrupted.servedBefore[slot.name]
                = site.readyAndUp().contains(slot.name) ? u"hash_v1"_s : QString();
        try {
            roll();
            QFAIL("the run was not interrupted");
        } catch (const Ended&) {
        }
        observer.onSay = {};
        site.onAct = {};
        observer.events.clear();
    }
    RunFinished resume(const QString& choice)
    {
        interrupted.run = interrupted.owner.run = u"run1"_s;
        interrupted.from = u"hash_v1"_s;
        interrupted.to = u"hash_v2"_s;
        interrupted.strategy = strategy;
        RolloutRequest request { .target = target, .kind = u"resume"_s, .strategy = strategy,
            .by = u"another"_s };
        Run run(request, site, observer, clock, observer, u"run2"_s, stop.get_token());
        return recover(run, interrupted, choice);
    }
    InterruptedRun interrupted;
};

}

Q_DECLARE_METATYPE(gapless::Strategy)

class TestResumeGroups : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void finishingWaitsAtTheGateInTheOwnersPlace_data()
    {
        QTest::addColumn<QString>("choice");
        QTest::newRow("approved") << u"approve"_s;
        QTest::newRow("rejected") << u"reject"_s;
        QTest::newRow("nobody answers for three days") << QString();
    }
    void finishingWaitsAtTheGateInTheOwnersPlace()
    {
        QFETCH(QString, choice);
        LostStage stage(Strategy::RedBlack);
        stage.loseAt(u"approve"_s);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        stage.observer.choice = choice;
        const int reloads = stage.site.reloads;
        const RunFinished finished = stage.resume(u"finish"_s);
        QVERIFY(stage.observer.stepsTaken().contains(u"approve"_s));
        QVERIFY(!stage.dark && !stage.mixed);
        QVERIFY(!stage.site.lockTaken);
        QVERIFY(stage.tidy());
        if (choice == u"approve") {
            QCOMPARE(finished.outcome, u"succeeded"_s);
            QCOMPARE(stage.site.readyAndUp(), QStringList { u"B"_s });
            QCOMPARE(stage.tagsServing(), QStringList { u"hash_v2"_s });
            QCOMPARE(stage.site.reloads, reloads + 1);
            QCOMPARE(stage.observer.all<KeptWarm>().size(), 1); // the way back stays open
            QCOMPARE(stage.observer.all<DecisionMade>().first().choice, u"approve"_s);
        } else {
            QCOMPARE(finished.outcome, u"restored"_s);
            QCOMPARE(stage.site.readyAndUp(), QStringList { u"A"_s });
            QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
            QCOMPARE(stage.site.runningTag(u"B"_s), QString());
        }
    }
    void whatWasApprovedIsNotAskedAgain()
    {
        LostStage stage(Strategy::RedBlack);
        stage.observer.choice = u"approve"_s;
        stage.loseAt(u"switch"_s);
        stage.observer.choice.clear();
        stage.interrupted.approved = true;
        QCOMPARE(stage.resume(u"finish"_s).outcome, u"succeeded"_s);
        QVERIFY(!stage.observer.stepsTaken().contains(u"approve"_s));
        QCOMPARE(stage.site.readyAndUp(), QStringList { u"B"_s });
    }
    void finishesFromEveryStepAfterTheNewGroupIsReady_data()
    {
        QTest::addColumn<Strategy>("strategy");
        QTest::addColumn<QString>("step");
        for (const QString& step : { u"switch"_s, u"watch"_s, u"drain"_s, u"retire"_s, u"keepWarm"_s })
            QTest::addRow("blue-green, %s", qPrintable(step)) << Strategy::BlueGreen << step;
    }
    void finishesFromEveryStepAfterTheNewGroupIsReady()
    {
        QFETCH(Strategy, strategy);
        QFETCH(QString, step);
        LostStage stage(strategy, 4);
        stage.loseAt(step);
        QCOMPARE(stage.resume(u"finish"_s).outcome, u"succeeded"_s);
        QCOMPARE(stage.site.readyAndUp(), QStringList({ u"C"_s, u"D"_s }));
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v2"_s });
        QCOMPARE(stage.site.runningTag(u"A"_s), u"hash_v1"_s); // warm
        QVERIFY(stage.site.stopsLater.size() >= 2);
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark && !stage.mixed);
        QVERIFY(!stage.site.lockTaken);
    }
    void restoringPutsTheNewGroupAside_data()
    {
        QTest::addColumn<QString>("step");
        for (const char* step : { "start", "check", "switch", "watch", "drain" })
            QTest::newRow(step) << QString::fromLatin1(step);
    }
    void restoringPutsTheNewGroupAside()
    {
        QFETCH(QString, step);
        LostStage stage(Strategy::BlueGreen);
        stage.loseAt(step);
        QCOMPARE(stage.resume(u"restore"_s).outcome, u"succeeded"_s);
        QCOMPARE(stage.site.readyAndUp(), QStringList { u"A"_s });
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
        QVERIFY(!stage.site.lockTaken);
    }
    void aSlotThatServedBeforeServesAgain()
    {
        LostStage stage(Strategy::RedBlack);
        stage.site.setServing(u"B"_s, u"hash_v1"_s); // all of them serve until one group is needed
        stage.loseAt(u"approve"_s);
        QCOMPARE(stage.site.readyAndUp(), QStringList { u"A"_s });
        QCOMPARE(stage.resume(u"restore"_s).outcome, u"succeeded"_s);
        QCOMPARE(stage.site.readyAndUp(), QStringList({ u"A"_s, u"B"_s }));
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QVERIFY(stage.tidy());
    }
    void aCanarysSharesAreForgotten_data()
    {
        QTest::addColumn<QString>("choice");
        QTest::newRow("finish") << u"finish"_s;
        QTest::newRow("restore") << u"restore"_s;
    }
    void aCanarysSharesAreForgotten()
    {
        QFETCH(QString, choice);
        LostStage stage(Strategy::Canary);
        stage.loseAt(u"compare"_s);
        QVERIFY(!stage.site.weights.isEmpty());
        QCOMPARE(stage.resume(choice).outcome, u"succeeded"_s);
        QCOMPARE(stage.site.readyAndUp(), QStringList({ u"A"_s, u"B"_s }));
        QCOMPARE(stage.tagsServing(),
            QStringList { choice == u"finish" ? u"hash_v2"_s : u"hash_v1"_s });
        for (const int weight : std::as_const(stage.site.weights))
            QCOMPARE(weight, 1);
        QVERIFY(!stage.dark);
        QVERIFY(stage.tidy());
    }
};

QTEST_GUILESS_MAIN(TestResumeGroups)
#include "tst_resumegroups.moc"
