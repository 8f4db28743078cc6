// SPDX-License-Identifier: MIT
#include "app/models/scenarios.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

DemoImages demoImages(const QByteArray& json)
{
    const QJsonObject images = QJsonDocument::fromJson(json).object();
    const auto tag = [&](const QString& name) {
        return images[name].toObject()[u"tag"_s].toString().section(u':', -1);
    };
    return {tag(u"v1"_s), tag(u"v2"_s), tag(u"unhealthy"_s)};
}

bool isDemo(const Target& target)
{
    const QStringList& options = target.container.options;
    return std::any_of(options.begin(), options.end(),
        [](const QString& word) { return word.startsWith("gapless.demo="_L1); });
}

QString otherRelease(const DemoImages& images, const QString& serving)
{
    return serving == images.v1 ? images.v2 : images.v1;
}

RolloutRequest scenarioRequest(Scenario scenario, const Target& target, const DemoImages& images,
    const QString& serving, int paceSeconds)
{
    RolloutRequest request;
    request.target = target;
    request.strategy = Strategy::Rolling;
    request.paceSeconds = paceSeconds;
    request.onPartialFailure = OnPartialFailure::Ask;
    request.tag = otherRelease(images, serving);
    switch (scenario) {
    case Scenario::OldPipeline:
    case Scenario::Rolling:
    case Scenario::NoAffinity:
        break;
    case Scenario::FirstSlotFails:
        request.tag = images.unhealthy;
        break;
    case Scenario::SecondSlotFails:
        // The demo's site does as its environment says.
        request.target.slots.last().env[u"CHAT_BEHAVIOUR"_s] = u"unhealthy"_s;
        break;
    case Scenario::Rollback:
        request.kind = u"rollback"_s;
        request.tag.clear();
        break;
    }
    return request;
}

QList<EventBody> pipelineEvents(const QString& line, const QString& from, const QString& to)
{
    static const QRegularExpression form(u"^ *\\d+ ms  (.+)$"_s);
    const QString said = form.match(line).captured(1);
    QList<EventBody> events;
    for (const QString& part : said.split(u", "_s, Qt::SkipEmptyParts)) {
        const QString first = part.section(u' ', 0, 0), second = part.section(u' ', 1, 1);
        if (second == "down"_L1)
            events << StepStarted {u"down"_s, first} << TrafficChanged {first, u"down"_s};
        else if (first == "recreate"_L1)
            events << StepStarted {u"stop"_s, second} << SlotChanged {second, from, u"stopping"_s, {}};
        else if (first == "check"_L1)
            events << StepStarted {u"check"_s, second} << SlotChanged {second, to, u"starting"_s, {}};
        else if (second == "up"_L1)
            events << StepStarted {u"up"_s, first} << SlotChanged {first, to, u"serving"_s, {}}
                   << TrafficChanged {first, u"up"_s};
        else if (first == "prune"_L1)
            events << StepStarted {u"prune"_s, {}};
    }
    return events;
}

} // namespace gapless
