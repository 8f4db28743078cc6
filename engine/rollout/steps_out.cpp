// SPDX-License-Identifier: MIT
// The half of a slot's turn that takes the old container out: create, down, drain, stop.
#include "engine/rollout/creation.h"
#include "engine/rollout/run.h"

#include <QJsonDocument>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless::steps {

namespace {

    constexpr auto readyAgainDeadline = 10s;
    /// However short the target's deadline for a new release is: giving up the old one costs capacity.
    constexpr auto leastBootAgain = 60s;

    /// For a plan: what the slot's next container gets that the present one has not.
    void sayWhatCreationChanges(Run& run, const SlotTurn& turn)
    {
        if (!run.planning())
            return;
        const ObservedSlot& seen = run.found.slot(turn.slot.name);
        const QJsonObject config = configOfImage(run.found, turn.slot.host, seen.imageId);
        for (const QJsonValue change : toJson(creationChanges(run.target, turn.slot, seen.inspect, config)))
            run.planned({ u"change"_s, turn.slot.host,
                QString::fromUtf8(QJsonDocument(change.toObject()).toJson(QJsonDocument::Compact)) });
    }

    /// Another hand has removed the container that was kept: one like it takes its place.
    void makeOldAgain(Run& run, SlotTurn& turn)
    {
        turn.oldId = run.site.recreate(turn.slot, run.found.slot(turn.slot.name), {});
        run.say(Warned { u"keptContainer"_s, u"warn"_s,
            { { u"what"_s, u"recreated"_s }, { u"slot"_s, turn.slot.name },
                { u"container"_s, turn.slot.container } } });
        run.site.revive(turn.slot, turn.oldId, turn.oldRestart, {});
    }

    void startOldAgain(Run& run, SlotTurn& turn)
    {
        if (turn.oldId.isEmpty() || !turn.oldStopped)
            return;
        try {
            run.site.revive(turn.slot, turn.oldId, turn.oldRestart, {});
        } catch (const Error& error) {
            if (error.kind != ErrorKind::ContainerMissing)
                throw;
            makeOldAgain(run, turn);
        }
        const auto deadline
            = std::max<std::chrono::seconds>(leastBootAgain, std::chrono::seconds(run.target.health.deadlineSeconds));
        // It served before: its first good answer is proof enough, and every moment counts.
        if (!run.untilReady(turn.slot, 1, deadline, nullptr, nullptr))
            throw Error(ErrorKind::HealthTimedOut,
                { { u"slot"_s, turn.slot.name }, { u"seconds"_s, qint64(deadline.count()) } })
                .on(turn.slot.host);
        turn.oldStopped = false;
    }

    void putUpAgain(Run& run, SlotTurn& turn)
    {
        if (turn.oldId.isEmpty() || turn.oldTag.isEmpty())
            return; // it served nothing before either
        if (turn.oldStopped) // it could not be started: no traffic for a slot that does not answer
            throw Error(ErrorKind::SlotNotReady, { { u"slot"_s, turn.slot.name } }).on(turn.slot.host);
        run.route(turn.slot, true, turn.oldTag, {});
        run.site.unguardSlot(turn.slot);
        turn.takenOut = false;
        run.say(SlotChanged { turn.slot.name, turn.oldTag, u"serving"_s, turn.oldId });
    }

}

QString ownName(const Run& run, const Slot& slot) { return slot.container + u'-' + run.id; }

NewContainer newContainer(const Run& run, const Slot& slot, const QString& name)
{
    return { run.target.imageReference(run.to), name,
        { { u"gapless.run"_s, run.id }, { u"gapless.release"_s, run.to },
            { u"gapless.slot"_s, slot.name }, { u"gapless.by"_s, run.request.by } } };
}

void proveOthersReady(Run& run, const Slot& leaving)
{
    // One that was not ready when the run began does not stand in the way of replacing another such.
    const bool leavingWasReady = !run.unready.contains(leaving.name);
    bool oneStays = false;
    for (const Slot& other : run.target.slots) {
        if (other.name == leaving.name || run.serving.value(other.name).isEmpty())
            continue;
        if (!leavingWasReady && run.unready.contains(other.name))
            continue;
        if (!run.untilReady(other, 1, readyAgainDeadline, nullptr, nullptr))
            throw Error(ErrorKind::SlotNotReady, { { u"slot"_s, other.name } }).on(other.host);
        oneStays = true;
    }
    if (!oneStays)
        throw Error(ErrorKind::LastReadySlot, { { u"slot"_s, leaving.name } });
}

