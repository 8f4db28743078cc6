// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <optional>

namespace gapless::signalr {

/// The first thing a client says, JSON for both protocols. `version` is 2 only where stateful
/// reconnect was negotiated (older servers know 1 alone).
QByteArray handshakeRequest(const QByteArray& protocol, int version);

struct HandshakeResponse {
    std::optional<QString> error;
    /// Bytes of the payload behind the answer: already messages.
    QByteArrayView rest;
};

/// Reads the answer off the front of the first payload. Throws ProtocolError where it is
/// incomplete, no JSON object, or carries a `type`.
HandshakeResponse parseHandshakeResponse(QByteArrayView payload);

} // namespace gapless::signalr
