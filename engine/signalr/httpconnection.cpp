// SPDX-License-Identifier: MIT
#include "engine/signalr/httpconnection.h"

#include "engine/signalr/longpollingtransport.h"
#include "engine/signalr/ssetransport.h"
#include "engine/signalr/websockettransport.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace gapless::signalr {

HttpConnection::HttpConnection(HttpOptions options, Scheduler& scheduler)
    : m_options(std::move(options))
    , m_scheduler(scheduler)
    , m_http(m_options.http)
{
}

HttpConnection::~HttpConnection()
{
    m_scheduler.cancel(m_timer);
    if (m_transport)
        m_transport->close();
}

std::optional<Failure> HttpConnection::fault() const
{
    const QString scheme = m_options.url.scheme();
    if (!m_options.url.isValid() || m_options.url.host().isEmpty()
        || (scheme != "http"_L1 && scheme != "https"_L1))
        return Failure {FailureKind::Usage, u"The hub's URL must be a valid http or https URL."_s};
    if (!isValid(m_options.headers))
        return Failure {
            FailureKind::Usage, u"A header has a name or value that HTTP does not allow."_s};
    if (m_options.skipNegotiation && m_options.transports != TransportType::WebSockets)
        return Failure {FailureKind::Usage,
            u"Negotiation can only be skipped when using the WebSocket transport directly."_s};
    return std::nullopt;
}

void HttpConnection::start(TransferFormat format, Started started)
{
    std::optional<Failure> wrong = fault();
    if (m_state != State::Disconnected)
        wrong = Failure {FailureKind::Usage,
            u"Cannot start a connection that is not in the 'Disconnected' state."_s};
    if (wrong) {
        m_scheduler.defer([started = std::move(started), failure = *wrong] { started(failure); });
        return;
    }
    ++m_round;
    m_answerHeaders.clear();
    m_state = State::Connecting;
    m_format = format;
    m_started = std::move(started);
    m_url = m_options.url;
    m_redirects = 0;
    m_redirected = false;
    m_stateful = false;
    m_complaints.clear();
    m_id.clear();
    m_token.clear();
    m_offer = {};
    m_lastFailure = {};
    if (m_options.skipNegotiation) {
        m_connectUrl = m_url;
        withToken([this] { openTransport(TransportType::WebSockets); });
    } else {
        negotiate();
    }
}

void HttpConnection::withToken(std::function<void()> next)
{
    if (m_redirected || !m_options.accessToken) {
        next();
        return;
    }
    m_options.accessToken([this, self = QPointer(this), round = m_round, next = std::move(next)](
                              const QString& token) {
        if (!self || round != m_round)
            return;
        m_token = token;
        next();
    });
}

Headers HttpConnection::headersFor(const QUrl& url) const
{
    Headers headers = m_options.headers;
    if (!headerNamed(headers, "User-Agent"))
        headers.emplaceBack("User-Agent", "Gapless/" GAPLESS_VERSION);
    if (!m_token.isEmpty()) {
        headers.removeIf([](const auto& header) {
            return header.first.compare("Authorization", Qt::CaseInsensitive) == 0;
        });
        headers.emplaceBack("Authorization", "Bearer " + m_token.toUtf8());
    }
    QByteArray cookies = headerNamed(headers, "Cookie").value_or(QByteArray());
    for (const QNetworkCookie& cookie : m_cookies.cookiesForUrl(url))
        cookies
            += (cookies.isEmpty() ? "" : "; ") + cookie.toRawForm(QNetworkCookie::NameAndValueOnly);
    headers.removeIf([](const auto& header) {
        return header.first.compare("Cookie", Qt::CaseInsensitive) == 0;
    });
    if (!cookies.isEmpty())
        headers.emplaceBack("Cookie", cookies);
    return headers;
}

