// SPDX-License-Identifier: MIT
#include "engine/journal/runstate.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

const QDateTime start = QDateTime::fromString(u"2026-11-23T21:30:45.000Z"_s, Qt::ISODateWithMs);

/// Events a second apart.
class Stream {
public:
    RunState state;
    template <typename Body> Stream& operator<<(Body body)
    {
        ++m_seq;
        state = apply(std::move(state), {m_seq, start.addSecs(m_seq), u"run"_s, std::move(body)});
        return *this;
    }

private:
    qint64 m_seq = 0;
};

RunStarted deployment()
{
    RunStarted body;
    body.target = u"chat"_s;
    body.kind = u"deploy"_s;
    body.from = u"hash_1"_s;
    body.to = u"hash_2"_s;
    body.serving = {{u"A"_s, u"hash_1"_s}, {u"B"_s, u"hash_1"_s}};
    body.slotOrder = {u"B"_s, u"A"_s};
    return body;
}

} // namespace

class TestRunState : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsFromTheRequest();
    void tracksSteps();
    void keepsEveryTryOfAStep();
    void takesAnEndWithoutABeginning();
    void tracksASlot();
    void knowsWhatWasFound();
    void doesNotTakeARetiredContainerForTheSlots();
    void takesASlotThatIsLeftOut();
    void tellsWhatItWaitsFor();
    void pairsDecisions();
    void countsCommandsAndLines();
    void sumsProbes();
    void followsConnections();
    void ends();
    void goesOnAfterAResume();
    void appliesAnEventOnce();
};

void TestRunState::startsFromTheRequest()
{
    QVERIFY(!RunState().running());
    Stream stream;
    stream << deployment();
    QVERIFY(stream.state.running());
    QCOMPARE(stream.state.run, u"run"_s);
    QCOMPARE(stream.state.started, start.addSecs(1));
    QCOMPARE(stream.state.slots.size(), 2);
    QCOMPARE(stream.state.slots[0].name, u"B"_s); // in the target's order
    QCOMPARE(stream.state.slots[0].imageBefore, u"hash_1"_s);
    QCOMPARE(stream.state.slots[0].state, u"serving"_s);
}

void TestRunState::tracksSteps()
{
    Stream stream;
    stream << deployment() << StepStarted {u"drain"_s, u"A"_s, 1500};
    QCOMPARE(stream.state.currentStep()->step, u"drain"_s);
    QCOMPARE(stream.state.currentStep()->expectedMs, 1500);
    QCOMPARE(stream.state.currentStep()->state, StepState::State::Running);
    stream << StepFinished {u"drain"_s, u"A"_s, 1234};
    QVERIFY(!stream.state.currentStep());
    const StepState& step = stream.state.steps.first();
    QCOMPARE(step.state, StepState::State::Done);
    QCOMPARE(step.ms, 1234);
    QCOMPARE(step.started, start.addSecs(2));
    QCOMPARE(step.finished, start.addSecs(3));
    QCOMPARE(step.startedSeq, 2);
    QCOMPARE(step.finishedSeq, 3);
}

void TestRunState::keepsEveryTryOfAStep()
{
    Stream stream;
    stream << deployment() << StepStarted {u"check"_s, u"A"_s, 0}
           << StepFailed {u"check"_s, u"A"_s, 10, u"healthFailed"_s,
                  {{u"kind"_s, u"healthFailed"_s}}}
           << StepStarted {u"check"_s, u"A"_s, 0} << StepFinished {u"check"_s, u"A"_s, 20};
    QCOMPARE(stream.state.steps.size(), 2);
    QCOMPARE(stream.state.steps[0].state, StepState::State::Failed);
    QCOMPARE(stream.state.steps[0].reason, u"healthFailed"_s);
    QCOMPARE(stream.state.steps[0].error[u"kind"_s].toString(), u"healthFailed"_s);
    QCOMPARE(stream.state.steps[1].state, StepState::State::Done);
}

void TestRunState::takesAnEndWithoutABeginning()
{
    Stream stream;
    stream << StepFinished {u"up"_s, u"A"_s, 250};
    QCOMPARE(stream.state.steps.size(), 1);
    QCOMPARE(stream.state.steps[0].started, start.addMSecs(750));
}

