// SPDX-License-Identifier: MIT
#include "engine/rollout/rollout.h"

#include "engine/journal/journal.h"
#include "engine/model/targetcheck.h"
#include "engine/rollout/conduct.h"
#include "engine/rollout/hostcontrol.h"
#include "engine/rollout/plan_p.h"
#include "engine/rollout/recordedhosts.h"
#include "engine/rollout/releaseprovider.h"
#include "engine/witness/witness.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    /// To the journal first, then to the witness, which says what happened just before a gap.
    class JournalSink final : public RunSink {
    public:
        JournalSink(Journal& journal, QString run, Witness* witness)
            : m_journal(journal)
            , m_run(std::move(run))
            , m_witness(witness)
        {
        }
        void say(EventBody body) override
        {
            const Event event = m_journal.append(m_run, std::move(body));
            m_lastSeq = event.seq;
            if (m_witness)
                m_witness->observe(event);
        }
        qint64 lastSeq() const override { return m_lastSeq; }
        QString abortReason() const override
        {
            return m_witness ? m_witness->abortReason() : QString();
        }

    private:
        Journal& m_journal;
        QString m_run;
        Witness* m_witness;
        qint64 m_lastSeq = 0;
    };

    /// For what looks and is not recorded.
    class SilentSink final : public RunSink {
        void say(EventBody) override { }
    };

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
    JournalSink sink(ports.journal, id, ports.witness);
    RecordedHosts hosts(ports.hosts, sink, id);
    HostControl site(request.target, hosts, ports.clock, nullptr, id, ports.secretEnv);
    site.setFences(&hosts);
    const auto provider = makeReleaseProvider(request.target, request.source, hosts);
    Run run(request, site, sink, ports.clock, ports.decider, id, stop);
    run.provider = provider.get();
    run.history.expectedMs = [usual = ports.journal.stepDurations(request.target.name)](
                                 const QString& step, const QString& slot) {
        return usual.expectedMs(step, slot);
    };
    return { id, conduct(run, ports.witness, [&](const QString& serving) {
                return previousRelease(request, ports.journal, serving);
            }) };
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
    run.to = tagOf(request.target,
        tag.isEmpty() ? previousRelease(request, ports.journal, servingTag(found)) : tag);
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
