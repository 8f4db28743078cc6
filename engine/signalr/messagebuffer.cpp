// SPDX-License-Identifier: MIT
#include "engine/signalr/messagebuffer.h"

namespace gapless::signalr {

bool MessageBuffer::send(const HubMessage& message, const QByteArray& frame)
{
    if (isNumbered(message)) {
        ++m_sent;
        m_bytes += frame.size();
        m_frames.push_back(frame);
    }
    return !m_detached;
}

void MessageBuffer::take(const Ack& ack)
{
    std::int64_t oldest = m_sent - std::int64_t(m_frames.size()) + 1;
    for (; !m_frames.empty() && oldest <= ack.sequenceId; ++oldest) {
        m_bytes -= m_frames.front().size();
        m_frames.pop_front();
    }
}

bool MessageBuffer::take(const Sequence& sequence)
{
    if (sequence.sequenceId > m_expected || sequence.sequenceId < 1)
        return false;
    m_expected = sequence.sequenceId;
    return true;
}

bool MessageBuffer::accept(const HubMessage& message)
{
    if (m_waiting) {
        m_waiting = !std::holds_alternative<Sequence>(message);
        return !m_waiting;
    }
    if (!isNumbered(message))
        return true;
    const std::int64_t id = m_expected++;
    if (id <= m_latest) {
        m_repeated = m_repeated || id == m_latest;
        return false;
    }
    m_latest = id;
    return true;
}

void MessageBuffer::detach()
{
    m_detached = true;
    m_waiting = true;
}

Sequence MessageBuffer::reattached()
{
    m_detached = false;
    return {m_sent - std::int64_t(m_frames.size()) + 1};
}

std::optional<Ack> MessageBuffer::dueAck()
{
    if (m_detached || (m_latest == m_acknowledged && !m_repeated))
        return std::nullopt;
    m_repeated = false;
    m_acknowledged = m_latest;
    return Ack {m_latest};
}

} // namespace gapless::signalr