void TestRunState::tracksASlot()
{
    Stream stream;
    stream << deployment() << TrafficChanged {u"A"_s, u"down"_s, 1}
           << SlotChanged {u"A"_s, u"hash_1"_s, u"stopped"_s, u"old"_s}
           << StepStarted {u"start"_s, u"A"_s, 0}
           << SlotChanged {u"A"_s, u"hash_2"_s, u"starting"_s, u"new"_s}
           << HealthAnswered {u"A"_s, u"no"_s, 503, false, 0, 1.5}
           << HealthAnswered {u"A"_s, u"yes"_s, 200, true, 1, 1.5}
           << TrafficChanged {u"A"_s, u"up"_s, 3};
    const SlotState& slot = *stream.state.slot(u"A"_s);
    QCOMPARE(slot.container, u"new"_s);
    QCOMPARE(slot.image, u"hash_2"_s);
    QCOMPARE(slot.state, u"starting"_s);
    QCOMPARE(slot.imageBefore, u"hash_1"_s);
    QCOMPARE(slot.containerBefore, u"old"_s);
    QCOMPARE(slot.traffic, u"up"_s);
    QCOMPARE(slot.weight, 3);
    QCOMPARE(slot.health->status, 200);
    QCOMPARE(slot.history.size(), 3);
    QCOMPARE(slot.history[1].state, u"stopped"_s);
    QCOMPARE(slot.trafficHistory.size(), 2);
    QVERIFY(!stream.state.slot(u"C"_s));

    stream << SlotChanged {u"A"_s, {}, u"removed"_s, {}};
    QCOMPARE(stream.state.slot(u"A"_s)->image, QString());
    QCOMPARE(stream.state.slot(u"A"_s)->container, QString());
}

void TestRunState::knowsWhatWasFound()
{
    Stream stream;
    stream << deployment() << SlotChanged {u"A"_s, u"hash_1"_s, u"serving"_s, u"old"_s}
           << SlotChanged {u"B"_s, {}, u"out"_s, u"stopped"_s};
    QCOMPARE(stream.state.slot(u"A"_s)->containerBefore, u"old"_s);
    QCOMPARE(stream.state.slot(u"A"_s)->history.size(), 1); // the run's beginning had said it
    QCOMPARE(stream.state.slot(u"B"_s)->containerBefore, u"stopped"_s);
}

void TestRunState::doesNotTakeARetiredContainerForTheSlots()
{
    Stream stream;
    stream << deployment() << SlotChanged {u"A"_s, u"hash_1"_s, u"serving"_s, u"old"_s}
           << StepStarted {u"up"_s, u"A"_s, 0}
           << SlotChanged {u"A"_s, u"hash_2"_s, u"serving"_s, u"new"_s}
           << SlotChanged {u"A"_s, u"hash_1"_s, u"removed"_s, u"old"_s};
    const SlotState& slot = *stream.state.slot(u"A"_s);
    QCOMPARE(slot.state, u"serving"_s);
    QCOMPARE(slot.image, u"hash_2"_s);
    QCOMPARE(slot.container, u"new"_s);
}

void TestRunState::takesASlotThatIsLeftOut()
{
    Stream stream;
    stream << deployment() << SlotChanged {u"A"_s, u"hash_1"_s, u"serving"_s, u"old"_s}
           << StepStarted {u"stop"_s, u"A"_s, 0}
           << SlotChanged {u"A"_s, {}, u"stopped"_s, u"old"_s};
    QCOMPARE(stream.state.slot(u"A"_s)->image, u"hash_1"_s);
    stream << SlotChanged {u"A"_s, u"hash_2"_s, u"checking"_s, u"new"_s}
           << SlotChanged {u"A"_s, u"hash_2"_s, u"removed"_s, u"new"_s};
    QCOMPARE(stream.state.slot(u"A"_s)->image, QString());
    stream << SlotChanged {u"A"_s, {}, u"out"_s, u"old"_s};
    QCOMPARE(stream.state.slot(u"A"_s)->image, u"hash_1"_s); // the old one is what is left there
    QCOMPARE(stream.state.slot(u"A"_s)->state, u"out"_s);
}

void TestRunState::tellsWhatItWaitsFor()
{
    Stream stream;
    stream << deployment() << StepStarted {u"drain"_s, u"A"_s, 0}
           << WaitingFor {u"drain"_s, u"A"_s, u"connections"_s, {{u"inFlight"_s, 3}}}
           << WaitingFor {u"drain"_s, u"A"_s, u"connections"_s, {{u"inFlight"_s, 1}}};
    QCOMPARE(stream.state.waiting->numbers[u"inFlight"_s].toInt(), 1);
    QCOMPARE(stream.state.waitingSince, start.addSecs(3)); // the same wait with other numbers
    stream << WaitingFor {u"drain"_s, u"A"_s, u"workers"_s, {}};
    QCOMPARE(stream.state.waitingSince, start.addSecs(5));
    stream << StepFinished {u"drain"_s, u"A"_s, 1};
    QVERIFY(!stream.state.waiting);
}

