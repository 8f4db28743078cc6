// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/hubmessage.h"

#include <QByteArray>
#include <memory>

namespace gapless::signalr {

enum class TransferFormat { Text, Binary };

/// How hub messages look on the wire. Implementations have no state and do no I/O.
class HubProtocol {
public:
    virtual ~HubProtocol() = default;
    /// The name of the handshake: `json`, `messagepack`.
    virtual QByteArray name() const = 0;
    virtual TransferFormat format() const = 0;
    /// Appends the framed message to `out`, so that several can share one buffer.
    virtual void write(const HubMessage& message, QByteArray& out) const = 0;
    /// Appends the messages of one whole payload to `out`; messages of an unknown type are left
    /// out. Throws ProtocolError, with what was parsed before the fault already in `out`.
    virtual void parse(QByteArrayView payload, std::vector<HubMessage>& out) const = 0;
};

/// Values nested deeper than this are refused, both protocols (a parser's stack is finite).
inline constexpr int maxDepth = 128;

} // namespace gapless::signalr
