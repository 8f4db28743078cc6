// SPDX-License-Identifier: MIT
#pragma once

#include "engine/witness/samples.h"

#include <QDateTime>
#include <chrono>
#include <functional>

namespace gapless {

/// The witness's monotonic clock: µs since it was made. The same clock the hub connections use.
class WitnessClock {
public:
    using Source = std::function<std::chrono::steady_clock::time_point()>;
    using Wall = std::function<QDateTime()>;
    explicit WitnessClock(Source source = &std::chrono::steady_clock::now,
        const Wall& wall = &QDateTime::currentDateTimeUtc)
        : m_source(std::move(source))
        , m_start(m_source())
        , m_zeroUtcMs(wall().toMSecsSinceEpoch())
    {
    }
    /// What the wall clock said at zero: ms since 1970, UTC.
    qint64 zeroUtcMs() const { return m_zeroUtcMs; }
    qint64 nowUs() const { return us(m_source()); }
    qint64 us(std::chrono::steady_clock::time_point when) const
    {
        return std::chrono::duration_cast<std::chrono::microseconds>(when - m_start).count();
    }

private:
    Source m_source;
    std::chrono::steady_clock::time_point m_start;
    qint64 m_zeroUtcMs;
};

using SampleSink = std::function<void(const Sample&)>;

} // namespace gapless
