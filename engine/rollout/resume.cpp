// SPDX-License-Identifier: MIT
// Bringing a site that an interrupted run has left to one release, from wherever each slot is.
#include "engine/model/targetjson.h"
#include "engine/rollout/recovery_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    /// One slot on its way to the wanted release.
    struct Way {
        SlotTurn turn;
        bool exists = false; ///< the container that is wanted is there already
        bool runs = false; ///< and it runs
        bool restores = false; ///< that container served before
        bool aside = false; ///< the slot served nobody before: it goes back to that
        QString restart;
        QStringList remove; ///< what is left over in the end
    };

    Way wayOf(const Run& run, const Slot& slot)
    {
        Way way { .turn = { .slot = slot } };
        const QList<FoundContainer> containers = containersOf(run, slot);
        const FoundContainer* holder = holderIn(containers);
        const FoundContainer* wanted = nullptr;
        for (const FoundContainer& container : containers)
            if (container.tag == run.to && (!wanted || (container.running && !wanted->running)))
                wanted = &container;
        if (wanted) {
            way.exists = true;
            way.runs = wanted->running;
            way.turn.newId = wanted->id;
            way.turn.newName = wanted->name;
            way.turn.newStarted = wanted->running;
        } else {
            way.turn.newName = slot.container + u'-' + run.id;
        }
        // What makes room: whatever runs there now, else whatever has the slot's name.
        const FoundContainer* old = holder && holder != wanted ? holder : nullptr;
        for (const FoundContainer& container : containers)
            if (!old && container.ownName && &container != wanted)
                old = &container;
        if (old) {
            way.turn.oldId = old->id;
            way.turn.oldTag = run.serving.value(slot.name);
            way.turn.oldRestart = old->restart;
            way.turn.oldRan = old->running;
        }
        for (const FoundContainer& container : containers)
            if (&container != wanted && (!old || &container != old))
                way.remove.append(container.id);
        // A kept container's policy was taken from it when it was stopped.
        way.restart = wanted && wanted->restart != u"no" && !wanted->restart.isEmpty()
            ? wanted->restart
            : run.target.container.restart;
        return way;
    }

    bool isDone(const Run& run, const Way& way)
    {
        return way.runs && run.serving.value(way.turn.slot.name) == run.to;
    }

    void startAgain(Run& run, Way& way)
    {
        SlotTurn& turn = way.turn;
        run.step(u"start"_s, turn.slot.name, [&] {
            run.undo.push(u"killNew"_s, turn.slot.name, [&run, &turn] {
                steps::proveNotNeeded(run, turn);
                if (turn.newStarted)
                    run.site.kill(turn.slot, turn.newId, {});
                turn.newStarted = false;
            });
            run.say(SlotChanged { turn.slot.name, run.to, u"starting"_s, turn.newId });
            turn.newStarted = true;
            run.changed = true;
            run.site.revive(turn.slot, turn.newId, way.restart, run.stop());
        });
    }

    void bring(Run& run, Way& way)
    {
        SlotTurn& turn = way.turn;
        if (isDone(run, way)) {
            if (!way.restores) // whoever brought it up may not have watched it to the end
                steps::watch(run, turn);
            run.replaced.insert(turn.slot.name);
            return;
        }
        if (!way.runs) {
            if (!way.exists)
                steps::create(run, turn);
            // Out as it was found, and its old container stopped: should we be lost too, it comes back.
            if (run.serving.value(turn.slot.name).isEmpty() && way.exists && way.restores)
                run.site.guardSlot(turn.slot,
                    { turn.newId, run.to, way.restart, turn.oldId, turn.oldTag }, run.stop());
            steps::down(run, turn);
            steps::drain(run, turn);
            if (!turn.oldTag.isEmpty() || turn.oldId.isEmpty())
                steps::stop(run, turn);
            else // it serves nobody, and may still hold the port
                run.site.kill(turn.slot, turn.oldId, run.stop());
            if (way.exists)
                startAgain(run, way);
            else
                steps::start(run, turn);
        }
        steps::check(run, turn);
        steps::warmUp(run, turn);
        if (!run.routedUp.value(turn.slot.name))
            steps::up(run, turn);
        else
            run.serving[turn.slot.name] = run.to;
        run.site.unguardSlot(turn.slot);
        steps::watch(run, turn);
        run.replaced.insert(turn.slot.name);
    }

    /// Takes away what the interrupted run made in the slot.
    void removeMade(Run& run, const Slot& slot)
    {
        for (const FoundContainer& container : containersOf(run, slot)) {
            if (container.ownName)
                continue;
            run.step(u"retire"_s, slot.name, [&] {
                run.changed = true;
                run.site.kill(slot, container.id, run.stop());
                run.site.remove(slot, container.id, run.stop());
            });
        }
    }

    /// Keeps users away from the slot first.
    void putAside(Run& run, Way& way)
    {
        SlotTurn& turn = way.turn;
        steps::down(run, turn);
        steps::drain(run, turn);
        removeMade(run, turn.slot);
    }

    void tidy(Run& run, Way& way)
    {
        const Slot& slot = way.turn.slot;
        if (way.turn.newName != slot.container)
            run.attempt([&] { steps::retire(run, way.turn); });
        else if (!way.turn.oldId.isEmpty())
            way.remove.append(way.turn.oldId);
        for (const QString& id : std::as_const(way.remove)) // what a kept container has outlived
            run.attempt([&] {
                run.step(u"retire"_s, slot.name, [&] { run.site.remove(slot, id, run.stop()); });
            });
    }

    /// A canary's shares mean nothing once one release serves, and no record tells what weighed what
    /// before.
    void forgetShares(Run& run)
    {
        QList<Route> routes;
        for (const Slot& slot : run.target.slots)
            if (!run.serving.value(slot.name).isEmpty())
                routes.append({ slot.name, true, -1 });
        if (!routes.isEmpty())
            run.route(routes, run.serving, run.stop());
    }

    /// Every slot to `run.to`. What fails is taken back, as far as this did it, and goes on.
    void converge(Run& run, const InterruptedRun& interrupted, bool restores)
    {
        const auto servedNobody = [&](const Slot& slot) {
            return restores && isGrouped(interrupted.strategy)
                && interrupted.servedBefore.contains(slot.name)
                && interrupted.servedBefore.value(slot.name).isEmpty();
        };
        std::vector<Way> ways;
        ways.reserve(std::size_t(run.target.slots.size())); // undo entries refer to them
        for (const Slot& slot : run.target.slots) {
            const bool aside = servedNobody(slot);
            ways.push_back(aside ? Way { .turn = turnOf(run, slot), .aside = true } : wayOf(run, slot));
            ways.back().restores = restores;
        }
        // What serves nobody comes first: mending it takes nothing away from users.
        std::vector<Way*> order;
        for (Way& way : ways)
            if (!way.aside)
                order.push_back(&way);
        std::stable_partition(order.begin(), order.end(), [&](const Way* way) {
            return isDone(run, *way) || run.serving.value(way->turn.slot.name).isEmpty();
        });
        run.untilNoReturn([&] { // while the ways that the undo entries refer to are still here
            for (Way* way : order)
                bring(run, *way);
            for (Way& way : ways)
                if (way.aside)
                    putAside(run, way);
            if (interrupted.strategy == Strategy::Canary)
                forgetShares(run);
        });
        run.passPointOfNoReturn();
        for (Way& way : ways)
            if (!way.aside)
                tidy(run, way);
    }

    /// Of a first deployment nothing is to be left.
    void takeAway(Run& run)
    {
        for (const Slot& slot : run.target.slots)
            removeMade(run, slot);
    }

    void act(Run& run, const Recovery& found, const QString& choice)
    {
        const InterruptedRun& interrupted = found.interrupted;
        const bool finish = choice == u"finish";
        run.to = finish ? interrupted.to : interrupted.from;
        run.from = finish ? interrupted.from : interrupted.to;
        if (run.to.isEmpty())
            takeAway(run);
        else if (!finish || !finishGroups(run, found))
            converge(run, interrupted, !finish);
    }

    void sayFound(Run& run, const Recovery& found)
    {
        const InterruptedRun& was = found.interrupted;
        run.say(Warned { u"interrupted"_s, u"info"_s,
            { { u"run"_s, was.run }, { u"by"_s, was.owner.by }, { u"machine"_s, was.owner.machine },
                { u"step"_s, was.step }, { u"slot"_s, was.slot } } });
        for (const SlotFinding& slot : found.slots)
            run.say(Warned { u"found"_s, u"info"_s, factsOf(slot) });
    }

    void sayBegins(Run& run, const Recovery& found, const QString& kind)
    {
        RunStarted started;
        started.target = run.target.name;
        started.kind = kind;
        started.strategy = strategyName(run.request.strategy);
        started.from = run.from;
        started.to = run.to;
        started.by = run.request.by;
        started.machine = run.request.machine;
        started.reason = run.request.reason;
        started.version = QStringLiteral(GAPLESS_VERSION);
        started.serving = run.serving;
        for (const Slot& slot : run.target.slots)
            started.slotOrder.append(slot.name);
        run.say(started);
        run.started = true;
        if (!found.slots.isEmpty())
            sayFound(run, found);
    }

    void takeLock(Run& run, const InterruptedRun& interrupted)
    {
        run.step(u"lock"_s, {}, [&] {
            LockRecord record;
            record.run = run.id;
            record.by = run.request.by;
            record.machine = run.request.machine;
            record.version = QStringLiteral(GAPLESS_VERSION);
            record.target = run.target.name;
            record.since = run.clock.now();
            record.takesOver = interrupted.owner.run;
            run.site.lock(record, run.stop());
            run.locked = true;
        });
    }

    /// One release everywhere, ready, and nothing left over.
    bool isWhole(const Recovery& found)
    {
        return std::all_of(found.slots.begin(), found.slots.end(), [&](const SlotFinding& slot) {
            return slot.ready && slot.routed && slot.leftover == 0
                && slot.runningTag == found.slots.first().runningTag;
        });
    }

    bool canTryOther(const Error& error)
    {
        return error.kind != ErrorKind::LockLost && error.kind != ErrorKind::HostUnreachable
            && error.kind != ErrorKind::ConnectionLost;
    }

    void carryOut(Run& run, InterruptedRun& interrupted, const QString& choice, RunFinished& finished)
    {
        Recovery found = findingsOf(run, interrupted);
        interrupted = found.interrupted;
        if (choice == u"leave" || choice == u"unlock") {
            finished.outcome = choice == u"unlock" || isWhole(found) ? u"succeeded"_s : u"partial"_s;
            return;
        }
        const QString wanted = !choice.isEmpty() ? choice : found.proposal;
        if (wanted.isEmpty() || wanted == u"leave") {
            finished.outcome = isWhole(found) ? u"succeeded"_s : u"partial"_s;
            return;
        }
        try {
            act(run, found, wanted);
        } catch (const Error& error) {
            finished.error = toJson(error);
            if (wanted != u"finish" || !found.canRestore || !canTryOther(error))
                throw;
            run.replaced.clear();
            found = findingsOf(run, interrupted);
            act(run, found, u"restore"_s);
            finished.outcome = u"restored"_s;
        }
    }

}

