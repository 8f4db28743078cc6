// SPDX-License-Identifier: MIT
#pragma once

#include "engine/witness/bytestream.h"

#include <QHostAddress>
#include <QTimer>
#include <QUrl>
#include <optional>

namespace gapless {

/// Where the probes go: the witness URL taken apart, its name resolved now and again, since a name
/// may come to mean another machine. Belongs to the witness's thread.
class Destination {
public:
    /// Throws Error(FieldWrong, {path: witness.url}) for anything but an absolute http(s) URL.
    Destination(const QString& url, std::optional<QSslConfiguration> tls);

    bool isTls() const { return m_tls; }
    QString host() const { return m_host; }
    quint16 port() const { return m_port; }
    /// The URL of a path of the site, the witness URL's own path before it.
    QUrl url(const QString& path) const;
    /// An HTTP/1.1 request for it. `headers` and `body` go as they are; with a body, Content-Length
    /// is added.
    QByteArray request(const QByteArray& method, const QString& path,
        const QList<QByteArray>& headers, const QByteArray& body = {}) const;

    /// Begins to resolve the name and does so again every `every`.
    void resolve(std::chrono::milliseconds every);
    /// The address to use now; null while none is known.
    QHostAddress address() const { return m_addresses.value(m_current); }
    bool unresolvable() const { return m_unresolvable; }
    /// What came of a connection to it. An address that never worked gives way to the next one
    /// (`localhost` is ::1 first, and sites listen on 127.0.0.1 alone); one that worked once stays.
    void worked();
    void failed();

    std::unique_ptr<ByteStream> stream(SocketPoll& poll) const;
    /// Why TLS failed last, in OpenSSL's words; empty: it never did.
    QString tlsFailure() const { return m_tlsFailure; }

private:
    void lookUp();

    QUrl m_url;
    QString m_host;
    quint16 m_port = 0;
    bool m_tls = false;
    mutable QString m_tlsFailure; ///< its streams tell
    std::optional<QSslConfiguration> m_configuration;
    QList<QHostAddress> m_addresses;
    qsizetype m_current = 0;
    bool m_proven = false;
    bool m_unresolvable = false;
    QTimer m_again;
};

} // namespace gapless
