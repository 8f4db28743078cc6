// SPDX-License-Identifier: MIT
// Finishing a blue-green or red-black run whose owner is gone: its gate, the switch, what follows.
#include "engine/rollout/groups.h"
#include "engine/rollout/recovery_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    bool hasTheNewOne(const Run& run, const Recovery& found, const QString& group)
    {
        return std::all_of(found.slots.begin(), found.slots.end(), [&](const SlotFinding& slot) {
            const bool isIn = std::any_of(run.target.slots.begin(), run.target.slots.end(),
                [&](const Slot& one) {
                    return one.name == slot.slot && run.target.groupOf(one) == group;
                });
            return !isIn || (slot.ready && slot.runningTag == run.to);
        });
    }

    SlotTurn nextTurn(const Run& run, const Slot& slot)
    {
        SlotTurn turn { .slot = slot };
        for (const FoundContainer& container : containersOf(run, slot))
            if (container.running && container.tag == run.to && turn.newId.isEmpty()) {
                turn.newId = container.id;
                turn.newName = container.name;
                turn.newStarted = true;
            } else if (container.ownName) {
                turn.oldId = container.id;
            }
        return turn;
    }

    SlotTurn turnBefore(const Run& run, const Slot& slot)
    {
        SlotTurn turn { .slot = slot };
        const QList<FoundContainer> containers = containersOf(run, slot);
        if (const FoundContainer* holder = holderIn(containers)) {
            turn.oldId = holder->id;
            turn.oldTag = holder->tag;
            turn.oldRestart = holder->restart;
            turn.oldRan = true;
        }
        return turn;
    }

}

bool isGrouped(Strategy strategy)
{
    return strategy == Strategy::BlueGreen || strategy == Strategy::RedBlack;
}

bool finishGroups(Run& run, const Recovery& found)
{
    const InterruptedRun& interrupted = found.interrupted;
    const QStringList names = run.target.groups();
    if (!isGrouped(interrupted.strategy) || names.size() != 2)
        return false;
    const bool first = hasTheNewOne(run, found, names[0]);
    if (first == hasTheNewOne(run, found, names[1]))
        return false; // neither is ready yet; or both have it, and then there is nothing to switch
    const QString& next = names[first ? 0 : 1];
    Groups groups;
    bool switched = true;
    for (const Slot& slot : run.target.slots)
        if (run.target.groupOf(slot) == next) {
            groups.next.push_back(nextTurn(run, slot));
            switched = switched && run.routedUp.value(slot.name);
        } else {
            groups.before.push_back(turnBefore(run, slot));
        }
    groups.warm = std::all_of(groups.next.begin(), groups.next.end(),
        [](const SlotTurn& turn) { return turn.newName == turn.slot.container; });
    run.untilNoReturn([&] { // while the turns that the undo entries refer to are still here
        // Nobody has passed the gate yet: whoever finishes the run waits there in its place.
        if (interrupted.strategy == Strategy::RedBlack && !switched && !interrupted.approved
            && interrupted.kind != u"rollback")
            steps::approve(run, groups);
        steps::switchTo(run, groups);
        steps::watchAndDrain(run, groups);
    });
    steps::settleGroups(run, groups);
    return true;
}

} // namespace gapless
