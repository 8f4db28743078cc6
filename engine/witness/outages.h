// SPDX-License-Identifier: MIT
#pragma once

#include "engine/witness/attribution.h"
#include "engine/witness/samples.h"

#include <map>
#include <optional>

namespace gapless {

/// A time in which every probe that was due failed: from the first that failed to the next that was
/// answered, both by when they were due.
struct Outage {
    Span span;
    Sample::Cause cause = Sample::Cause::None; ///< of the first
    qint64 failed = 0;
    bool operator==(const Outage&) const = default;
};

/// Finds outages among results that come in any order: a refusal at once, a timeout seconds later.
class OutageTracker {
public:
    void due(qint64 atUs) { m_results.emplace(atUs, std::nullopt); }
    /// What became of the probe that was due then. Returns the outages that are over now.
    QList<Outage> resolve(qint64 dueUs, Sample::Cause cause)
    {
        QList<Outage> over;
        m_results[dueUs] = cause;
        while (!m_results.empty() && m_results.begin()->second) {
            const auto [atUs, result] = *m_results.begin();
            m_results.erase(m_results.begin());
            if (*result == Sample::Cause::None) {
                if (m_open) {
                    m_open->span.toUs = atUs;
                    over.append(*std::exchange(m_open, std::nullopt));
                }
                continue;
            }
            if (!m_open)
                m_open = Outage {{atUs, Span::open}, *result, 0};
            ++m_open->failed;
        }
        return over;
    }
    const std::optional<Outage>& open() const { return m_open; }

private:
    std::map<qint64, std::optional<Sample::Cause>> m_results;
    std::optional<Outage> m_open;
};

} // namespace gapless
