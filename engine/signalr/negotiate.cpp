// SPDX-License-Identifier: MIT
#include "engine/signalr/negotiate.h"

#include "engine/signalr/failure.h"
#include "engine/signalr/jsonprotocol.h"

#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace gapless::signalr {

namespace {

QString textIn(const Json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string()
        ? QString::fromStdString(found->get_ref<const std::string&>())
        : QString();
}

NegotiateResponse::Offer offerIn(const Json& json)
{
    NegotiateResponse::Offer offer;
    if (!json.is_object())
        throw ProtocolError("Invalid negotiate response.");
    offer.transport = textIn(json, "transport");
    const auto formats = json.find("transferFormats");
    if (formats != json.end() && formats->is_array()) {
        offer.text = std::find(formats->begin(), formats->end(), "Text") != formats->end();
        offer.binary = std::find(formats->begin(), formats->end(), "Binary") != formats->end();
    }
    return offer;
}

} // namespace

NegotiateResponse parseNegotiate(QByteArrayView body)
{
    const Json json = parseJson(body);
    if (!json.is_object())
        throw ProtocolError("Invalid negotiate response.");
    NegotiateResponse response;
    response.error = textIn(json, "error");
    response.classic = json.contains("ProtocolVersion");
    response.accessToken = textIn(json, "accessToken");
    response.connectionId = textIn(json, "connectionId");
    const auto version = json.find("negotiateVersion");
    const bool hasToken
        = version != json.end() && version->is_number() && version->get<double>() >= 1;
    response.connectionToken = hasToken ? textIn(json, "connectionToken") : response.connectionId;
    response.statefulReconnect = json.value("useStatefulReconnect", Json()) == Json(true);
    if (const QString url = textIn(json, "url"); !url.isEmpty()) {
        response.url = QUrl(url, QUrl::StrictMode);
        if (!response.url.isValid() || response.url.host().isEmpty())
            throw ProtocolError("Invalid redirect in the negotiate response.");
    }
    const auto offers = json.find("availableTransports");
    if (offers != json.end() && offers->is_array())
        for (const Json& offer : *offers)
            response.transports.append(offerIn(offer));
    return response;
}

QUrl negotiateUrl(const QUrl& hub, bool statefulReconnect)
{
    QUrl url = hub;
    QString path = url.path(QUrl::FullyEncoded);
    path += path.endsWith(u'/') ? u"negotiate"_s : u"/negotiate"_s;
    url.setPath(path, QUrl::TolerantMode);
    QUrlQuery query(url);
    if (!query.hasQueryItem(u"negotiateVersion"_s))
        query.addQueryItem(u"negotiateVersion"_s, u"1"_s);
    if (statefulReconnect && !query.hasQueryItem(u"useStatefulReconnect"_s))
        query.addQueryItem(u"useStatefulReconnect"_s, u"true"_s);
    url.setQuery(query);
    return url;
}

QUrl connectUrl(const QUrl& hub, const QString& token)
{
    if (token.isEmpty())
        return hub;
    QUrl url = hub;
    QUrlQuery query(url);
    query.addQueryItem(u"id"_s, QString::fromLatin1(QUrl::toPercentEncoding(token)));
    url.setQuery(query);
    return url;
}

std::optional<TransportType> transportNamed(const QString& name)
{
    if (name == "WebSockets"_L1)
        return TransportType::WebSockets;
    if (name == "ServerSentEvents"_L1)
        return TransportType::ServerSentEvents;
    if (name == "LongPolling"_L1)
        return TransportType::LongPolling;
    return std::nullopt;
}

QString nameOf(TransportType type)
{
    switch (type) {
    case TransportType::WebSockets:
        return u"WebSockets"_s;
    case TransportType::ServerSentEvents:
        return u"ServerSentEvents"_s;
    case TransportType::LongPolling:
        return u"LongPolling"_s;
    }
    return {};
}

} // namespace gapless::signalr
