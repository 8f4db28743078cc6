// SPDX-License-Identifier: MIT
#pragma once

#include <QMetaType>
#include <QObject>
#include <QString>
#include <stdexcept>

namespace gapless::signalr {
Q_NAMESPACE

/// Why a connection, an attempt or an invocation ended.
enum class FailureKind {
    None, ///< no error: stopped by its owner, or out of retries
    CloseMessage, ///< the server's Close message; `text` may be empty
    CloseFrame, ///< a WebSocket close frame with `code`; 1000 without a Close message is no error
    EndOfStream, ///< the server went away without a close frame (EOF, reset, killed)
    ServerTimeout, ///< nothing received within the server timeout
    ConnectTimeout, ///< negotiate or the transport did not answer in time
    HandshakeTimeout, ///< no hub handshake answer in time
    HandshakeRefused, ///< the server answered the hub handshake with an error
    HttpStatus, ///< an HTTP answer with `code` where another was needed
    Refused, ///< the TCP connection was refused
    Network, ///< name resolution, unreachable, proxy: `text` says what
    Tls, ///< certificate or TLS handshake; never ignored
    Negotiate, ///< the negotiate answer refuses, or cannot be understood
    NoTransport, ///< no transport that both sides know could be opened
    Protocol, ///< the server sent what the protocol does not allow
    Aborted, ///< stop() before the work was done
    NotConnected, ///< asked while not connected
    Hub, ///< the hub method failed on the server; `text` is the server's
    ConnectionLost, ///< the invocation was pending when the connection dropped
    Usage, ///< the caller's mistake: a bad URL, a bad header, options that exclude each other
};
Q_ENUM_NS(FailureKind)

/// How something ended, as a value that can cross threads. `text` is English, in the words of the
/// official clients where they have words for it; what a server said in it is untrusted.
struct Failure {
    FailureKind kind = FailureKind::None;
    QString text;
    int code = 0; ///< HTTP status or WebSocket close code; else 0
    bool allowReconnect = false; ///< of a Close message

    /// False where the official clients report a close without an error.
    bool isError() const { return kind != FailureKind::None && !text.isEmpty(); }
    bool operator==(const Failure&) const = default;
};

/// What the pure parsers of this room throw; it never leaves the room.
class ProtocolError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A Failure in flight inside one call; it never leaves the room.
class FailureException : public std::exception {
public:
    explicit FailureException(Failure what)
        : failure(std::move(what))
    {
    }
    const char* what() const noexcept override { return "gapless::signalr::FailureException"; }
    Failure failure;
};

} // namespace gapless::signalr

Q_DECLARE_METATYPE(gapless::signalr::Failure)
