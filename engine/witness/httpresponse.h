// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace gapless {

/// Reads one HTTP/1 answer as its bytes come. No I/O. Interim answers (1xx) are skipped.
/// RFC 9112: the body ends by its status, its chunks, its length, or with the connection.
class HttpResponse {
public:
    enum class State {
        Waiting, ///< not a byte yet
        Head,
        Body,
        Done,
        Broken, ///< not HTTP/1, or longer than any answer has a right to be
    };
    /// `bodyLimit`: bytes of the body that are kept; more are counted and forgotten.
    explicit HttpResponse(qsizetype bodyLimit = 64 * 1024);

    State feed(QByteArrayView bytes);
    /// The connection has ended: Done where that ends the body, else the state it was cut in.
    State end();

    State state() const { return m_state; }
    int status() const { return m_status; }
    /// The first header of that name (any case), trimmed; empty where there is none.
    QByteArrayView header(QByteArrayView name) const;
    /// Each header of that name, in order.
    QList<QByteArray> headers(QByteArrayView name) const;
    const QByteArray& body() const { return m_body; }
    qint64 bodyBytes() const { return m_bodyBytes; }
    /// Another request may follow on this connection.
    bool keepAlive() const { return m_state == State::Done && m_keepAlive && !m_excess; }

private:
    enum class Framing { None, Length, Chunks, Connection };
    enum class Chunk { Size, Data, DataEnd, Trailer };

    QByteArrayView takeHead(QByteArrayView bytes);
    void readHead();
    QByteArrayView takeBody(QByteArrayView bytes);
    QByteArrayView takeChunks(QByteArrayView bytes);
    void keep(QByteArrayView bytes);
    template <typename Visitor> void eachHeader(Visitor&& visit) const;

    qsizetype m_bodyLimit;
    State m_state = State::Waiting;
    QByteArray m_head;
    QByteArray m_line; ///< of a chunk's size or a trailer, not whole yet
    QByteArray m_body;
    qint64 m_bodyBytes = 0;
    quint64 m_left = 0; ///< of the body, or of the chunk
    int m_status = 0;
    Framing m_framing = Framing::None;
    Chunk m_chunk = Chunk::Size;
    bool m_keepAlive = false;
    bool m_excess = false;
};

} // namespace gapless
