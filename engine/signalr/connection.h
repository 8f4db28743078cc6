// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/failure.h"
#include "engine/signalr/hubprotocol.h"
#include "engine/signalr/websocketupgrade.h"

#include <QString>
#include <functional>
#include <optional>

namespace gapless::signalr {

/// What a HubConnection speaks through: negotiation and a transport, startable again and again.
class Connection {
public:
    using Started = std::function<void(const std::optional<Failure>&)>;
    virtual ~Connection() = default;
    /// Negotiates and opens a transport. `started` is called once and not from inside this call; by
    /// stop() where that comes first.
    virtual void start(TransferFormat format, Started started) = 0;
    virtual void send(QByteArrayView payload) = 0;
    /// Ends it; `onClosed(reason)`, or `started` where it was starting, runs before this returns.
    virtual void stop(const Failure& reason) = 0;
    /// The connection's id on the server; empty where negotiation was skipped.
    virtual QString id() const = 0;
    virtual QString transport() const = 0;
    /// The header fields of the negotiation's answer and then of the transport's: which server it
    /// was, where one says so.
    virtual Headers answerHeaders() const { return {}; }
    /// No pings are sent and silence is no failure (long polling).
    virtual bool keepsItselfAlive() const = 0;
    /// Stateful reconnect was negotiated.
    virtual bool isStateful() const = 0;

    std::function<void(QByteArrayView)> onReceived;
    /// The transport was lost, or stop(); once for each successful start.
    std::function<void(const Failure&)> onClosed;
    /// Stateful reconnect: the transport was lost and is tried once more; then either
    /// `onReattached` or `onClosed`.
    std::function<void()> onDetached;
    std::function<void()> onReattached;
};

} // namespace gapless::signalr
