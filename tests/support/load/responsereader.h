// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gapless::load {

/// Reads one HTTP/1.1 response out of the bytes of a connection, piece by piece, and says whether
/// all of it came.
class ResponseReader {
public:
    enum class State { Head, Body, Done, Malformed };

    void feed(std::string_view bytes);
    /// The peer sent its FIN. Ends a body that has no other end; anything else that is not Done was
    /// cut short.
    void peerClosed();

    State state() const { return m_state; }
    /// Whether any byte of it came.
    bool begun() const { return m_begun; }
    /// Valid once the head is there.
    int status() const { return m_status; }
    /// Whether the connection may carry another request after this.
    bool keepsAlive() const { return m_keepsAlive; }
    /// The X-Version header, empty without one.
    const std::string& version() const { return m_version; }

private:
    enum class Framing { Length, Chunked, UntilClose };

    void readHead();
    void readHeader(std::string_view line);
    void readBody();
    void readChunks();
    void fail() { m_state = State::Malformed; }

    State m_state = State::Head;
    Framing m_framing = Framing::UntilClose;
    std::string m_pending;
    std::size_t m_remaining = 0; ///< of the body, or of the current chunk with its line end
    bool m_begun = false;
    bool m_lastChunk = false;
    bool m_keepsAlive = true;
    int m_status = 0;
    std::string m_version;
};

} // namespace gapless::load
