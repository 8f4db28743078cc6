// SPDX-License-Identifier: MIT
#pragma once

#include "engine/journal/runstate.h"
#include "engine/model/clock.h"
#include "engine/model/event.h"

#include <QMap>
#include <functional>
#include <map>
#include <mutex>

namespace gapless {

class JournalFile;

/// Random bits, passed in.
using Random = std::function<quint32()>;
Random systemRandom();

/// A line of the history: kept beside the events by the fold, so that a list needs no replay.
struct RunSummary {
    QString run, target, kind, strategy, from, to, by, machine, reason;
    QDateTime started, finished; ///< `finished` is invalid while it runs, and where it was cut off
    qint64 lastSeq = 0;
    QDateTime lastAt;
    QString outcome; ///< empty: not finished
    QMap<QString, QString> serving;
    Verdict verdict;
    QJsonObject error;
    qint64 gaps = 0;
    double longestGapMs = 0;
    qint64 requestsFailed = 0;
    QString origin; ///< empty: written here; else where it was imported from
    bool operator==(const RunSummary&) const = default;
};

/// Which runs. What is left empty does not narrow the list.
struct RunFilter {
    QString target;
    QStringList outcomes; ///< an empty text in it stands for runs that are not finished
    QString by;
    QDateTime since, until; ///< of `started`; `until` is not included
    QString text; ///< somewhere in tag, reason, person, target or run; letter case does not count
    int limit = -1;
    int offset = 0;
};

/// Usual durations of a target's steps, for the bar of a step that has just begun.
class StepDurations {
public:
    void add(const QString& step, const QString& slot, qint64 ms);
    /// The median for this step of this slot, else of the step on any slot; 0: not known.
    qint64 expectedMs(const QString& step, const QString& slot) const;

private:
    QMap<QString, QList<qint64>> m_ms; ///< by `step/slot`, and by `step/`
};

struct JournalOptions {
    /// Events are on the disk before append returns. A test that makes hundreds of runs may do
    /// without.
    bool durable = true;
    std::chrono::milliseconds busyTimeout = std::chrono::seconds(5);
};

/// The append-only record of every run (SQLite in WAL mode, `journal.sqlite` in the data folder).
/// Several processes share the file. Every member may be called from any thread; each thread has a
/// database connection of its own.
///
/// Errors of every member: StoreUnusable (the folder is read-only or full, or another process holds
/// the file for too long), StoreNewer, StoreDamaged. A damaged file is kept as it is under another
/// name, what can be read of it goes into a new one, and StoreDamaged says so once, when it is
/// opened.
class Journal {
public:
    using Sink = std::function<void(const Event&)>;

    /// Opens or creates the journal in `folder` (created with mode 0700 where it is missing).
    Journal(const QString& folder, Clock& clock, Random random = systemRandom(),
        JournalOptions options = {});
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// A name for a new run: short, unique, sorted by time (UTC): `20261123-213045-k3f9`.
    QString newRun();

    /// Gives the event its sequence number and time, writes it durably and tells the sinks, in this
    /// order; then returns it. Chatter (outputLine, healthAnswered, waitingFor, probeSummary) and what
    /// a step has done (commandRan, stepFinished, slotChanged, trafficChanged, fileChanged,
    /// reloadProven, connectionsDrained, containerStopped) are safe against the end of the process at
    /// once, and against a power failure with the next event of another kind: the stepStarted of a
    /// step that changes anything is on disk before it acts.
    Event append(const QString& run, EventBody body);
    /// Gives the event a time and tells the sinks, and keeps nothing: for a run whose journal cannot be
    /// written any more and that has to come to its end. Throws nothing.
    Event tell(const QString& run, qint64 seq, EventBody body);

    /// `sink` is told every event that this object appends, in order, on the appending thread. It
    /// returns at once, does not throw, and neither appends nor takes a lock that is held while
    /// appending.
    int addSink(Sink sink);
    /// Once this returns the sink is not called any more.
    void removeSink(int id);

    QList<Event> events(const QString& run, qint64 afterSeq = 0, qint64 limit = -1) const;
    /// The same without keeping them all; ends early where `visit` says false.
    void eachEvent(
        const QString& run, qint64 afterSeq, const std::function<bool(const Event&)>& visit) const;
    /// Error RunUnknown.
    RunState state(const QString& run) const;

    std::optional<RunSummary> summary(const QString& run) const;
    /// Newest first.
    QList<RunSummary> runs(const RunFilter& filter = {}) const;

    /// The tag to roll back to from `serving`: the newest that finished `succeeded` and served
    /// before it, never one that was rolled back from. What a run that succeeded found serving
    /// counts too (a site is not always born with Gapless), unless a run had left it half done.
    /// Nothing where none is known.
    std::optional<QString> previousRelease(const QString& target, const QString& serving) const;
    /// What the release was last made of in that slot; nothing where no run noted it.
    std::optional<ContainerRecorded> lastRecord(
        const QString& target, const QString& slot, const QString& tag) const;
    /// Of the last five runs of the target that succeeded.
    StepDurations stepDurations(const QString& target) const;

    /// A number that changes whenever somebody else (another process, another thread) has written;
    /// only two numbers from the same thread can be compared. Cheap enough to ask twice a second.
    qint64 dataVersion() const;

    /// Takes in events of another journal (a gateway's run record). Those that are here already
    /// stay as they are, so doing it twice changes nothing. Sinks are not told. Returns how many
    /// were new.
    int importEvents(const QList<Event>& events, const QString& origin);

    QString file() const;

private:
    JournalFile& db() const;
    RunState& stateToAppendTo(const QString& run);

    const QString m_folder;
    const QString m_id; ///< of this object, for the threads' connections
    Clock& m_clock;
    const Random m_random;
    const JournalOptions m_options;

    std::mutex m_appendMutex; ///< held from the write until the sinks were told
    std::map<QString, RunState> m_states; ///< of the runs this object appends to
    std::map<int, Sink> m_sinks;
    int m_lastSink = 0;
};

} // namespace gapless
