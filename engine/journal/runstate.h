// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/event.h"

#include <QDateTime>
#include <QList>
#include <optional>

namespace gapless {

/// One step of a run, or one more try of it: a step that is taken again has an entry of its own.
struct StepState {
    enum class State { Running, Done, Failed };
    QString step, slot;
    State state = State::Running;
    QDateTime started, finished; ///< `finished` is invalid while it runs
    qint64 startedSeq = 0, finishedSeq = 0; ///< the events, 0 where there is none (yet)
    qint64 ms = 0; ///< by the monotonic clock; 0 while it runs
    qint64 expectedMs = 0; ///< 0: not known
    QString reason; ///< Failed: an ErrorKind's identifier or `cancelled`
    QJsonObject error; ///< Failed: the whole Error
    int lines = 0; ///< of output
    int commands = 0;
};

/// From `since` on, a slot was in this state with this image.
struct SlotSpan {
    QDateTime since;
    QString state, image;
};
/// From `since` on, nginx routed to the slot like this.
struct TrafficSpan {
    QDateTime since;
    QString state; ///< up, down
    int weight = 1;
};

struct SlotState {
    QString name;
    QString state; ///< SlotChanged's; empty: nothing was said of it
    QString image, container; ///< what is there now
    QString imageBefore; ///< the tag it served when the run began; empty: none, or none of ours
    QString containerBefore; ///< as far as the run said
    QString traffic; ///< up, down; empty: nothing was said of it
    int weight = 1;
    std::optional<HealthAnswered> health; ///< the last answer
    std::optional<ConnectionsDrained> drained; ///< what the last drain left
    std::optional<ContainerStopped> stopped; ///< how the last stop went
    std::optional<SlotEvidence> evidence; ///< what is kept of a container that failed
    std::optional<KeptWarm> warm; ///< its container was left running, for a quick way back
    QList<SlotSpan> history;
    QList<TrafficSpan> trafficHistory;
};

/// A question, and its answer once there is one.
struct Decision {
    DecisionAsked asked;
    QDateTime askedAt;
    std::optional<DecisionMade> made;
    QDateTime madeAt;
};

/// What came of one share of a canary.
struct CanarySeen {
    QDateTime at;
    CanaryCompared compared;
};

struct GapSeen {
    QDateTime at; ///< when it was over
    Gap gap;
};

/// One hub connection of the witness.
struct ConnectionSeen {
    struct Span {
        QDateTime since;
        QString state, reason, slot, version;
    };
    int connection = 0;
    QList<Span> history; ///< the last one is what it is now
    int reconnects = 0; ///< times it was connected again
};

/// Sums of what the probes saw, over the whole run.
struct ProbeTotals {
    qint64 sent = 0, failed = 0, keepAliveSent = 0, keepAliveFailed = 0, sessionChecked = 0,
           sessionLost = 0, hubSent = 0, hubLost = 0;
    double maxMs = 0;
    int connected = 0; ///< hub connections that are, by the last summary
    ProbeSummary last;
};

struct FileState {
    FileChanged changed;
    QDateTime at;
};

struct UndoState {
    UndoRan ran;
    QDateTime at;
};

/// Everything that its events say of a run. Made by apply() alone.
struct RunState {
    QString run;
    qint64 lastSeq = 0;
    QDateTime lastAt;
    RunStarted request; ///< target, kind, strategy, from, to, by, machine, reason …
    QDateTime started, finished; ///< `finished` is invalid while it runs, and where it was cut off

    QList<StepState> steps; ///< in the order in which they began
    QList<SlotState> slots; ///< in the target's order
    std::optional<WaitingFor> waiting; ///< what the running step waits for
    QDateTime waitingSince;
    QList<Decision> decisions;
    QList<Warned> warnings;
    QList<HostSeen> hosts; ///< each once, the last that was said of it
    QList<ImageSeen> images; ///< of each host and name once
    std::optional<WitnessStarted> witness; ///< nothing: none ran
    QList<UndoState> undos;
    QList<CanarySeen> comparisons; ///< a canary's, one a share
    QMap<QString, ContainerRecorded> containers; ///< by id: what a container that is gone is made of
    QList<ConfigurationDiffers> differences; ///< of configuration that is not in the image
    QList<FileState> files; ///< edits of nginx's file, oldest first
    int commands = 0;
    qint64 lines = 0;
    bool pointOfNoReturn = false;

    QList<GapSeen> gaps;
    QList<ConnectionSeen> connections; ///< by their number
    ProbeTotals probes;

    std::optional<RunFinished> result; ///< outcome, serving, verdict, error

    bool running() const { return started.isValid() && !result; }
    /// The step that is running, the innermost where one runs inside another; null where none does.
    const StepState* currentStep() const;
    const SlotState* slot(const QString& name) const; ///< null where the run names none such
    /// The question nobody has answered yet; null where there is none.
    const Decision* pendingDecision() const;
    double longestGapMs() const;
};

/// The state after one more event. Live display, history, report, status and resume are all this
/// fold: the same events give the same state, whenever they are read. An event that was applied
/// already (by its sequence number) changes nothing.
RunState apply(RunState state, const Event& event);

RunState applyAll(RunState state, const QList<Event>& events);

/// For `status --json` and the golden tests. Invalid times and absent values are left out.
QJsonObject toJson(const RunState& state);

} // namespace gapless
