// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <optional>

namespace gapless {

/// A directive of a whole nginx configuration, includes expanded.
struct Directive {
    QByteArray name;
    QList<QByteArray> arguments;
    QString file;
    int line = 0;
    bool isBlock = false;
    QList<Directive> block;

    /// The last directive of that name directly in the block, which is the one that counts.
    const Directive* last(const QByteArray& directive) const;
};

/// What `nginx -T` printed: every file of the running configuration's source.
struct NginxDump {
    QMap<QString, QByteArray> files; ///< by the path nginx opened it with
    QString mainFile;
    Directive root; ///< the main context as a block

    /// Whether nginx reads that file: by either of its names, or (a symlink may give it a third) by
    /// its content.
    bool reads(const QString& file, const QString& realPath, const QByteArray& bytes) const;
};

/// Nothing where the text is no dump. Error ConfigUnreadable where a file cannot be read as nginx
/// reads it.
std::optional<NginxDump> readNginxDump(const QByteArray& text);

/// A location as a request meets it, with what it inherits.
struct ProxyLocation {
    QByteArray path; ///< the location's arguments, joined
    QString file;
    int line = 0;
    QByteArray proxyPass;
    QByteArray httpVersion; ///< empty: not set, nginx's default 1.0
    QMap<QByteArray, QByteArray> headers; ///< proxy_set_header, names in lower case
    QByteArray nextUpstream; ///< proxy_next_upstream's arguments, joined; empty: the default
};

/// Every `location` that hands requests to the upstream of that name.
QList<ProxyLocation> proxyLocations(const NginxDump& dump, const QByteArray& upstream);

/// In each `server` that knows the upstream at all, the location that serves `path`, where that one
/// hands it to the upstream.
QList<ProxyLocation> locationsFor(
    const NginxDump& dump, const QByteArray& upstream, const QByteArray& path);

/// Where a `server` listens, seen from its own host.
struct ListenAddress {
    QString address; ///< `127.0.0.1:9080`
    QByteArray serverName; ///< empty, or the first plain one
    bool tls = false;
};

/// Of the first `server` that hands requests to the upstream; nothing where none does over TCP.
std::optional<ListenAddress> listenAddressOf(const NginxDump& dump, const QByteArray& upstream);

/// nginx's times (`90s`, `1m 30s`, `2h`, `500ms`) in seconds; nothing for what is none.
std::optional<double> nginxSeconds(const QByteArray& time);

} // namespace gapless
