// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QUrl>

namespace gapless::signalr {

enum class TransportType { WebSockets = 1, ServerSentEvents = 2, LongPolling = 4 };

/// What the server offers for one connection, versions 0 and 1 alike.
struct NegotiateResponse {
    struct Offer {
        QString transport; ///< as the server names it; may be one that is not known here
        bool text = false;
        bool binary = false;
        bool operator==(const Offer&) const = default;
    };
    QString connectionId;
    QString connectionToken; ///< what goes into `?id=`; version 0: the connectionId
    QList<Offer> transports;
    QUrl url; ///< negotiate again there; empty: no redirect
    QString accessToken; ///< the bearer from now on; empty: unchanged
    QString error; ///< the server refuses, and why
    bool classic = false; ///< an ASP.NET SignalR server, which speaks another protocol
    bool statefulReconnect = false;
    bool operator==(const NegotiateResponse&) const = default;
};

/// As many redirects are followed.
inline constexpr int maxRedirects = 100;

/// Reads the body of a 200. Unknown fields are ignored. Throws ProtocolError.
NegotiateResponse parseNegotiate(QByteArrayView body);

/// `hub` with `/negotiate` and the version; an existing query, and a version in it, stay.
QUrl negotiateUrl(const QUrl& hub, bool statefulReconnect);
/// `hub` with `id=token`; unchanged where there is no token.
QUrl connectUrl(const QUrl& hub, const QString& token);

/// The transport a server names; nothing for one that is not known here.
std::optional<TransportType> transportNamed(const QString& name);
QString nameOf(TransportType type);

} // namespace gapless::signalr
