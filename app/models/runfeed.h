// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/logstore.h"
#include "app/models/sampletrack.h"
#include "engine/journal/runstate.h"

#include <QList>
#include <QObject>

namespace gapless {

/// One run as the window shows it: its events, their fold and its log. Panes read it and follow its
/// signals; who fills it (a rollout of ours, a follower, the journal, a replay) they need not know.
/// The window's thread.
class RunFeed : public QObject {
    Q_OBJECT
public:
    enum class Kind {
        None, ///< no run is shown
        Live, ///< runs in this process
        Followed, ///< runs in another process
        Past, ///< is over
        Replay, ///< a past one, played again
        Demo, ///< the recorded one that comes with the program
    };
    Q_ENUM(Kind)

    using QObject::QObject;

    /// Forgets everything; a run of `kind` comes next.
    void begin(Kind kind);
    /// In the order of the journal; those that are here already change nothing.
    void append(const QList<Event>& events);
    /// What the witness's clients measured; `zeroUtcMs`: when their clock was 0.
    void appendSamples(qint64 zeroUtcMs, const QList<Sample>& samples);
    /// A run that runs has got so far, also where no event says so.
    void setNow(qint64 utcMs);
    void setKind(Kind kind);

    Kind kind() const { return m_kind; }
    bool isRecorded() const { return m_kind == Kind::Replay || m_kind == Kind::Demo; }
    const QString& run() const { return m_state.run; }
    const RunState& state() const { return m_state; }
    /// All but the lines of output, which are in the log.
    const QList<Event>& events() const { return m_events; }
    const LogStore& log() const { return m_log; }
    const SampleTrack& samples() const { return m_samples; }
    /// The run's first moment, UTC ms; 0 where there is no run.
    qint64 startMs() const { return m_startMs; }
    /// The last moment that is known of: of its last event, or now while it runs.
    qint64 endMs() const { return m_endMs; }

Q_SIGNALS:
    /// Everything is forgotten.
    void begun();
    /// Events from `first` on (an index into events()) and log lines from `firstLine` on are new.
    void appended(qsizetype first, qsizetype firstLine);
    void samplesArrived();
    void nowChanged();
    void kindChanged();

private:
    void take(const Event& event);
    void logOf(const Event& event);
    void addLine(const Event& event, LogLine::Kind kind, const QString& text);

    Kind m_kind = Kind::None;
    RunState m_state;
    QList<Event> m_events;
    LogStore m_log;
    SampleTrack m_samples;
    qint64 m_startMs = 0, m_endMs = 0;
};

} // namespace gapless