void HttpConnection::negotiate()
{
    withToken([this] {
        if (!m_http)
            m_http = std::make_shared<QtHttpClient>();
        const QUrl url = negotiateUrl(m_url, m_options.statefulReconnect);
        const HttpRequest request {"POST", url, headersFor(url), {}, m_options.tls};
        if (!isValid(request.headers)) {
            m_scheduler.defer([this, self = QPointer(this), round = m_round] {
                if (self && round == m_round)
                    failStart(
                        {FailureKind::Usage, u"The access token cannot be sent in a header."_s});
            });
            return;
        }
        m_timer = m_scheduler.after(m_options.connectTimeout, [this] {
            failStart({FailureKind::ConnectTimeout,
                u"Negotiate was not answered within %1 ms."_s.arg(
                    m_options.connectTimeout.count())});
        });
        m_call = m_http->send(
            request, [this](const HttpResponse& response) { negotiated(response); }, {});
    });
}

void HttpConnection::negotiated(const HttpResponse& response)
{
    // The call that reports here must live until it has returned.
    m_scheduler.defer([call = std::shared_ptr<HttpCall>(std::move(m_call))] {});
    m_scheduler.cancel(std::exchange(m_timer, 0));
    if (response.failure) {
        failStart(*response.failure);
        return;
    }
    m_cookies.setCookiesFromUrl(response.cookies, negotiateUrl(m_url, false));
    m_answerHeaders = response.headers;
    if (response.status != 200) {
        failStart({FailureKind::HttpStatus,
            u"Unexpected status code returned from negotiate '%1'"_s.arg(response.status),
            response.status});
        return;
    }
    NegotiateResponse offer;
    try {
        offer = parseNegotiate(response.body);
    } catch (const ProtocolError& error) {
        failStart({FailureKind::Negotiate, QString::fromUtf8(error.what())});
        return;
    }
    if (!offer.error.isEmpty())
        failStart({FailureKind::Negotiate, offer.error});
    else if (offer.classic)
        failStart({FailureKind::Negotiate,
            u"The server speaks ASP.NET SignalR, not ASP.NET Core SignalR."_s});
    else if (offer.statefulReconnect && !m_options.statefulReconnect)
        failStart({FailureKind::Negotiate,
            u"Client didn't negotiate Stateful Reconnect but the server did."_s});
    else if (!offer.url.isEmpty())
        redirect(offer);
    else {
        const bool isFirst = m_offer.transports.isEmpty();
        if (!isFirst) // a fallback goes on down the first list, with the new token
            offer.transports = m_offer.transports;
        else
            m_nextOffer = 0;
        m_offer = std::move(offer);
        m_offerUsed = false;
        m_connectUrl = connectUrl(m_url, m_offer.connectionToken);
        tryNextTransport();
    }
}

void HttpConnection::redirect(const NegotiateResponse& response)
{
    if (++m_redirects >= maxRedirects) {
        failStart({FailureKind::Negotiate, u"Negotiate redirection limit exceeded."_s});
        return;
    }
    m_url = response.url;
    if (!response.accessToken.isEmpty()) {
        m_token = response.accessToken;
        m_redirected = true;
    }
    negotiate();
}

void HttpConnection::tryNextTransport()
{
    while (m_nextOffer < m_offer.transports.size()) {
        const NegotiateResponse::Offer& offer = m_offer.transports.at(m_nextOffer);
        const std::optional<TransportType> type = transportNamed(offer.transport);
        if (!type) {
            m_complaints += u"'%1' is not known to this client."_s.arg(offer.transport);
        } else if (!m_options.transports.testFlag(*type)) {
            m_complaints += u"'%1' is disabled by the client."_s.arg(offer.transport);
        } else if (m_format == TransferFormat::Text ? !offer.text : !offer.binary) {
            m_complaints += u"'%1' does not support %2."_s.arg(
                offer.transport, m_format == TransferFormat::Text ? u"Text"_s : u"Binary"_s);
        } else if (m_offerUsed) {
            negotiate(); // a token is good for one transport
            return;
        } else {
            ++m_nextOffer;
            m_offerUsed = true;
            withToken([this, type = *type] { openTransport(type); });
            return;
        }
        ++m_nextOffer;
    }
    if (m_complaints.isEmpty())
        failStart({FailureKind::NoTransport,
            u"None of the transports supported by the client are supported by the server."_s});
    else
        // One transport that was really tried says more than "none of them".
        failStart({m_lastFailure.kind == FailureKind::None ? FailureKind::NoTransport
                                                           : m_lastFailure.kind,
            u"Unable to connect to the server with any of the available transports. %1"_s.arg(
                m_complaints.join(u' ')),
            m_lastFailure.code});
}