void proveNotNeeded(Run& run, const SlotTurn& turn)
{
    const QString& slot = turn.slot.name;
    // One that was found unready and was never put up gives nobody an answer.
    if (turn.newStarted && run.routedUp.value(slot) && !run.serving.value(slot).isEmpty()
        && !run.unready.contains(slot))
        proveOthersReady(run, turn.slot);
}

void create(Run& run, SlotTurn& turn)
{
    if (turn.again)
        return;
    run.step(u"create"_s, turn.slot.name, [&] {
        run.undo.push(u"removeNew"_s, turn.slot.name,
            [&run, &turn] {
                proveNotNeeded(run, turn);
                run.site.remove(turn.slot, turn.newName, {});
            });
        run.changed = true;
        recordOld(run, turn);
        sayWhatCreationChanges(run, turn);
        turn.newId
            = run.site.create(turn.slot, newContainer(run, turn.slot, turn.newName), run.stop());
        sayWhatChangedSince(run, turn);
    });
}

void down(Run& run, SlotTurn& turn)
{
    const bool serves = !run.serving.value(turn.slot.name).isEmpty();
    if (!run.routedUp.value(turn.slot.name) || run.nobodyServes())
        return; // it gets no traffic as it is, or there is nobody to keep away from it
    run.step(u"down"_s, turn.slot.name, [&] {
        if (serves)
            proveOthersReady(run, turn.slot);
        run.undo.push(u"putUp"_s, turn.slot.name, [&run, &turn] { putUpAgain(run, turn); });
        turn.takenOut = true;
        if (serves && !turn.oldId.isEmpty() && !run.planning())
            run.site.guardSlot(turn.slot,
                { turn.oldId, turn.oldTag, turn.oldRestart, turn.newName, run.to }, run.stop());
        run.route(turn.slot, false, {}, run.stop(), &turn.oldWorkers);
        run.say(SlotChanged { turn.slot.name, turn.oldTag, u"draining"_s, turn.oldId });
    });
}

void drain(Run& run, SlotTurn& turn)
{
    if (!turn.takenOut || turn.oldId.isEmpty())
        return;
    run.step(u"drain"_s, turn.slot.name, [&] {
        const auto start = run.clock.steady();
        const auto elapsed = [&] {
            return std::chrono::duration_cast<std::chrono::milliseconds>(run.clock.steady() - start);
        };
        const auto requests = std::chrono::milliseconds(run.target.drain.requestSeconds * 1000);
        const auto longLived = std::chrono::milliseconds(run.target.drain.longLivedSeconds * 1000);
        HeldConnections held;
        run.until(u"connections"_s, requests + longLived, 20ms, [&](QJsonObject& numbers) {
            held = run.site.held(turn.slot, turn.oldWorkers, run.stop());
            numbers = { { u"inFlight"_s, held.inFlight }, { u"longLived"_s, held.longLived },
                { u"ambiguous"_s, held.ambiguous } };
            if (held.workersGone)
                return true;
            if (!held.visible)
                return elapsed() >= requests;
            const bool requestsDone = held.inFlight + held.ambiguous == 0 || elapsed() >= requests;
            const bool longLivedDone = held.longLived == 0 || longLived == 0ms
                || elapsed() >= requests + longLived;
            return requestsDone && longLivedDone;
        });
        turn.longLivedLeft = held.longLived;
        if (!run.planning())
            run.say(ConnectionsDrained { turn.slot.name,
                held.workersGone       ? u"workersGone"_s
                    : held.visible ? u"sockets"_s
                                   : u"time"_s,
                held.inFlight, held.longLived, held.ambiguous, elapsed().count() });
    });
}

void stop(Run& run, SlotTurn& turn)
{
    // One that did not run is not to run after a restore either.
    if (turn.oldId.isEmpty() || !turn.oldRan)
        return;
    run.step(u"stop"_s, turn.slot.name, [&] {
        // Whatever happened to the others since `down`: up to here putting this one back is all it takes.
        if (turn.takenOut)
            proveOthersReady(run, turn.slot);
        run.undo.push(u"startOld"_s, turn.slot.name, [&run, &turn] { startOldAgain(run, turn); });
        run.say(SlotChanged { turn.slot.name, turn.oldTag, u"stopping"_s, turn.oldId });
        turn.oldStopped = true;
        const StopOutcome outcome = run.site.stop(turn.slot, turn.oldId, run.stop());
        if (run.planning())
            return;
        run.say(ContainerStopped {
            turn.slot.name, turn.oldId, outcome.by, outcome.exit, outcome.took.count() });
        run.say(SlotChanged { turn.slot.name, {}, u"stopped"_s, turn.oldId });
    });
}

} // namespace gapless::steps
