// SPDX-License-Identifier: MIT
#include "engine/signalr/websocketframing.h"

#include "engine/signalr/failure.h"

#include <QtEndian>
#include <cstring>

namespace gapless::signalr {

std::optional<WebSocketFrame> takeFrame(QByteArrayView& rest)
{
    if (rest.size() < 2)
        return std::nullopt;
    const auto first = quint8(rest[0]);
    const auto second = quint8(rest[1]);
    if (first & 0x70)
        throw ProtocolError("WebSocket frame with reserved bits.");
    if (second & 0x80)
        throw ProtocolError("Masked WebSocket frame from a server.");
    const auto opcode = Opcode(first & 0x0f);
    if ((first & 0x0f) > 10 || ((first & 0x0f) > 2 && (first & 0x0f) < 8))
        throw ProtocolError("WebSocket frame with an unknown opcode.");
    const bool final = (first & 0x80) != 0;
    quint64 length = second & 0x7f;
    if ((first & 0x08) && (!final || length > 125))
        throw ProtocolError("WebSocket control frame that is fragmented or too long.");
    qsizetype header = 2;
    if (length == 126) {
        header = 4;
        if (rest.size() < header)
            return std::nullopt;
        length = qFromBigEndian<quint16>(rest.data() + 2);
    } else if (length == 127) {
        header = 10;
        if (rest.size() < header)
            return std::nullopt;
        length = qFromBigEndian<quint64>(rest.data() + 2);
    }
    if (length > quint64(maxWebSocketMessage))
        throw ProtocolError("WebSocket frame too big.");
    if (quint64(rest.size() - header) < length)
        return std::nullopt;
    const WebSocketFrame frame {opcode, final, rest.sliced(header, qsizetype(length))};
    rest = rest.sliced(header + qsizetype(length));
    return frame;
}

void appendFrame(QByteArray& out, Opcode opcode, QByteArrayView payload, quint32 mask)
{
    out.append(char(0x80 | int(opcode)));
    if (payload.size() < 126) {
        out.append(char(0x80 | payload.size()));
    } else if (payload.size() <= 0xffff) {
        out.append(char(0x80 | 126));
        const quint16 length = qToBigEndian(quint16(payload.size()));
        out.append(reinterpret_cast<const char*>(&length), sizeof length);
    } else {
        out.append(char(0x80 | 127));
        const quint64 length = qToBigEndian(quint64(payload.size()));
        out.append(reinterpret_cast<const char*>(&length), sizeof length);
    }
    out.append(reinterpret_cast<const char*>(&mask), sizeof mask);
    const qsizetype start = out.size();
    out.resize(start + payload.size());
    char* to = out.data() + start;
    qsizetype i = 0;
    const quint64 wide = quint64(mask) << 32 | mask;
    for (; i + 8 <= payload.size(); i += 8) {
        quint64 word;
        std::memcpy(&word, payload.data() + i, 8);
        word ^= wide;
        std::memcpy(to + i, &word, 8);
    }
    char bytes[4];
    std::memcpy(bytes, &mask, 4);
    for (; i < payload.size(); ++i)
        to[i] = char(payload[i] ^ bytes[i & 3]);
}

CloseFrame parseClose(QByteArrayView payload)
{
    CloseFrame close;
    if (payload.isEmpty())
        return close;
    if (payload.size() == 1)
        throw ProtocolError("WebSocket close frame with half a code.");
    close.code = qFromBigEndian<quint16>(payload.data());
    close.reason = QString::fromUtf8(payload.sliced(2));
    return close;
}

} // namespace gapless::signalr
