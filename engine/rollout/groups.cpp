// SPDX-License-Identifier: MIT
// Two groups of slots: which one is next, and how it gets its release while the other serves.
#include "engine/rollout/groups.h"

#include "engine/rollout/canarysteps.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

    /// A warm container answered before: if it does not at once, it is replaced like any other.
    constexpr auto warmDeadline = 2s;

    int servingIn(const Run& run, const QString& group)
    {
        return int(std::count_if(run.target.slots.begin(), run.target.slots.end(), [&](const Slot& slot) {
            return run.target.groupOf(slot) == group && !run.serving.value(slot.name).isEmpty();
        }));
    }

    QString nextGroup(const Run& run)
    {
        const QStringList groups = run.target.groups();
        // Nothing serves: a first deployment begins with the first group.
        if (servingIn(run, groups[0]) == 0)
            return groups[0];
        return servingIn(run, groups[1]) <= servingIn(run, groups[0]) ? groups[1] : groups[0];
    }

    bool runsWanted(const Run& run, const QString& group)
    {
        return std::all_of(run.target.slots.begin(), run.target.slots.end(), [&](const Slot& slot) {
            if (run.target.groupOf(slot) != group)
                return true;
            const ObservedSlot& seen = run.found.slot(slot.name);
            return seen.container && seen.container->running && seen.tag == run.to
                && seen.routing == ObservedSlot::Routing::Down;
        });
    }

    /// The kept containers are the new ones already.
    void takeWhatIsWarm(SlotTurn& turn)
    {
        turn.newId = std::exchange(turn.oldId, {});
        turn.newName = turn.slot.container;
        turn.newStarted = true;
    }

    bool answerNow(Run& run, const std::vector<SlotTurn>& turns)
    {
        return std::all_of(turns.begin(), turns.end(), [&](const SlotTurn& turn) {
            return run.untilReady(turn.slot, 1, warmDeadline, nullptr, nullptr);
        });
    }

    bool ran(const Run& run, const SlotTurn& turn)
    {
        const ObservedSlot& seen = run.found.slot(turn.slot.name);
        return seen.container && seen.container->running;
    }

    void stopWhatRuns(Run& run, SlotTurn& turn)
    {
        if (!ran(run, turn))
            return;
        // It was kept warm for a rollback: should this run fail, that way back is open again, for as long.
        if (!run.routedUp.value(turn.slot.name))
            run.undo.push(u"keepWarm"_s, turn.slot.name, [&run, &turn] {
                run.site.stopLater(turn.slot, turn.oldId, run.target.keepWarmSeconds, {});
            });
        steps::down(run, turn);
        steps::drain(run, turn);
        steps::stop(run, turn);
    }

}

bool isWarm(Run& run)
{
    const bool grouped = run.request.strategy == Strategy::BlueGreen
        || run.request.strategy == Strategy::RedBlack;
    return grouped && run.request.kind == u"rollback" && run.target.groups().size() == 2
        && runsWanted(run, nextGroup(run));
}

Groups groupsOf(Run& run)
{
    const QString next = nextGroup(run);
    Groups groups;
    for (const Slot& slot : run.target.slots)
        (run.target.groupOf(slot) == next ? groups.next : groups.before).push_back(turnFor(run, slot));
    groups.warm = isWarm(run) && answerNow(run, groups.next);
    if (groups.warm)
        std::for_each(groups.next.begin(), groups.next.end(), takeWhatIsWarm);
    return groups;
}

namespace steps {

    void readyGroup(Run& run, Groups& groups)
    {
        if (groups.warm)
            return;
        SlotTurn* at = nullptr;
        try {
            for (SlotTurn& turn : groups.next) {
                at = &turn;
                create(run, turn);
            }
            for (SlotTurn& turn : groups.next) {
                at = &turn;
                stopWhatRuns(run, turn);
            }
            // All of them boot at once.
            for (SlotTurn& turn : groups.next) {
                at = &turn;
                start(run, turn);
            }
            for (SlotTurn& turn : groups.next) {
                at = &turn;
                check(run, turn);
                warmUp(run, turn);
                run.say(SlotChanged { turn.slot.name, run.to, u"ready"_s, turn.newId });
            }
        } catch (const Error&) {
            keepEvidence(run, *at);
            throw;
        }
    }

    void watchAndDrain(Run& run, Groups& groups)
    {
        if (auto start = std::exchange(run.startWitness, {}))
            start();
        for (SlotTurn& turn : groups.next) {
            try {
                watch(run, turn);
            } catch (const Error&) {
                keepEvidence(run, turn);
                throw;
            }
        }
        for (SlotTurn& turn : groups.before)
            drain(run, turn);
    }

    void settleGroups(Run& run, Groups& groups)
    {
        run.passPointOfNoReturn();
        if (!groups.warm)
            for (SlotTurn& turn : groups.next)
                run.attempt([&] { retire(run, turn); });
        for (SlotTurn& turn : groups.before) {
            if (turn.oldId.isEmpty() || turn.oldTag.isEmpty())
                continue;
            run.attempt([&] {
                if (run.target.keepWarmSeconds == 0) {
                    stop(run, turn);
                    return;
                }
                run.step(u"keepWarm"_s, turn.slot.name, [&] {
                    run.site.stopLater(
                        turn.slot, turn.oldId, run.target.keepWarmSeconds, run.stop());
                    run.say(KeptWarm { turn.slot.name, turn.oldTag, turn.oldId,
                        run.target.keepWarmSeconds, turn.longLivedLeft });
                });
            });
        }
    }

}

} // namespace gapless
