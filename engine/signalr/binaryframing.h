// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <vector>

namespace gapless::signalr {

/// The messages of one payload, each behind a VarInt length (7 bits a byte, low group first, at
/// most 0x7FFFFFFF); views into `payload`. Throws ProtocolError.
std::vector<QByteArrayView> splitBinaryMessages(QByteArrayView payload);

/// Appends `length` as a VarInt. `length` is at most 0x7FFFFFFF.
void appendVarInt(QByteArray& out, quint32 length);

} // namespace gapless::signalr
