// SPDX-License-Identifier: MIT
// All traffic at once: one edit, one reload, and the proof that it arrives.
#include "engine/rollout/groups.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless::steps {

namespace {

    constexpr auto readyAgainDeadline = 10s;

    int countServing(const Run& run, const std::vector<SlotTurn>& turns)
    {
        return int(std::count_if(turns.begin(), turns.end(),
            [&](const SlotTurn& turn) { return !run.serving.value(turn.slot.name).isEmpty(); }));
    }

    /// How many slots carry the site before, and how many after.
    void sayCapacity(Run& run, const Groups& groups)
    {
        run.planned({ u"capacity"_s, {},
            u"%1 %2 %3"_s.arg(countServing(run, groups.before))
                .arg(groups.next.size())
                .arg(run.target.slots.size()) });
    }

    void switchBack(Run& run, Groups& groups, const QMap<QString, QString>& servedBefore)
    {
        QList<Route> routes;
        QMap<QString, QString> tags;
        for (const SlotTurn& turn : groups.before)
            if (const QString tag = servedBefore.value(turn.slot.name); !tag.isEmpty()) {
                routes.append({ turn.slot.name, true });
                tags[turn.slot.name] = tag;
            }
        if (routes.isEmpty())
            return; // nothing served: there is nothing to go back to
        for (const SlotTurn& turn : groups.before)
            if (tags.contains(turn.slot.name)
                && !run.untilReady(turn.slot, 1, readyAgainDeadline, nullptr, nullptr))
                throw Error(ErrorKind::SlotNotReady, { { u"slot"_s, turn.slot.name } })
                    .on(turn.slot.host); // traffic is better off where it is
        for (const SlotTurn& turn : groups.next)
            routes.append({ turn.slot.name, false });
        QList<qint64> oldWorkers;
        run.route(routes, tags, {}, &oldWorkers);
        for (SlotTurn& turn : groups.before)
            if (tags.contains(turn.slot.name)) {
                turn.takenOut = false;
                run.say(SlotChanged { turn.slot.name, turn.oldTag, u"serving"_s, turn.oldId });
            }
        for (SlotTurn& turn : groups.next)
            emptyBeforeKill(run, turn, oldWorkers);
    }

}

void switchTo(Run& run, Groups& groups)
{
    run.step(u"switch"_s, {}, [&] {
        sayCapacity(run, groups);
        // The approval may have taken days: what was ready then has to be ready now.
        for (const SlotTurn& turn : groups.next)
            if (!run.untilReady(turn.slot, 1, readyAgainDeadline, nullptr, nullptr))
                throw Error(ErrorKind::SlotNotReady, { { u"slot"_s, turn.slot.name } })
                    .on(turn.slot.host);
        run.undo.push(u"switchBack"_s, {}, [&run, &groups, before = run.serving] {
            switchBack(run, groups, before);
        });
        QList<Route> routes;
        QMap<QString, QString> tags;
        for (const SlotTurn& turn : groups.next) {
            routes.append({ turn.slot.name, true });
            tags[turn.slot.name] = run.to;
        }
        for (const SlotTurn& turn : groups.before)
            if (run.routedUp.value(turn.slot.name))
                routes.append({ turn.slot.name, false });
        QList<qint64> oldWorkers;
        run.route(routes, tags, run.stop(), &oldWorkers);
        for (SlotTurn& turn : groups.next) {
            proveTraffic(run, turn);
            run.say(SlotChanged { turn.slot.name, run.to, u"serving"_s, turn.newId });
            run.replaced.insert(turn.slot.name);
        }
        for (SlotTurn& turn : groups.before) {
            if (turn.oldTag.isEmpty())
                continue;
            turn.takenOut = true;
            turn.oldWorkers = oldWorkers;
            run.say(SlotChanged { turn.slot.name, turn.oldTag, u"draining"_s, turn.oldId });
        }
    });
}

} // namespace gapless::steps
