// SPDX-License-Identifier: MIT
#include "engine/signalr/httpclient.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace gapless::signalr {

namespace {

QNetworkRequest toQt(const HttpRequest& request)
{
    QNetworkRequest qt(request.url);
    qt.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    qt.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    qt.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    qt.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    qt.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    // HTTP/2 has no Host header to replace.
    qt.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    qt.setSslConfiguration(request.tls);
    if (headerNamed(request.headers, "Host"))
        qt.setPeerVerifyName(serverName(request.url, request.headers));
    for (const auto& [name, value] : request.headers)
        qt.setRawHeader(name, value);
    if (!request.body.isEmpty() && !headerNamed(request.headers, "Content-Type"))
        qt.setHeader(QNetworkRequest::ContentTypeHeader, "text/plain;charset=UTF-8"_L1);
    return qt;
}

Failure failureOf(QNetworkReply::NetworkError error, const QString& text)
{
    if (error == QNetworkReply::ConnectionRefusedError)
        return {FailureKind::Refused, text};
    if (error == QNetworkReply::SslHandshakeFailedError)
        return {FailureKind::Tls, text};
    if (error == QNetworkReply::RemoteHostClosedError)
        return {FailureKind::EndOfStream, text};
    return {FailureKind::Network, text};
}

class QtCall final : public QObject, public HttpCall {
public:
    QtCall(QNetworkReply* reply, HttpClient::Done done, HttpClient::OnData onData)
        : m_reply(reply)
        , m_done(std::move(done))
        , m_onData(std::move(onData))
    {
        connect(reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError>& errors) {
            for (const QSslError& error : errors)
                m_tlsText += error.errorString() + u' ';
        });
        if (m_onData) {
            connect(
                reply, &QNetworkReply::metaDataChanged, this, [this] { m_onData(status(), {}); });
            connect(reply, &QNetworkReply::readyRead, this, &QtCall::read);
        }
        connect(reply, &QNetworkReply::finished, this, &QtCall::finish);
    }
    ~QtCall() override
    {
        if (!m_reply)
            return;
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
    }

private:
    int status() const
    {
        return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    }
    void read()
    {
        const QByteArray data = m_reply->readAll();
        if (!data.isEmpty())
            m_onData(status(), data);
    }
    void finish()
    {
        const QPointer self(this);
        if (m_onData && m_reply->bytesAvailable() > 0)
            read();
        if (!self)
            return;
        HttpResponse response;
        response.status = status();
        response.statusText
            = m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
        response.headers = m_reply->rawHeaderPairs();
        response.body = m_reply->readAll();
        response.cookies
            = m_reply->header(QNetworkRequest::SetCookieHeader).value<QList<QNetworkCookie>>();
        const QNetworkReply::NetworkError error = m_reply->error();
        // Errors from 201 on are statuses that came as an answer; below, there is none or half of
        // one.
        if (response.status == 0 || (error != QNetworkReply::NoError && error < 200))
            response.failure = failureOf(
                error, m_tlsText.isEmpty() ? m_reply->errorString() : m_tlsText.trimmed());
        const auto done = std::move(m_done);
        done(response);
    }

    QPointer<QNetworkReply>
        m_reply; ///< its manager may go first; ends in deleteLater(), as Qt asks
    HttpClient::Done m_done;
    HttpClient::OnData m_onData;
    QString m_tlsText;
};

} // namespace

std::unique_ptr<HttpCall> QtHttpClient::send(const HttpRequest& request, Done done, OnData onData)
{
    QNetworkReply* reply = m_manager.sendCustomRequest(toQt(request), request.method, request.body);
    return std::make_unique<QtCall>(reply, std::move(done), std::move(onData));
}

} // namespace gapless::signalr
