// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/runfeed.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace gapless {

/// Plays a run again into a feed, 1 to 60 times as fast as it was. The window's thread.
class Replayer : public QObject {
    Q_OBJECT
public:
    static constexpr int fastest = 60;

    explicit Replayer(RunFeed& feed, QObject* parent = nullptr);

    /// From its beginning, at the speed that is set. `events` by their sequence, `samples` by time.
    void play(RunFeed::Kind kind, QList<Event> events, qint64 zeroUtcMs, QList<Sample> samples);
    void setPaused(bool paused);
    bool isPaused() const { return m_loaded && !m_timer.isActive(); }
    bool isLoaded() const { return m_loaded; }
    void setSpeed(int times);
    int speed() const { return m_speed; }
    /// Goes on by so much of the run's own time.
    void advance(double ms);
    /// All that is left, at once.
    void finish();
    /// Gives it up where it is.
    void stop();

Q_SIGNALS:
    void stateChanged();
    /// The last event has been played.
    void finished();

private:
    void tick();

    RunFeed& m_feed;
    QTimer m_timer;
    QElapsedTimer m_sinceTick;
    bool m_loaded = false;
    int m_speed = 1;
    double m_nowMs = 0; ///< of the run, UTC
    QList<Event> m_events;
    qsizetype m_nextEvent = 0;
    qint64 m_zeroUtcMs = 0;
    QList<Sample> m_samples;
    qsizetype m_nextSample = 0;
};

} // namespace gapless
