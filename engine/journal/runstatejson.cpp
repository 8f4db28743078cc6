// SPDX-License-Identifier: MIT
#include "engine/journal/runstate.h"
#include "engine/model/eventjson.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// Leaves out what is empty, so that a state says only what is known.
class Writer {
public:
    Writer& text(const QString& key, const QString& value)
    {
        return put(key, value, !value.isEmpty());
    }
    Writer& number(const QString& key, double value) { return put(key, value, value != 0); }
    Writer& time(const QString& key, const QDateTime& value)
    {
        return put(key, value.toUTC().toString(Qt::ISODateWithMs), value.isValid());
    }
    Writer& object(const QString& key, const QJsonObject& value)
    {
        return put(key, value, !value.isEmpty());
    }
    template <typename Body> Writer& body(const QString& key, const std::optional<Body>& value)
    {
        return put(key, value ? toJson(EventBody(*value)) : QJsonObject(), value.has_value());
    }
    template <typename Item> Writer& list(const QString& key, const QList<Item>& items)
    {
        QJsonArray array;
        for (const Item& item : items)
            array.append(jsonOf(item));
        return put(key, array, !array.isEmpty());
    }
    QJsonObject done() const { return m_json; }

private:
    Writer& put(const QString& key, const QJsonValue& value, bool known)
    {
        if (known)
            m_json[key] = value;
        return *this;
    }

    static QJsonObject jsonOf(const StepState& step);
    static QJsonObject jsonOf(const SlotState& slot);
    static QJsonObject jsonOf(const SlotSpan& span)
    {
        return Writer()
            .time(u"since"_s, span.since)
            .text(u"state"_s, span.state)
            .text(u"image"_s, span.image)
            .done();
    }
    static QJsonObject jsonOf(const TrafficSpan& span)
    {
        return Writer()
            .time(u"since"_s, span.since)
            .text(u"state"_s, span.state)
            .number(u"weight"_s, span.weight)
            .done();
    }
    static QJsonObject jsonOf(const Decision& decision)
    {
        return Writer()
            .body(u"asked"_s, std::optional(decision.asked))
            .time(u"askedAt"_s, decision.askedAt)
            .body(u"made"_s, decision.made)
            .time(u"madeAt"_s, decision.madeAt)
            .done();
    }
    static QJsonObject jsonOf(const Warned& warned) { return toJson(EventBody(warned)); }
    static QJsonObject jsonOf(const HostSeen& seen) { return toJson(EventBody(seen)); }
    static QJsonObject jsonOf(const ImageSeen& seen) { return toJson(EventBody(seen)); }
    static QJsonObject jsonOf(const UndoState& undo)
    {
        return Writer().time(u"at"_s, undo.at).body(u"ran"_s, std::optional(undo.ran)).done();
    }
    static QJsonObject jsonOf(const FileState& file)
    {
        return Writer()
            .time(u"at"_s, file.at)
            .body(u"changed"_s, std::optional(file.changed))
            .done();
    }
    static QJsonObject jsonOf(const CanarySeen& seen)
    {
        return Writer()
            .time(u"at"_s, seen.at)
            .body(u"compared"_s, std::optional(seen.compared))
            .done();
    }
    static QJsonObject jsonOf(const GapSeen& seen)
    {
        return Writer().time(u"at"_s, seen.at).body(u"gap"_s, std::optional(seen.gap)).done();
    }
    static QJsonObject jsonOf(const ConnectionSeen::Span& span)
    {
        return Writer()
            .time(u"since"_s, span.since)
            .text(u"state"_s, span.state)
            .text(u"reason"_s, span.reason)
            .text(u"slot"_s, span.slot)
            .text(u"version"_s, span.version)
            .done();
    }
    static QJsonObject jsonOf(const ConnectionSeen& seen)
    {
        return Writer()
            .number(u"connection"_s, seen.connection)
            .number(u"reconnects"_s, seen.reconnects)
            .list(u"history"_s, seen.history)
            .done();
    }

    QJsonObject m_json;
};

