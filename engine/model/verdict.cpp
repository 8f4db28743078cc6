// SPDX-License-Identifier: MIT
#include "engine/model/verdict.h"

#include "engine/model/error.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

// Each probe's fields, said once for both directions.
template <typename Probe, typename Visitor>
requires std::is_same_v<std::remove_const_t<Probe>, Verdict::Http>
void describe(Probe& probe, Visitor&& field)
{
    field("sent", probe.sent), field("failed", probe.failed);
    field("p50Ms", probe.p50Ms), field("p99Ms", probe.p99Ms), field("maxMs", probe.maxMs);
    field("keepAliveSent", probe.keepAliveSent), field("keepAliveFailed", probe.keepAliveFailed);
}

template <typename Probe, typename Visitor>
requires std::is_same_v<std::remove_const_t<Probe>, Verdict::Session>
void describe(Probe& probe, Visitor&& field)
{
    field("checked", probe.checked), field("lost", probe.lost);
}

template <typename Probe, typename Visitor>
requires std::is_same_v<std::remove_const_t<Probe>, Verdict::Signalr>
void describe(Probe& probe, Visitor&& field)
{
    field("connections", probe.connections), field("reconnects", probe.reconnects);
    field("closed", probe.closed);
    field("maxGapMs", probe.maxGapMs), field("silenceMs", probe.silenceMs);
    field("sent", probe.sent), field("lost", probe.lost);
    field("duplicated", probe.duplicated), field("outOfOrder", probe.outOfOrder);
}

struct Write {
    QJsonObject& json;
    template <typename Number> void operator()(const char* name, const Number& value) const
    {
        json[QLatin1StringView(name)] = value;
    }
};

struct Read {
    const QJsonObject& json;
    void operator()(const char* name, qint64& value) const
    {
        value = json[QLatin1StringView(name)].toInteger(value);
    }
    void operator()(const char* name, double& value) const
    {
        value = json[QLatin1StringView(name)].toDouble(value);
    }
};

template <typename Probe> QJsonValue probeToJson(const std::optional<Probe>& probe)
{
    if (!probe)
        return QJsonValue::Null;
    QJsonObject json;
    describe(*probe, Write {json});
    return json;
}

template <typename Probe> std::optional<Probe> probeFromJson(const QJsonValue& value)
{
    if (!value.isObject())
        return std::nullopt;
    Probe probe;
    describe(probe, Read {value.toObject()});
    return probe;
}

} // namespace

QJsonObject toJson(const Verdict& verdict)
{
    QJsonObject json {{u"word"_s, idOf(verdict.word)}, {u"clean"_s, verdict.clean},
        {u"http"_s, probeToJson(verdict.http)}, {u"session"_s, probeToJson(verdict.session)},
        {u"signalr"_s, probeToJson(verdict.signalr)}};
    if (!verdict.why.isEmpty())
        json[u"why"_s] = verdict.why;
    if (!verdict.notes.isEmpty())
        json[u"notes"_s] = verdict.notes;
    return json;
}

Verdict verdictFromJson(const QJsonObject& json)
{
    Verdict verdict;
    verdict.word
        = fromId<Verdict::Word>(json[u"word"_s].toString()).value_or(Verdict::Word::NotMeasured);
    verdict.clean = json[u"clean"_s].toBool();
    verdict.why = json[u"why"_s].toString();
    verdict.http = probeFromJson<Verdict::Http>(json[u"http"_s]);
    verdict.session = probeFromJson<Verdict::Session>(json[u"session"_s]);
    verdict.signalr = probeFromJson<Verdict::Signalr>(json[u"signalr"_s]);
    verdict.notes = json[u"notes"_s].toArray();
    return verdict;
}

} // namespace gapless
