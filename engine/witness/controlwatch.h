// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace gapless {

/// Asks the control probe, which may block, on a thread of its own. `answered` is called on that
/// thread with what askedAt() said just before and what came back.
class ControlWatch {
public:
    using Ask = std::function<std::optional<bool>()>;
    using Answered = std::function<void(qint64 askedUs, std::optional<bool> works)>;

    ControlWatch(Ask ask, std::function<qint64()> askedAt, Answered answered)
        : m_ask(std::move(ask))
        , m_askedAt(std::move(askedAt))
        , m_answered(std::move(answered))
        , m_thread([this](const std::stop_token& stop) { run(stop); })
    {
    }
    /// Asks once more; asked while one is under way, after it.
    void ask()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_wanted = true;
        }
        m_more.notify_one();
    }

private:
    void run(const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        while (m_more.wait(lock, stop, [this] { return m_wanted; })) {
            m_wanted = false;
            lock.unlock();
            const qint64 at = m_askedAt();
            const std::optional<bool> works = m_ask();
            m_answered(at, works);
            lock.lock();
        }
    }

    Ask m_ask;
    std::function<qint64()> m_askedAt;
    Answered m_answered;
    std::mutex m_mutex;
    std::condition_variable_any m_more;
    bool m_wanted = false;
    std::jthread m_thread; ///< the last member: it ends before the others do
};

} // namespace gapless
