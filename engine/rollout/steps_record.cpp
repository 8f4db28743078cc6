// SPDX-License-Identifier: MIT
// What a run remembers of the containers it takes out and brings in, and what it makes of that.
#include "engine/rollout/configuration.h"
#include "engine/rollout/run.h"

using namespace Qt::StringLiterals;

namespace gapless::steps {

namespace {

    QList<ContainerRecorded> describe(Run& run, const Slot& slot, QStringList ids)
    {
        ids.removeAll(QString());
        if (ids.isEmpty())
            return {};
        try {
            return run.site.describe(slot, ids, run.stop());
        } catch (const Error&) {
            return {}; // what cannot be noted does not stand in the way of a rollout
        }
    }

    const ContainerRecorded* find(const QList<ContainerRecorded>& all, const QString& id)
    {
        for (const ContainerRecorded& one : all)
            if (one.container == id)
                return &one;
        return nullptr;
    }

    /// The id of the container that serves the release in a slot that was replaced.
    QString servingId(const Run& run, const QString& slot) { return run.newIds.value(slot); }

}

void record(Run& run, SlotTurn& turn)
{
    if (run.planning() || std::exchange(turn.recorded, true))
        return;
    for (ContainerRecorded one : describe(run, turn.slot, { turn.oldId, turn.newId })) {
        const bool isNew = one.container == turn.newId;
        one.image = isNew ? run.to : run.found.slot(turn.slot.name).tag;
        // The old one's is known already, from before it was taken out.
        if (!isNew)
            one.inspect = {};
        run.say(std::move(one));
    }
}

void recordOld(Run& run, const SlotTurn& turn)
{
    if (run.planning() || turn.oldId.isEmpty())
        return;
    const ObservedSlot& seen = run.found.slot(turn.slot.name);
    if (!seen.inspect.isEmpty())
        run.say(ContainerRecorded { turn.slot.name, seen.tag, turn.oldId, seen.inspect, {} });
}

void sayWhatChangedSince(Run& run, SlotTurn& turn)
{
    if (run.planning() || run.request.kind != u"rollback" || !run.history.recorded)
        return;
    const auto before = run.history.recorded(run.to, turn.slot.name);
    if (!before)
        return;
    const QList<ContainerRecorded> now = describe(run, turn.slot, { turn.newId });
    const ContainerRecorded* after = find(now, turn.newId);
    if (!after)
        return;
    const auto found = differences(*before, *after, Comparing::SlotWithItself);
    if (!found.isEmpty())
        run.say(ConfigurationDiffers { turn.slot.name, run.to, {}, toJson(found) });
}

void sayDifference(Run& run, const SlotTurn& turn)
{
    if (run.planning() || turn.newId.isEmpty())
        return;
    for (const Slot& works : run.target.slots) {
        if (!run.replaced.contains(works.name))
            continue;
        const QString id = servingId(run, works.name);
        const QList<ContainerRecorded> good = describe(run, works, { id });
        const QList<ContainerRecorded> bad = describe(run, turn.slot, { turn.newId });
        const ContainerRecorded* a = find(good, id);
        const ContainerRecorded* b = find(bad, turn.newId);
        if (!a || !b)
            return;
        const QStringList own = works.env.keys() + turn.slot.env.keys();
        const auto found
            = differences(*a, *b, Comparing::TwoSlots, QSet<QString>(own.begin(), own.end()));
        if (!found.isEmpty())
            run.say(ConfigurationDiffers { turn.slot.name, run.to, works.name, toJson(found) });
        return;
    }
}

} // namespace gapless::steps
