// SPDX-License-Identifier: MIT
#include "engine/model/plan.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QJsonObject toJson(const PlanLine& line)
{
    return {{u"kind"_s, line.kind}, {u"host"_s, line.host}, {u"text"_s, line.text}};
}

QJsonObject toJson(const PlanStep& step)
{
    QJsonArray lines;
    for (const PlanLine& line : step.lines)
        lines.append(toJson(line));
    return {{u"step"_s, step.step}, {u"slot"_s, step.slot}, {u"lines"_s, lines}};
}

PlanStep stepFromJson(const QJsonObject& json)
{
    PlanStep step {json[u"step"_s].toString(), json[u"slot"_s].toString(), {}};
    for (const QJsonValue value : json[u"lines"_s].toArray()) {
        const QJsonObject line = value.toObject();
        step.lines.append(
            {line[u"kind"_s].toString(), line[u"host"_s].toString(), line[u"text"_s].toString()});
    }
    return step;
}

} // namespace

QJsonObject toJson(const Plan& plan)
{
    QJsonObject serving;
    for (auto slot = plan.serving.begin(); slot != plan.serving.end(); ++slot)
        serving[slot.key()] = slot.value();
    QJsonArray steps;
    for (const PlanStep& step : plan.steps)
        steps.append(toJson(step));
    return {{u"target"_s, plan.target}, {u"kind"_s, plan.kind}, {u"strategy"_s, plan.strategy},
        {u"from"_s, plan.from}, {u"to"_s, plan.to}, {u"serving"_s, serving}, {u"steps"_s, steps},
        {u"hash"_s, plan.hash}};
}

Plan planFromJson(const QJsonObject& json)
{
    Plan plan;
    plan.target = json[u"target"_s].toString();
    plan.kind = json[u"kind"_s].toString();
    plan.strategy = json[u"strategy"_s].toString();
    plan.from = json[u"from"_s].toString();
    plan.to = json[u"to"_s].toString();
    plan.hash = json[u"hash"_s].toString();
    const QJsonObject serving = json[u"serving"_s].toObject();
    for (auto slot = serving.begin(); slot != serving.end(); ++slot)
        plan.serving[slot.key()] = slot.value().toString();
    for (const QJsonValue step : json[u"steps"_s].toArray())
        plan.steps.append(stepFromJson(step.toObject()));
    return plan;
}

} // namespace gapless
