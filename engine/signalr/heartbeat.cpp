// SPDX-License-Identifier: MIT
#include "engine/signalr/heartbeat.h"

namespace gapless::signalr {

namespace {

/// A timer this late means that the whole program stood still (a debugger, a sleeping laptop). What
/// the server sent meanwhile is still unread, so silence is judged only after reading on.
constexpr auto stalled = std::chrono::seconds(1);

} // namespace

void Heartbeat::start(Times times)
{
    stop();
    m_times = times;
    m_received = m_sent = m_scheduler.now();
    armPing(times.keepAlive);
    armSilence(times.serverTimeout);
}

void Heartbeat::stop()
{
    m_scheduler.cancel(std::exchange(m_ping, 0));
    m_scheduler.cancel(std::exchange(m_silence, 0));
}

void Heartbeat::armPing(Clock::duration delay)
{
    m_ping = m_scheduler.after(std::chrono::ceil<std::chrono::milliseconds>(delay), [this] {
        const auto idle = m_scheduler.now() - m_sent;
        if (idle < m_times.keepAlive) {
            armPing(m_times.keepAlive - idle);
            return;
        }
        armPing(m_times.keepAlive);
        onPingDue();
    });
}

void Heartbeat::armSilence(Clock::duration delay)
{
    const auto due = m_scheduler.now() + delay;
    m_silence = m_scheduler.after(std::chrono::ceil<std::chrono::milliseconds>(delay), [this, due] {
        const auto now = m_scheduler.now();
        const auto silent = now - m_received;
        if (silent < m_times.serverTimeout)
            armSilence(m_times.serverTimeout - silent);
        else if (now - due >= stalled)
            armSilence(std::chrono::milliseconds(100));
        else
            onSilence();
    });
}

} // namespace gapless::signalr
