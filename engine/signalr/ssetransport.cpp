// SPDX-License-Identifier: MIT
#include "engine/signalr/ssetransport.h"

using namespace Qt::StringLiterals;

namespace gapless::signalr {

SseTransport::SseTransport(Scheduler& scheduler)
    : m_scheduler(scheduler)
{
}

SseTransport::~SseTransport()
{
    m_scheduler.cancel(m_timer);
}

void SseTransport::open(const Endpoint& endpoint)
{
    m_endpoint = endpoint;
    m_stage = Stage::Connecting;
    m_timer = m_scheduler.after(endpoint.timeout, [this] {
        fail({FailureKind::ConnectTimeout,
            u"The event stream was not open after %1 ms."_s.arg(m_endpoint.timeout.count())});
    });
    m_posts = std::make_unique<PostQueue>(m_scheduler, m_http, m_endpoint);
    m_posts->onFailed = [this](const Failure& failure) { fail(failure); };
    HttpRequest request {"GET", endpoint.url, endpoint.headers, {}, endpoint.tls};
    request.headers.emplaceBack("Accept", "text/event-stream");
    m_stream = m_http.send(
        request, [this](const HttpResponse& response) { ended(response); },
        [this](int status, QByteArrayView piece) { take(status, piece); });
}

void SseTransport::take(int status, QByteArrayView piece)
{
    if (m_stage == Stage::Connecting && status == 200) {
        m_stage = Stage::Open;
        m_scheduler.cancel(std::exchange(m_timer, 0));
        if (onOpened)
            onOpened();
    }
    if (m_stage != Stage::Open || piece.isEmpty())
        return;
    try {
        for (const QByteArray& event : m_reader.take(piece))
            if (m_stage == Stage::Open && onReceived)
                onReceived(event);
    } catch (const ProtocolError& error) {
        fail({FailureKind::Protocol, QString::fromUtf8(error.what())});
    }
}

void SseTransport::ended(const HttpResponse& response)
{
    if (response.failure)
        fail(*response.failure);
    else if (m_stage == Stage::Open)
        fail({FailureKind::EndOfStream, {}}); // the server's way to end it: no error
    else
        fail({FailureKind::HttpStatus,
            u"The event stream was answered with %1 %2."_s.arg(response.status)
                .arg(response.statusText),
            response.status});
}

void SseTransport::send(QByteArrayView payload)
{
    if (m_stage == Stage::Open)
        m_posts->send(payload);
}

void SseTransport::close()
{
    if (m_stage == Stage::Over)
        return;
    const bool wasOpen = m_stage == Stage::Open;
    m_stage = Stage::Over;
    m_scheduler.cancel(std::exchange(m_timer, 0));
    if (!wasOpen || m_posts->isIdle()) {
        finish();
        return;
    }
    // A last message (Close) is still on its way.
    m_posts->onFailed = [this](const Failure&) { finish(); };
    m_posts->onIdle = [this] { finish(); };
    m_timer = m_scheduler.after(std::chrono::seconds(5), [this] { finish(); });
}

void SseTransport::fail(const Failure& failure)
{
    if (m_stage == Stage::Over)
        return;
    m_stage = Stage::Over;
    m_scheduler.cancel(std::exchange(m_timer, 0));
    finish();
    if (onClosed)
        onClosed(failure);
}

void SseTransport::finish()
{
    m_scheduler.cancel(std::exchange(m_timer, 0));
    m_scheduler.defer([this, self = QPointer(this), stream = std::exchange(m_stream, nullptr)] {
        if (self && onFinished)
            onFinished();
    });
}

} // namespace gapless::signalr
