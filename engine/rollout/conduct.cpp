// SPDX-License-Identifier: MIT
#include "engine/rollout/conduct.h"

#include "engine/model/targetcheck.h"
#include "engine/model/targetjson.h"
#include "engine/rollout/groups.h"
#include "engine/rollout/hooks.h"
#include "engine/rollout/plan_p.h"
#include "engine/rollout/provenance.h"
#include "engine/rollout/releaseprovider.h"
#include "engine/witness/witness.h"

#include <exception>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

    constexpr auto baselineDeadline = 30s;

    void requireProtectionAllows(const Run& run)
    {
        if (run.target.protection == Protection::ReadOnly)
            throw Error(ErrorKind::ReadOnlyTarget, { { u"target"_s, run.target.name } });
    }

    void sayWhatBegins(Run& run)
    {
        RunStarted started;
        started.target = run.target.name;
        started.kind = run.request.kind;
        started.strategy = strategyName(run.request.strategy);
        started.to = run.to;
        started.by = run.request.by;
        started.machine = run.request.machine;
        started.reason = run.request.reason;
        started.version = QStringLiteral(GAPLESS_VERSION);
        started.planHash = run.request.approvedPlan;
        started.serving = run.serving;
        started.from = run.from;
        for (const Slot& slot : run.target.slots)
            started.slotOrder.append(slot.name);
        if (started.from.isEmpty() && run.request.kind == u"deploy" && !run.to.isEmpty())
            started.kind = u"initial"_s;
        run.say(started);
        for (const ObservedSlot& slot : run.found.slots)
            run.say(SlotChanged { slot.name, run.serving.value(slot.name),
                run.serving.value(slot.name).isEmpty() ? u"out"_s : u"serving"_s,
                slot.container ? slot.container->id : QString() });
    }

    void consultDoctor(Run& run)
    {
        QJsonArray refusing, warning;
        // Nobody can look at an image that is not there yet.
        const QString tag = run.provider ? QString() : run.to;
        const QList<Check> checks = run.site.doctor(tag, run.stop());
        sayHosts(run, checks);
        sayImages(run);
        for (const Check& check : checks) {
            if (check.state == Check::State::Refuse || check.state == Check::State::Warn) {
                (check.state == Check::State::Refuse ? refusing : warning).append(toJson(check));
                run.say(Warned { check.id, idOf(check.state), check.facts });
            }
        }
        if (!refusing.isEmpty())
            throw Error(ErrorKind::DoctorRefused, { { u"checks"_s, refusing } });
        if (run.request.strict && !warning.isEmpty() && run.request.kind != u"rollback")
            throw Error(ErrorKind::DoctorWarned, { { u"checks"_s, warning } });
    }

    void takeLock(Run& run)
    {
        run.site.lock({ .run = run.id,
                          .by = run.request.by,
                          .machine = run.request.machine,
                          .version = QStringLiteral(GAPLESS_VERSION),
                          .target = run.target.name,
                          .since = run.clock.now() },
            run.stop());
        run.locked = true;
        // Whoever held the lock a moment ago may have changed what was looked at before it was ours.
        takeStock(run, run.site.observe(run.stop()), run.to);
        if (!run.emergency && !run.request.approvedPlan.isEmpty() && planOf(run).hash != run.request.approvedPlan)
            throw Error(ErrorKind::PlanStale);
    }

    void baseline(Run& run)
    {
        run.step(u"baseline"_s, {}, [&] {
            run.witness->start([&run](EventBody body) { run.sayAside(std::move(body)); },
                baselineDeadline, run.stop());
        });
    }

    /// Before anything is known of the site: what is wrong with the source is wrong at its `build`.
    QString nameRelease(Run& run)
    {
        try {
            return run.provider->resolve(run.stop());
        } catch (Error& error) {
            if (error.step.isEmpty())
                error.step = u"build"_s;
            throw;
        }
    }

    /// Build and send; from then on the release is there like any other.
    void provideRelease(Run& run)
    {
        run.provider->provide(run);
        run.provider = nullptr;
        takeStock(run, run.site.observe(run.stop()), run.to);
        sayImages(run);
    }

    void prepare(Run& run, Witness* witness, const std::function<QString(const QString&)>& previous)
    {
        requireProtectionAllows(run);
        requireStrategyFits(run.target, run.request.strategy);
        if (run.request.strategy == Strategy::Canary && !witness && !run.target.canary.byHand)
            throw Error(ErrorKind::StrategyNeedsWitness,
                { { u"strategy"_s, strategyName(run.request.strategy) } });
        const auto began = run.clock.steady();
        // Before the first event, because that one tells what was found.
        const QString tag = run.provider ? nameRelease(run) : run.request.tag;
        ObservedSite found = run.site.observe(run.stop());
        run.to = tagOf(run.target, tag.isEmpty() ? previous(presentTag(found)) : tag);
        takeStock(run, std::move(found), run.to);
        askWhoIsReady(run);
        sayWhatBegins(run);
        run.started = true;
        const auto took = run.clock.steady() - began;
        run.say(StepStarted { u"connect"_s, {} });
        run.say(StepFinished { u"connect"_s, {},
            std::chrono::duration_cast<std::chrono::milliseconds>(took).count() });
        // Nothing may stand between a person and a way back that is one reload: no check of the doctor
        // could refuse it, and the witness looks at what serves then. In an emergency nothing that merely
        // might be wrong stands in the way either: what really is wrong is a step's own error.
        const bool atOnce = isWarm(run);
        if (!atOnce && !run.emergency)
            run.step(u"doctor"_s, {}, [&] { consultDoctor(run); });
        run.step(u"lock"_s, {}, [&] { takeLock(run); });
        if (run.emergency)
            return; // there is no service whose continuity a witness could prove
        if (run.provider)
            provideRelease(run);
        steps::hookBefore(run, u"beforeRollout"_s, run.target.hooks.beforeRollout);
        run.witness = witness;
        // Where nobody is served there is no service whose continuity could be proven.
        if (!witness || (run.nobodyServes() && !atOnce && run.request.strategy != Strategy::Canary))
            return;
        if (atOnce)
            run.startWitness = [&run] { baseline(run); };
        else
            baseline(run);
    }

    /// What follows the strategy's success: it can warn and no longer fail the rollout.
    void tidyUp(Run& run)
    {
        if (run.heldAfter)
            return;
        run.attempt([&] {
            QStringList keep { run.to, run.from };
            if (run.history.keptTags)
                keep += run.history.keptTags();
            run.step(u"prune"_s, {}, [&] { run.site.prune(keep, run.stop()); });
        });
    }

    void unlock(Run& run)
    {
        if (!run.locked)
            return;
        run.noMoreCancel();
        run.attempt([&] { run.step(u"unlock"_s, {}, [&] { run.site.unlock(); }); });
    }

    QString outcomeAfterFailure(const Run& run, const QString& whenRestored)
    {
        if (!run.changed)
            return whenRestored == u"cancelled" ? whenRestored : u"refused"_s;
        return run.restored.value_or(false) ? whenRestored : u"partial"_s;
    }

    void failRun(Run& run, RunFinished& finished, const Error& error)
    {
        run.noMoreCancel();
        if (!run.started) {
            sayWhatBegins(run);
            const QString step = error.step.isEmpty() ? u"connect"_s : error.step;
            run.say(StepStarted { step, {} });
            run.say(StepFailed { step, {}, 0, idOf(error.kind), toJson(error) });
        }
        finished.outcome = outcomeAfterFailure(run, u"restored"_s);
        finished.error = toJson(error);
    }

}