QJsonObject factsOf(const SlotFinding& slot)
{
    using State = SlotFinding::State;
    const auto what = [&] {
        switch (slot.state) {
        case State::Unchanged:
            return u"unchanged"_s;
        case State::Finished:
            return u"finished"_s;
        case State::OldOut:
            return u"oldOut"_s;
        case State::NewReady:
            return u"newReady"_s;
        case State::NewNotReady:
            return u"newNotReady"_s;
        case State::Empty:
            break;
        }
        return u"empty"_s;
    };
    return { { u"slot"_s, slot.slot }, { u"what"_s, what() }, { u"tag"_s, slot.runningTag },
        { u"routed"_s, slot.routed }, { u"ready"_s, slot.ready }, { u"oldKept"_s, slot.oldKept },
        { u"leftover"_s, slot.leftover } };
}

RunFinished recover(Run& run, InterruptedRun interrupted, const QString& choice)
{
    RunFinished finished;
    finished.outcome = u"succeeded"_s;
    const QString kind = choice == u"unlock" ? choice : u"resume"_s;
    try {
        const Recovery first = findingsOf(run, interrupted);
        interrupted = first.interrupted;
        const bool restores = choice == u"restore" || (choice.isEmpty() && first.proposal == u"restore");
        run.to = restores ? interrupted.from : interrupted.to;
        run.from = restores ? interrupted.to : interrupted.from;
        sayBegins(run, first, kind);
        if (first.ownerLives())
            throw Error(ErrorKind::LockHeld,
                { { u"by"_s, first.owner().by }, { u"machine"_s, first.owner().machine },
                    { u"run"_s, first.owner().run }, { u"version"_s, first.owner().version },
                    { u"since"_s, first.owner().since.toString(Qt::ISODateWithMs) } })
                .on(run.target.gateway.host);
        takeLock(run, interrupted);
        carryOut(run, interrupted, choice, finished);
    } catch (const Error& error) {
        run.noMoreCancel();
        if (!run.started)
            sayBegins(run, {}, kind);
        finished.error = toJson(error);
        finished.outcome = run.locked ? u"partial"_s : u"refused"_s;
    } catch (const Cancelled&) {
        run.noMoreCancel();
        if (!run.started)
            sayBegins(run, {}, kind);
        finished.outcome = run.locked ? u"partial"_s : u"cancelled"_s;
    } catch (const std::exception& fault) {
        finished.error = toJson(
            Error(ErrorKind::Internal, { { u"text"_s, QString::fromLocal8Bit(fault.what()) } }));
        finished.outcome = run.locked ? u"partial"_s : u"refused"_s;
    }
    run.noMoreCancel();
    if (run.locked)
        run.attempt([&] { run.step(u"unlock"_s, {}, [&] { run.site.unlock(); }); });
    finished.serving = run.serving;
    run.say(finished);
    return finished;
}

} // namespace gapless