std::unique_ptr<Transport> HttpConnection::makeTransport(TransportType type)
{
    switch (type) {
    case TransportType::WebSockets:
        return std::make_unique<WebSocketTransport>(m_scheduler);
    case TransportType::ServerSentEvents:
        return std::make_unique<SseTransport>(m_scheduler);
    case TransportType::LongPolling:
        return std::make_unique<LongPollingTransport>(m_scheduler);
    }
    return nullptr;
}

void HttpConnection::openTransport(TransportType type)
{
    m_transport = makeTransport(type);
    m_transportName = nameOf(type);
    m_stateful = type == TransportType::WebSockets && m_offer.statefulReconnect;
    m_transport->onOpened = [this] { opened(); };
    m_transport->onClosed = [this](const Failure& failure) { openFailed(failure); };
    m_transport->onReceived = [this](QByteArrayView payload) {
        if (onReceived)
            onReceived(payload);
    };
    m_transport->open({m_connectUrl, headersFor(m_connectUrl), m_format, m_options.connectTimeout,
        m_options.tls});
}

void HttpConnection::opened()
{
    m_transport->onClosed = [this](const Failure& failure) { lost(failure); };
    m_id = m_offer.connectionId;
    m_answerHeaders += m_transport->answerHeaders();
    m_state = State::Connected;
    const Started started = std::exchange(m_started, nullptr);
    started(std::nullopt);
}

void HttpConnection::openFailed(const Failure& failure)
{
    letGo();
    if (m_options.skipNegotiation) {
        failStart(failure);
        return;
    }
    m_complaints += u"%1 failed: %2"_s.arg(m_transportName, failure.text);
    m_lastFailure = failure;
    tryNextTransport();
}

void HttpConnection::lost(const Failure& failure)
{
    letGo();
    if (m_stateful && failure.kind != FailureKind::Protocol) {
        reattach(failure);
        return;
    }
    m_state = State::Disconnected;
    m_id.clear();
    ++m_round;
    if (onClosed)
        onClosed(failure);
}

void HttpConnection::reattach(const Failure& cause)
{
    if (onDetached)
        onDetached();
    if (m_state != State::Connected)
        return;
    withToken([this, cause] {
        m_transport = makeTransport(TransportType::WebSockets);
        m_transport->onReceived = [this](QByteArrayView payload) {
            if (onReceived)
                onReceived(payload);
        };
        m_transport->onOpened = [this] {
            m_transport->onClosed = [this](const Failure& failure) { lost(failure); };
            if (onReattached)
                onReattached();
        };
        m_transport->onClosed = [this, cause](const Failure&) {
            m_stateful = false;
            lost(cause);
        };
        m_transport->open({m_connectUrl, headersFor(m_connectUrl), m_format,
            m_options.connectTimeout, m_options.tls});
    });
}

void HttpConnection::send(QByteArrayView payload)
{
    if (m_state == State::Connected && m_transport)
        m_transport->send(payload);
}

void HttpConnection::stop(const Failure& reason)
{
    if (m_state == State::Disconnected)
        return;
    if (m_state == State::Connecting) {
        failStart({FailureKind::Aborted, u"The connection was stopped during negotiation."_s});
        return;
    }
    m_state = State::Disconnected;
    m_stateful = false;
    ++m_round;
    letGo();
    m_id.clear();
    if (onClosed)
        onClosed(reason);
}

void HttpConnection::failStart(const Failure& failure)
{
    if (m_state != State::Connecting)
        return;
    m_state = State::Disconnected;
    ++m_round;
    m_scheduler.cancel(std::exchange(m_timer, 0));
    m_call.reset();
    letGo();
    const Started started = std::exchange(m_started, nullptr);
    started(failure);
}

void HttpConnection::letGo()
{
    if (!m_transport)
        return;
    Transport* leaving = m_transport.get();
    m_closing.push_back(std::move(m_transport));
    leaving->onFinished = [this, leaving] {
        // Not at once: the transport is still inside this very callback.
        m_scheduler.defer([this, self = QPointer(this), leaving] {
            if (self)
                std::erase_if(m_closing, [&](const auto& each) { return each.get() == leaving; });
        });
    };
    leaving->close();
}

} // namespace gapless::signalr
