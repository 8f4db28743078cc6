// SPDX-License-Identifier: MIT
#pragma once

#include "engine/rollout/conduct.h"
#include "engine/rollout/wishes.h"
#include "engine/witness/witness.h"
#include "tests/support/fakesite/fakesite.h"

namespace gapless {

/// Keeps what was said; answers questions with `choice`, at once or once it is set.
class SwitchObserver final : public RunSink, public Decider {
public:
    void say(EventBody body) override
    {
        events.append(body);
        if (onSay)
            onSay(body);
    }
    DecisionMade decide(const DecisionAsked& question, std::stop_token) override
    {
        return { question.question, QStringLiteral("rollback"), QStringLiteral("tester"), {} };
    }
    std::optional<DecisionMade> answered(const DecisionAsked& question) override
    {
        if (choice.isEmpty())
            return std::nullopt;
        return DecisionMade { question.question, choice, QStringLiteral("tester"),
            QStringLiteral("seen") };
    }
    template <typename Body> QList<Body> all() const
    {
        QList<Body> found;
        for (const EventBody& body : events)
            if (const auto* one = std::get_if<Body>(&body))
                found.append(*one);
        return found;
    }
    QStringList stepsTaken() const
    {
        QStringList names;
        for (const StepStarted& step : all<StepStarted>())
            names.append(step.slot.isEmpty() ? step.step : step.step + u' ' + step.slot);
        return names;
    }
    QList<EventBody> events;
    QString choice;
    std::function<void(const EventBody&)> onSay;
};

/// A witness whose users ask the modelled site: what they see follows from who is up, by weight.
class ModelWitness final : public Witness {
public:
    ModelWitness(FakeSite& site, FakeClock& clock)
        : m_site(site)
        , m_clock(clock)
    {
    }
    void start(std::function<void(EventBody)>, std::chrono::milliseconds, std::stop_token) override
    {
        started = true;
        m_since = m_clock.steady();
    }
    void observe(const Event&) override { }
    QString abortReason() const override { return {}; }
    void beginArrivals() override { m_since = m_clock.steady(); }
    QList<Arrivals> arrivals() const override
    {
        const double seconds = std::chrono::duration<double>(m_clock.steady() - m_since).count();
        int weights = 0;
        for (const QString& slot : m_site.readyAndUp())
            weights += m_site.weights.value(slot, 1);
        QList<Arrivals> seen;
        for (const QString& slot : m_site.readyAndUp()) {
            Arrivals one;
            one.version = m_site.runningTag(slot);
            one.slot = namesSlots ? slot : QString();
            one.sent = qint64(seconds * perSecond * m_site.weights.value(slot, 1) / weights);
            one.failed = one.sent * failPercent.value(one.version) / 100;
            one.p50Ms = slowMs.value(one.version, 2);
            one.p99Ms = one.p50Ms * 3;
            one.reconnects = reconnects.value(one.version);
            seen.append(one);
        }
        return seen;
    }
    Verdict finish() override { return {}; }

    double perSecond = 20;
    bool namesSlots = true, started = false;
    QMap<QString, int> failPercent, reconnects; ///< by version
    QMap<QString, double> slowMs;

private:
    FakeSite& m_site;
    FakeClock& m_clock;
    Clock::Steady m_since {};
};

/// A site whose first half of slots is the blue group that serves v1, and the second the green one,
/// which is down; for a canary all of them serve.
struct SwitchStage {
    explicit SwitchStage(Strategy itsStrategy, int slotCount = 2)
        : target(chat(slotCount))
        , site(target, clock)
        , witness(site, clock)
        , strategy(itsStrategy)
    {
        site.addImage(QStringLiteral("hash_v1"));
        site.addImage(QStringLiteral("hash_v2"));
        for (const Slot& slot : target.slots)
            if (strategy == Strategy::Canary || slot.group == u"blue")
                site.setServing(slot.name, QStringLiteral("hash_v1"));
            else
                site.up[slot.name] = false;
        // What users would notice: from the first moment on, some ready slot always has traffic.
        clock.onWait = [this] {
            dark = dark || site.readyAndUp().isEmpty();
            if (tagsServing().size() > 1)
                mixed = true;
            if (onWait)
                onWait();
        };
    }
    static Target chat(int slotCount)
    {
        Target target;
        target.name = QStringLiteral("chat");
        target.hosts = { { .name = QStringLiteral("web"), .address = QStringLiteral("192.0.2.10"),
            .user = QStringLiteral("deploy") } };
        target.gateway = { .host = QStringLiteral("web"),
            .upstreamFile = QStringLiteral("/etc/nginx/up.conf"), .upstream = QStringLiteral("up") };
        target.image.repository = QStringLiteral("chat");
        target.witness.emplace();
        target.witness->url = QStringLiteral("http://192.0.2.10");
        target.witness->http->versionFrom = QStringLiteral("X-Version");
        for (int i = 0; i < slotCount; ++i) {
            const QString name { QChar(u'A' + i) };
            target.slots.append({ .name = name, .host = QStringLiteral("web"),
                .container = QStringLiteral("chat_") + name,
                .server = QStringLiteral("127.0.0.1:%1").arg(8090 + i),
                .group = i < slotCount / 2 ? QStringLiteral("blue") : QStringLiteral("green") });
        }
        return target;
    }
    RunFinished roll(const QString& tag = QStringLiteral("hash_v2"),
        const QString& kind = QStringLiteral("deploy"))
    {
        observer.events.clear();
        RolloutRequest request { .target = target, .kind = kind, .tag = tag, .strategy = strategy,
            .by = QStringLiteral("tester") };
        Run run(request, site, observer, clock, observer, QStringLiteral("run%1").arg(++runs),
            stop.get_token());
        run.wishes = &wishes;
        return conduct(run, &witness, [](const QString&) { return QStringLiteral("hash_v1"); });
    }
    QStringList tagsServing() const
    {
        QStringList tags;
        for (const QString& slot : site.readyAndUp())
            tags.append(site.runningTag(slot));
        tags.removeDuplicates();
        return tags;
    }
    /// One container a slot at most, under the slot's own name.
    bool tidy() const
    {
        QStringList names;
        for (const auto& container : site.containers)
            names.append(container.name);
        for (const Slot& slot : target.slots)
            names.removeOne(slot.container);
        return names.isEmpty();
    }

    FakeClock clock;
    Target target;
    FakeSite site;
    ModelWitness witness;
    SwitchObserver observer;
    std::stop_source stop;
    RunWishes wishes;
    std::function<void()> onWait;
    Strategy strategy;
    int runs = 0;
    bool dark = false, mixed = false;
};

} // namespace gapless
