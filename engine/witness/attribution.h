// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/event.h"

#include <QList>
#include <limits>

namespace gapless {

/// A span of the witness's monotonic clock, µs.
struct Span {
    static constexpr qint64 open = std::numeric_limits<qint64>::max();
    qint64 fromUs = 0;
    qint64 toUs = open;
    bool contains(qint64 us) const { return us >= fromUs && us <= toUs; }
    bool operator==(const Span&) const = default;
};

/// A slot was taken out and its container stopped: what a hub connection there may lose once.
struct SlotStop {
    QString slot;
    Span span; ///< from `down` to the container's end; open while it has not ended
    bool killed = false; ///< the grace was over: SIGKILL
    bool operator==(const SlotStop&) const = default;
};

/// The step that had begun last before something happened.
struct Attributed {
    QString step; ///< empty: nothing had begun yet
    QString slot;
    qint64 sinceMs = 0;
    bool operator==(const Attributed&) const = default;
};

/// Follows the rollout's events and says which one came just before a moment. Steps count from
/// their start (they are on record before they act, what they cause comes after). No I/O, no clock:
/// each event comes with the witness's own monotonic time, since wall clocks may jump.
class Attribution {
public:
    void observe(const EventBody& body, qint64 atUs);
    Attributed before(qint64 atUs) const;
    const QList<SlotStop>& stops() const { return m_stops; }
    /// A rollout's own events came by: what they do not name as stopped was not stopped by it.
    bool runObserved() const { return m_runObserved; }

private:
    struct Begun {
        qint64 atUs;
        QString step, slot;
    };
    SlotStop* openStop(const QString& slot);
    void begin(const QString& slot, qint64 atUs);
    void end(const QString& slot, qint64 atUs);
    void stopped(const ContainerStopped& stopped, qint64 atUs);

    QList<Begun> m_begun;
    QList<SlotStop> m_stops;
    bool m_runObserved = false;
};

} // namespace gapless
