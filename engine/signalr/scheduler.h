// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <chrono>
#include <functional>
#include <unordered_map>

namespace gapless::signalr {

using Clock = std::chrono::steady_clock;

/// Time, as a connection sees it; tests put a clock of their own here. All on one thread.
class Scheduler {
public:
    using Timer = quint64; ///< 0 is no timer
    virtual ~Scheduler() = default;
    virtual Clock::time_point now() const = 0;
    /// Calls `work` once, not before `delay` is over and never from inside this call.
    virtual Timer after(std::chrono::milliseconds delay, std::function<void()> work) = 0;
    /// `work` will not be called; a timer that has fired, or 0, is no mistake.
    virtual void cancel(Timer timer) = 0;
    /// Calls `work` once, as soon as the current event has been dealt with.
    virtual void defer(std::function<void()> work) = 0;
};

/// The event loop of the thread it was made in.
class EventLoopScheduler final : public QObject, public Scheduler {
    Q_OBJECT
public:
    Clock::time_point now() const override { return Clock::now(); }
    Timer after(std::chrono::milliseconds delay, std::function<void()> work) override;
    void cancel(Timer timer) override;
    void defer(std::function<void()> work) override;

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    std::unordered_map<int, std::function<void()>> m_timers;
};

} // namespace gapless::signalr
