// SPDX-License-Identifier: MIT
#include "app/models/replayer.h"

#include <algorithm>
#include <limits>

namespace gapless {

Replayer::Replayer(RunFeed& feed, QObject* parent)
    : QObject(parent)
    , m_feed(feed)
{
    m_timer.setInterval(50);
    connect(&m_timer, &QTimer::timeout, this, &Replayer::tick);
}

void Replayer::play(
    RunFeed::Kind kind, QList<Event> events, qint64 zeroUtcMs, QList<Sample> samples)
{
    stop();
    m_events = std::move(events);
    m_samples = std::move(samples);
    m_zeroUtcMs = zeroUtcMs;
    m_nextEvent = m_nextSample = 0;
    m_feed.begin(kind);
    if (m_events.isEmpty())
        return;
    m_nowMs = double(m_events.first().at.toMSecsSinceEpoch());
    m_loaded = true;
    m_sinceTick.start();
    m_timer.start();
    advance(0);
    Q_EMIT stateChanged();
}

void Replayer::setPaused(bool paused)
{
    if (!m_loaded || paused == isPaused())
        return;
    if (paused) {
        m_timer.stop();
    } else {
        m_sinceTick.start();
        m_timer.start();
    }
    Q_EMIT stateChanged();
}

void Replayer::setSpeed(int times)
{
    m_speed = std::clamp(times, 1, fastest);
    Q_EMIT stateChanged();
}

void Replayer::tick()
{
    advance(double(m_sinceTick.restart()) * m_speed);
}

void Replayer::advance(double ms)
{
    if (!m_loaded)
        return;
    m_nowMs += ms;
    const auto events = std::upper_bound(m_events.cbegin() + m_nextEvent, m_events.cend(), m_nowMs,
        [](double now, const Event& event) { return now < double(event.at.toMSecsSinceEpoch()); });
    const qsizetype eventsTo = events - m_events.cbegin();
    const double nowUs = (m_nowMs - double(m_zeroUtcMs)) * 1000;
    qsizetype samplesTo = m_nextSample;
    while (samplesTo < m_samples.size() && double(m_samples[samplesTo].atUs) <= nowUs)
        ++samplesTo;
    m_feed.appendSamples(m_zeroUtcMs, m_samples.mid(m_nextSample, samplesTo - m_nextSample));
    m_nextSample = samplesTo;
    const QList<Event> due = m_events.mid(m_nextEvent, eventsTo - m_nextEvent);
    m_nextEvent = eventsTo;
    m_feed.append(due);
    if (m_nextEvent < m_events.size()) {
        m_feed.setNow(qint64(m_nowMs));
        return;
    }
    m_feed.appendSamples(m_zeroUtcMs, m_samples.mid(m_nextSample));
    stop();
    Q_EMIT finished();
}

void Replayer::finish()
{
    if (m_loaded)
        advance(double(m_events.last().at.toMSecsSinceEpoch()) - m_nowMs + 1);
}

void Replayer::stop()
{
    m_timer.stop();
    if (std::exchange(m_loaded, false))
        Q_EMIT stateChanged();
}

} // namespace gapless
