// SPDX-License-Identifier: MIT
// Held, stopped and given another reason while it is under way: what serves then, for every moment.
#include "app/wording/wording.h"
#include "engine/journal/runstate.h"
#include "tests/support/fakesite/stage.h"
#include "tests/unit/rollout/switchstage.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

DecisionMade wish(const QString& choice, const QString& note = {})
{
    return { u"control"_s, choice, u"ann"_s, note };
}

/// Says `choice` when the step of the slot begins.
template <typename AnyStage>
void askAt(AnyStage& stage, const QString& step, const QString& slot, const QString& choice)
{
    stage.observer.onSay = [&stage, step, slot, choice](const EventBody& body) {
        const auto* begun = std::get_if<StepStarted>(&body);
        if (begun && begun->step == step && begun->slot == slot)
            stage.wishes.add(wish(choice));
    };
}

/// What the button said when the stop was heard.
template <typename AnyStage> QMap<QString, QString> saidBeforehand(const AnyStage& stage)
{
    RunState state;
    qint64 seq = 0;
    for (const EventBody& body : stage.observer.events) {
        const auto* made = std::get_if<DecisionMade>(&body);
        if (made && made->question == u"control")
            break;
        state = apply(std::move(state), { ++seq, stage.clock.now(), u"r"_s, body });
    }
    return servingIfKept(state);
}

void eachStepOf(const QStringList& slotNames)
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<QString>("slot");
    for (const QString& slot : slotNames)
        for (const char* step :
            { "create", "down", "drain", "stop", "start", "check", "warmUp", "up", "watch" })
            QTest::addRow("%s %s", step, qPrintable(slot)) << QString::fromLatin1(step) << slot;
}

}