QString idOfState(StepState::State state)
{
    switch (state) {
    case StepState::State::Running:
        return u"running"_s;
    case StepState::State::Done:
        return u"done"_s;
    case StepState::State::Failed:
        return u"failed"_s;
    }
    return {};
}

QJsonObject Writer::jsonOf(const StepState& step)
{
    return Writer()
        .text(u"step"_s, step.step)
        .text(u"slot"_s, step.slot)
        .text(u"state"_s, idOfState(step.state))
        .time(u"started"_s, step.started)
        .time(u"finished"_s, step.finished)
        .number(u"startedSeq"_s, double(step.startedSeq))
        .number(u"finishedSeq"_s, double(step.finishedSeq))
        .number(u"ms"_s, double(step.ms))
        .number(u"expectedMs"_s, double(step.expectedMs))
        .text(u"reason"_s, step.reason)
        .object(u"error"_s, step.error)
        .number(u"lines"_s, step.lines)
        .number(u"commands"_s, step.commands)
        .done();
}

QJsonObject Writer::jsonOf(const SlotState& slot)
{
    return Writer()
        .text(u"name"_s, slot.name)
        .text(u"state"_s, slot.state)
        .text(u"image"_s, slot.image)
        .text(u"container"_s, slot.container)
        .text(u"imageBefore"_s, slot.imageBefore)
        .text(u"containerBefore"_s, slot.containerBefore)
        .text(u"traffic"_s, slot.traffic)
        .number(u"weight"_s, slot.weight)
        .body(u"health"_s, slot.health)
        .body(u"drained"_s, slot.drained)
        .body(u"stopped"_s, slot.stopped)
        .body(u"evidence"_s, slot.evidence)
        .body(u"warm"_s, slot.warm)
        .list(u"history"_s, slot.history)
        .list(u"trafficHistory"_s, slot.trafficHistory)
        .done();
}

QJsonObject jsonOfTotals(const ProbeTotals& sum)
{
    return Writer()
        .number(u"sent"_s, double(sum.sent))
        .number(u"failed"_s, double(sum.failed))
        .number(u"keepAliveSent"_s, double(sum.keepAliveSent))
        .number(u"keepAliveFailed"_s, double(sum.keepAliveFailed))
        .number(u"sessionChecked"_s, double(sum.sessionChecked))
        .number(u"sessionLost"_s, double(sum.sessionLost))
        .number(u"hubSent"_s, double(sum.hubSent))
        .number(u"hubLost"_s, double(sum.hubLost))
        .number(u"maxMs"_s, sum.maxMs)
        .number(u"connected"_s, sum.connected)
        .done();
}

} // namespace

QJsonObject toJson(const RunState& state)
{
    QJsonObject json = Writer()
                           .text(u"run"_s, state.run)
                           .number(u"lastSeq"_s, double(state.lastSeq))
                           .time(u"lastAt"_s, state.lastAt)
                           .body(u"request"_s, std::optional(state.request))
                           .time(u"started"_s, state.started)
                           .time(u"finished"_s, state.finished)
                           .list(u"steps"_s, state.steps)
                           .list(u"slots"_s, state.slots)
                           .body(u"waiting"_s, state.waiting)
                           .list(u"decisions"_s, state.decisions)
                           .list(u"warnings"_s, state.warnings)
                           .list(u"hosts"_s, state.hosts)
                           .list(u"images"_s, state.images)
                           .body(u"witness"_s, state.witness)
                           .list(u"undos"_s, state.undos)
                           .list(u"comparisons"_s, state.comparisons)
                           .list(u"files"_s, state.files)
                           .number(u"commands"_s, state.commands)
                           .number(u"lines"_s, double(state.lines))
                           .list(u"gaps"_s, state.gaps)
                           .list(u"connections"_s, state.connections)
                           .object(u"probes"_s, jsonOfTotals(state.probes))
                           .body(u"result"_s, state.result)
                           .done();
    if (state.waiting)
        json[u"waitingSince"_s] = state.waitingSince.toUTC().toString(Qt::ISODateWithMs);
    json[u"running"_s] = state.running();
    json[u"pointOfNoReturn"_s] = state.pointOfNoReturn;
    return json;
}

} // namespace gapless
