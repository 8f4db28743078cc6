// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>
#include <cmath>
#include <limits>
#include <optional>

namespace gapless {

/// When probes are due: every 1/perSecond from a start on, whatever the answers do. Waiting for an
/// answer before the next request would leave out just the moments that matter ("coordinated
/// omission"). Times in µs.
class OpenLoop {
public:
    OpenLoop() = default;
    OpenLoop(double perSecond, qint64 startUs)
        : m_intervalUs(perSecond > 0 ? 1e6 / perSecond : 0)
        , m_startUs(startUs)
    {
    }
    /// The next time that is due by now, each once; nothing when there is none.
    std::optional<qint64> take(qint64 nowUs)
    {
        if (nextUs() > nowUs)
            return std::nullopt;
        const qint64 due = nextUs();
        ++m_taken;
        return due;
    }
    qint64 nextUs() const
    {
        return m_intervalUs > 0 ? m_startUs + qint64(std::llround(double(m_taken) * m_intervalUs))
                                : std::numeric_limits<qint64>::max();
    }
    qint64 intervalUs() const { return qint64(m_intervalUs); }

private:
    double m_intervalUs = 0;
    qint64 m_startUs = 0;
    qint64 m_taken = 0;
};

} // namespace gapless
