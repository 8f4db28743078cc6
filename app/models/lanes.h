// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/runfeed.h"

#include <optional>

namespace gapless {

/// A bar of the timeline: from when to when, what it says, and how it looks. Times are UTC ms.
struct LaneSpan {
    /// What colour means.
    enum class Mark { Neutral, Old, New, Failure, Attribution };
    /// What the state is, apart from any colour.
    enum class Fill {
        Solid, ///< it serves, it is connected
        Rising, ///< on its way to serve: starting, checking, warming (hatched like /)
        Falling, ///< on its way out: draining, stopping (hatched like \)
        Empty, ///< not there: stopped, out, removed
        Ghost, ///< expected, by the history
    };
    double fromMs = 0, toMs = 0;
    bool open = false; ///< goes on; toMs is now
    Mark mark = Mark::Neutral;
    Fill fill = Fill::Solid;
    QString text; ///< what stands in the bar, shortest form last after a `|`
    QString description; ///< one sentence, for the reading at the cursor and for screen readers
    double share = -1; ///< of the traffic, 0 to 1, that goes to the new release; -1: says nothing
    int step = -1; ///< index into RunState::steps
    qint64 seq = 0; ///< of an event that it stands for
    bool operator==(const LaneSpan&) const = default;
};

struct Lane {
    enum class Kind { Gateway, Traffic, Slot, Http, Session, Hub };
    Kind kind = Kind::Gateway;
    QString key; ///< the slot's name, the connection's number
    QString title;
    QList<LaneSpan> spans; ///< by their start; they do not overlap
    QList<LaneSpan> steps; ///< a thin row of its own: the steps, where they belong to this lane
    /// The span at a moment; nothing where there is none.
    const LaneSpan* at(double ms) const;
};

/// A time without service and the step it followed: the line from the one to the other.
struct GapLine {
    double stepMs = 0; ///< when that step began
    int fromLane = -1; ///< -1: no step is known
    double gapFromMs = 0, gapToMs = 0;
    int toLane = 0;
    QString text; ///< `38 ms, 12 ms after “stop” of slot A began`
    qint64 seq = 0;
};

/// What the probes saw between two summaries, for runs whose samples are not at hand.
struct SummaryPoint {
    double fromMs = 0, toMs = 0, p50Ms = 0, p99Ms = 0, maxMs = 0;
    qint64 sent = 0, failed = 0;
};

/// The whole timeline of a run, as data.
struct Lanes {
    QList<Lane> lanes;
    QList<GapLine> gaps;
    QList<SummaryPoint> summaries;
    double fromMs = 0, toMs = 0;
    bool running = false; ///< the run is not over
    std::optional<double> firstSwitchMs; ///< the first traffic change: two runs are aligned there

    /// Of the gateway, the traffic's shares (where the strategy moves them), each slot, HTTP, session, and each hub connection; a lane of a probe is
    /// there once the probe has said something. Texts are in the language of now. `nowMs` ends what
    /// goes on.
    static Lanes of(const RunState& state, const QList<Event>& events, double nowMs);
    /// Index of the lane; -1 where there is none.
    int find(Lane::Kind kind, const QString& key = {}) const;
    /// What goes on goes on until now: cheaper than building all of it anew.
    void extendTo(double nowMs);
    /// The same, `byMs` later.
    void shift(double byMs);
    /// Moments of failures: gaps and failed summaries, by time.
    QList<double> troubles() const;
};

} // namespace gapless
