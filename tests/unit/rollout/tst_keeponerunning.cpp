// SPDX-License-Identifier: MIT
// keepOneRunning: the last slot stays stopped with the old release in it, and a rollback starts it again.
#include "tests/support/fakesite/stage.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

struct Kept : Stage {
    explicit Kept(int slotCount = 2)
        : Stage(slotCount)
    {
        target.keepOneRunning = true;
    }
    const FakeSite::FakeContainer* container(const QString& name) const
    {
        for (const auto& one : site.containers)
            if (one.name == name)
                return &one;
        return nullptr;
    }
};

}

class TestKeepOneRunning : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void leavesTheLastSlotStoppedWithTheOldRelease()
    {
        Kept stage;
        const QString oldId = stage.container(u"chat_B"_s)->id;
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QCOMPARE(finished.serving, (QMap<QString, QString> { { u"A"_s, u"hash_v2"_s }, { u"B"_s, {} } }));
        QCOMPARE(stage.site.readyAndUp(), QStringList { u"A"_s });
        QVERIFY(!stage.site.up[u"B"_s]);
        const auto* kept = stage.container(u"chat_B"_s);
        QVERIFY(kept);
        QCOMPARE(kept->id, oldId);
        QVERIFY(!kept->running);
        QCOMPARE(kept->restart, u"no"_s); // else a restarted daemon would revive it
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
        const QStringList steps = stage.observer.stepsTaken();
        QVERIFY(steps.contains(u"drain B"_s));
        QVERIFY(!steps.contains(u"create B"_s));
        QVERIFY(!steps.contains(u"retire B"_s));
    }
    void aRollbackStartsItAgain()
    {
        Kept stage;
        stage.roll();
        const QString keptId = stage.container(u"chat_B"_s)->id;
        const RunFinished finished = stage.run({ .target = stage.target, .kind = u"rollback"_s });
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QCOMPARE(stage.container(u"chat_B"_s)->id, keptId);
        QVERIFY(stage.container(u"chat_B"_s)->running);
        QCOMPARE(stage.container(u"chat_B"_s)->restart, u"unless-stopped"_s);
        // Now A is the one that was replaced last: it keeps v2.
        QVERIFY(!stage.container(u"chat_A"_s)->running);
        QCOMPARE(stage.container(u"chat_A"_s)->tag, u"hash_v2"_s);
        const QStringList steps = stage.observer.stepsTaken();
        QVERIFY(steps.filter(u"create"_s).isEmpty());
        QCOMPARE(steps.indexOf(u"start B"_s) < steps.indexOf(u"down A"_s), true);
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
    }
    void aFollowingDeploymentTakesTheStoppedSlotFirst()
    {
        Kept stage;
        stage.roll();
        stage.site.addImage(u"hash_v3"_s);
        const RunFinished finished = stage.run({ .target = stage.target, .tag = u"hash_v3"_s });
        QCOMPARE(finished.outcome, u"succeeded"_s);
        const QStringList steps = stage.observer.stepsTaken();
        QVERIFY(steps.indexOf(u"create B"_s) < steps.indexOf(u"down A"_s));
        QVERIFY(!steps.contains(u"down B"_s));
        QCOMPARE(stage.site.readyAndUp(), QStringList { u"B"_s });
        QCOMPARE(stage.container(u"chat_A"_s)->tag, u"hash_v2"_s);
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
    }
    void aFollowingDeploymentThatFailsLeavesItStopped()
    {
        Kept stage;
        stage.roll();
        stage.site.addImage(u"hash_v3"_s, { .crashes = true });
        const RunFinished finished = stage.run({ .target = stage.target, .tag = u"hash_v3"_s });
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(stage.site.readyAndUp(), QStringList { u"A"_s });
        QVERIFY(!stage.container(u"chat_B"_s)->running);
        QCOMPARE(stage.container(u"chat_B"_s)->tag, u"hash_v1"_s);
        QVERIFY(!stage.site.up[u"B"_s]);
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
    }
    void aKeptOneThatFailsIsReplacedWhenTriedAgain()
    {
        Kept stage;
        stage.roll();
        bool failed = false;
        stage.site.onAct = [&](const QString& act, const QString& slot) {
            if (act == u"start" && slot == u"B" && !std::exchange(failed, true))
                throw Error(ErrorKind::ContainerStartFailed);
        };
        // Nothing has been replaced yet: what served before serves on, and the kept one stays.
        const RunFinished finished = stage.run({ .target = stage.target, .kind = u"rollback"_s });
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v2"_s });
        QVERIFY(stage.tidy());
        QCOMPARE(stage.run({ .target = stage.target, .kind = u"rollback"_s }).outcome, u"succeeded"_s);
    }
    void aPrunedOneIsMadeAnew()
    {
        Kept stage;
        stage.roll();
        stage.site.containers.removeIf([](const auto& one) { return one.name == u"chat_B"; });
        const RunFinished finished = stage.run({ .target = stage.target, .kind = u"rollback"_s });
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
    }
    void ofThreeSlotsTwoServe()
    {
        Kept stage(3);
        QCOMPARE(stage.roll().outcome, u"succeeded"_s);
        QCOMPARE(stage.site.readyAndUp(), (QStringList { u"A"_s, u"B"_s }));
        QCOMPARE(stage.container(u"chat_C"_s)->tag, u"hash_v1"_s);
        QVERIFY(!stage.dark);
    }
    void aCancelRestoresWhileItIsBeingStopped()
    {
        Kept stage;
        stage.observer.onSay = [&](const EventBody& body) {
            if (const auto* step = std::get_if<StepStarted>(&body);
                step && step->step == u"stop" && step->slot == u"B")
                stage.stop.request_stop();
        };
        QCOMPARE(stage.roll().outcome, u"cancelled"_s);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QCOMPARE(stage.site.readyAndUp().size(), 2);
        QVERIFY(stage.tidy());
    }
    void aFirstDeploymentHasNothingToKeep()
    {
        Kept stage;
        stage.clock.onWait = {};
        stage.site.containers.clear();
        QCOMPARE(stage.roll().outcome, u"succeeded"_s);
        QCOMPARE(stage.site.readyAndUp(), QStringList { u"A"_s });
        QVERIFY(!stage.site.up[u"B"_s]);
    }
};

QTEST_GUILESS_MAIN(TestKeepOneRunning)
#include "tst_keeponerunning.moc"
