// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/clock.h"

namespace gapless {

/// A clock that a test moves. Waiting moves it at once. Any thread.
class ManualClock final : public Clock {
public:
    explicit ManualClock(const char* utc = "2026-11-23T21:30:45.000Z")
        : m_now(QDateTime::fromString(QString::fromLatin1(utc), Qt::ISODateWithMs))
    {
    }

    QDateTime now() const override
    {
        const std::lock_guard lock(m_mutex);
        return m_now;
    }
    Steady steady() const override
    {
        const std::lock_guard lock(m_mutex);
        return m_steady;
    }
    bool wait(std::chrono::milliseconds duration, std::stop_token stop) override
    {
        advance(duration);
        return !stop.stop_requested();
    }
    void advance(std::chrono::milliseconds duration)
    {
        const std::lock_guard lock(m_mutex);
        m_now = m_now.addMSecs(duration.count());
        m_steady += duration;
    }
    /// The wall clock alone, as when somebody sets it.
    void jump(std::chrono::milliseconds duration)
    {
        const std::lock_guard lock(m_mutex);
        m_now = m_now.addMSecs(duration.count());
    }

private:
    mutable std::mutex m_mutex;
    QDateTime m_now;
    Steady m_steady {};
};

} // namespace gapless
