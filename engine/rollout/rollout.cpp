// SPDX-License-Identifier: MIT
#include "engine/rollout/rollout.h"

#include "engine/guard/runrecord.h"
#include "engine/journal/journal.h"
#include "engine/model/targetcheck.h"
#include "engine/rollout/conduct.h"
#include "engine/rollout/hostcontrol.h"
#include "engine/rollout/journalsink.h"
#include "engine/rollout/plan_p.h"
#include "engine/rollout/recordedhosts.h"
#include "engine/rollout/releaseprovider.h"
#include "engine/rollout/remoteanswers.h"
#include "engine/rollout/siterecord.h"
#include "engine/rollout/wishes.h"
#include "engine/witness/witness.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    QString previousRelease(
        const RolloutRequest& request, const Journal& journal, const QString& serving)
    {
        const auto previous = journal.previousRelease(request.target.name, serving);
        if (!previous)
            throw Error(ErrorKind::NothingToRollBackTo);
        return *previous;
    }

    bool isUsage(ErrorKind kind) { return kind <= ErrorKind::RunUnknown; }

}

RolloutResult runRollout(
    const RolloutRequest& request, const RolloutPorts& ports, std::stop_token stop)
{
    const QString id = ports.journal.newRun();
    RunWishes ours;
    RunWishes& wishes = ports.wishes ? *ports.wishes : ours;
    RunRecord record(id);
    record.onWish([&wishes](DecisionMade wish) { wishes.add(std::move(wish)); });
    JournalSink sink(ports.journal, id, ports.witness, record);
    RecordedHosts hosts(ports.hosts, sink, ports.clock, id);
    HostControl site(request.target, hosts, ports.clock, nullptr, id, ports.secretEnv);
    site.setFences(&hosts);
    site.setRecord(&record);
    const auto provider = makeReleaseProvider(request.target, request.source, hosts);
    RemoteAnswers decider(
        ports.decider, id, [&] { return site.recordPlace(); }, [&] { return sink.lastQuestion(); });
    Run run(request, site, sink, ports.clock, decider, id, stop);
    run.provider = provider.get();
    run.wishes = &wishes;
    run.history.expectedMs = [usual = ports.journal.stepDurations(request.target.name)](
                                 const QString& step, const QString& slot) {
        return usual.expectedMs(step, slot);
    };
    run.history.recorded = [&](const QString& tag, const QString& slot) {
        return ports.journal.lastRecord(request.target.name, slot, tag);
    };
    run.history.keptTags = [&] {
        QStringList tags;
        if (const auto previous = ports.journal.previousRelease(request.target.name, run.to))
            tags.append(*previous);
        return tags;
    };
    const RunFinished finished = conduct(run, ports.witness, [&](const QString& serving) {
        learnFromGateway(ports.journal, site.recordPlace(), request.target, stop);
        return previousRelease(request, ports.journal, serving);
    });
    hosts.forgetSteps();
    record.finish(recordDeadline);
    return { id, finished };
}

Plan planRollout(const RolloutRequest& request, const RolloutPorts& ports, std::stop_token stop)
{
    requireStrategyFits(request.target, request.strategy);
    SilentSink sink;
    HostControl site(request.target, ports.hosts, ports.clock, nullptr, {});
    const auto provider = makeReleaseProvider(request.target, request.source, ports.hosts);
    Run run(request, site, sink, ports.clock, ports.decider, {}, stop);
    run.provider = provider.get();
    const QString tag = provider ? provider->resolve(stop) : request.tag;
    ObservedSite found = site.observe(stop);
    if (request.tag.isEmpty())
        learnFromGateway(ports.journal, site.recordPlace(), request.target, stop);
    run.to = tagOf(request.target,
        tag.isEmpty() ? previousRelease(request, ports.journal, presentTag(found)) : tag);
    takeStock(run, std::move(found), run.to);
    askWhoIsReady(run);
    return planOf(run);
}

int exitCodeOf(const RunFinished& finished)
{
    if (finished.outcome == u"refused") {
        const auto kind = fromId<ErrorKind>(finished.error[u"kind"_s].toString());
        return kind && isUsage(*kind) ? 2 : 5;
    }
    if (finished.outcome == u"restored")
        return 1;
    if (finished.outcome == u"cancelled")
        return 130;
    if (finished.outcome == u"partial")
        return 3;
    const bool measured = finished.verdict.word != Verdict::Word::NotMeasured;
    return measured && !finished.verdict.clean ? 4 : 0;
}

} // namespace gapless
