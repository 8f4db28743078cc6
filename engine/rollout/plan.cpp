// SPDX-License-Identifier: MIT
#include "engine/rollout/conduct.h"
#include "engine/rollout/hooks.h"
#include "engine/rollout/hostcontrol.h"
#include "engine/rollout/plan_p.h"
#include "engine/rollout/releaseprovider.h"

#include "engine/model/targetjson.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    /// Turns what the steps say into a plan's lines.
    class PlanSink final : public RunSink {
    public:
        void say(EventBody body) override
        {
            if (const auto* step = std::get_if<StepStarted>(&body))
                steps.append({ step->step, step->slot, {} });
        }
        bool planning() const override { return true; }
        void planned(const PlanLine& line) override
        {
            if (steps.isEmpty() || steps.last().lines.contains(line))
                return;
            steps.last().lines.append(line);
        }
        QList<PlanStep> steps;
    };

    /// A host that is told and does nothing.
    class PlannedHost final : public Host {
    public:
        PlannedHost(QString name, PlanSink& sink)
            : m_name(std::move(name))
            , m_sink(sink)
        {
        }
        QString name() const override { return m_name; }
        CommandResult run(const Command& command, std::stop_token) override
        {
            if (!command.shown.isEmpty())
                m_sink.planned({ u"command"_s, m_name, command.shown });
            CommandResult result;
            result.exit = 0;
            return result;
        }
        std::unique_ptr<RemoteProcess> start(const Command&) override { return nullptr; }
        std::unique_ptr<Tunnel> openTunnel(const QString&, std::stop_token) override
        {
            return nullptr;
        }

    private:
        QString m_name;
        PlanSink& m_sink;
    };

    class PlannedHosts final : public Hosts {
    public:
        explicit PlannedHosts(PlanSink& sink)
            : m_sink(sink)
        {
        }
        Host& at(const QString& name) override
        {
            auto& host = m_hosts[name];
            if (!host)
                host = std::make_unique<PlannedHost>(name, m_sink);
            return *host;
        }

    private:
        PlanSink& m_sink;
        std::map<QString, std::unique_ptr<Host>> m_hosts;
    };

    /// Nobody is asked anything by a plan.
    class NoDecider final : public Decider {
        DecisionMade decide(const DecisionAsked& question, std::stop_token) override
        {
            return { question.question, question.fallback, {}, {} };
        }
    };

    void add(QCryptographicHash& hash, const QString& text)
    {
        hash.addData(text.toUtf8());
        hash.addData(QByteArrayView("\0", 1));
    }

    /// Of all that, had it changed, would make this another rollout than the one that was approved.
    QString hashOf(const Run& run, const Plan& plan)
    {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        hash.addData(targetToJson(run.target));
        add(hash, plan.to);
        add(hash, plan.strategy);
        for (auto host = run.found.images.begin(); host != run.found.images.end(); ++host)
            for (const Image& image : host.value())
                for (const QString& tag : image.tags)
                    if (tagOf(run.target, tag) == plan.to)
                        add(hash, host.key() + u' ' + image.id);
        for (const ObservedSlot& slot : run.found.slots)
            add(hash, slot.name + u' ' + (slot.container ? slot.container->id : QString()));
        add(hash, run.found.gateway.sha256);
        for (const PlanStep& step : plan.steps)
            add(hash, step.step + u' ' + step.slot);
        return QString::fromLatin1(hash.result().toHex());
    }

}

Plan planOf(const Run& real)
{
    PlanSink sink;
    PlannedHosts hosts(sink);
    HostControl site(real.target, hosts, real.clock, &sink, u"RUN"_s);
    site.setFound(real.found);
    NoDecider nobody;
    RolloutRequest request = real.request;
    request.paceSeconds = 0;
    Run run(request, site, sink, real.clock, nobody, u"RUN"_s, {});
    run.provider = real.provider;
    takeStock(run, real.found, real.to);
    run.to = real.to;
    run.unready = real.unready;
    if (run.provider)
        run.provider->plan(run, hosts);
    run.emergency = real.emergency;
    if (!run.emergency)
        steps::hookBefore(run, u"beforeRollout"_s, run.target.hooks.beforeRollout);
    runStrategy(run);
    run.step(u"prune"_s, {}, [&] { site.prune({ run.to, run.from }, {}); });

    steps::hook(run, u"afterRollout"_s, run.target.hooks.afterRollout);

    Plan plan;
    plan.target = run.target.name;
    plan.kind = real.request.kind;
    plan.strategy = strategyName(real.request.strategy);
    plan.from = real.from;
    plan.to = real.to;
    plan.serving = real.serving;
    plan.steps = sink.steps;
    plan.hash = hashOf(run, plan);
    return plan;
}

} // namespace gapless
