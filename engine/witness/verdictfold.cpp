// SPDX-License-Identifier: MIT
#include "engine/witness/verdictfold.h"

#include "engine/witness/selfwatch.h"

#include <QJsonObject>
#include <QSet>
#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace gapless {
namespace {

constexpr qint64 bucketUs = 100'000;
// A stop is reported once it is over, and its end may reach the witness before the event does.
constexpr qint64 earlyUs = 500'000;
constexpr qint64 lateUs = 3'000'000;
// A server that is silent instead of gone is noticed after SignalR's 30 s.
constexpr qint64 silentUs = 35'000'000;

/// The spans in which what looks like the site's fault may be the witness's own.
class Doubt {
public:
    explicit Doubt(const Evidence& evidence)
    {
        for (const Span& stall : evidence.stalls)
            if (stall.toUs - stall.fromUs > evidence.rules.stallLimitUs)
                m_spans.append({stall.fromUs - bucketUs, stall.toUs + ownFaultShowsUs});
        for (const Span& span : evidence.ownNetwork)
            m_spans.append({span.fromUs - ownFaultShowsUs,
                span.toUs == Span::open ? Span::open : span.toUs + ownFaultShowsUs});
    }
    bool covers(qint64 us) const
    {
        return std::any_of(
            m_spans.cbegin(), m_spans.cend(), [us](const Span& span) { return span.contains(us); });
    }
    bool touches(const Span& other) const
    {
        return std::any_of(m_spans.cbegin(), m_spans.cend(), [&other](const Span& span) {
            return span.fromUs <= other.toUs && other.fromUs <= span.toUs;
        });
    }
    qint64 sumOutside(const QMap<qint64, qint64>& buckets) const
    {
        qint64 sum = 0;
        for (auto it = buckets.cbegin(); it != buckets.cend(); ++it)
            if (!covers(it.key() * bucketUs))
                sum += it.value();
        return sum;
    }

private:
    QList<Span> m_spans;
};

qint64 lengthUs(const Span& span, qint64 endUs)
{
    return std::max<qint64>(0, std::min(span.toUs, endUs) - span.fromUs);
}

bool explains(const SlotStop& stop, const Drop& drop)
{
    if (!drop.slotBefore.isEmpty() && drop.slotBefore != stop.slot)
        return false;
    const qint64 late = drop.cause == u"timeout" ? silentUs : lateUs;
    return drop.span.fromUs >= stop.span.fromUs - earlyUs
        && (stop.span.toUs == Span::open || drop.span.fromUs <= stop.span.toUs + late);
}

QList<int> unexplainedByStops(const Evidence& evidence)
{
    QList<int> unexplained;
    QSet<std::pair<int, int>> used; // connection, stop
    for (int i = 0; i < evidence.drops.size(); ++i) {
        const Drop& drop = evidence.drops.at(i);
        bool found = false;
        for (int s = 0; s < evidence.stops.size() && !found; ++s) {
            found = explains(evidence.stops.at(s), drop) && !used.contains({drop.connection, s});
            if (found)
                used.insert({drop.connection, s});
        }
        if (!found)
            unexplained.append(i);
    }
    return unexplained;
}

/// With nobody to say what was stopped: one drop a slot and connection.
QList<int> unexplainedByCount(const Evidence& evidence)
{
    const int allowed = std::max(evidence.rules.slotCount, 1);
    QList<int> unexplained;
    QMap<int, int> drops; // by connection
    QSet<std::pair<int, QString>> seen;
    for (int i = 0; i < evidence.drops.size(); ++i) {
        const Drop& drop = evidence.drops.at(i);
        const std::pair<int, QString> key {drop.connection, drop.slotBefore};
        const bool again = !drop.slotBefore.isEmpty() && seen.contains(key);
        seen.insert(key);
        if (++drops[drop.connection] > allowed || again)
            unexplained.append(i);
    }
    return unexplained;
}

QString breach(const Evidence& evidence, const QList<int>& unexplained, const Doubt& doubt)
{
    const auto certain = [&](const Drop& drop) { return !doubt.touches(drop.span); };
    const auto tooLong = [&](const Span& span) {
        return span.toUs == Span::open || lengthUs(span, evidence.endUs) > evidence.rules.maxGapUs;
    };
    const auto& drops = evidence.drops;
    if (std::any_of(drops.cbegin(), drops.cend(),
            [&](const Drop& drop) { return drop.closed && certain(drop); }))
        return u"closed"_s;
    if (std::any_of(drops.cbegin(), drops.cend(),
            [&](const Drop& drop) { return tooLong(drop.span) && certain(drop); }))
        return u"gap"_s;
    if (std::any_of(unexplained.cbegin(), unexplained.cend(),
            [&](int index) { return certain(drops.at(index)); }))
        return u"unexplainedDrop"_s;
    if (doubt.sumOutside(evidence.totals.freshFailedAt) > evidence.rules.maxFailed)
        return u"failed"_s;
    if (std::any_of(evidence.outages.cbegin(), evidence.outages.cend(), [&](const Span& outage) {
            return lengthUs(outage, evidence.endUs) > evidence.rules.maxGapUs
                && !doubt.touches(outage);
        }))
        return u"gap"_s;
    if (doubt.sumOutside(evidence.totals.sessionLostAt) > 0)
        return u"session"_s;
    if (evidence.echo.lostOutsideGaps > 0)
        return u"lost"_s;
    return {};
}

QString invalidity(const Evidence& evidence)
{
    if (std::any_of(evidence.stalls.cbegin(), evidence.stalls.cend(), [&](const Span& stall) {
            return lengthUs(stall, evidence.endUs) > evidence.rules.stallLimitUs;
        }))
        return u"stalled"_s;
    if (!evidence.ownNetwork.isEmpty())
        return u"ownNetwork"_s;
    if ((evidence.http && evidence.totals.freshSent < evidence.rules.minFresh)
        || (evidence.session && evidence.totals.sessionChecked < evidence.rules.minSession)
        || (evidence.hub && (evidence.connections == 0 || evidence.echoMissing)))
        return u"tooFewSamples"_s;
    return {};
}

Verdict::Http httpNumbers(const SampleTotals& totals)
{
    const Histogram& latency = totals.freshLatency;
    return {.sent = totals.freshSent,
        .failed = totals.freshFailed,
        .p50Ms = latency.quantile(0.5) / 1000.0,
        .p99Ms = latency.quantile(0.99) / 1000.0,
        .maxMs = latency.max() / 1000.0,
        .keepAliveSent = totals.keepAliveSent,
        .keepAliveFailed = totals.keepAliveFailed};
}

Verdict::Signalr hubNumbers(const Evidence& evidence)
{
    Verdict::Signalr numbers {.connections = evidence.connections,
        .sent = evidence.echo.sent,
        .lost = evidence.echo.lost,
        .duplicated = evidence.echo.duplicated,
        .outOfOrder = evidence.echo.outOfOrder};
    for (const Drop& drop : evidence.drops) {
        numbers.reconnects += drop.span.toUs != Span::open && !drop.closed;
        numbers.closed += drop.closed;
        numbers.maxGapMs
            = std::max(numbers.maxGapMs, double(lengthUs(drop.span, evidence.endUs)) / 1000.0);
        numbers.silenceMs = std::max(numbers.silenceMs, double(drop.silenceUs) / 1000.0);
    }
    return numbers;
}

QJsonObject spansNote(const QString& id, const QList<Span>& spans, qint64 endUs)
{
    qint64 longest = 0;
    qint64 sum = 0;
    for (const Span& span : spans) {
        longest = std::max(longest, lengthUs(span, endUs));
        sum += lengthUs(span, endUs);
    }
    return {{u"id"_s, id}, {u"count"_s, qint64(spans.size())},
        {u"maxMs"_s, double(longest) / 1000.0}, {u"ms"_s, double(sum) / 1000.0}};
}

QJsonArray allNotes(const Evidence& evidence, const QList<int>& unexplained)
{
    QJsonArray notes = evidence.notes;
    for (int index : unexplained) {
        const Drop& drop = evidence.drops.at(index);
        notes.append(
            QJsonObject {{u"id"_s, u"unexplainedDrop"_s}, {u"connection"_s, drop.connection},
                {u"slot"_s, drop.slotBefore}, {u"cause"_s, drop.cause},
                {u"after"_s, drop.after.step}, {u"afterSlot"_s, drop.after.slot}});
    }
    for (const SlotStop& stop : evidence.stops)
        if (stop.killed)
            notes.append(QJsonObject {{u"id"_s, u"killedStop"_s}, {u"slot"_s, stop.slot}});
    if (evidence.echoMissing)
        notes.append(QJsonObject {{u"id"_s, u"echoNotReturned"_s}});
    if (evidence.echo.lostOutsideGaps > 0)
        notes.append(QJsonObject {
            {u"id"_s, u"lostOutsideGaps"_s}, {u"count"_s, evidence.echo.lostOutsideGaps}});
    if (!evidence.stalls.isEmpty())
        notes.append(spansNote(u"stalled"_s, evidence.stalls, evidence.endUs));
    if (!evidence.ownNetwork.isEmpty())
        notes.append(spansNote(u"ownNetwork"_s, evidence.ownNetwork, evidence.endUs));
    return notes;
}

} // namespace

