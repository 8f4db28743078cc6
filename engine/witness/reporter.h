// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace gapless {

/// Hands events and samples on from a thread of its own, in order and one at a time: whoever takes
/// them may write each to a disk, and the witness must not stall for that.
class Reporter {
public:
    using Work = std::function<void()>;

    Reporter()
        : m_thread([this](const std::stop_token& stop) { run(stop); })
    {
    }
    /// What was posted has been done when this returns.
    ~Reporter()
    {
        m_thread.request_stop();
        m_thread.join();
    }
    void post(Work work)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_queue.push_back(std::move(work));
        }
        m_more.notify_one();
    }

private:
    void run(const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        while (m_more.wait(lock, stop, [this] { return !m_queue.empty(); }) || !m_queue.empty()) {
            const Work work = std::move(m_queue.front());
            m_queue.pop_front();
            lock.unlock();
            work();
            lock.lock();
        }
    }

    std::mutex m_mutex;
    std::condition_variable_any m_more;
    std::deque<Work> m_queue;
    std::jthread m_thread; ///< the last member: it ends before the others do
};

} // namespace gapless
