// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/connection.h"
#include "engine/signalr/httpclient.h"
#include "engine/signalr/negotiate.h"
#include "engine/signalr/scheduler.h"
#include "engine/signalr/transport.h"

#include <QFlags>
#include <QNetworkCookieJar>
#include <memory>
#include <vector>

namespace gapless::signalr {

Q_DECLARE_FLAGS(TransportTypes, TransportType)
Q_DECLARE_OPERATORS_FOR_FLAGS(TransportTypes)

/// Asked before every negotiation and every opening; calls back with the bearer token, at once or
/// later, on the connection's thread.
using AccessTokenProvider = std::function<void(std::function<void(const QString&)> ready)>;

struct HttpOptions {
    QUrl url; ///< of the hub, http or https
    TransportTypes transports = TransportTypes(TransportType::WebSockets)
        | TransportType::ServerSentEvents | TransportType::LongPolling;
    /// WebSockets alone, without negotiation: any server of a group may be met. No connection id.
    bool skipNegotiation = false;
    bool statefulReconnect = false;
    /// Sent with every request. A Host here is sent in place of the URL's, and is then also the
    /// name that a TLS certificate must be for.
    Headers headers;
    AccessTokenProvider accessToken;
    /// For the answer to a negotiation, and again for a transport to open.
    std::chrono::milliseconds connectTimeout = std::chrono::seconds(30);
    /// System roots by default. Certificate errors always fail the connection.
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    /// For negotiations; connections of one thread may share one. Empty: one of its own, which
    /// costs a thread of Qt's with the first negotiation, so many connections should share.
    std::shared_ptr<HttpClient> http;
};

/// Connection over HTTP: negotiate with redirects, transports in the server's order with a new
/// negotiation before each fallback, cookies, bearer token, stateful reattachment.
class HttpConnection final : public QObject, public Connection {
    Q_OBJECT
public:
    /// `scheduler` must outlive it.
    HttpConnection(HttpOptions options, Scheduler& scheduler);
    ~HttpConnection() override;
    void start(TransferFormat format, Started started) override;
    void send(QByteArrayView payload) override;
    void stop(const Failure& reason) override;
    QString id() const override { return m_id; }
    QString transport() const override { return m_transportName; }
    Headers answerHeaders() const override { return m_answerHeaders; }
    bool keepsItselfAlive() const override
    {
        return m_transport && m_transport->keepsItselfAlive();
    }
    bool isStateful() const override { return m_stateful; }

private:
    enum class State { Disconnected, Connecting, Connected };

    void withToken(std::function<void()> next);
    void negotiate();
    void negotiated(const HttpResponse& response);
    void redirect(const NegotiateResponse& response);
    void tryNextTransport();
    std::unique_ptr<Transport> makeTransport(TransportType type);
    void openTransport(TransportType type);
    void opened();
    void openFailed(const Failure& failure);
    void lost(const Failure& failure);
    void reattach(const Failure& cause);
    void letGo();
    void failStart(const Failure& failure);
    Headers headersFor(const QUrl& url) const;
    std::optional<Failure> fault() const;

    HttpOptions m_options;
    Scheduler& m_scheduler;
    QNetworkCookieJar m_cookies;
    std::shared_ptr<HttpClient> m_http;
    std::unique_ptr<HttpCall> m_call;
    std::unique_ptr<Transport> m_transport;
    std::vector<std::unique_ptr<Transport>> m_closing; ///< saying good-bye
    Started m_started;
    State m_state = State::Disconnected;
    TransferFormat m_format = TransferFormat::Text;
    QUrl m_url; ///< where redirects have led
    QUrl m_connectUrl;
    QString m_token;
    QString m_id;
    QString m_transportName;
    Headers m_answerHeaders;
    NegotiateResponse m_offer;
    QStringList m_complaints;
    Failure m_lastFailure;
    qsizetype m_nextOffer = 0;
    int m_redirects = 0;
    quint64 m_round = 0; ///< a token that arrives for an earlier start is nobody's
    Scheduler::Timer m_timer = 0;
    bool m_redirected = false; ///< the token is the redirecting server's
    bool m_offerUsed = false; ///< negotiate again before the next transport
    bool m_stateful = false;
};

} // namespace gapless::signalr
