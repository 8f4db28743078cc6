// SPDX-License-Identifier: MIT
#include "engine/rollout/canarysteps.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    /// The slot that goes first: one that serves nothing costs nobody anything; else the last.
    const Slot& canarySlot(const Run& run)
    {
        for (const Slot& slot : run.target.slots)
            if (run.serving.value(slot.name).isEmpty())
                return slot;
        return run.target.slots.last();
    }

    /// A share of the traffic means something only where something else gets the rest.
    bool hasSomethingToCompareWith(const Run& run, const Slot& first)
    {
        return std::any_of(run.target.slots.begin(), run.target.slots.end(), [&](const Slot& slot) {
            return slot.name != first.name && !run.serving.value(slot.name).isEmpty();
        });
    }

    QString stickyBy(const Upstream& upstream)
    {
        if (upstream.ipHash)
            return u"ip_hash"_s;
        return upstream.hashKey.contains("cookie") || upstream.sticky ? u"cookie"_s : u"key"_s;
    }

    void sayWhetherClientsArePinned(Run& run)
    {
        const Upstream& upstream = run.found.gateway.upstream;
        if (!upstream.hasAffinity())
            return;
        run.say(Warned { u"sticky"_s, u"info"_s,
            { { u"what"_s, stickyBy(upstream) },
                { u"key"_s,
                    upstream.sticky ? u"sticky"_s : QString::fromUtf8(upstream.hashKey) } } });
    }

    void growShare(Run& run, Canary& canary)
    {
        try {
            bringOutside(run, canary.turn);
            for (const int percent : run.target.canary.steps) {
                steps::weight(run, canary, percent);
                if (percent < 100)
                    steps::compare(run, canary, percent);
                else
                    steps::watch(run, canary.turn);
            }
        } catch (const Error& error) {
            if (error.kind != ErrorKind::StoppedKeeping)
                steps::keepEvidence(run, canary.turn);
            throw;
        }
    }

}

void canary(Run& run)
{
    const Slot& first = canarySlot(run);
    // A way back is not tried out on a few, and a first deployment has nothing to be compared with.
    if (run.request.kind == u"rollback" || !hasSomethingToCompareWith(run, first)) {
        rolling(run);
        return;
    }
    steps::rehearse(run);
    std::vector<SlotTurn> turns = turnsFrom(run, first);
    Canary canary { turns.front(), turns };
    run.untilNoReturn([&] {
        sayWhetherClientsArePinned(run);
        growShare(run, canary);
        run.replaced.insert(first.name);
        // The new version carries everything now; the others follow, each as in a rolling rollout.
        for (auto turn = std::next(turns.begin()); turn != turns.end(); ++turn)
            if (!replaceAsInRolling(run, *turn))
                break;
    });
    if (run.heldAfter) // stopped at a share: the slot has the new version all the same
        run.replaced.insert(first.name);
    run.passPointOfNoReturn();
    for (SlotTurn& turn : turns)
        if (run.replaced.contains(turn.slot.name))
            run.attempt([&] { steps::retire(run, turn); });
}

} // namespace gapless
