// SPDX-License-Identifier: MIT
// Recovery on real hosts: what lock, run records and journal tell of an interrupted run.
#include "engine/model/targetjson.h"
#include "engine/rollout/conduct.h"
#include "engine/rollout/hostcontrol.h"
#include "engine/rollout/journalsink.h"
#include "engine/rollout/recordedhosts.h"
#include "engine/rollout/recovery_p.h"
#include "engine/rollout/siterecord.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    class NobodyDecides final : public Decider {
        DecisionMade decide(const DecisionAsked& question, std::stop_token) override
        {
            return { question.question, question.fallback, {}, {} };
        }
    };

    bool isRepair(const RunSummary& run) { return run.kind == u"resume" || run.kind == u"unlock"; }

    /// The newest run that set out to change the release, unless it, or a repair after it, has ended
    /// well; a repair that was itself cut off is no reason to forget it.
    std::optional<RunSummary> runToMend(Journal& journal, const QString& target, const QString& owner)
    {
        RunFilter filter;
        filter.target = target;
        filter.limit = 50;
        bool ownerIsIt = false;
        for (const RunSummary& run : journal.runs(filter)) {
            ownerIsIt = ownerIsIt || run.run == owner;
            if (run.outcome == u"refused")
                continue; // it changed nothing
            const bool open = run.outcome.isEmpty() || run.outcome == u"partial";
            // One that ended without giving the lock back is the owner's all the same.
            if (!open && !ownerIsIt)
                return std::nullopt;
            if (!isRepair(run))
                return run;
        }
        return std::nullopt;
    }

    InterruptedRun interruptedRun(const Target& target, HostControl& site, const ObservedSite& found,
        const RolloutPorts& ports, std::stop_token stop)
    {
        InterruptedRun interrupted;
        const RecordPlace place = site.recordPlace();
        SiteLock lock(place.gateway, found.gateway.stateDir, place.key);
        if (const auto owner = lock.holder(stop))
            interrupted.owner = *owner;
        learnFromGateway(ports.journal, place, target, stop);
        interrupted.run = interrupted.owner.run;
        interrupted.strategy = target.strategy;
        const auto run = runToMend(ports.journal, target.name, interrupted.owner.run);
        if (!run)
            return interrupted;
        const RunState state = ports.journal.state(run->run);
        interrupted.run = run->run;
        interrupted.kind = run->kind;
        interrupted.from = run->from;
        interrupted.to = run->to;
        interrupted.outcome = run->outcome;
        interrupted.pastReturn = state.pointOfNoReturn;
        interrupted.strategy = strategyNamed(run->strategy).value_or(target.strategy);
        interrupted.servedBefore = state.request.serving;
        interrupted.approved = std::any_of(
            state.decisions.begin(), state.decisions.end(), [](const Decision& decision) {
                return decision.asked.question == u"approve" && decision.made
                    && decision.made->choice == u"approve";
            });
        if (!state.steps.isEmpty()) {
            interrupted.step = state.steps.last().step;
            interrupted.slot = state.steps.last().slot;
        }
        if (interrupted.owner.run.isEmpty()) {
            interrupted.owner.by = run->by;
            interrupted.owner.machine = run->machine;
        }
        return interrupted;
    }

}

Recovery lookForInterruptedRun(const Target& target, const RolloutPorts& ports, std::stop_token stop)
{
    SilentSink sink;
    NobodyDecides nobody;
    const RolloutRequest request { .target = target };
    HostControl site(target, ports.hosts, ports.clock, nullptr, {});
    Run run(request, site, sink, ports.clock, nobody, {}, stop);
    const ObservedSite found = site.observe(stop);
    return findingsOf(run, interruptedRun(target, site, found, ports, stop));
}

RolloutResult runRecovery(
    const RecoveryRequest& request, const RolloutPorts& ports, std::stop_token stop)
{
    const QString id = ports.journal.newRun();
    RolloutRequest asked { .target = request.target, .kind = u"resume"_s };
    asked.by = request.by;
    asked.machine = request.machine;
    asked.reason = request.reason;
    RunRecord record(id);
    JournalSink sink(ports.journal, id, ports.witness, record);
    InterruptedRun interrupted;
    try {
        SilentSink silent;
        HostControl site(request.target, ports.hosts, ports.clock, nullptr, {});
        const ObservedSite found = site.observe(stop);
        interrupted = interruptedRun(request.target, site, found, ports, stop);
    } catch (const Error&) {
        // Whatever it is keeps the recovery itself from beginning, and is said by it.
    } catch (const Cancelled&) {
    }
    asked.strategy = interrupted.strategy;
    RecordedHosts hosts(ports.hosts, sink, ports.clock, id);
    HostControl site(request.target, hosts, ports.clock, nullptr, id, ports.secretEnv);
    site.setFences(&hosts);
    site.setRecord(&record);
    Run run(asked, site, sink, ports.clock, ports.decider, id, stop);
    const RunFinished finished = recover(run, interrupted, request.choice);
    hosts.forgetSteps();
    record.finish(recordDeadline);
    return { id, finished };
}

} // namespace gapless