QString tagOf(const Target& target, const QString& asked)
{
    const QString prefix = target.image.repository + u':';
    return asked.startsWith(prefix) ? asked.mid(prefix.size()) : asked;
}

QString servingTag(const ObservedSlot& slot)
{
    const bool serves = slot.routing == ObservedSlot::Routing::Up && slot.container
        && slot.container->running;
    if (!serves)
        return {};
    // An image without a release tag still serves: its id stands for the name it does not have.
    return slot.tag.isEmpty() ? slot.imageId.left(19) : slot.tag;
}

QString servingTag(const ObservedSite& found)
{
    for (const ObservedSlot& slot : found.slots)
        if (const QString tag = servingTag(slot); !tag.isEmpty())
            return tag;
    return {};
}

void takeStock(Run& run, ObservedSite found, const QString& tag)
{
    run.found = std::move(found);
    run.from = servingTag(run.found);
    for (const ObservedSlot& slot : run.found.slots) {
        run.serving[slot.name] = servingTag(slot);
        run.routedUp[slot.name] = slot.routing == ObservedSlot::Routing::Up;
    }
    for (const QString& host : run.target.slotHosts()) {
        QJsonArray known;
        bool there = false;
        for (const Image& image : run.found.images.value(host)) {
            for (const QString& reference : image.tags) {
                const QString itsTag = tagOf(run.target, reference);
                there = there || itsTag == tag;
                known.append(itsTag);
            }
        }
        if (!there && !run.provider)
            throw Error(ErrorKind::TagUnknown,
                { { u"tag"_s, tag }, { u"repository"_s, run.target.image.repository },
                    { u"tags"_s, known } })
                .on(host);
    }
}

