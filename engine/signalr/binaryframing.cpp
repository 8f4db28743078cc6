// SPDX-License-Identifier: MIT
#include "engine/signalr/binaryframing.h"

#include "engine/signalr/failure.h"

namespace gapless::signalr {

namespace {

/// Takes one VarInt off the front of `rest`.
quint32 takeLength(QByteArrayView& rest)
{
    quint32 length = 0;
    for (int i = 0; i < 5; ++i) {
        if (i >= rest.size())
            throw ProtocolError("Cannot read message size.");
        const auto byte = quint8(rest[i]);
        if (i == 4 && byte > 7)
            throw ProtocolError("Messages bigger than 2GB are not supported.");
        length |= quint32(byte & 0x7f) << (7 * i);
        if ((byte & 0x80) == 0) {
            rest = rest.sliced(i + 1);
            return length;
        }
    }
    throw ProtocolError("Messages bigger than 2GB are not supported.");
}

} // namespace

std::vector<QByteArrayView> splitBinaryMessages(QByteArrayView payload)
{
    std::vector<QByteArrayView> messages;
    while (!payload.isEmpty()) {
        const qsizetype length = takeLength(payload);
        if (length > payload.size())
            throw ProtocolError("Incomplete message.");
        messages.push_back(payload.first(length));
        payload = payload.sliced(length);
    }
    return messages;
}

void appendVarInt(QByteArray& out, quint32 length)
{
    while (length > 0x7f) {
        out.append(char(0x80 | (length & 0x7f)));
        length >>= 7;
    }
    out.append(char(length));
}

} // namespace gapless::signalr
