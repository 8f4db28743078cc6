// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QPair>
#include <QUrl>
#include <optional>

namespace gapless::signalr {

/// Header fields in the order in which they are sent.
using Headers = QList<QPair<QByteArray, QByteArray>>;

/// The value of the field `name` (any case); the last one where it stands twice.
std::optional<QByteArray> headerNamed(const Headers& headers, QByteArrayView name);
/// The name that a TLS certificate must be for: the Host header's where there is one (a slot is
/// reached through a loopback tunnel), else the URL's.
QString serverName(const QUrl& url, const Headers& headers);
/// What the Host header says where the caller sets none.
QByteArray hostOf(const QUrl& url);
/// False for a name or value that would break out of its line.
bool isValid(const Headers& headers);

/// The opening GET of RFC 6455 for `url` (ws, wss, http or https). A Host among `headers` replaces
/// the URL's; those of the upgrade itself cannot be replaced.
QByteArray upgradeRequest(const QUrl& url, const Headers& headers, const QByteArray& key);

struct UpgradeResponse {
    int status = 0;
    QByteArray statusText;
    Headers headers;
    qsizetype size = 0; ///< bytes of the head; what follows are frames
};
/// The head of the answer; nothing where it is not whole yet. Throws ProtocolError where it is no
/// HTTP/1.1 or longer than 64 KiB.
std::optional<UpgradeResponse> parseUpgradeResponse(QByteArrayView bytes);
/// Throws ProtocolError where a 101 does not answer `key` as it must.
void checkUpgrade(const UpgradeResponse& response, const QByteArray& key);

} // namespace gapless::signalr
