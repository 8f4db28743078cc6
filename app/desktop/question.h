// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace gapless {

/// A question that a worker's thread puts to the person at the window. The worker waits; the
/// window shows a dialog (opened, never exec'ed) and answers when it likes. Shared by both sides.
template <typename Answer> class Question {
public:
    /// Any thread; the first answer counts.
    void answer(Answer answer)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_over)
                return;
            m_over = true;
            m_answer = std::move(answer);
        }
        m_answered.notify_all();
    }
    /// Nobody can or wants to answer.
    void dismiss()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_over = true;
        }
        m_answered.notify_all();
    }
    /// Whether it is answered, dismissed or withdrawn. A dialog that finds it so closes itself.
    bool isOver() const
    {
        const std::lock_guard lock(m_mutex);
        return m_over;
    }
    /// Blocks the worker; nothing where it was dismissed or `stop` was requested.
    std::optional<Answer> wait(std::stop_token stop)
    {
        std::unique_lock lock(m_mutex);
        m_answered.wait(lock, stop, [this] { return m_over; });
        m_over = true;
        return std::exchange(m_answer, std::nullopt);
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_answered;
    bool m_over = false;
    std::optional<Answer> m_answer;
};

} // namespace gapless
