// SPDX-License-Identifier: MIT
#pragma once

#include "engine/rollout/conduct.h"
#include "engine/rollout/rollout.h"
#include "engine/rollout/wishes.h"
#include "tests/support/fakesite/fakesite.h"

namespace gapless {

using namespace Qt::StringLiterals;

/// A target of so many slots on one host.
inline Target chat(int slotCount = 2)
{
    Target target;
    target.name = u"chat"_s;
    target.hosts = { { .name = u"web"_s, .address = u"192.0.2.10"_s, .user = u"deploy"_s } };
    target.gateway = { .host = u"web"_s, .upstreamFile = u"/etc/nginx/up.conf"_s, .upstream = u"up"_s };
    target.image.repository = u"chat"_s;
    for (int i = 0; i < slotCount; ++i) {
        const QString name { QChar(u'A' + i) };
        target.slots.append({ .name = name, .host = u"web"_s, .container = u"chat_"_s + name,
            .server = u"127.0.0.1:%1"_s.arg(8090 + i) });
    }
    return target;
}

/// Keeps what was said; answers questions with `choice`.
class Observer final : public RunSink, public Decider {
public:
    void say(EventBody body) override
    {
        events.append(body);
        if (onSay)
            onSay(body);
    }
    DecisionMade decide(const DecisionAsked& question, std::stop_token) override
    {
        asked.append(question.question);
        if (onDecide)
            onDecide();
        return { question.question, choice, u"tester"_s, {} };
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
    QStringList asked;
    QString choice = u"hold"_s;
    std::function<void()> onDecide;
    std::function<void(const EventBody&)> onSay;
};

/// A site of slots that serve v1, and a rollout of it to v2.
struct Stage {
    explicit Stage(int slotCount = 2)
        : target(chat(slotCount))
        , site(target, clock)
    {
        site.addImage(u"hash_v1"_s);
        site.addImage(u"hash_v2"_s);
        for (const Slot& slot : target.slots)
            site.setServing(slot.name, u"hash_v1"_s);
        // What users would notice: from the first moment on, some ready slot always has traffic.
        clock.onWait = [this] { dark = dark || site.readyAndUp().isEmpty(); };
    }
    RunFinished roll(FakeImage image = {}, OnPartialFailure policy = OnPartialFailure::Ask)
    {
        site.addImage(u"hash_v2"_s, image);
        return run({ .target = target, .tag = u"hash_v2"_s, .onPartialFailure = policy });
    }
    /// Any other rollout; a rollback without a tag goes to v1. What the observer kept is of this one.
    RunFinished run(RolloutRequest request)
    {
        observer.events.clear();
        request.by = u"tester"_s;
        Run one(request, site, observer, clock, observer, u"run%1"_s.arg(++runs), stop.get_token());
        one.history = history;
        one.wishes = &wishes;
        return conduct(one, nullptr, [](const QString&) { return u"hash_v1"_s; });
    }
    QStringList tagsServing()
    {
        QStringList tags;
        for (const QString& slot : site.readyAndUp())
            tags.append(site.runningTag(slot));
        tags.removeDuplicates();
        return tags;
    }
    /// One container a slot, under the slot's own name.
    bool tidy() const
    {
        QStringList names;
        for (const auto& container : site.containers)
            names.append(container.name);
        names.sort();
        QStringList wanted;
        for (const Slot& slot : target.slots)
            wanted.append(slot.container);
        return names == wanted;
    }

    FakeClock clock;
    Target target;
    FakeSite site;
    Observer observer;
    std::stop_source stop;
    RunHistory history;
    RunWishes wishes;
    int runs = 0;
    bool dark = false;
};

} // namespace gapless
