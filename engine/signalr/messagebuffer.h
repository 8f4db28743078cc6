// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/hubmessage.h"

#include <QByteArray>
#include <deque>
#include <optional>

namespace gapless::signalr {

/// The books of stateful reconnect: what was sent and not acknowledged, and what of the server's
/// messages was seen already. Ids count from 1, for message types 1 to 5 only. No I/O.
class MessageBuffer {
public:
    /// Notes a framed message that goes out; returns whether it may be written now.
    bool send(const HubMessage& message, const QByteArray& frame);
    void take(const Ack& ack);
    /// False: the server names a message that never came; the connection is beyond repair.
    bool take(const Sequence& sequence);
    /// Whether a message from the server is new; every message but a Sequence is dropped between a
    /// reattachment and the Sequence that opens it.
    bool accept(const HubMessage& message);
    /// Nothing may be written from here until reattached().
    void detach();
    /// What to send first: where the resending starts (the first id not acknowledged), then the
    /// frames themselves, oldest first.
    Sequence reattached();
    const std::deque<QByteArray>& unacknowledged() const { return m_frames; }
    /// What to acknowledge, where something new has come since the last time.
    std::optional<Ack> dueAck();
    qsizetype bytes() const { return m_bytes; }

private:
    std::deque<QByteArray> m_frames;
    qsizetype m_bytes = 0;
    std::int64_t m_sent = 0; ///< the id of the newest frame
    std::int64_t m_expected = 1; ///< the id of the next message from the server
    std::int64_t m_latest = 0; ///< the highest that was accepted
    std::int64_t m_acknowledged = 0;
    bool m_repeated = false; ///< the newest came twice: its Ack was lost
    bool m_detached = false;
    bool m_waiting = false; ///< for the server's Sequence
};

} // namespace gapless::signalr
