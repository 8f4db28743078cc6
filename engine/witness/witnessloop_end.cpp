// SPDX-License-Identifier: MIT
// How the witness ends: what is under way is waited for, and all that was seen becomes the evidence.
#include "engine/witness/witnessloop.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {
namespace {

qint64 usOf(std::chrono::milliseconds duration)
{
    return duration.count() * 1000;
}

} // namespace

void WitnessLoop::finish()
{
    if (m_phase == Phase::Finishing || m_phase == Phase::Leaving)
        return;
    if (m_phase == Phase::Baseline)
        beginWatching(false);
    m_phase = Phase::Finishing;
    m_finishUs = m_clock.nowUs();
    if (m_http)
        m_http->stop();
    if (m_session)
        m_session->stop();
    if (m_hub)
        m_hub->stop();
    if (m_lastTroubleUs >= 0)
        askControl();
}

void WitnessLoop::checkFinished()
{
    const qint64 waited = m_clock.nowUs() - m_finishUs;
    const bool asking = (m_http && m_http->underWay()) || (m_session && m_session->underWay());
    // A second more than the limit: then it is above it.
    const bool reconnecting = m_hub && m_hub->underWay();
    if ((asking && waited < usOf(m_options.requestTimeout) + 1'000'000)
        || (reconnecting && waited < (m_spec.maxGapMs + 1000) * 1000LL))
        return;
    conclude();
}

void WitnessLoop::conclude()
{
    m_phase = Phase::Leaving;
    reportOpenGaps();
    summarize();
    m_tick.stop();
    const Verdict verdict = foldVerdict(evidence());
    auto told = std::make_shared<bool>(false);
    const auto tell = [this, verdict, told] {
        if (std::exchange(*told, true))
            return;
        handOverSamples();
        m_callbacks.finished(verdict);
    };
    if (!m_hub)
        return tell();
    // A good-bye that nobody answers must not hold up the end of a rollout.
    QTimer::singleShot(2s, this, tell);
    m_hub->leave([this, tell] { QTimer::singleShot(0ms, this, tell); });
}

void WitnessLoop::reportOpenGaps()
{
    if (m_http && m_http->openOutage())
        outageOver(*m_http->openOutage());
    if (!m_hub)
        return;
    for (const Drop& drop : m_hub->drops())
        if (drop.span.toUs == Span::open && !drop.closed)
            dropOver(drop);
}

QJsonArray WitnessLoop::notes() const
{
    QJsonArray notes = m_hub ? m_hub->notes() : QJsonArray();
    if (m_session) {
        const SessionLedger& ledger = m_session->ledger();
        const auto note = [&notes](const QString& id, qint64 count) {
            if (count > 0)
                notes.append(QJsonObject {{u"id"_s, id}, {u"lost"_s, count}});
        };
        note(u"dataProtection"_s, ledger.lostWithNewCookie());
        note(u"sessionStore"_s, ledger.lostWithSameCookie());
        if (ledger.unreadable() > 0)
            notes.append(
                QJsonObject {{u"id"_s, u"sessionUnreadable"_s}, {u"count"_s, ledger.unreadable()}});
    }
    const QString tls = !m_destination.tlsFailure().isEmpty() || !m_hub
        ? m_destination.tlsFailure()
        : m_hub->tlsFailure();
    if (!tls.isEmpty())
        notes.append(QJsonObject {{u"id"_s, u"certificate"_s}, {u"text"_s, tls}});
    if (!m_versions.isEmpty())
        notes.append(QJsonObject {
            {u"id"_s, u"versionsSeen"_s}, {u"versions"_s, QJsonArray::fromStringList(m_versions)}});
    return notes;
}

Evidence WitnessLoop::evidence() const
{
    Evidence evidence;
    evidence.rules.maxGapUs = m_spec.maxGapMs * 1000LL;
    evidence.rules.maxFailed = m_spec.maxFailed;
    evidence.rules.stallLimitUs = usOf(m_options.stallLimit);
    evidence.rules.slotCount = m_slotCount;
    evidence.http = m_http && m_spec.http->perSecond > 0;
    evidence.session = m_session.has_value();
    evidence.hub = m_hub.has_value();
    evidence.baseline = m_baseline;
    evidence.totals = m_totals;
    evidence.outages = m_outages;
    evidence.stalls = m_stalls;
    evidence.ownNetwork = m_gate.network().failed();
    evidence.endUs = m_clock.nowUs();
    evidence.notes = notes();
    if (m_hub) {
        evidence.connections = m_hub->connections();
        evidence.echo = m_hub->echo();
        evidence.echoMissing = m_hub->echoMissing();
        for (Drop drop : m_hub->drops()) {
            drop.after = before(drop.span.fromUs);
            if (drop.span.fromUs >= m_baselineUs)
                evidence.drops.append(drop);
        }
    }
    const std::lock_guard lock(m_trace.mutex);
    evidence.stops = m_trace.attribution.stops();
    evidence.runObserved = m_trace.attribution.runObserved();
    return evidence;
}

} // namespace gapless
