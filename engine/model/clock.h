// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace gapless {

/// Time, passed in so that a test can run it. Any thread.
class Clock {
public:
    using Steady = std::chrono::steady_clock::time_point;
    virtual ~Clock() = default;
    virtual QDateTime now() const = 0; ///< wall clock, UTC, ms
    virtual Steady steady() const = 0; ///< monotonic
    /// Blocks for `duration`; false when `stop` ended it early.
    virtual bool wait(std::chrono::milliseconds duration, std::stop_token stop) = 0;
};

class SystemClock final : public Clock {
public:
    QDateTime now() const override { return QDateTime::currentDateTimeUtc(); }
    Steady steady() const override { return std::chrono::steady_clock::now(); }
    bool wait(std::chrono::milliseconds duration, std::stop_token stop) override
    {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any woken;
        woken.wait_for(lock, stop, duration, [&stop] { return stop.stop_requested(); });
        return !stop.stop_requested();
    }
};

} // namespace gapless