class TestWishes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void holdsBeforeTheNextStep_data() { eachStepOf({ u"A"_s, u"B"_s }); }
    void holdsBeforeTheNextStep()
    {
        QFETCH(QString, step);
        QFETCH(QString, slot);
        Stage stage;
        askAt(stage, step, slot, u"pauseRun"_s);
        int waited = 0;
        QString lockSays;
        stage.clock.onWait = [&, before = stage.clock.onWait] {
            before();
            if (stage.site.lockWaitsFor.isEmpty())
                return;
            lockSays = stage.site.lockWaitsFor;
            if (++waited == 1000) // a second each
                stage.wishes.add(wish(u"continue"_s, u"seen"_s));
        };
        const RunFinished finished = stage.roll();
        const auto asked = stage.observer.all<DecisionAsked>();
        if (step == u"watch" && slot == u"B") {
            QVERIFY(asked.isEmpty()); // nothing is left that could be held
            QCOMPARE(finished.outcome, u"succeeded"_s);
            return;
        }
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().question, u"pause"_s);
        QCOMPARE(asked.first().choices.contains(u"keep"_s),
            slot == u"B" || step == u"up" || step == u"watch");
        QCOMPARE(lockSays, u"pause"_s);
        QCOMPARE(waited, 1000);
        QCOMPARE(stage.site.lockWaitsFor, QString());
        // The step that was under way ended, and none began meanwhile.
        bool paused = false;
        for (const EventBody& body : std::as_const(stage.observer.events)) {
            if (std::holds_alternative<DecisionAsked>(body))
                paused = true;
            const auto* made = std::get_if<DecisionMade>(&body);
            if (made && made->question == u"pause") {
                QCOMPARE(made->choice, u"continue"_s);
                QCOMPARE(made->note, u"seen"_s);
                paused = false;
            }
            QVERIFY(!paused || !std::holds_alternative<StepStarted>(body));
        }
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v2"_s });
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
    }

    void beforeTheLockNothingIsHeld()
    {
        Stage stage;
        stage.wishes.add(wish(u"pauseRun"_s));
        askAt(stage, u"create"_s, u"A"_s, u"pauseRun"_s); // is too late to be the one
        stage.clock.onWait = [&] {
            if (!stage.site.lockWaitsFor.isEmpty())
                stage.wishes.add(wish(u"continue"_s));
        };
        QCOMPARE(stage.roll().outcome, u"succeeded"_s);
        QStringList before;
        for (const EventBody& body : std::as_const(stage.observer.events)) {
            if (std::holds_alternative<DecisionAsked>(body))
                break;
            if (const auto* begun = std::get_if<StepStarted>(&body))
                before.append(begun->step);
        }
        QCOMPARE(before, QStringList({ u"connect"_s, u"doctor"_s, u"lock"_s }));
    }

    void aPauseThatIsTakenBackHoldsNothing()
    {
        Stage stage;
        stage.observer.onSay = [&](const EventBody& body) {
            if (const auto* begun = std::get_if<StepStarted>(&body); begun && begun->step == u"check") {
                stage.wishes.add(wish(u"pauseRun"_s));
                stage.wishes.add(wish(u"continue"_s));
            }
        };
        QCOMPARE(stage.roll().outcome, u"succeeded"_s);
        QVERIFY(stage.observer.all<DecisionAsked>().isEmpty());
    }

    void threeDaysOfSilenceRollBack()
    {
        Stage stage;
        askAt(stage, u"start"_s, u"B"_s, u"pauseRun"_s);
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"cancelled"_s);
        QCOMPARE(exitCodeOf(finished), 130);
        QCOMPARE(stage.observer.all<DecisionMade>().last().by, u"fallback"_s);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QCOMPARE(int(stage.site.readyAndUp().size()), 2);
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
    }

    void aPausedRunIsStopped_data()
    {
        QTest::addColumn<QString>("choice");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("keep") << u"keep"_s << u"partial"_s;
        QTest::newRow("roll back") << u"rollback"_s << u"cancelled"_s;
    }
    void aPausedRunIsStopped()
    {
        QFETCH(QString, choice);
        QFETCH(QString, outcome);
        Stage stage;
        askAt(stage, u"down"_s, u"B"_s, u"pauseRun"_s);
        stage.clock.onWait = [&] {
            if (!stage.site.lockWaitsFor.isEmpty())
                stage.wishes.add(wish(choice));
        };
        QCOMPARE(stage.roll().outcome, outcome);
        QCOMPARE(stage.site.runningTag(u"A"_s), choice == u"keep" ? u"hash_v2"_s : u"hash_v1"_s);
        QCOMPARE(stage.site.runningTag(u"B"_s), u"hash_v1"_s);
        QCOMPARE(int(stage.site.readyAndUp().size()), 2);
    }

    void stoppedItKeepsWhatServes_data() { eachStepOf({ u"B"_s }); }
    void stoppedItKeepsWhatServes()
    {
        QFETCH(QString, step);
        Stage stage;
        askAt(stage, step, u"B"_s, u"keep"_s);
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"partial"_s);
        QCOMPARE(exitCodeOf(finished), 3);
        QCOMPARE(finished.error[u"kind"_s].toString(), u"stoppedKeeping"_s);
        // Both slots serve, whatever the moment: the one in its turn what it had, or the new one.
        const bool has = step == u"up" || step == u"watch";
        QCOMPARE(finished.serving.value(u"A"_s), u"hash_v2"_s);
        QCOMPARE(finished.serving.value(u"B"_s), has ? u"hash_v2"_s : u"hash_v1"_s);
        QCOMPARE(stage.site.runningTag(u"A"_s), u"hash_v2"_s);
        QCOMPARE(stage.site.runningTag(u"B"_s), finished.serving.value(u"B"_s));
        QCOMPARE(int(stage.site.readyAndUp().size()), 2);
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
        QVERIFY(!stage.site.lockTaken);
        QVERIFY(stage.observer.all<SlotEvidence>().isEmpty()); // nothing has failed
        QCOMPARE(saidBeforehand(stage), finished.serving);
    }

    void aSlotThatCannotBePutBackIsSaid()
    {
        Stage stage;
        askAt(stage, u"check"_s, u"B"_s, u"keep"_s);
        stage.site.onAct = [&](const QString& act, const QString& slot) {
            const bool stopped = !stage.observer.all<DecisionMade>().isEmpty();
            if (act == u"start" && slot == u"B" && stopped) // the old one
                throw Error(ErrorKind::ContainerStartFailed, { { u"slot"_s, slot } });
        };
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"partial"_s);
        QCOMPARE(finished.serving.value(u"A"_s), u"hash_v2"_s);
        QCOMPARE(finished.serving.value(u"B"_s), QString());
        QVERIFY(!stage.dark);
    }

    void withNothingNewThereIsNothingToKeep_data() { eachStepOf({ u"A"_s }); }
    void withNothingNewThereIsNothingToKeep()
    {
        QFETCH(QString, step);
        Stage stage;
        askAt(stage, step, u"A"_s, u"keep"_s);
        const RunFinished finished = stage.roll();
        const bool has = step == u"up" || step == u"watch";
        QCOMPARE(finished.outcome, has ? u"partial"_s : u"cancelled"_s);
        QCOMPARE(stage.site.runningTag(u"A"_s), has ? u"hash_v2"_s : u"hash_v1"_s);
        QCOMPARE(stage.site.runningTag(u"B"_s), u"hash_v1"_s);
        QCOMPARE(int(stage.site.readyAndUp().size()), 2);
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
    }

    void stoppedItRollsBack_data() { eachStepOf({ u"A"_s, u"B"_s }); }
    void stoppedItRollsBack()
    {
        QFETCH(QString, step);
        QFETCH(QString, slot);
        Stage stage;
        askAt(stage, step, slot, u"rollback"_s);
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"cancelled"_s);
        QCOMPARE(exitCodeOf(finished), 130);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QCOMPARE(int(stage.site.readyAndUp().size()), 2);
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
    }

    void afterThePointOfNoReturnOnlyAReasonIsHeard_data()
    {
        QTest::addColumn<QString>("choice");
        for (const char* choice : { "pauseRun", "keep", "rollback" })
            QTest::newRow(choice) << QString::fromLatin1(choice);
    }
    void afterThePointOfNoReturnOnlyAReasonIsHeard()
    {
        QFETCH(QString, choice);
        Stage stage;
        stage.observer.onSay = [&](const EventBody& body) {
            const auto* begun = std::get_if<StepStarted>(&body);
            if (begun && begun->step == u"unlock") {
                stage.wishes.add(wish(choice));
                stage.wishes.add(wish(u"reason"_s, u"the shop was slow"_s));
            }
        };
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"succeeded"_s);
        const auto reasons = stage.observer.all<ReasonChanged>();
        QCOMPARE(reasons.size(), 1);
        QCOMPARE(reasons.first().reason, u"the shop was slow"_s);
        QVERIFY(std::holds_alternative<RunFinished>(stage.observer.events.last()));
    }

    void blueGreenKeepsTheGroupThatTrafficWasMovedTo_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("slot");
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<QString>("serves");
        QTest::newRow("check") << u"check"_s << u"B"_s << u"cancelled"_s << u"hash_v1"_s;
        QTest::newRow("switch") << u"switch"_s << QString() << u"partial"_s << u"hash_v2"_s;
        QTest::newRow("watch") << u"watch"_s << u"B"_s << u"partial"_s << u"hash_v2"_s;
    }
    void blueGreenKeepsTheGroupThatTrafficWasMovedTo()
    {
        QFETCH(QString, step);
        QFETCH(QString, slot);
        QFETCH(QString, outcome);
        QFETCH(QString, serves);
        SwitchStage stage(Strategy::BlueGreen);
        askAt(stage, step, slot, u"keep"_s);
        const RunFinished finished = stage.roll();
        if (step == u"switch") // heard before it, or after it: both are a defined end
            QVERIFY(finished.outcome == outcome || finished.outcome == u"cancelled");
        else
            QCOMPARE(finished.outcome, outcome);
        QCOMPARE(stage.tagsServing(),
            QStringList { finished.outcome == u"cancelled" ? u"hash_v1"_s : serves });
        if (finished.outcome == u"partial")
            QCOMPARE(saidBeforehand(stage), finished.serving);
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
    }

    void aCanaryKeepsItsShare()
    {
        SwitchStage stage(Strategy::Canary);
        askAt(stage, u"compare"_s, u"B"_s, u"keep"_s);
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"partial"_s);
        QCOMPARE(stage.site.runningTag(u"B"_s), u"hash_v2"_s);
        QCOMPARE(stage.site.runningTag(u"A"_s), u"hash_v1"_s);
        QCOMPARE(int(stage.site.readyAndUp().size()), 2);
        QVERIFY(stage.tidy());
        QCOMPARE(saidBeforehand(stage), finished.serving);
    }
};

QTEST_GUILESS_MAIN(TestWishes)
#include "tst_wishes.moc"
