// SPDX-License-Identifier: MIT
#pragma once

#include "engine/witness/histogram.h"

#include <QList>
#include <QMap>
#include <QString>
#include <mutex>

namespace gapless {

/// What came from one slot and version since somebody began to look, on fresh connections.
struct Arrivals {
    QString slot, version; ///< both empty: nobody told which (nginx's own 502, a reset)
    qint64 sent = 0, failed = 0;
    double p50Ms = 0, p99Ms = 0; ///< of those answered as expected; 0 of none
    int reconnects = 0; ///< hub connections lost there
    bool operator==(const Arrivals&) const = default;
};

/// Arrivals counted since begin(), for whoever compares two versions in the same minutes. Any
/// thread: the witness's adds, the rollout's begins and looks.
class ArrivalCount {
public:
    void begin()
    {
        const std::lock_guard lock(m_mutex);
        m_seen.clear();
    }
    void add(const QString& label, quint32 latencyUs, bool failed)
    {
        const std::lock_guard lock(m_mutex);
        Seen& seen = entry(label);
        ++seen.sent;
        if (failed)
            ++seen.failed;
        else
            seen.latency.add(latencyUs);
    }
    void addReconnect(const QString& label)
    {
        const std::lock_guard lock(m_mutex);
        ++entry(label).reconnects;
    }
    QList<Arrivals> look() const
    {
        const std::lock_guard lock(m_mutex);
        QList<Arrivals> all;
        for (auto seen = m_seen.begin(); seen != m_seen.end(); ++seen)
            all.append({ seen.key().section(u'|', 0, 0), seen.key().section(u'|', 1), seen->sent,
                seen->failed, seen->latency.quantile(0.5) / 1000.0,
                seen->latency.quantile(0.99) / 1000.0, seen->reconnects });
        return all;
    }

private:
    struct Seen {
        qint64 sent = 0, failed = 0;
        Histogram latency;
        int reconnects = 0;
    };
    /// Whatever a site answers as its version, the table stays small.
    static constexpr int mostLabels = 32;
    Seen& entry(const QString& label)
    {
        const bool room = m_seen.contains(label) || m_seen.size() < mostLabels;
        return m_seen[room ? label : QString()];
    }

    mutable std::mutex m_mutex;
    QMap<QString, Seen> m_seen; ///< by Identity::text()
};

} // namespace gapless
