// SPDX-License-Identifier: MIT
#include "engine/witness/attribution.h"

#include <algorithm>
#include <type_traits>

using namespace Qt::StringLiterals;

namespace gapless {

void Attribution::observe(const EventBody& body, qint64 atUs)
{
    std::visit(
        [&](const auto& event) {
            using Body = std::decay_t<decltype(event)>;
            if constexpr (std::is_same_v<Body, RunStarted>) {
                m_runObserved = true;
            } else if constexpr (std::is_same_v<Body, StepStarted>) {
                m_runObserved = true;
                m_begun.append({atUs, event.step, event.slot});
                if (event.step == u"down" || event.step == u"stop")
                    begin(event.slot, atUs);
            } else if constexpr (std::is_same_v<Body, StepFinished>) {
                if (event.step == u"stop")
                    end(event.slot, atUs);
            } else if constexpr (std::is_same_v<Body, TrafficChanged>) {
                if (event.state == u"down")
                    begin(event.slot, atUs);
                else if (event.state == u"up")
                    end(event.slot, atUs);
            } else if constexpr (std::is_same_v<Body, SlotChanged>) {
                if (event.state == u"draining" || event.state == u"stopping")
                    begin(event.slot, atUs);
                else if (event.state == u"stopped" || event.state == u"removed")
                    end(event.slot, atUs);
            } else if constexpr (std::is_same_v<Body, ContainerStopped>) {
                stopped(event, atUs);
            }
        },
        body);
}

Attributed Attribution::before(qint64 atUs) const
{
    const auto after = std::find_if(m_begun.crbegin(), m_begun.crend(),
        [atUs](const Begun& begun) { return begun.atUs <= atUs; });
    if (after == m_begun.crend())
        return {};
    return {after->step, after->slot, (atUs - after->atUs) / 1000};
}

SlotStop* Attribution::openStop(const QString& slot)
{
    for (SlotStop& stop : m_stops)
        if (stop.slot == slot && stop.span.toUs == Span::open)
            return &stop;
    return nullptr;
}

void Attribution::begin(const QString& slot, qint64 atUs)
{
    if (!slot.isEmpty() && !openStop(slot))
        m_stops.append({slot, {atUs, Span::open}});
}

void Attribution::end(const QString& slot, qint64 atUs)
{
    if (SlotStop* stop = openStop(slot))
        stop->span.toUs = atUs;
}

void Attribution::stopped(const ContainerStopped& stopped, qint64 atUs)
{
    // A container that had ended by itself was not stopped by the rollout.
    if (stopped.by == u"exited" || stopped.slot.isEmpty())
        return;
    // One that was stopped without `down` (a restore) began to stop `ms` ago.
    begin(stopped.slot, atUs - stopped.ms * 1000);
    SlotStop* stop = openStop(stopped.slot);
    stop->span.toUs = atUs;
    stop->killed = stopped.by == u"KILL";
}

} // namespace gapless