void SampleTotals::add(const Sample& sample)
{
    switch (sample.probe) {
    case Sample::Probe::Fresh:
        ++freshSent;
        if (sample.failed()) {
            ++freshFailed;
            ++freshFailedAt[sample.atUs / bucketUs];
        } else {
            freshLatency.add(sample.latencyUs);
        }
        break;
    case Sample::Probe::KeepAlive:
    case Sample::Probe::Post:
        ++keepAliveSent;
        keepAliveFailed += sample.failed();
        break;
    case Sample::Probe::Session:
        // Without an answer nothing was compared; whether answers fail is the HTTP probe's to say.
        if (!sample.failed() || sample.cause == Sample::Cause::Lost)
            ++sessionChecked;
        if (sample.cause == Sample::Cause::Lost) {
            ++sessionLost;
            ++sessionLostAt[sample.atUs / bucketUs];
        }
        break;
    case Sample::Probe::Echo: // EchoLedger counts them: one message has many receivers
        break;
    }
}

QList<int> unexplainedDrops(const Evidence& evidence)
{
    return evidence.runObserved ? unexplainedByStops(evidence) : unexplainedByCount(evidence);
}

Verdict foldVerdict(const Evidence& evidence)
{
    Verdict verdict;
    if (!evidence.http && !evidence.session && !evidence.hub)
        return verdict;
    const QList<int> unexplained = unexplainedDrops(evidence);
    if (evidence.http)
        verdict.http = httpNumbers(evidence.totals);
    if (evidence.session)
        verdict.session = {evidence.totals.sessionChecked, evidence.totals.sessionLost};
    if (evidence.hub)
        verdict.signalr = hubNumbers(evidence);
    verdict.notes = allNotes(evidence, unexplained);

    if (!evidence.baseline) {
        verdict.word = Verdict::Word::Invalid;
        verdict.why = u"noBaseline"_s;
        return verdict;
    }
    if (const QString why = breach(evidence, unexplained, Doubt(evidence)); !why.isEmpty()) {
        verdict.word = Verdict::Word::Broken;
        verdict.why = why;
        return verdict;
    }
    if (const QString why = invalidity(evidence); !why.isEmpty()) {
        verdict.word = Verdict::Word::Invalid;
        verdict.why = why;
        return verdict;
    }
    verdict.word = evidence.drops.isEmpty() ? Verdict::Word::Unbroken : Verdict::Word::Recovered;
    verdict.clean = true; // rule 3 has asked what `clean` asks
    return verdict;
}

} // namespace gapless
