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
    /// When the cause of the first must have struck: a request that was cut off was cut off just
    /// then, one that was never answered had nobody to answer it when it was sent.
    qint64 struckUs = 0;
    qint64 failed = 0;
    bool operator==(const Outage&) const = default;
};

/// Finds outages among results that come in any order: a refusal at once, a timeout seconds later.
class OutageTracker {
public:
    void due(qint64 atUs) { m_results.emplace(atUs, std::nullopt); }
    /// What became of the probe that was due then, and when. Returns the outages that are over now.
    QList<Outage> resolve(qint64 dueUs, Sample::Cause cause, qint64 seenUs)
    {
        QList<Outage> over;
        m_results[dueUs] = Result {cause, seenUs};
        while (!m_results.empty() && m_results.begin()->second) {
            const qint64 atUs = m_results.begin()->first;
            const Result result = *m_results.begin()->second;
            m_results.erase(m_results.begin());
            if (result.cause != Sample::Cause::None)
                extend(atUs, result);
            else if (m_open) {
                m_open->span.toUs = atUs;
                over.append(*std::exchange(m_open, std::nullopt));
            }
        }
        return over;
    }
    const std::optional<Outage>& open() const { return m_open; }

private:
    struct Result {
        Sample::Cause cause;
        qint64 seenUs;
    };
    void extend(qint64 atUs, const Result& result)
    {
        const bool silent
            = result.cause == Sample::Cause::Timeout || result.cause == Sample::Cause::Unsent;
        if (!m_open)
            m_open = Outage {{atUs, Span::open}, result.cause, silent ? atUs : result.seenUs, 0};
        ++m_open->failed;
    }

    std::map<qint64, std::optional<Result>> m_results;
    std::optional<Outage> m_open;
};

} // namespace gapless
