// SPDX-License-Identifier: MIT
#include "engine/witness/destination.h"

#include "engine/model/error.h"

#include <QHostInfo>

using namespace Qt::StringLiterals;

namespace gapless {

Destination::Destination(const QString& url, std::optional<QSslConfiguration> tls)
    : m_url(url, QUrl::StrictMode)
    , m_host(m_url.host(QUrl::FullyEncoded))
    , m_tls(m_url.scheme() == u"https")
    , m_configuration(std::move(tls))
{
    if (!m_url.isValid() || m_host.isEmpty() || (!m_tls && m_url.scheme() != u"http"))
        throw Error(ErrorKind::FieldWrong,
            {{u"path"_s, u"witness.url"_s}, {u"expected"_s, u"http(s)://…"_s}});
    m_port = quint16(m_url.port(m_tls ? 443 : 80));
    if (const QHostAddress literal(m_host); !literal.isNull())
        m_addresses = {literal};
}

QUrl Destination::url(const QString& path) const
{
    QUrl base = m_url;
    QString before = base.path();
    while (before.endsWith(u'/'))
        before.chop(1);
    base.setPath({});
    base.setQuery(QString());
    base.setFragment({});
    const QUrl relative(path.startsWith(u'/') ? before + path : before + u'/' + path);
    return base.resolved(relative);
}

QByteArray Destination::request(const QByteArray& method, const QString& path,
    const QList<QByteArray>& headers, const QByteArray& body) const
{
    const QUrl full = url(path);
    const bool usual = m_port == (m_tls ? 443 : 80);
    QByteArray host = m_host.toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    QByteArray request = method + ' '
        + full.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment)
        + " HTTP/1.1\r\nHost: " + host + (usual ? QByteArray() : ':' + QByteArray::number(m_port))
        + "\r\nUser-Agent: gapless/" GAPLESS_VERSION "\r\nAccept: */*\r\n";
    for (const QByteArray& header : headers)
        request += header + "\r\n";
    if (!body.isEmpty() || method == "POST")
        request += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return request + "\r\n" + body;
}

void Destination::resolve(std::chrono::milliseconds every)
{
    if (!QHostAddress(m_host).isNull())
        return;
    QObject::connect(&m_again, &QTimer::timeout, &m_again, [this] { lookUp(); });
    m_again.start(every);
    lookUp();
}

void Destination::lookUp()
{
    QHostInfo::lookupHost(m_host, &m_again, [this](const QHostInfo& info) {
        m_unresolvable = info.addresses().isEmpty();
        if (m_unresolvable)
            return; // what was known before may still be right
        const QHostAddress before = address();
        m_addresses = info.addresses();
        const qsizetype same = m_addresses.indexOf(before);
        m_proven = m_proven && same >= 0;
        m_current = std::max<qsizetype>(same, 0);
    });
}

void Destination::worked()
{
    m_proven = true;
}

void Destination::failed()
{
    if (!m_proven && m_addresses.size() > 1)
        m_current = (m_current + 1) % m_addresses.size();
}

std::unique_ptr<ByteStream> Destination::stream(SocketPoll& poll) const
{
    if (m_tls)
        return std::make_unique<TlsStream>(
            m_host, m_configuration, [this](const QString& why) { m_tlsFailure = why; });
    return std::make_unique<PlainStream>(poll);
}

} // namespace gapless
