// SPDX-License-Identifier: MIT
// The canary on a model of docker, nginx and its users.
#include "engine/rollout/canarysteps.h"
#include "engine/rollout/rollout.h"
#include "tests/unit/rollout/switchstage.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

class TestCanary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void growsItsShareAndThenReplacesTheRest_data()
    {
        QTest::addColumn<int>("slotCount");
        QTest::newRow("two") << 2;
        QTest::newRow("three") << 3;
        QTest::newRow("five") << 5;
    }
    void growsItsShareAndThenReplacesTheRest()
    {
        QFETCH(int, slotCount);
        SwitchStage stage(Strategy::Canary, slotCount);
        const RunFinished finished = stage.roll();
        QVERIFY2(finished.outcome == u"succeeded", qPrintable(finished.error[u"kind"_s].toString()));
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v2"_s });
        QCOMPARE(int(stage.site.readyAndUp().size()), slotCount);
        for (const int weight : std::as_const(stage.site.weights))
            QCOMPARE(weight, 1); // as they were
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
        QVERIFY(!stage.site.lockTaken);
        QList<int> shares;
        for (const CanaryCompared& one : stage.observer.all<CanaryCompared>()) {
            QCOMPARE(one.result, u"same"_s);
            QVERIFY(std::abs(one.observedPercent - one.percent) < 2);
            QVERIFY(one.newSent >= 50);
            shares.append(one.percent);
        }
        QCOMPARE(shares, QList<int>({ 10, 25, 50 }));
    }
    void takesTheStepsInTheirOrder()
    {
        SwitchStage stage(Strategy::Canary);
        stage.roll();
        QStringList expected { u"connect"_s, u"doctor"_s, u"lock"_s, u"baseline"_s };
        for (const char* step : { "create B", "down B", "drain B", "stop B", "start B", "check B",
                 "warmUp B", "weight B", "compare B", "weight B", "compare B", "weight B",
                 "compare B", "weight B", "watch B", "create A", "drain A", "stop A", "start A",
                 "check A", "warmUp A", "up A", "watch A", "retire B", "retire A", "prune",
                 "unlock" })
            expected.append(QString::fromLatin1(step));
        QCOMPARE(stage.observer.stepsTaken(), expected);
    }
    void isTakenBackWhereItIsWorse_data()
    {
        QTest::addColumn<QString>("why");
        for (const char* why : { "failed", "p50", "reconnects" })
            QTest::newRow(why) << QString::fromLatin1(why);
    }
    void isTakenBackWhereItIsWorse()
    {
        QFETCH(QString, why);
        SwitchStage stage(Strategy::Canary);
        if (why == u"failed")
            stage.witness.failPercent[u"hash_v2"_s] = 20;
        else if (why == u"p50")
            stage.witness.slowMs[u"hash_v2"_s] = 200;
        else
            stage.witness.reconnects[u"hash_v2"_s] = 3;
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(exitCodeOf(finished), 1);
        QCOMPARE(finished.error[u"kind"_s].toString(), u"canaryWorse"_s);
        const auto compared = stage.observer.all<CanaryCompared>();
        QCOMPARE(compared.size(), 1); // at the first share
        QCOMPARE(compared.first().percent, 10);
        QCOMPARE(compared.first().why, why);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QCOMPARE(stage.site.readyAndUp().size(), 2);
        for (const int weight : std::as_const(stage.site.weights))
            QCOMPARE(weight, 1);
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
    }
    void anOldVersionThatIsAsBadIsNoReason()
    {
        SwitchStage stage(Strategy::Canary);
        stage.witness.failPercent = { { u"hash_v1"_s, 20 }, { u"hash_v2"_s, 20 } };
        QCOMPARE(stage.roll().outcome, u"succeeded"_s);
    }
    void tooFewRequestsProveNothing()
    {
        SwitchStage stage(Strategy::Canary);
        stage.witness.perSecond = 1;
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(finished.error[u"kind"_s].toString(), u"canaryUnproven"_s);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
    }
    void versionsAreToldApartWithoutSlots()
    {
        SwitchStage stage(Strategy::Canary);
        stage.witness.namesSlots = false;
        QCOMPARE(stage.roll().outcome, u"succeeded"_s);
        QVERIFY(stage.observer.all<CanaryCompared>().first().oldSent > 0);
    }
    void aPersonPromotes()
    {
        SwitchStage stage(Strategy::Canary);
        stage.target.canary.byHand = true;
        stage.observer.choice = u"promote"_s;
        QCOMPARE(stage.roll().outcome, u"succeeded"_s);
        const auto made = stage.observer.all<DecisionMade>();
        QCOMPARE(made.size(), 3);
        QCOMPARE(made.first().by, u"tester"_s);
    }
    void aPersonTakesItBack()
    {
        SwitchStage stage(Strategy::Canary);
        stage.observer.choice = u"abort"_s;
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(finished.error[u"kind"_s].toString(), u"canaryAborted"_s);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QVERIFY(stage.tidy());
    }
    void aPauseHoldsUntilAPersonGoesOn()
    {
        SwitchStage stage(Strategy::Canary);
        int asked = 0;
        stage.observer.onSay = [&](const EventBody& body) {
            asked += std::holds_alternative<DecisionAsked>(body);
            const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(
                stage.clock.steady().time_since_epoch());
            stage.observer.choice
                = asked == 1 ? u"pause"_s : minutes.count() >= 60 ? u"promote"_s : QString();
        };
        QCOMPARE(stage.roll().outcome, u"succeeded"_s);
        QVERIFY(stage.clock.steady().time_since_epoch() >= std::chrono::minutes(60));
    }
    void whatBreaksWhileTheRestFollowsIsTakenBack()
    {
        SwitchStage stage(Strategy::Canary);
        bool failed = false;
        stage.site.onAct = [&](const QString& act, const QString& slot) {
            if (act == u"start" && slot == u"A" && !std::exchange(failed, true))
                throw Error(ErrorKind::PortTaken, { { u"slot"_s, slot } });
        };
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"restored"_s); // the tester chose to roll back
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QCOMPARE(stage.site.readyAndUp().size(), 2);
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
    }
    void aCancelRestoresAtEveryStep()
    {
        SwitchStage rehearsal(Strategy::Canary);
        rehearsal.roll();
        const QStringList steps = rehearsal.observer.stepsTaken();
        const qsizetype past = steps.indexOf(u"retire B"_s);
        for (qsizetype i = 0; i < past; ++i) {
            SwitchStage stage(Strategy::Canary);
            stage.observer.onSay = [&](const EventBody& body) {
                if (std::holds_alternative<StepStarted>(body)
                    && stage.observer.stepsTaken().size() == i + 1)
                    stage.stop.request_stop();
            };
            const RunFinished finished = stage.roll();
            QVERIFY2(finished.outcome == u"cancelled", qPrintable(steps[i] + u' ' + finished.outcome));
            QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
            QCOMPARE(stage.site.readyAndUp().size(), 2);
            for (const int weight : std::as_const(stage.site.weights))
                QCOMPARE(weight, 1);
            QVERIFY2(stage.tidy(), qPrintable(steps[i]));
            QVERIFY2(!stage.dark, qPrintable(steps[i]));
        }
    }
    void aRollbackIsNotTriedOutOnAFew()
    {
        SwitchStage stage(Strategy::Canary);
        stage.roll();
        QCOMPARE(stage.roll({}, u"rollback"_s).outcome, u"succeeded"_s);
        QVERIFY(!stage.observer.stepsTaken().contains(u"weight B"_s));
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
    }
    void pinnedClientsAreSaid()
    {
        SwitchStage stage(Strategy::Canary);
        stage.site.upstream.hash = true;
        stage.site.upstream.hashKey = "$cookie_slot";
        QCOMPARE(stage.roll().outcome, u"succeeded"_s);
        const auto warned = stage.observer.all<Warned>();
        QCOMPARE(warned.size(), 1);
        QCOMPARE(warned.first().check, u"sticky"_s);
        QCOMPARE(warned.first().facts[u"what"_s].toString(), u"cookie"_s);
    }
    void withoutAWitnessItIsRefused()
    {
        SwitchStage stage(Strategy::Canary);
        RolloutRequest request { .target = stage.target, .tag = u"hash_v2"_s,
            .strategy = Strategy::Canary };
        Run run(request, stage.site, stage.observer, stage.clock, stage.observer, u"r"_s, {});
        const RunFinished finished
            = conduct(run, nullptr, [](const QString&) { return QString(); });
        QCOMPARE(finished.outcome, u"refused"_s);
        QCOMPARE(finished.error[u"kind"_s].toString(), u"strategyNeedsWitness"_s);
    }

    void whatNobodyOwnsUpToIsHeldAgainstTheNewVersion()
    {
        const CanaryCompared sum = comparedFrom(
            { { .sent = 4, .failed = 3 }, { .slot = u"A"_s, .version = u"v1"_s, .sent = 90 },
                { .slot = u"B"_s, .version = u"v2"_s, .sent = 10, .failed = 1 } },
            u"B"_s, { u"v1"_s }, 10);
        QCOMPARE(sum.oldSent, 90);
        QCOMPARE(sum.oldFailed, 0);
        QCOMPARE(sum.newSent, 13);
        QCOMPARE(sum.newFailed, 4);
        QCOMPARE(worseIn(sum, {}, false), u"failed"_s);
    }
    void oneFailureIsNoPattern()
    {
        CanaryCompared one;
        one.oldSent = 450;
        one.newSent = 50;
        one.newFailed = 1;
        QCOMPARE(worseIn(one, {}, true), QString());
        one.newFailed = 2;
        QCOMPARE(worseIn(one, {}, true), u"failed"_s);
    }
    void aTailIsJudgedOnceItIsOne()
    {
        CanaryCompared seen;
        seen.oldSent = 900;
        seen.newSent = 99;
        seen.oldP99Ms = 10;
        seen.newP99Ms = 200;
        QCOMPARE(worseIn(seen, {}, true), QString());
        seen.newSent = 100;
        QCOMPARE(worseIn(seen, {}, true), u"p99"_s);
        QCOMPARE(worseIn(seen, {}, false), QString());
        seen.newP99Ms = 45; // four times as slow, and nobody would notice
        QCOMPARE(worseIn(seen, {}, true), QString());
    }
};

QTEST_GUILESS_MAIN(TestCanary)
#include "tst_canary.moc"
