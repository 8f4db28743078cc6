// SPDX-License-Identifier: MIT
#pragma once

#include "engine/journal/journal.h"
#include "engine/model/eventjson.h"
#include "engine/rollout/rollout.h"
#include "tests/support/demostack/demostack.h"
#include "tests/support/load/users.h"

#include <QJsonDocument>
#include <QTemporaryDir>

namespace gapless {

using namespace Qt::StringLiterals;

/// The target's users.
class Load : public SiteUsers {
public:
    Load(const Target& target, const QStringList& what)
        : SiteUsers(QStringLiteral(GAPLESS_LOAD), target.witness->url, what)
    {
    }
};

/// What a failing test is understood by.
inline void show(const Event& event)
{
    qInfo().noquote() << QJsonDocument(toJson(event)).toJson(QJsonDocument::Compact);
}

class Chooses final : public Decider {
public:
    explicit Chooses(QString choice)
        : m_choice(std::move(choice))
    {
    }
    DecisionMade decide(const DecisionAsked& question, std::stop_token) override
    {
        return { question.question, m_choice, u"test"_s, {} };
    }

private:
    QString m_choice;
};

/// The demo stack, a journal, and rollouts of its target.
struct LiveStage {
    DemoStack stack { QStringLiteral(GAPLESS_TEST_STACK) };
    Target target = stack.target();
    QTemporaryDir folder;
    SystemClock clock;
    QList<Event> events; ///< of the last rollout
    QString choice = u"hold"_s;

    RunFinished roll(const QString& image, const QString& kind = u"deploy"_s)
    {
        return run({ .target = target, .kind = kind, .tag = image.isEmpty() ? QString() : stack.tag(image) });
    }
    RunFinished run(RolloutRequest request)
    {
        const auto hosts = stack.hosts(request.target);
        Journal journal(folder.path(), clock);
        Chooses decider(choice);
        request.by = u"test"_s;
        journal.addSink([this](const Event& event) {
            show(event);
            if (onEvent)
                onEvent(event);
        });
        const RolloutResult result = runRollout(
            request, { *hosts, journal, clock, decider, nullptr, secretEnv }, stop.get_token());
        events = journal.events(result.run);
        return result.finished;
    }
    std::function<void(const Event&)> onEvent;
    std::function<QMap<QString, QByteArray>()> secretEnv;
    std::stop_source stop;

    template <typename Body> QList<Body> all() const
    {
        QList<Body> found;
        for (const Event& event : events)
            if (const auto* one = std::get_if<Body>(&event.body))
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
    QString docker(const QStringList& words) const { return stack.docker(u"web"_s, words).trimmed(); }
    /// `field` (a Go template) of the container.
    QString inspect(const QString& container, const QString& field) const
    {
        return docker({ u"inspect"_s, u"--format"_s, field, container });
    }
    /// Every container of the site, by name.
    QStringList containers() const
    {
        QStringList names = docker({ u"ps"_s, u"-a"_s, u"--format"_s, u"{{.Names}}"_s })
                                .split(u'\n', Qt::SkipEmptyParts)
                                .filter(u"chat_"_s);
        names.sort();
        return names;
    }
};

} // namespace gapless
