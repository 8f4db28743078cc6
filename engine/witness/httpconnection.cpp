// SPDX-License-Identifier: MIT
#include "engine/witness/httpconnection.h"

namespace gapless {

HttpConnection::HttpConnection(Destination& destination, SocketPoll& poll)
    : m_destination(destination)
    , m_stream(destination.stream(poll))
{
    m_stream->opened = [this] { opened(); };
    m_stream->received = [this](QByteArrayView bytes) { received(bytes); };
    m_stream->ended = [this](Sample::Cause cause) { ended(cause); };
}

void HttpConnection::ask(const QByteArray& request, Done done)
{
    m_done = std::move(done);
    m_response = HttpResponse();
    if (m_state == State::Idle) {
        m_state = State::Asking;
        m_stream->write(request);
        return;
    }
    m_state = State::Opening;
    const QHostAddress address = m_destination.address();
    if (address.isNull()) {
        answer(
            m_destination.unresolvable() ? Sample::Cause::Dns : Sample::Cause::Unsent, State::Over);
        return;
    }
    m_request = request;
    m_stream->open(address, m_destination.port());
}

void HttpConnection::opened()
{
    m_destination.worked();
    m_state = State::Asking;
    m_stream->write(m_request);
    m_request.clear();
}

void HttpConnection::received(QByteArrayView bytes)
{
    if (m_state != State::Asking) {
        // Bytes that nobody asked for: the connection is of no more use.
        m_stream->close();
        m_state = State::Over;
        return;
    }
    switch (m_response.feed(bytes)) {
    case HttpResponse::State::Done:
        answer(Sample::Cause::None, m_response.keepAlive() ? State::Idle : State::Lingering);
        break;
    case HttpResponse::State::Broken:
        m_stream->close();
        answer(Sample::Cause::Malformed, State::Over);
        break;
    case HttpResponse::State::Waiting:
    case HttpResponse::State::Head:
    case HttpResponse::State::Body:
        break;
    }
}

void HttpConnection::ended(Sample::Cause cause)
{
    const State before = m_state;
    if (before == State::Opening)
        m_destination.failed();
    if (before != State::Opening && before != State::Asking) {
        m_state = State::Over;
        return;
    }
    if (cause == Sample::Cause::Eof && m_response.state() != HttpResponse::State::Waiting)
        cause = m_response.end() == HttpResponse::State::Done ? Sample::Cause::None
                                                              : Sample::Cause::Truncated;
    answer(cause, State::Over);
}

void HttpConnection::expire()
{
    m_stream->close();
    answer(Sample::Cause::Timeout, State::Over);
}

void HttpConnection::answer(Sample::Cause cause, State next)
{
    m_state = next;
    const Done done = std::exchange(m_done, {});
    if (done)
        done(cause, m_response);
}

} // namespace gapless