void askWhoIsReady(Run& run)
{
    constexpr int tries = 3; // one bad answer is not yet a broken slot
    for (const Slot& slot : run.target.slots) {
        if (run.serving.value(slot.name).isEmpty())
            continue;
        try {
            bool ready = false;
            for (int i = 0; i < tries && !ready; ++i) {
                if (i > 0)
                    run.clock.wait(std::chrono::milliseconds(run.target.health.intervalMs), run.stop());
                ready = run.site.askHealth(slot, run.stop()).ok;
            }
            if (!ready)
                run.unready.insert(slot.name);
        } catch (const Error&) {
        }
    }
    // What is kept warm is back with one reload, faster than anything that would have to boot.
    run.emergency = run.request.kind == u"rollback" && run.nobodyServes() && !isWarm(run);
}

QString presentTag(const ObservedSite& found)
{
    if (const QString tag = servingTag(found); !tag.isEmpty())
        return tag;
    for (const ObservedSlot& slot : found.slots)
        if (slot.container && !slot.tag.isEmpty() && slot.routing == ObservedSlot::Routing::Up)
            return slot.tag;
    return {};
}

void runStrategy(Run& run)
{
    if (run.emergency) {
        allAtOnce(run);
        return;
    }
    switch (run.request.strategy) {
    case Strategy::Rolling:
        rolling(run);
        return;
    case Strategy::BlueGreen:
        blueGreen(run);
        return;
    case Strategy::RedBlack:
        redBlack(run);
        return;
    case Strategy::Canary:
        canary(run);
        return;
    }
    throw Error(ErrorKind::StrategyNotBuilt, { { u"strategy"_s, strategyName(run.request.strategy) } });
}

RunFinished conduct(Run& run, Witness* witness, const std::function<QString(const QString&)>& previous)
{
    RunFinished finished;
    finished.outcome = u"succeeded"_s;
    try {
        prepare(run, witness, previous);
        runStrategy(run);
        tidyUp(run);
        if (run.heldAfter) {
            finished.outcome = u"partial"_s;
            finished.error = toJson(*run.heldAfter);
        }
    } catch (const Error& error) {
        failRun(run, finished, error);
    } catch (const Cancelled&) {
        run.noMoreCancel();
        if (!run.started)
            sayWhatBegins(run);
        finished.outcome = outcomeAfterFailure(run, u"cancelled"_s);
    } catch (const std::exception& fault) {
        failRun(run, finished,
            Error(ErrorKind::Internal, { { u"text"_s, QString::fromLocal8Bit(fault.what()) } }));
    }
    const bool began = run.locked; // else a hook of ours would speak of somebody else's rollout
    unlock(run);
    run.noMoreCancel();
    run.heed(); // the last word on the reason
    if (witness)
        finished.verdict = witness->finish();
    finished.serving = run.serving;
    // Behind the lock: a slow hook keeps nobody out, and one may start the next rollout.
    if (began)
        steps::hookAfter(run, finished);
    run.say(finished);
    return finished;
}

} // namespace gapless
