// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/hubprotocol.h"

#include <QDateTime>

namespace gapless::signalr {

/// The MessagePack hub protocol: one MessagePack array a message, each behind a VarInt length. A
/// map whose keys are not text, which nlohmann-json cannot hold, is refused with a ProtocolError.
class MessagePackProtocol final : public HubProtocol {
public:
    QByteArray name() const override { return QByteArrayLiteral("messagepack"); }
    TransferFormat format() const override { return TransferFormat::Binary; }
    void write(const HubMessage& message, QByteArray& out) const override;
    void parse(QByteArrayView payload, std::vector<HubMessage>& out) const override;
};

/// A MessagePack timestamp (extension -1; how .NET sends DateTime), to the millisecond, in UTC;
/// nothing where `value` is no such thing.
std::optional<QDateTime> timestampOf(const Json& value);
/// The value that timestampOf reads.
Json timestamp(const QDateTime& at);

} // namespace gapless::signalr
