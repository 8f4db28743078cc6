// SPDX-License-Identifier: MIT
#include "engine/witness/httpprobe.h"

#include "engine/model/targetrules.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {
namespace {

constexpr auto sweepEvery = 50ms;
constexpr qint64 lingerUs = 1'000'000;
constexpr qint64 timerSlackUs = 5'000;

} // namespace

HttpProbe::HttpProbe(const HttpProbeSpec& spec, Destination& destination,
    const Identifier& identifier, const WitnessClock& clock, Options options, Callbacks callbacks)
    : m_destination(destination)
    , m_identifier(identifier)
    , m_clock(clock)
    , m_options(options)
    , m_callbacks(std::move(callbacks))
    , m_expected(spec.expectStatus)
{
    const auto add = [this](Sample::Probe kind, double perSecond, const QByteArray& request) {
        if (perSecond > 0)
            m_kinds.push_back({kind, perSecond, {}, request});
    };
    add(Sample::Probe::Fresh, spec.perSecond,
        destination.request("GET", spec.path, {"Connection: close"}));
    add(Sample::Probe::KeepAlive, std::max(spec.perSecond / 4, std::min(spec.perSecond, 1.0)),
        destination.request("GET", spec.path, {}));
    if (!spec.post.isEmpty()) {
        const QByteArray type = spec.post[u"contentType"].toString(u"text/plain"_s).toLatin1();
        add(Sample::Probe::Post, spec.post[u"perSecond"].toDouble(1),
            destination.request("POST", spec.post[u"path"].toString(spec.path),
                {"Content-Type: " + type}, spec.post[u"body"].toString().toUtf8()));
    }
    m_next.setTimerType(Qt::PreciseTimer);
    m_next.setSingleShot(true);
    QObject::connect(&m_next, &QTimer::timeout, &m_next, [this] { turn(); });
    QObject::connect(&m_sweep, &QTimer::timeout, &m_sweep, [this] { sweep(); });
}

HttpProbe::~HttpProbe() = default;

void HttpProbe::start()
{
    m_stopped = false;
    const qint64 now = m_clock.nowUs();
    for (size_t i = 0; i < m_kinds.size(); ++i) {
        // Kinds take turns instead of going out in one burst.
        const auto offset = qint64(1e6 / m_kinds[0].perSecond * double(i) / double(m_kinds.size()));
        m_kinds[i].loop = OpenLoop(m_kinds[i].perSecond, now + offset);
    }
    m_sweep.start(sweepEvery);
    schedule();
}

void HttpProbe::stop()
{
    m_stopped = true;
    m_next.stop();
}

bool HttpProbe::underWay() const
{
    return std::any_of(m_lanes.cbegin(), m_lanes.cend(),
        [](const auto& lane) { return lane->connection->asking(); });
}

void HttpProbe::schedule()
{
    qint64 next = std::numeric_limits<qint64>::max();
    for (const Kind& kind : m_kinds)
        next = std::min(next, kind.loop.nextUs());
    if (next == std::numeric_limits<qint64>::max())
        return;
    const qint64 wait = std::clamp<qint64>(next - m_clock.nowUs() + 999, 0, 60'000'000);
    m_next.start(std::chrono::milliseconds(wait / 1000));
}

void HttpProbe::turn()
{
    if (m_stopped)
        return;
    const qint64 now = m_clock.nowUs();
    for (Kind& kind : m_kinds)
        while (const std::optional<qint64> due = kind.loop.take(now))
            probe(kind, *due);
    schedule();
}

void HttpProbe::probe(Kind& kind, qint64 dueUs)
{
    const qint64 now = m_clock.nowUs();
    if (kind.probe == Sample::Probe::Fresh)
        m_outages.due(dueUs);
    Lane* lane = now - dueUs > m_options.tooLate.count() * 1000 ? nullptr : freeLane(kind);
    if (!lane) {
        record({.atUs = dueUs, .probe = kind.probe, .cause = Sample::Cause::Unsent});
        return;
    }
    lane->dueUs = dueUs;
    lane->sinceUs = now;
    lane->connection->ask(
        kind.request, [this, lane](Sample::Cause cause, const HttpResponse& response) {
            answered(*lane, cause, response);
        });
}

HttpProbe::Lane* HttpProbe::freeLane(Kind& kind)
{
    if (kind.probe == Sample::Probe::Fresh)
        return lanesOf(kind.probe, true) < m_options.maxUnderWay ? &addLane(kind.probe) : nullptr;
    // In turn, so that each kept connection stays in use and idles for a while between requests.
    const size_t count = m_lanes.size();
    for (size_t i = 1; i <= count; ++i) {
        const size_t index = (kind.lastUsed + i) % count;
        Lane& lane = *m_lanes[index];
        if (lane.kind == kind.probe && lane.connection->idle()) {
            if (lanesOf(kind.probe, false) < std::min(4, m_options.maxKept))
                break; // a few of them, though one would do
            kind.lastUsed = index;
            return &lane;
        }
    }
    return lanesOf(kind.probe, false) < m_options.maxKept ? &addLane(kind.probe) : nullptr;
}

HttpProbe::Lane& HttpProbe::addLane(Sample::Probe kind)
{
    auto& lane = m_lanes.emplace_back(std::make_unique<Lane>());
    lane->connection = std::make_unique<HttpConnection>(m_destination, m_poll);
    lane->kind = kind;
    lane->number = m_laneCount++;
    return *lane;
}

int HttpProbe::lanesOf(Sample::Probe kind, bool asking) const
{
    return int(std::count_if(m_lanes.cbegin(), m_lanes.cend(), [&](const auto& lane) {
        return lane->kind == kind && !lane->connection->over()
            && (!asking || lane->connection->asking());
    }));
}

void HttpProbe::answered(Lane& lane, Sample::Cause cause, const HttpResponse& response)
{
    const qint64 now = m_clock.nowUs();
    // A timer is up to a millisecond late; what is later than that was the witness's doing, and
    // whoever came at that moment would have waited too.
    const qint64 from = lane.sinceUs - lane.dueUs > timerSlackUs ? lane.dueUs : lane.sinceUs;
    Sample sample {.atUs = lane.dueUs,
        .latencyUs = quint32(std::clamp<qint64>(now - from, 0, 0xffffffff)),
        .connection = lane.number,
        .status = quint16(response.status()),
        .probe = lane.kind,
        .cause = cause};
    if (cause == Sample::Cause::None && !statusMatches(m_expected, response.status()))
        sample.cause = Sample::Cause::Status;
    if (response.status() != 0)
        sample.label = m_callbacks.label(m_identifier.identify(
            [&](const QByteArray& name) { return response.header(name).toByteArray(); },
            response.body()));
    lane.sinceUs = now;
    record(sample);
}

void HttpProbe::record(Sample sample)
{
    m_callbacks.sample(sample);
    if (sample.probe == Sample::Probe::Fresh)
        for (const Outage& outage : m_outages.resolve(sample.atUs, sample.cause, m_clock.nowUs()))
            m_callbacks.outage(outage);
}

void HttpProbe::sweep()
{
    const qint64 now = m_clock.nowUs();
    const qint64 timeoutUs = m_options.timeout.count() * 1000;
    for (const auto& lane : m_lanes)
        if (lane->connection->asking() && now - lane->dueUs > timeoutUs)
            lane->connection->expire();
    std::erase_if(m_lanes, [&](const auto& lane) {
        return lane->connection->over()
            || (lane->connection->lingering() && now - lane->sinceUs > lingerUs);
    });
}

} // namespace gapless
