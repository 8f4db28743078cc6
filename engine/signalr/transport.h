// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/failure.h"
#include "engine/signalr/hubprotocol.h"
#include "engine/signalr/websocketupgrade.h"

#include <QSslConfiguration>
#include <QUrl>
#include <chrono>
#include <functional>

namespace gapless::signalr {

/// What a transport is opened with.
struct Endpoint {
    QUrl url; ///< http or https, with `id=`
    Headers headers; ///< of every request, with authorization and cookies
    TransferFormat format = TransferFormat::Text;
    std::chrono::milliseconds timeout = std::chrono::seconds(30); ///< until it is open
    QSslConfiguration tls;
};

/// Carries payloads to and from one server; used once. The callbacks run on the transport's thread,
/// never from inside one of its functions, and none runs after close().
class Transport {
public:
    virtual ~Transport() = default;
    virtual void open(const Endpoint& endpoint) = 0;
    /// Payloads sent in one turn of the event loop travel together.
    virtual void send(QByteArrayView payload) = 0;
    /// Ends it politely; `onFinished` says when it may be deleted.
    virtual void close() = 0;
    /// The header fields of the answer that opened it; empty where it has none to show.
    virtual Headers answerHeaders() const { return {}; }
    /// True where silence is normal and no pings are sent (long polling).
    virtual bool keepsItselfAlive() const { return false; }

    std::function<void()> onOpened;
    std::function<void(QByteArrayView)> onReceived;
    /// Could not be opened, or was lost; nothing follows but `onFinished`.
    std::function<void(const Failure&)> onClosed;
    std::function<void()> onFinished;
};

} // namespace gapless::signalr
