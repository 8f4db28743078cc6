// SPDX-License-Identifier: MIT
// The rehearsal: a bad image is found while every slot serves, and nothing of it stays.
#include "tests/support/fakesite/stage.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

Q_DECLARE_METATYPE(gapless::FakeImage)

class TestRehearse : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void comesBeforeAnythingIsTakenOut()
    {
        Stage stage;
        stage.target.rehearse = true;
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"succeeded"_s);
        const QStringList steps = stage.observer.stepsTaken();
        QCOMPARE(steps.filter(u"rehearse"_s), QStringList { u"rehearse A"_s });
        QVERIFY(steps.indexOf(u"rehearse A"_s) > steps.indexOf(u"lock"_s));
        QVERIFY(steps.indexOf(u"rehearse A"_s) < steps.indexOf(u"create A"_s));
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
    }
    void isHeldOnEachHostOnce()
    {
        Stage stage(3);
        stage.target.rehearse = true;
        stage.target.hosts.append({ .name = u"second"_s, .address = u"192.0.2.11"_s, .user = u"deploy"_s });
        stage.target.slots[2].host = u"second"_s;
        QCOMPARE(stage.roll().outcome, u"succeeded"_s);
        QCOMPARE(stage.observer.stepsTaken().filter(u"rehearse"_s),
            (QStringList { u"rehearse A"_s, u"rehearse C"_s }));
    }
    void aBadImageTakesNothingOut_data()
    {
        QTest::addColumn<FakeImage>("image");
        QTest::newRow("crashes") << FakeImage { .crashes = true };
        QTest::newRow("never ready") << FakeImage { .neverReady = true };
        QTest::newRow("boots too slowly") << FakeImage { .bootMs = 90'000 };
    }
    void aBadImageTakesNothingOut()
    {
        QFETCH(FakeImage, image);
        Stage stage;
        stage.target.rehearse = true;
        const RunFinished finished = stage.roll(image);
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(exitCodeOf(finished), 1);
        QVERIFY(stage.site.acts.filter(u"route"_s).isEmpty());
        QVERIFY(stage.observer.all<TrafficChanged>().isEmpty());
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QCOMPARE(stage.site.readyAndUp().size(), 2);
        QCOMPARE(stage.observer.all<SlotEvidence>().size(), 1);
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
        QVERIFY(!stage.site.lockTaken);
    }
    void aCancelInItLeavesNothingBehind()
    {
        Stage stage;
        stage.target.rehearse = true;
        stage.observer.onSay = [&](const EventBody& body) {
            if (const auto* step = std::get_if<StepStarted>(&body); step && step->step == u"rehearse")
                stage.stop.request_stop();
        };
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"cancelled"_s);
        QCOMPARE(exitCodeOf(finished), 130);
        QVERIFY(stage.tidy());
        QVERIFY(stage.site.acts.filter(u"route"_s).isEmpty());
    }
    void aRunThatEndsBetweenItAndTheFirstSlotChangedNothing()
    {
        Stage stage;
        stage.target.rehearse = true;
        stage.observer.onSay = [&](const EventBody& body) {
            if (const auto* step = std::get_if<StepFinished>(&body); step && step->step == u"rehearse")
                stage.stop.request_stop();
        };
        QCOMPARE(stage.roll().outcome, u"cancelled"_s);
        QVERIFY(stage.tidy());
    }
};

QTEST_GUILESS_MAIN(TestRehearse)
#include "tst_rehearse.moc"
