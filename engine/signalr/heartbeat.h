// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/scheduler.h"

namespace gapless::signalr {

/// Watches the silence in both directions. Traffic only notes the time; one timer each way re-arms
/// itself for the rest, so a busy connection pays for no timers.
class Heartbeat {
public:
    struct Times {
        std::chrono::milliseconds keepAlive; ///< a ping after so long without a send
        std::chrono::milliseconds serverTimeout; ///< lost after so long without data
    };
    explicit Heartbeat(Scheduler& scheduler)
        : m_scheduler(scheduler)
    {
    }
    ~Heartbeat() { stop(); }
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;

    void start(Times times);
    void stop();
    void received() { m_received = m_scheduler.now(); }
    void sent() { m_sent = m_scheduler.now(); }

    std::function<void()> onPingDue;
    std::function<void()> onSilence;

private:
    void armPing(Clock::duration delay);
    void armSilence(Clock::duration delay);

    Scheduler& m_scheduler;
    Times m_times {};
    Clock::time_point m_received;
    Clock::time_point m_sent;
    Scheduler::Timer m_ping = 0;
    Scheduler::Timer m_silence = 0;
};

} // namespace gapless::signalr
