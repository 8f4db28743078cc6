// SPDX-License-Identifier: MIT
#pragma once

#include "engine/witness/destination.h"
#include "engine/witness/httpresponse.h"

namespace gapless {

/// One connection and the requests that follow each other on it. Never retries: a request that
/// finds its connection gone has failed, and that is what a probe wants to know.
class HttpConnection {
public:
    using Done = std::function<void(Sample::Cause cause, const HttpResponse& response)>;

    HttpConnection(Destination& destination, SocketPoll& poll);

    /// Opens the connection where it is not open yet, and asks. Only when idle() or new.
    void ask(const QByteArray& request, Done done);
    /// The request that is under way has had its time: it fails with Cause::Timeout.
    void expire();

    bool idle() const { return m_state == State::Idle; } ///< open, nothing under way
    bool asking() const { return m_state == State::Opening || m_state == State::Asking; }
    /// Answered, waiting for the server to end it: who ends a connection first keeps its port busy
    /// for a minute (TIME_WAIT), and a witness would run out of them.
    bool lingering() const { return m_state == State::Lingering; }
    bool over() const { return m_state == State::Over; }

private:
    enum class State { New, Opening, Asking, Idle, Lingering, Over };
    void opened();
    void received(QByteArrayView bytes);
    void ended(Sample::Cause cause);
    void answer(Sample::Cause cause, State next);

    Destination& m_destination;
    std::unique_ptr<ByteStream> m_stream;
    State m_state = State::New;
    QByteArray m_request;
    HttpResponse m_response;
    Done m_done;
};

} // namespace gapless
