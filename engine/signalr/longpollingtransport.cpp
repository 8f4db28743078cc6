// SPDX-License-Identifier: MIT
#include "engine/signalr/longpollingtransport.h"

#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace gapless::signalr {

namespace {

/// Servers answer after 90 s at the latest.
constexpr auto pollTimeout = std::chrono::seconds(100);
constexpr auto goodbyeTimeout = std::chrono::seconds(5);

} // namespace

LongPollingTransport::LongPollingTransport(Scheduler& scheduler)
    : m_scheduler(scheduler)
{
}

LongPollingTransport::~LongPollingTransport()
{
    m_scheduler.cancel(m_timer);
}

void LongPollingTransport::open(const Endpoint& endpoint)
{
    m_endpoint = endpoint;
    m_stage = Stage::Connecting;
    m_posts = std::make_unique<PostQueue>(m_scheduler, m_http, m_endpoint);
    m_posts->onFailed = [this](const Failure& failure) { fail(failure); };
    poll();
}

void LongPollingTransport::poll()
{
    m_timer = m_scheduler.after(
        m_stage == Stage::Connecting ? m_endpoint.timeout : pollTimeout, [this] {
            if (m_stage == Stage::Open) {
                m_poll.reset();
                poll();
                return;
            }
            fail({FailureKind::ConnectTimeout,
                u"The first poll was not answered within %1 ms."_s.arg(
                    m_endpoint.timeout.count())});
        });
    QUrl url = m_endpoint.url;
    QUrlQuery query(url);
    query.addQueryItem(u"_"_s, QString::number(++m_polls)); // no cache may answer
    url.setQuery(query);
    m_poll = m_http.send({"GET", url, m_endpoint.headers, {}, m_endpoint.tls},
        [this](const HttpResponse& response) { polled(response); }, {});
}

void LongPollingTransport::polled(const HttpResponse& response)
{
    m_scheduler.defer([call = std::exchange(m_poll, nullptr)] {}); // it is still reporting
    m_scheduler.cancel(std::exchange(m_timer, 0));
    if (m_stage != Stage::Connecting && m_stage != Stage::Open)
        return;
    if (response.failure) {
        fail(*response.failure);
    } else if (response.status == 204 && m_stage == Stage::Open) {
        fail({FailureKind::EndOfStream, {}}); // the server's way to end it: no error
    } else if (response.status != 200) {
        fail({FailureKind::HttpStatus,
            u"A poll was answered with %1 %2."_s.arg(response.status).arg(response.statusText),
            response.status});
    } else {
        const bool isFirst = m_stage == Stage::Connecting;
        m_stage = Stage::Open;
        poll(); // before anything is handled, so that answers can come
        if (isFirst && onOpened)
            onOpened();
        if (m_stage == Stage::Open && !response.body.isEmpty() && onReceived)
            onReceived(response.body);
    }
}

void LongPollingTransport::send(QByteArrayView payload)
{
    if (m_stage == Stage::Open)
        m_posts->send(payload);
}

void LongPollingTransport::close()
{
    if (m_stage == Stage::Leaving || m_stage == Stage::Over)
        return;
    const bool wasOpen = m_stage == Stage::Open;
    m_stage = Stage::Leaving;
    m_scheduler.cancel(std::exchange(m_timer, 0));
    if (!wasOpen) {
        finish();
        return;
    }
    m_timer = m_scheduler.after(goodbyeTimeout, [this] { finish(); });
    if (m_posts->isIdle()) {
        remove();
        return;
    }
    m_posts->onFailed = [this](const Failure&) { remove(); };
    m_posts->onIdle = [this] { remove(); };
}

void LongPollingTransport::remove()
{
    if (m_delete || m_stage != Stage::Leaving)
        return;
    m_delete = m_http.send({"DELETE", m_endpoint.url, m_endpoint.headers, {}, m_endpoint.tls},
        [this](const HttpResponse&) { finish(); }, {});
}

void LongPollingTransport::fail(const Failure& failure)
{
    if (m_stage != Stage::Connecting && m_stage != Stage::Open)
        return;
    finish();
    if (onClosed)
        onClosed(failure);
}

void LongPollingTransport::finish()
{
    if (m_stage == Stage::Over)
        return;
    m_stage = Stage::Over;
    m_scheduler.cancel(std::exchange(m_timer, 0));
    m_scheduler.defer([this, self = QPointer(this), poll = std::exchange(m_poll, nullptr),
                          last = std::exchange(m_delete, nullptr)] {
        if (self && onFinished)
            onFinished();
    });
}

} // namespace gapless::signalr
