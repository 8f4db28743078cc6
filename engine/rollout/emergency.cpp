// SPDX-License-Identifier: MIT
// The rollback of a site that nobody is served by: there is nothing to be careful with any more.
#include "engine/rollout/run.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

    constexpr auto answerPoll = 50ms;

    /// A slot's turn, and why it could not be brought back.
    struct Attempt {
        SlotTurn turn;
        std::optional<Error> failure {};
        std::unique_ptr<ExitWatch> ended {};
        bool ready = false;
        bool pending() const { return !failure && !ready; }
    };
    using Attempts = std::vector<Attempt>;

    void fail(Run& run, Attempt& attempt, const Error& error)
    {
        attempt.failure = error;
        steps::keepEvidence(run, attempt.turn);
    }

    /// What fails in one slot does not keep the others from being brought back.
    void forEach(Run& run, Attempts& attempts, const std::function<void(Attempt&)>& act)
    {
        for (Attempt& attempt : attempts) {
            if (!attempt.pending())
                continue;
            try {
                act(attempt);
            } catch (const Error& error) {
                fail(run, attempt, error);
            }
        }
    }

    /// Without any grace: it gives nobody a good answer.
    void endOld(Run& run, SlotTurn& turn)
    {
        if (turn.oldId.isEmpty() || !turn.oldRan)
            return;
        run.step(u"stop"_s, turn.slot.name, [&] {
            run.undo.push(u"startOld"_s, turn.slot.name, [&run, &turn] {
                if (turn.oldStopped)
                    run.site.revive(turn.slot, turn.oldId, turn.oldRestart, {});
            });
            run.say(SlotChanged { turn.slot.name, turn.oldTag, u"stopping"_s, turn.oldId });
            turn.oldStopped = true;
            run.site.kill(turn.slot, turn.oldId, run.stop());
            run.say(SlotChanged { turn.slot.name, {}, u"stopped"_s, turn.oldId });
        });
    }

    void putUp(Run& run, Attempt& attempt)
    {
        SlotTurn& turn = attempt.turn;
        run.step(u"up"_s, turn.slot.name, [&] {
            run.route(turn.slot, true, run.to, run.stop());
            run.say(SlotChanged { turn.slot.name, run.to, u"serving"_s, turn.newId });
        });
        attempt.ready = true;
        run.replaced.insert(turn.slot.name);
        run.newIds[turn.slot.name] = turn.newId;
        run.unready.remove(turn.slot.name);
    }

    void askOnce(Run& run, Attempt& attempt)
    {
        SlotTurn& turn = attempt.turn;
        if (const auto exit = attempt.ended ? attempt.ended->exited() : std::nullopt)
            throw Error(ErrorKind::ContainerExited,
                { { u"slot"_s, turn.slot.name }, { u"exit"_s, *exit } })
                .on(turn.slot.host);
        const HealthAnswer answer = run.site.askHealth(turn.slot, run.stop());
        turn.health.append(u"%1 %2"_s.arg(answer.status).arg(answer.text));
        if (turn.health.size() > 10)
            turn.health.removeFirst();
        if (answer.ok)
            putUp(run, attempt);
    }

    Error tooLate(const Run& run, const SlotTurn& turn)
    {
        return Error(ErrorKind::HealthTimedOut,
            { { u"slot"_s, turn.slot.name }, { u"seconds"_s, run.target.health.deadlineSeconds },
                { u"expected"_s, run.target.health.expectStatus } },
            turn.health.isEmpty() ? QString() : turn.health.last())
            .on(turn.slot.host);
    }

    /// All boot at the same time; each is put up with its first good answer.
    void bringUp(Run& run, Attempts& attempts)
    {
        run.step(u"check"_s, {}, [&] {
            forEach(run, attempts, [&](Attempt& attempt) {
                attempt.ended = run.site.watchExit(attempt.turn.slot, attempt.turn.newId);
            });
            run.until(u"http"_s, std::chrono::seconds(run.target.health.deadlineSeconds), answerPoll,
                [&](QJsonObject& numbers) {
                    forEach(run, attempts, [&](Attempt& attempt) { askOnce(run, attempt); });
                    const auto left = std::count_if(attempts.begin(), attempts.end(),
                        [](const Attempt& attempt) { return attempt.pending(); });
                    numbers = { { u"inARow"_s, qint64(attempts.size()) - left },
                        { u"of"_s, qint64(attempts.size()) } };
                    return left == 0;
                });
            forEach(run, attempts, [&](Attempt& attempt) {
                if (!run.planning())
                    throw tooLate(run, attempt.turn);
                putUp(run, attempt);
            });
        });
    }

    std::optional<Error> firstFailure(const Attempts& attempts)
    {
        for (const Attempt& attempt : attempts)
            if (attempt.failure)
                return attempt.failure;
        return std::nullopt;
    }

    /// Its new container goes, and where another slot serves no traffic is sent to it.
    void giveUp(Run& run, SlotTurn& turn)
    {
        steps::discardNew(run, turn);
        if (run.routedUp.value(turn.slot.name))
            run.route(turn.slot, false, {}, {});
        run.say(SlotChanged { turn.slot.name, {}, u"out"_s, turn.oldId });
    }

}

void allAtOnce(Run& run)
{
    Attempts attempts;
    attempts.reserve(std::size_t(run.target.slots.size())); // undo entries refer to them
    for (const Slot& slot : run.target.slots)
        attempts.push_back({ turnOf(run, slot) });
    run.untilNoReturn([&] {
        forEach(run, attempts, [&](Attempt& attempt) { steps::create(run, attempt.turn); });
        forEach(run, attempts, [&](Attempt& attempt) { endOld(run, attempt.turn); });
        forEach(run, attempts, [&](Attempt& attempt) { steps::start(run, attempt.turn); });
        bringUp(run, attempts);
        if (run.replaced.isEmpty())
            throw *firstFailure(attempts);
    });
    run.passPointOfNoReturn();
    for (Attempt& attempt : attempts)
        run.attempt([&] {
            if (attempt.ready)
                steps::retire(run, attempt.turn);
            else
                giveUp(run, attempt.turn);
        });
    run.heldAfter = firstFailure(attempts);
}

} // namespace gapless
