// SPDX-License-Identifier: MIT
#include "engine/signalr/scheduler.h"

#include <QTimerEvent>

namespace gapless::signalr {

Scheduler::Timer EventLoopScheduler::after(
    std::chrono::milliseconds delay, std::function<void()> work)
{
    // A coarse timer may fire 5 % early; a retry delay must not.
    const int id = startTimer(delay, Qt::PreciseTimer);
    m_timers.emplace(id, std::move(work));
    return Timer(id);
}

void EventLoopScheduler::cancel(Timer timer)
{
    if (m_timers.erase(int(timer)))
        killTimer(int(timer));
}

void EventLoopScheduler::defer(std::function<void()> work)
{
    QMetaObject::invokeMethod(this, std::move(work), Qt::QueuedConnection);
}

void EventLoopScheduler::timerEvent(QTimerEvent* event)
{
    auto found = m_timers.extract(event->timerId());
    if (found.empty())
        return;
    killTimer(event->timerId());
    found.mapped()();
}

} // namespace gapless::signalr
