// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <optional>

namespace gapless::signalr {

/// The frames of RFC 6455, as bytes; no I/O.
enum class Opcode : quint8 {
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10
};

struct WebSocketFrame {
    Opcode opcode = Opcode::Text;
    bool final = true;
    QByteArrayView payload;
};

/// The largest frame or message that is accepted, in bytes.
inline constexpr qsizetype maxWebSocketMessage = 256 * 1024 * 1024;

/// Takes one server frame off the front of `rest`; nothing where it is not whole yet. Throws
/// ProtocolError for a masked, reserved, oversized or otherwise forbidden frame.
std::optional<WebSocketFrame> takeFrame(QByteArrayView& rest);

/// Appends a client frame, masked with `mask`.
void appendFrame(QByteArray& out, Opcode opcode, QByteArrayView payload, quint32 mask);

/// The code and reason of a close frame; 1005 where it is empty. Throws ProtocolError.
struct CloseFrame {
    int code = 1005;
    QString reason;
};
CloseFrame parseClose(QByteArrayView payload);

} // namespace gapless::signalr
