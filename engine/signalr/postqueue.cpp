// SPDX-License-Identifier: MIT
#include "engine/signalr/postqueue.h"

using namespace Qt::StringLiterals;

namespace gapless::signalr {

PostQueue::PostQueue(Scheduler& scheduler, HttpClient& http, const Endpoint& endpoint)
    : m_scheduler(scheduler)
    , m_http(http)
    , m_endpoint(endpoint)
{
}

void PostQueue::send(QByteArrayView payload)
{
    m_waiting.append(payload);
    if (m_call || std::exchange(m_postDue, true))
        return;
    m_scheduler.defer([self = QPointer(this)] {
        if (!self)
            return;
        self->m_postDue = false;
        self->post();
    });
}

void PostQueue::post()
{
    if (m_call || m_waiting.isEmpty())
        return;
    HttpRequest request {
        "POST", m_endpoint.url, m_endpoint.headers, std::exchange(m_waiting, {}), m_endpoint.tls};
    if (m_endpoint.format == TransferFormat::Binary)
        request.headers.emplaceBack("Content-Type", "application/octet-stream");
    m_call = m_http.send(request, [this](const HttpResponse& response) { posted(response); }, {});
}

void PostQueue::posted(const HttpResponse& response)
{
    m_scheduler.defer([call = std::exchange(m_call, nullptr)] {}); // it is still reporting
    if (response.failure || response.status < 200 || response.status > 299) {
        if (onFailed)
            onFailed(response.failure.value_or(Failure {FailureKind::HttpStatus,
                u"Sending was answered with %1 %2."_s.arg(response.status).arg(response.statusText),
                response.status}));
        return;
    }
    post();
    if (isIdle() && onIdle)
        onIdle();
}

} // namespace gapless::signalr
