// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/scheduler.h"

#include <algorithm>
#include <deque>
#include <map>

namespace gapless::signalr {

/// A clock that moves only when it is told to.
class FakeScheduler final : public Scheduler {
public:
    Clock::time_point now() const override { return m_now; }
    Timer after(std::chrono::milliseconds delay, std::function<void()> work) override
    {
        m_timers.emplace(std::pair(m_now + delay, ++m_last), std::move(work));
        return m_last;
    }
    void cancel(Timer timer) override
    {
        std::erase_if(m_timers, [timer](const auto& each) { return each.first.second == timer; });
    }
    void defer(std::function<void()> work) override { m_deferred.push_back(std::move(work)); }

    /// Runs what is deferred, until nothing is.
    void settle()
    {
        while (!m_deferred.empty()) {
            const auto work = std::move(m_deferred.front());
            m_deferred.pop_front();
            work();
        }
    }
    /// Lets `time` pass, timer by timer.
    void pass(std::chrono::milliseconds time)
    {
        const Clock::time_point until = m_now + time;
        settle();
        while (!m_timers.empty() && m_timers.begin()->first.first <= until) {
            auto next = m_timers.extract(m_timers.begin());
            m_now = std::max(m_now, next.key().first); // late, after a stall
            next.mapped()();
            settle();
        }
        m_now = until;
    }
    /// As if the program had stood still meanwhile: timers that became due fire late.
    void stall(std::chrono::milliseconds time) { m_now += time; }
    std::size_t timers() const { return m_timers.size(); }

private:
    Clock::time_point m_now {std::chrono::hours(1)};
    std::map<std::pair<Clock::time_point, Timer>, std::function<void()>> m_timers;
    std::deque<std::function<void()>> m_deferred;
    Timer m_last = 0;
};

} // namespace gapless::signalr
