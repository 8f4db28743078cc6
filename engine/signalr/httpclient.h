// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/failure.h"
#include "engine/signalr/websocketupgrade.h"

#include <QByteArray>
#include <QNetworkAccessManager>
#include <QNetworkCookie>
#include <QSslConfiguration>
#include <functional>
#include <memory>

namespace gapless::signalr {

struct HttpRequest {
    QByteArray method = "GET";
    QUrl url;
    Headers headers;
    QByteArray body;
    QSslConfiguration tls;
};

/// An answer, or why there is none. A redirect (3xx) is an answer and is not followed: a bearer
/// token must not travel to another host, and a WebSocket could not follow either.
struct HttpResponse {
    int status = 0;
    QString statusText;
    Headers headers;
    QByteArray body; ///< empty where it was given to `onData`
    QList<QNetworkCookie> cookies;
    std::optional<Failure> failure;
};

/// A request under way; destroying it abandons the request, and `done` is not called.
class HttpCall {
public:
    virtual ~HttpCall() = default;
};

/// HTTP, as the connections need it. All on one thread.
class HttpClient {
public:
    using Done = std::function<void(const HttpResponse&)>;
    /// The status and then pieces of the body as they arrive; `body` is empty for a bare head.
    using OnData = std::function<void(int status, QByteArrayView body)>;
    virtual ~HttpClient() = default;
    /// Neither callback runs inside this call.
    virtual std::unique_ptr<HttpCall> send(
        const HttpRequest& request, Done done, OnData onData = {})
        = 0;
};

/// HttpClient on Qt's QNetworkAccessManager: connections are kept alive, six at most a host.
/// Cookies are the caller's affair.
class QtHttpClient final : public HttpClient {
public:
    std::unique_ptr<HttpCall> send(const HttpRequest& request, Done done, OnData onData) override;

private:
    QNetworkAccessManager m_manager;
};

} // namespace gapless::signalr
