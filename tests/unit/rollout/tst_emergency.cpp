// SPDX-License-Identifier: MIT
// The rollback of a site that nobody is served by, and the first deployment of one that is not there yet.
#include "tests/support/fakesite/stage.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

/// Both slots serve v2, which answers 503; v1 is there.
struct Broken : Stage {
    Broken()
    {
        clock.onWait = {}; // dark it is
        site.containers.clear();
        site.addImage(u"hash_v2"_s, { .neverReady = true });
        for (const Slot& slot : target.slots)
            site.setServing(slot.name, u"hash_v2"_s);
    }
    RunFinished back() { return run({ .target = target, .kind = u"rollback"_s }); }
};

}

class TestEmergency : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void replacesEverySlotAtOnce()
    {
        Broken stage;
        // What would refuse a deployment does not stand in the way of this.
        stage.site.checks = { { .id = u"affinity"_s, .state = Check::State::Warn },
            { .id = u"clock"_s, .state = Check::State::Refuse } };
        stage.target.hooks.beforeRollout = u"exit 1"_s;
        const RunFinished finished = stage.back();
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QCOMPARE(exitCodeOf(finished), 0);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QCOMPARE(stage.site.readyAndUp().size(), 2);
        QVERIFY(stage.tidy());
        QCOMPARE(stage.observer.stepsTaken(),
            (QStringList { u"connect"_s, u"lock"_s, u"create A"_s, u"create B"_s, u"stop A"_s, u"stop B"_s,
                u"start A"_s, u"start B"_s, u"check"_s, u"up A"_s, u"up B"_s, u"retire A"_s, u"retire B"_s,
                u"prune"_s, u"unlock"_s }));
    }
    void itsSlotsBootAtTheSameTime()
    {
        Broken stage;
        stage.site.addImage(u"hash_v1"_s, { .bootMs = 10'000 });
        const auto began = stage.clock.steady();
        QCOMPARE(stage.back().outcome, u"succeeded"_s);
        QVERIFY(stage.clock.steady() - began < std::chrono::seconds(15));
    }
    void containersThatHaveEndedAreNoObstacle()
    {
        Broken stage;
        for (auto& container : stage.site.containers)
            container.running = false;
        QCOMPARE(stage.back().outcome, u"succeeded"_s);
        QCOMPARE(stage.site.readyAndUp().size(), 2);
        QVERIFY(stage.tidy());
    }
    void slotsThatWereOutArePutUp()
    {
        Broken stage;
        stage.site.up[u"B"_s] = false;
        QCOMPARE(stage.back().outcome, u"succeeded"_s);
        QCOMPARE(stage.site.readyAndUp().size(), 2);
    }
    void oneSlotIsBetterThanNone()
    {
        Broken stage;
        stage.site.onAct = [&](const QString& act, const QString& slot) {
            if (act == u"start" && slot == u"A")
                throw Error(ErrorKind::PortTaken, { { u"slot"_s, slot } });
        };
        const RunFinished finished = stage.back();
        QCOMPARE(finished.outcome, u"partial"_s);
        QCOMPARE(exitCodeOf(finished), 3);
        QCOMPARE(stage.site.readyAndUp(), QStringList { u"B"_s });
        QVERIFY(!stage.site.up[u"A"_s]);
        QVERIFY(!stage.site.lockTaken);
    }
    void whereNothingComesBackTheOldOnesRunAgain()
    {
        Broken stage;
        stage.site.addImage(u"hash_v1"_s, { .crashes = true });
        const RunFinished finished = stage.back();
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(exitCodeOf(finished), 1);
        QVERIFY(stage.tidy());
        for (const auto& container : stage.site.containers) {
            QCOMPARE(container.tag, u"hash_v2"_s);
            QVERIFY(container.running);
        }
    }
    void aSlotThatServesMakesItNoEmergency()
    {
        Broken stage;
        stage.site.containers.removeAt(1);
        stage.site.setServing(u"B"_s, u"hash_v1"_s);
        QCOMPARE(stage.back().outcome, u"succeeded"_s);
        QVERIFY(stage.observer.stepsTaken().contains(u"doctor"_s));
        QVERIFY(stage.observer.stepsTaken().contains(u"drain B"_s));
    }
    void aDeploymentIsNone()
    {
        Broken stage;
        QCOMPARE(stage.run({ .target = stage.target, .tag = u"hash_v1"_s }).outcome, u"succeeded"_s);
        QVERIFY(stage.observer.stepsTaken().contains(u"doctor"_s));
        QCOMPARE(stage.site.readyAndUp().size(), 2);
    }
    void aFirstDeploymentWritesTheSiteThatIsMissing()
    {
        Stage stage;
        stage.clock.onWait = {};
        stage.site.containers.clear();
        stage.site.siteMissing = true;
        for (bool& up : stage.site.up)
            up = false;
        QCOMPARE(stage.roll().outcome, u"succeeded"_s);
        QVERIFY(!stage.site.siteMissing);
        QCOMPARE(stage.site.readyAndUp().size(), 2);
    }
    void oneThatFailsTakesTheSiteAwayAgain()
    {
        Stage stage;
        stage.clock.onWait = {};
        stage.site.containers.clear();
        stage.site.siteMissing = true;
        for (bool& up : stage.site.up)
            up = false;
        const RunFinished finished = stage.roll({ .diesAfterMs = 4'000 });
        QCOMPARE(finished.outcome, u"restored"_s);
        QVERIFY(stage.site.siteMissing);
        QVERIFY(stage.site.containers.isEmpty());
    }
    void oneThatFailsWhereEverySlotWasDownLeavesThemDown()
    {
        Stage stage;
        stage.clock.onWait = {};
        stage.site.containers.clear();
        for (bool& up : stage.site.up)
            up = false;
        const RunFinished finished = stage.roll({ .diesAfterMs = 4'000 });
        QCOMPARE(finished.outcome, u"restored"_s);
        QVERIFY(!stage.site.up[u"A"_s] && !stage.site.up[u"B"_s]);
        QVERIFY(stage.site.containers.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestEmergency)
#include "tst_emergency.moc"
