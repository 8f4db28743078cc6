// SPDX-License-Identifier: MIT
#include "engine/witness/witnessloop.h"

#include "engine/model/error.h"

#include <algorithm>
#include <ctime>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {
namespace {

constexpr auto tickEvery = 20ms;
constexpr auto resolveEvery = 60s;
constexpr qint64 batchEveryUs = 100'000;
constexpr qint64 controlEveryUs = 1'000'000; ///< while there is trouble
constexpr qint64 troubleUs = 3'000'000; ///< trouble is over when nothing failed for so long
constexpr qint64 baselineSession = 2;
constexpr int versionsNamed = 16;

qint64 usOf(std::chrono::milliseconds duration)
{
    return duration.count() * 1000;
}

qint64 bootUs()
{
    timespec now {};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return qint64(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
}

/// A second's worth of fresh requests, all answered as expected.
qint64 baselineFresh(double perSecond)
{
    return std::clamp(qint64(perSecond), 5LL, 50LL);
}

} // namespace

WitnessLoop::WitnessLoop(const WitnessSpec& spec, const QList<Slot>& slotList,
    const WitnessOptions& options, const WitnessClock& clock, SharedTrace& trace,
    Callbacks callbacks)
    : m_spec(spec)
    , m_options(options)
    , m_clock(clock)
    , m_trace(trace)
    , m_callbacks(std::move(callbacks))
    , m_slotCount(int(slotList.size()))
    , m_destination(spec.url, options.tls)
    , m_identifier(spec.http ? spec.http->versionFrom : QString(), slotList)
    , m_stallWatch(usOf(tickEvery), usOf(options.stallNoted))
    , m_gate(spec.abortOn, spec.maxFailed, bool(options.controlProbe))
{
    makeProbes(slotList);
    m_tick.setTimerType(Qt::PreciseTimer);
    connect(&m_tick, &QTimer::timeout, this, &WitnessLoop::tick);
}

WitnessLoop::~WitnessLoop()
{
    m_control.reset(); // it posts to this object
}

void WitnessLoop::makeProbes(const QList<Slot>& slotList)
{
    const auto sink = [this](const Sample& sample) { add(sample); };
    if (m_spec.http && (m_spec.http->perSecond > 0 || !m_spec.http->post.isEmpty())) {
        HttpProbe::Options options;
        options.timeout = m_options.requestTimeout;
        options.tooLate = m_options.stallLimit;
        m_http.emplace(*m_spec.http, m_destination, m_identifier, m_clock, options,
            HttpProbe::Callbacks {sink, [this](const Outage& outage) { outageOver(outage); },
                [this](const Identity& identity) {
                    if (!identity.version.isEmpty() && !m_versions.contains(identity.version)
                        && m_versions.size() < versionsNamed)
                        m_versions.append(identity.version);
                    return identity == Identity() ? quint16(0) : m_labels.label(identity.text());
                }});
    }
    if (m_spec.session)
        m_session.emplace(*m_spec.session, m_destination, m_clock, m_options.requestTimeout, sink);
    if (m_spec.hub) {
        HubProbe::Options options;
        options.accessToken = m_options.accessToken;
        options.tls = m_options.tls;
        // A path of the site, or a hub on a host of its own.
        const QUrl own(m_spec.hub->hub);
        m_hub.emplace(*m_spec.hub, own.isRelative() ? m_destination.url(m_spec.hub->hub) : own,
            slotList, m_identifier, m_clock, options,
            HubProbe::Callbacks {
                [this](const ConnectionChanged& event) { m_callbacks.report(event); },
                [this](const Drop& drop) { dropOver(drop); },
                [this](const Span& span) { incident(u"closed"_s, span); }, sink});
    }
    if (m_options.controlProbe)
        m_control.emplace(
            m_options.controlProbe, [this] { return m_clock.nowUs(); },
            [this](qint64 askedUs, std::optional<bool> works) {
                QMetaObject::invokeMethod(
                    this, [this, askedUs, works] { controlAnswered(askedUs, works); },
                    Qt::QueuedConnection);
            });
}

void WitnessLoop::start()
{
    m_destination.resolve(resolveEvery);
    if (m_http)
        m_http->start();
    if (m_session)
        m_session->start();
    if (m_hub)
        m_hub->start();
    m_tick.start(tickEvery);
}

void WitnessLoop::tick()
{
    const qint64 now = m_clock.nowUs();
    if (const std::optional<Span> stall = m_stallWatch.tick(now, bootUs()))
        m_stalls.append(*stall);
    switch (m_phase) {
    case Phase::Baseline:
        checkBaseline();
        break;
    case Phase::Watching:
        checkGaps();
        break;
    case Phase::Finishing:
        checkFinished();
        break;
    case Phase::Leaving:
        break;
    }
    const bool trouble = m_gate.waiting()
        || (m_lastTroubleUs >= 0 && now - m_lastTroubleUs < troubleUs)
        || (!m_gate.network().failed().isEmpty()
            && m_gate.network().failed().last().toUs == Span::open);
    if (trouble && now - m_lastAskedUs >= controlEveryUs)
        askControl();
    if (now - m_lastSummaryUs >= usOf(m_options.summaryEvery))
        summarize();
    if (now - m_lastBatchUs >= batchEveryUs)
        handOverSamples();
}

void WitnessLoop::checkBaseline()
{
    const bool fresh = !m_http || m_spec.http->perSecond <= 0
        || m_totals.freshSent >= baselineFresh(m_spec.http->perSecond);
    const bool session = !m_session || m_totals.sessionChecked >= baselineSession;
    if (fresh && session && (!m_hub || m_hub->ready()))
        beginWatching(true);
}

void WitnessLoop::giveUpBaseline()
{
    if (m_phase == Phase::Baseline)
        beginWatching(false);
}

void WitnessLoop::beginWatching(bool stands)
{
    m_phase = Phase::Watching;
    m_baseline = stands;
    m_baselineUs = m_clock.nowUs();
    m_stalls.clear();
    if (m_hub)
        m_hub->baselineOver();
    m_callbacks.baselineStands();
}

void WitnessLoop::add(const Sample& sample)
{
    m_batch.append(sample);
    m_window.add(sample);
    m_totals.add(sample);
    if (sample.probe == Sample::Probe::Fresh)
        m_trace.arrivals.add(m_labels.texts().value(sample.label), sample.latencyUs, sample.failed());
    if (!sample.failed())
        return;
    m_lastTroubleUs = m_clock.nowUs();
    const bool kept
        = sample.probe == Sample::Probe::KeepAlive || sample.probe == Sample::Probe::Post;
    // A baseline is a time without a failure: it begins anew.
    if (m_phase == Phase::Baseline && !kept)
        m_totals = {};
    else if (sample.probe == Sample::Probe::Fresh)
        incident(u"failed"_s, {sample.atUs, m_clock.nowUs()});
}

void WitnessLoop::incident(const QString& what, const Span& span)
{
    m_lastTroubleUs = m_clock.nowUs();
    if (m_phase != Phase::Watching || !m_baseline)
        return;
    m_gate.incident(what, span);
    const std::lock_guard lock(m_trace.mutex);
    m_trace.abortReason = m_gate.reason();
}

void WitnessLoop::askControl()
{
    if (!m_control)
        return;
    m_lastAskedUs = m_clock.nowUs();
    m_control->ask();
}

void WitnessLoop::controlAnswered(qint64 askedUs, std::optional<bool> works)
{
    m_gate.answered(askedUs, works);
    const std::lock_guard lock(m_trace.mutex);
    m_trace.abortReason = m_gate.reason();
}

void WitnessLoop::checkGaps()
{
    const qint64 now = m_clock.nowUs();
    qint64 gapUs = m_hub ? m_hub->longestOpenGapUs() : 0;
    if (m_http && m_http->openOutage())
        gapUs = std::max(gapUs, now - m_http->openOutage()->span.fromUs);
    const bool tooLong = gapUs > m_spec.maxGapMs * 1000LL;
    if (tooLong && !m_gapTold)
        incident(u"gap"_s, {now - gapUs, now});
    m_gapTold = tooLong;
}

Attributed WitnessLoop::before(qint64 atUs) const
{
    const std::lock_guard lock(m_trace.mutex);
    return m_trace.attribution.before(atUs);
}

void WitnessLoop::outageOver(const Outage& outage)
{
    const qint64 toUs = outage.span.toUs == Span::open ? m_clock.nowUs() : outage.span.toUs;
    if (m_phase == Phase::Baseline || toUs < m_baselineUs)
        return;
    m_outages.append({outage.span.fromUs, toUs});
    const Attributed after = before(outage.struckUs);
    Gap gap;
    gap.probe = u"http"_s;
    gap.cause = idOf(outage.cause);
    gap.ms = double(toUs - outage.span.fromUs) / 1000.0;
    gap.after = after.step;
    gap.afterSlot = after.slot;
    gap.sinceStepMs = after.sinceMs;
    gap.lost = outage.failed;
    m_callbacks.report(gap);
    if (toUs - outage.span.fromUs > m_spec.maxGapMs * 1000LL)
        incident(u"gap"_s, {outage.span.fromUs, toUs});
}

void WitnessLoop::dropOver(const Drop& drop)
{
    m_lastTroubleUs = m_clock.nowUs();
    if (drop.span.fromUs < m_baselineUs || m_phase == Phase::Baseline)
        return;
    m_trace.arrivals.addReconnect(Identity {drop.slotBefore, drop.versionBefore}.text());
    const qint64 toUs = drop.span.toUs == Span::open ? m_clock.nowUs() : drop.span.toUs;
    const Attributed after = before(drop.span.fromUs);
    Gap gap;
    gap.probe = u"hub"_s;
    gap.cause = drop.cause;
    gap.connection = drop.connection;
    gap.attempt = drop.attempt;
    gap.ms = double(toUs - drop.span.fromUs) / 1000.0;
    gap.after = after.step;
    gap.afterSlot = after.slot;
    gap.sinceStepMs = after.sinceMs;
    gap.slotBefore = drop.slotBefore;
    gap.slotAfter = drop.slotAfter;
    gap.lost = drop.lost;
    m_callbacks.report(gap);
    if (toUs - drop.span.fromUs > m_spec.maxGapMs * 1000LL)
        incident(u"gap"_s, {drop.span.fromUs, toUs});
}

void WitnessLoop::summarize()
{
    m_lastSummaryUs = m_clock.nowUs();
    ProbeSummary summary;
    summary.sent = m_window.freshSent;
    summary.failed = m_window.freshFailed;
    summary.keepAliveSent = m_window.keepAliveSent;
    summary.keepAliveFailed = m_window.keepAliveFailed;
    summary.sessionChecked = m_window.sessionChecked;
    summary.sessionLost = m_window.sessionLost;
    if (m_hub) {
        const EchoTotals echo = m_hub->echo();
        summary.hubSent = echo.sent - m_windowEcho.sent;
        summary.hubLost = echo.lost - m_windowEcho.lost;
        summary.connected = m_hub->connected();
        m_windowEcho = echo;
    }
    summary.p50Ms = m_window.freshLatency.quantile(0.5) / 1000.0;
    summary.p99Ms = m_window.freshLatency.quantile(0.99) / 1000.0;
    summary.maxMs = m_window.freshLatency.max() / 1000.0;
    m_window = {};
    m_callbacks.report(summary);
}

void WitnessLoop::handOverSamples()
{
    m_lastBatchUs = m_clock.nowUs();
    if (!m_batch.isEmpty())
        m_callbacks.samples({m_clock.zeroUtcMs(), std::exchange(m_batch, {}), m_labels.texts()});
}

} // namespace gapless
