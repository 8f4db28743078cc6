// SPDX-License-Identifier: MIT
#include "engine/rollout/canarysteps.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    void takeOut(Run& run, SlotTurn& turn)
    {
        steps::create(run, turn);
        steps::down(run, turn);
        steps::drain(run, turn);
        steps::stop(run, turn);
    }

    void bringIn(Run& run, SlotTurn& turn)
    {
        steps::start(run, turn);
        steps::check(run, turn);
        steps::warmUp(run, turn);
        steps::up(run, turn);
        steps::watch(run, turn);
        run.replaced.insert(turn.slot.name);
        run.newIds[turn.slot.name] = turn.newId;
    }

    /// keepOneRunning: the slot's old release stays in it, stopped, so that a rollback need only start
    /// it. The slots before it serve the new one by now.
    void leaveStopped(Run& run, SlotTurn& turn)
    {
        steps::down(run, turn);
        steps::drain(run, turn);
        steps::stop(run, turn);
    }

    QString choiceFor(Run& run, const SlotTurn& turn)
    {
        switch (run.request.onPartialFailure) {
        case OnPartialFailure::Hold:
            return u"hold"_s;
        case OnPartialFailure::Rollback:
            return u"rollback"_s;
        case OnPartialFailure::Ask:
            break;
        }
        return run
            .ask({ u"partialFailure"_s, turn.slot.name, u"hold"_s,
                { u"retry"_s, u"hold"_s, u"rollback"_s } })
            .choice;
    }

    /// True: try the slot again. Throws to take everything back. False: leave it as it is.
    bool decideAfterFailure(Run& run, SlotTurn& turn, Undo::Mark turnBegan, const Error& failure)
    {
        const QString choice = choiceFor(run, turn);
        if (choice == u"rollback")
            throw failure;
        if (choice == u"retry" && !turn.oldStopped) {
            // The old container still runs: it serves on while the slot is tried from scratch.
            if (!run.rollBackTo(turnBegan))
                throw failure;
            return true;
        }
        steps::discardNew(run, turn);
        if (choice == u"retry")
            return true;
        steps::leaveOut(run, turn);
        run.heldAfter = failure;
        return false;
    }

    /// A person stopped the run and keeps what serves: the slot has the new version where it serves there
    /// by now, and else what it had.
    void stopHere(Run& run, SlotTurn& turn, Undo::Mark turnBegan, const Error& stopped)
    {
        if (turn.newStarted && !turn.takenOut) {
            run.replaced.insert(turn.slot.name);
            run.newIds[turn.slot.name] = turn.newId;
        } else {
            run.restoreSince(turnBegan);
        }
        run.heldAfter = stopped;
    }

    /// The whole turn of one slot; false when a person, or the target, chose to stop here. `keep`: it
    /// is left stopped.
    bool replaceSlot(Run& run, SlotTurn& turn, bool keep)
    {
        const Undo::Mark turnBegan = run.undo.mark();
        for (;;) {
            try {
                if (keep) {
                    leaveStopped(run, turn);
                    return true;
                }
                if (turn.oldStopped)
                    steps::create(run, turn);
                else
                    takeOut(run, turn);
                bringIn(run, turn);
                return true;
            } catch (const Error& failure) {
                if (failure.kind == ErrorKind::StoppedKeeping) {
                    stopHere(run, turn, turnBegan, failure);
                    return false;
                }
                steps::keepEvidence(run, turn);
                steps::sayDifference(run, turn);
                // With nothing replaced yet the old version still serves everywhere else: restore. So does a
                // run that can write down neither a question nor what came of it.
                if (run.replaced.isEmpty() || failure.kind == ErrorKind::StoreUnusable)
                    throw;
                if (!decideAfterFailure(run, turn, turnBegan, failure))
                    return false;
            }
        }
    }

    /// Slots that do not serve, or not well, come first: replacing them takes nothing away from users.
    std::vector<SlotTurn> turnsInOrder(const Run& run)
    {
        QList<const Slot*> order;
        for (const Slot& slot : run.target.slots)
            order.append(&slot);
        std::stable_partition(order.begin(), order.end(),
            [&](const Slot* slot) {
                return run.serving.value(slot->name).isEmpty() || run.unready.contains(slot->name);
            });
        std::vector<SlotTurn> turns;
        turns.reserve(std::size_t(order.size())); // undo entries refer to them
        for (const Slot* slot : order)
            turns.push_back(turnOf(run, *slot));
        return turns;
    }

}

SlotTurn turnFor(const Run& run, const Slot& slot) { return turnOf(run, slot); }

std::vector<SlotTurn> turnsFrom(const Run& run, const Slot& first)
{
    std::vector<SlotTurn> turns;
    turns.reserve(std::size_t(run.target.slots.size())); // undo entries refer to them
    turns.push_back(turnOf(run, first));
    for (const Slot& slot : run.target.slots)
        if (slot.name != first.name)
            turns.push_back(turnOf(run, slot));
    return turns;
}

void bringOutside(Run& run, SlotTurn& turn)
{
    takeOut(run, turn);
    steps::start(run, turn);
    steps::check(run, turn);
    steps::warmUp(run, turn);
}

bool replaceAsInRolling(Run& run, SlotTurn& turn) { return replaceSlot(run, turn, false); }

SlotTurn turnOf(const Run& run, const Slot& slot)
{
    SlotTurn turn { .slot = slot };
    turn.newName = steps::ownName(run, slot);
    const ObservedSlot& seen = run.found.slot(slot.name);
    if (!seen.container)
        return turn;
    // What the slot kept of the release that is wanted back: starting it is all there is to do.
    turn.again = run.request.kind == u"rollback" && !seen.container->running
        && !run.to.isEmpty() && seen.tag == run.to;
    if (turn.again) {
        turn.newId = seen.container->id;
        turn.newName = slot.container;
        return turn;
    }
    turn.oldId = seen.container->id;
    turn.oldRan = seen.container->running;
    turn.oldRestart = seen.container->restartPolicy;
    turn.oldTag = run.serving.value(slot.name);
    return turn;
}

void rolling(Run& run)
{
    steps::rehearse(run);
    std::vector<SlotTurn> turns = turnsInOrder(run);
    run.untilNoReturn([&] {
        for (SlotTurn& turn : turns)
            if (!replaceSlot(run, turn, run.target.keepOneRunning && &turn == &turns.back()))
                break;
        if (!run.heldAfter)
            run.checkStop(); // a cancel that the last step had no ear for
    });
    run.passPointOfNoReturn();
    for (SlotTurn& turn : turns)
        if (run.replaced.contains(turn.slot.name))
            run.attempt([&] { steps::retire(run, turn); });
}

} // namespace gapless