void TestRunState::pairsDecisions()
{
    Stream stream;
    stream << deployment()
           << DecisionAsked {u"onPartialFailure"_s, u"B"_s, u"hold"_s, {u"retry"_s, u"hold"_s}};
    QCOMPARE(stream.state.pendingDecision()->asked.slot, u"B"_s);
    stream << DecisionMade {u"onPartialFailure"_s, u"retry"_s, u"kim"_s, {}};
    QVERIFY(!stream.state.pendingDecision());
    stream << DecisionAsked {u"onPartialFailure"_s, u"B"_s, u"hold"_s, {}}
           << DecisionMade {u"onPartialFailure"_s, u"hold"_s, u"lee"_s, {}};
    QCOMPARE(stream.state.decisions.size(), 2);
    QCOMPARE(stream.state.decisions[0].made->by, u"kim"_s);
    QCOMPARE(stream.state.decisions[1].made->by, u"lee"_s);
}

void TestRunState::countsCommandsAndLines()
{
    Stream stream;
    stream << deployment() << StepStarted {u"build"_s, {}, 0} << CommandRan {}
           << OutputLine {u"build"_s, {}, {}, {}, {}} << OutputLine {u"build"_s, {}, {}, {}, {}}
           << StepFinished {u"build"_s, {}, 5} << CommandRan {};
    QCOMPARE(stream.state.commands, 2);
    QCOMPARE(stream.state.lines, 2);
    QCOMPARE(stream.state.steps[0].commands, 1);
    QCOMPARE(stream.state.steps[0].lines, 2);
}

void TestRunState::sumsProbes()
{
    ProbeSummary one;
    one.sent = 10;
    one.failed = 1;
    one.maxMs = 7;
    one.connected = 2;
    ProbeSummary two = one;
    two.maxMs = 3;
    two.connected = 1;
    Stream stream;
    Gap gap;
    gap.ms = 38;
    stream << deployment() << one << two << gap;
    QCOMPARE(stream.state.probes.sent, 20);
    QCOMPARE(stream.state.probes.failed, 2);
    QCOMPARE(stream.state.probes.maxMs, 7);
    QCOMPARE(stream.state.probes.connected, 1);
    QCOMPARE(stream.state.longestGapMs(), 38);
}

void TestRunState::followsConnections()
{
    Stream stream;
    stream << ConnectionChanged {2, 0, u"connected"_s, {}, u"A"_s, {}}
           << ConnectionChanged {1, 0, u"connected"_s, {}, u"B"_s, {}}
           << ConnectionChanged {2, 1, u"reconnecting"_s, u"eof"_s, u"A"_s, {}}
           << ConnectionChanged {2, 1, u"connected"_s, {}, u"B"_s, {}};
    QCOMPARE(stream.state.connections.size(), 2);
    QCOMPARE(stream.state.connections[0].connection, 1);
    QCOMPARE(stream.state.connections[0].reconnects, 0);
    QCOMPARE(stream.state.connections[1].reconnects, 1);
    QCOMPARE(stream.state.connections[1].history.last().slot, u"B"_s);
}

void TestRunState::ends()
{
    Stream stream;
    RunFinished finished;
    finished.outcome = u"restored"_s;
    finished.serving = {{u"A"_s, u"hash_1"_s}};
    stream << deployment() << StepStarted {u"check"_s, u"A"_s, 0} << DecisionAsked {}
           << WaitingFor {u"check"_s, u"A"_s, u"http"_s, {}} << PointOfNoReturn {} << finished;
    QVERIFY(!stream.state.running());
    QVERIFY(!stream.state.currentStep());
    QVERIFY(!stream.state.pendingDecision());
    QVERIFY(!stream.state.waiting);
    QVERIFY(stream.state.pointOfNoReturn);
    QCOMPARE(stream.state.result->outcome, u"restored"_s);
    QCOMPARE(stream.state.finished, start.addSecs(6));
}

void TestRunState::goesOnAfterAResume()
{
    Stream stream;
    RunStarted again = deployment();
    again.kind = u"resume"_s;
    again.serving = {{u"A"_s, u"hash_2"_s}, {u"B"_s, u"hash_1"_s}};
    stream << deployment() << SlotChanged {u"A"_s, u"hash_2"_s, u"ready"_s, u"new"_s} << again;
    QVERIFY(stream.state.running());
    QCOMPARE(stream.state.request.kind, u"resume"_s);
    QCOMPARE(stream.state.started, start.addSecs(1));
    QCOMPARE(stream.state.slot(u"A"_s)->imageBefore, u"hash_1"_s);
    QCOMPARE(stream.state.slot(u"A"_s)->container, u"new"_s);
}

void TestRunState::appliesAnEventOnce()
{
    Stream stream;
    stream << deployment() << CommandRan {};
    const RunState again = apply(stream.state, {2, start, u"run"_s, CommandRan {}});
    QCOMPARE(again.commands, 1);
    QCOMPARE(toJson(again), toJson(stream.state));
}

QTEST_GUILESS_MAIN(TestRunState)
#include "tst_runstate.moc"
