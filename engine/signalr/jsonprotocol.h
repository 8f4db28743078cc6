// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/hubprotocol.h"

namespace gapless::signalr {

/// The JSON hub protocol: one JSON object a message, each ended by 0x1E.
class JsonProtocol final : public HubProtocol {
public:
    QByteArray name() const override { return QByteArrayLiteral("json"); }
    TransferFormat format() const override { return TransferFormat::Text; }
    void write(const HubMessage& message, QByteArray& out) const override;
    void parse(QByteArrayView payload, std::vector<HubMessage>& out) const override;
};

/// One JSON text as a value, within maxDepth. Throws ProtocolError.
Json parseJson(QByteArrayView text);
/// `value` as JSON; bytes that are no UTF-8 become U+FFFD.
std::string dumpJson(const Json& value);

} // namespace gapless::signalr
