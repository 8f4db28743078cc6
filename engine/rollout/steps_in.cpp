// SPDX-License-Identifier: MIT
// The half of a slot's turn that brings the new container in: start, check, warmUp, up, watch.
#include "engine/rollout/groups.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless::steps {

namespace {

    constexpr auto trafficDeadline = 5s;

    void proveHub(Run& run, const Slot& slot)
    {
        if (!run.target.health.hub || !run.target.witness || !run.target.witness->hub)
            return;
        QString why;
        const auto deadline = std::chrono::milliseconds(2 * run.target.health.timeoutMs);
        if (!run.until(u"hub"_s, deadline, 100ms, [&](QJsonObject&) {
                why = run.site.askHub(slot, run.stop());
                return why.isEmpty();
            }))
            throw Error(ErrorKind::HubFailed, { { u"slot"_s, slot.name } }, why).on(slot.host);
    }

    void proveCommand(Run& run, const Slot& slot, const QString& containerName)
    {
        if (run.target.health.command.isEmpty())
            return;
        if (const int exit = run.site.runHealthCommand(slot, containerName, run.stop()); exit != 0)
            throw Error(ErrorKind::HealthCommandFailed,
                { { u"slot"_s, slot.name }, { u"exit"_s, exit } })
                .on(slot.host);
    }

    Error notReadyInTime(const Run& run, const Slot& slot, const QStringList& answers)
    {
        return Error(ErrorKind::HealthTimedOut,
            { { u"slot"_s, slot.name }, { u"seconds"_s, run.target.health.deadlineSeconds },
                { u"expected"_s, run.target.health.expectStatus } },
            answers.isEmpty() ? QString() : answers.last())
            .on(slot.host);
    }

    /// Where clients are pinned to servers, none of them need be due at this slot: that is no fault.
    bool clientsArePinned(const Run& run)
    {
        return run.found.gateway.upstream.hasAffinity();
    }

    void proveTrafficArrives(Run& run, const SlotTurn& turn)
    {
        const bool arrived = run.until(u"traffic"_s, trafficDeadline, 20ms, [&](QJsonObject&) {
            if (run.site.trafficSeen(turn.slot, run.stop()))
                return true;
            run.site.nudgeGateway(run.stop());
            return run.site.trafficSeen(turn.slot, run.stop());
        });
        if (arrived)
            return;
        const bool asked = run.target.witness && !run.target.witness->url.isEmpty();
        if (asked && !clientsArePinned(run))
            throw Error(ErrorKind::TrafficNotArriving, { { u"slot"_s, turn.slot.name } })
                .on(run.target.gateway.host);
        run.say(Warned { u"traffic"_s, u"info"_s, { { u"slot"_s, turn.slot.name } } });
    }

    void takeDownAgain(Run& run, SlotTurn& turn)
    {
        const bool onlyOne = std::none_of(run.target.slots.begin(), run.target.slots.end(),
            [&](const Slot& other) {
                return other.name != turn.slot.name && run.routedUp.value(other.name);
            });
        if (onlyOne && run.found.gateway.missing) {
            run.site.removeSite({});
            run.serving[turn.slot.name].clear();
            run.routedUp[turn.slot.name] = false;
            run.say(TrafficChanged { turn.slot.name, u"down"_s, 1 });
            return;
        }
        QList<qint64> oldWorkers;
        run.route(turn.slot, false, {}, {}, &oldWorkers, run.from.isEmpty());
        emptyBeforeKill(run, turn, oldWorkers);
    }

}

void proveTraffic(Run& run, SlotTurn& turn) { proveTrafficArrives(run, turn); }

void emptyBeforeKill(Run& run, SlotTurn& turn, const QList<qint64>& oldWorkers)
{
    turn.oldWorkers = oldWorkers;
    run.say(SlotChanged { turn.slot.name, run.to, u"draining"_s, turn.newId });
    run.until(u"connections"_s, std::chrono::seconds(run.target.drain.requestSeconds), 20ms,
        [&](QJsonObject& numbers) {
            const HeldConnections held = run.site.held(turn.slot, turn.oldWorkers, {});
            numbers = { { u"inFlight"_s, held.inFlight + held.ambiguous } };
            return held.workersGone || (held.visible && held.inFlight + held.ambiguous == 0);
        });
}

