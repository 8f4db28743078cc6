// SPDX-License-Identifier: MIT
// What is left of a slot's turn once it has succeeded or failed.
#include "engine/rollout/run.h"

using namespace Qt::StringLiterals;

namespace gapless::steps {

void retire(Run& run, SlotTurn& turn)
{
    if (turn.again)
        return; // it has the slot's name
    run.step(u"retire"_s, turn.slot.name, [&] {
        record(run, turn); // where there was no watch
        run.site.takeName(turn.slot, turn.newId, turn.oldId, run.stop());
        if (!turn.oldId.isEmpty())
            run.say(SlotChanged { turn.slot.name, turn.oldTag, u"removed"_s, turn.oldId });
    });
}

void keepEvidence(Run& run, SlotTurn& turn)
{
    if (turn.newId.isEmpty() || run.planning())
        return;
    SlotEvidence evidence { turn.slot.name, run.to, turn.newId, {}, {}, turn.health };
    try {
        if (const auto container = run.site.inspect(turn.slot, turn.newId, {}))
            evidence.state = container->status;
        evidence.log = run.site.lastLog(turn.slot, turn.newId, {});
    } catch (const Error&) {
        // The failure that is being recorded may be the host itself: its absence is in the journal.
    }
    run.say(std::move(evidence));
}

void discardNew(Run& run, SlotTurn& turn)
{
    if (turn.newStarted)
        run.site.kill(turn.slot, turn.newId, {});
    turn.newStarted = false;
    if (turn.again) {
        // It was there before this run; should the slot be tried again, a new one takes its place.
        turn.again = false;
        turn.oldId = std::exchange(turn.newId, {});
        turn.newName = ownName(run, turn.slot);
        return;
    }
    run.site.remove(turn.slot, turn.newName, {});
    run.say(SlotChanged { turn.slot.name, run.to, u"removed"_s, turn.newId });
    turn.newId.clear();
}

void leaveOut(Run& run, SlotTurn& turn)
{
    if (!run.serving.value(turn.slot.name).isEmpty()) {
        proveOthersReady(run, turn.slot);
        run.route(turn.slot, false, {}, {});
    }
    run.site.unguardSlot(turn.slot); // it is out by a decision
    run.say(SlotChanged { turn.slot.name, {}, u"out"_s, turn.oldId });
}

} // namespace gapless::steps
