// SPDX-License-Identifier: MIT
#include "engine/signalr/websocketupgrade.h"

#include "engine/signalr/failure.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace gapless::signalr {

namespace {

bool isToken(QByteArrayView name)
{
    constexpr QByteArrayView others("!#$%&'*+-.^_`|~");
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || others.contains(c);
    });
}

bool isSame(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

bool isOfUpgrade(QByteArrayView name)
{
    return isSame(name, "Upgrade") || isSame(name, "Connection")
        || isSame(name, "Sec-WebSocket-Key") || isSame(name, "Sec-WebSocket-Version")
        || isSame(name, "Sec-WebSocket-Extensions") || isSame(name, "Host");
}

bool listHolds(const QByteArray& list, QByteArrayView word)
{
    const QList<QByteArray> words = list.split(',');
    return std::any_of(words.begin(), words.end(),
        [&](const QByteArray& each) { return isSame(each.trimmed(), word); });
}

} // namespace

std::optional<QByteArray> headerNamed(const Headers& headers, QByteArrayView name)
{
    for (auto header = headers.rbegin(); header != headers.rend(); ++header)
        if (isSame(header->first, name))
            return header->second;
    return std::nullopt;
}

QByteArray hostOf(const QUrl& url)
{
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    const bool secure = url.scheme() == "https"_L1 || url.scheme() == "wss"_L1;
    const int port = url.port(-1);
    if (port > 0 && port != (secure ? 443 : 80))
        host += ':' + QByteArray::number(port);
    return host;
}

QString serverName(const QUrl& url, const Headers& headers)
{
    const std::optional<QByteArray> host = headerNamed(headers, "Host");
    if (!host)
        return url.host();
    return QUrl(u"//"_s + QString::fromLatin1(*host)).host();
}

bool isValid(const Headers& headers)
{
    return std::all_of(headers.begin(), headers.end(), [](const auto& header) {
        return isToken(header.first)
            && std::none_of(header.second.begin(), header.second.end(),
                [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
    });
}

QByteArray upgradeRequest(const QUrl& url, const Headers& headers, const QByteArray& key)
{
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (target.isEmpty())
        target = "/";
    if (url.hasQuery())
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    QByteArray request = "GET " + target
        + " HTTP/1.1\r\nHost: " + headerNamed(headers, "Host").value_or(hostOf(url))
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
          "\r\nSec-WebSocket-Key: "
        + key + "\r\n";
    for (const auto& [name, value] : headers)
        if (!isOfUpgrade(name))
            request += name + ": " + value + "\r\n";
    return request + "\r\n";
}

std::optional<UpgradeResponse> parseUpgradeResponse(QByteArrayView bytes)
{
    constexpr qsizetype longest = 64 * 1024;
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0) {
        if (bytes.size() > longest)
            throw ProtocolError("The answer to the WebSocket upgrade is too long.");
        return std::nullopt;
    }
    const QList<QByteArray> lines = bytes.first(end).toByteArray().split('\n');
    const QByteArray first = lines.first().trimmed();
    UpgradeResponse response;
    bool isNumber = false;
    response.status = first.mid(9, 3).toInt(&isNumber);
    if (!first.startsWith("HTTP/1.") || !isNumber || response.status < 100)
        throw ProtocolError("The answer to the WebSocket upgrade is no HTTP.");
    response.statusText = first.mid(13).trimmed();
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines[i].indexOf(':');
        if (colon > 0)
            response.headers.append(
                {lines[i].first(colon).trimmed(), lines[i].sliced(colon + 1).trimmed()});
    }
    response.size = end + 4;
    return response;
}

void checkUpgrade(const UpgradeResponse& response, const QByteArray& key)
{
    const QByteArray accept = QCryptographicHash::hash(
        key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1)
                                  .toBase64();
    if (headerNamed(response.headers, "Sec-WebSocket-Accept") != accept
        || !listHolds(headerNamed(response.headers, "Upgrade").value_or(QByteArray()), "websocket")
        || !listHolds(
            headerNamed(response.headers, "Connection").value_or(QByteArray()), "upgrade"))
        throw ProtocolError("The answer to the WebSocket upgrade does not match the request.");
    if (headerNamed(response.headers, "Sec-WebSocket-Extensions"))
        throw ProtocolError("The server turned on a WebSocket extension that was not asked for.");
}

} // namespace gapless::signalr