void start(Run& run, SlotTurn& turn)
{
    run.step(u"start"_s, turn.slot.name, [&] {
        run.undo.push(u"killNew"_s, turn.slot.name, [&run, &turn] {
            proveNotNeeded(run, turn);
            if (turn.newStarted)
                run.site.kill(turn.slot, turn.newId, {});
            turn.newStarted = false;
        });
        run.say(SlotChanged { turn.slot.name, run.to, u"starting"_s, turn.newId });
        turn.newStarted = true;
        run.changed = true;
        if (turn.again) // kept without a restart policy, so that no daemon starts it on its own
            run.site.revive(turn.slot, turn.newId, run.target.container.restart, run.stop());
        else
            run.site.start(turn.slot, turn.newId, run.stop());
    });
}

void proveReady(Run& run, const Slot& slot, const QString& id, const QString& containerName,
    QStringList& answers)
{
    answers.clear();
    const auto ended = run.site.watchExit(slot, id);
    const auto deadline = std::chrono::seconds(run.target.health.deadlineSeconds);
    if (!run.untilReady(slot, run.target.health.successes, deadline, ended.get(), &answers,
            [&] { proveHub(run, slot); }))
        throw notReadyInTime(run, slot, answers);
    proveCommand(run, slot, containerName);
}

void check(Run& run, SlotTurn& turn)
{
    run.step(u"check"_s, turn.slot.name, [&] {
        run.say(SlotChanged { turn.slot.name, run.to, u"checking"_s, turn.newId });
        proveReady(run, turn.slot, turn.newId, turn.newName, turn.health);
    });
}

void warmUp(Run& run, SlotTurn& turn)
{
    if (run.target.health.warmUpRequests <= 0)
        return;
    run.step(u"warmUp"_s, turn.slot.name, [&] {
        run.say(SlotChanged { turn.slot.name, run.to, u"warming"_s, turn.newId });
        run.site.warmUp(turn.slot, run.target.health.warmUpRequests, run.stop());
    });
}

void up(Run& run, SlotTurn& turn)
{
    run.step(u"up"_s, turn.slot.name, [&] {
        run.undo.push(u"takeDown"_s, turn.slot.name, [&run, &turn] { takeDownAgain(run, turn); });
        run.route(turn.slot, true, run.to, run.stop());
        run.site.unguardSlot(turn.slot);
        run.unready.remove(turn.slot.name);
        turn.takenOut = false;
        proveTrafficArrives(run, turn);
        run.say(SlotChanged { turn.slot.name, run.to, u"serving"_s, turn.newId });
    });
}

void watch(Run& run, SlotTurn& turn)
{
    if (run.target.health.watchSeconds <= 0)
        return;
    run.step(u"watch"_s, turn.slot.name, [&] {
        const auto ended = run.site.watchExit(turn.slot, turn.newId);
        const auto interval = std::chrono::milliseconds(run.target.health.intervalMs);
        auto next = run.clock.steady();
        run.until(u"watch"_s, std::chrono::seconds(run.target.health.watchSeconds), 50ms,
            [&](QJsonObject& numbers) {
                numbers[u"seconds"_s] = run.target.health.watchSeconds;
                record(run, turn); // here, where it costs nobody any time
                if (const auto exit = ended ? ended->exited() : std::nullopt)
                    throw Error(ErrorKind::ContainerExited,
                        { { u"slot"_s, turn.slot.name }, { u"exit"_s, *exit } })
                        .on(turn.slot.host);
                if (run.clock.steady() < next)
                    return false;
                next = run.clock.steady() + interval;
                const HealthAnswer answer = run.site.askHealth(turn.slot, run.stop());
                if (!answer.ok)
                    throw Error(ErrorKind::HealthFailed,
                        { { u"slot"_s, turn.slot.name }, { u"status"_s, answer.status },
                            { u"expected"_s, run.target.health.expectStatus } },
                        answer.text)
                        .on(turn.slot.host);
                return false;
            });
    });
}

} // namespace gapless::steps
