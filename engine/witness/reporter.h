// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/event.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace gapless {

/// Hands events on from a thread of its own, in order and one at a time: whoever takes them may
/// write each to a disk, and the witness must not stall for that.
class Reporter {
public:
    explicit Reporter(std::function<void(EventBody)> sink)
        : m_sink(std::move(sink))
        , m_thread([this](const std::stop_token& stop) { run(stop); })
    {
    }
    /// What was reported has been handed on when this returns.
    ~Reporter()
    {
        m_thread.request_stop();
        m_thread.join();
    }
    void report(EventBody body)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_queue.push_back(std::move(body));
        }
        m_more.notify_one();
    }

private:
    void run(const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        while (m_more.wait(lock, stop, [this] { return !m_queue.empty(); }) || !m_queue.empty()) {
            const EventBody body = std::move(m_queue.front());
            m_queue.pop_front();
            lock.unlock();
            m_sink(body);
            lock.lock();
        }
    }

    std::function<void(EventBody)> m_sink;
    std::mutex m_mutex;
    std::condition_variable_any m_more;
    std::deque<EventBody> m_queue;
    std::jthread m_thread; ///< the last member: it ends before the others do
};

} // namespace gapless
