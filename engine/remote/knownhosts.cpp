// SPDX-License-Identifier: MIT
#include "engine/remote/knownhosts.h"

#include "engine/remote/patterns.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// The next word of `line`, which loses it.
QByteArray takeWord(QByteArrayView& line)
{
    qsizetype from = 0;
    while (from < line.size() && (line[from] == ' ' || line[from] == '\t'))
        ++from;
    qsizetype to = from;
    while (to < line.size() && line[to] != ' ' && line[to] != '\t')
        ++to;
    const QByteArray word = line.sliced(from, to - from).toByteArray();
    line = line.sliced(to);
    return word;
}

std::optional<QByteArray> decoded(const QByteArray& base64)
{
    auto result = QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
    if (!result)
        return std::nullopt;
    return *result;
}

std::optional<KnownHostKey> parseLine(QByteArrayView line)
{
    KnownHostKey key;
    key.hosts = takeWord(line);
    if (key.hosts.isEmpty() || key.hosts.startsWith('#'))
        return std::nullopt;
    if (key.hosts.startsWith('@')) {
        if (key.hosts == "@revoked")
            key.marker = KnownHostKey::Marker::Revoked;
        else if (key.hosts == "@cert-authority")
            key.marker = KnownHostKey::Marker::CertAuthority;
        else
            return std::nullopt;
        key.hosts = takeWord(line);
    }
    key.type = takeWord(line);
    const std::optional<QByteArray> blob = decoded(takeWord(line));
    if (!blob || blob->isEmpty())
        return std::nullopt;
    key.blob = *blob;
    return key;
}

/// `|1|salt|hash`, both base64: HMAC-SHA1 of the name.
bool hashMatches(const QByteArray& hashed, const QByteArray& host)
{
    const QList<QByteArray> parts = hashed.split('|');
    if (parts.size() != 4 || parts[1] != "1")
        return false;
    const std::optional<QByteArray> salt = decoded(parts[2]);
    const std::optional<QByteArray> hash = decoded(parts[3]);
    return salt && hash
        && QMessageAuthenticationCode::hash(host, *salt, QCryptographicHash::Sha1) == *hash;
}

} // namespace

bool KnownHostKey::names(const QByteArray& host) const
{
    if (hosts.startsWith('|'))
        return hashMatches(hosts, host);
    return matchesPatterns(QString::fromUtf8(host), QString::fromUtf8(hosts).split(u','));
}

QList<KnownHostKey> parseKnownHosts(const QByteArray& text)
{
    QList<KnownHostKey> keys;
    int number = 0;
    for (QByteArray line : text.split('\n')) {
        ++number;
        if (line.endsWith('\r'))
            line.chop(1);
        if (std::optional<KnownHostKey> key = parseLine(line)) {
            key->line = number;
            keys << *key;
        }
    }
    return keys;
}

QByteArray knownHostsLine(const QByteArray& host, const QByteArray& blob, const QByteArray& salt)
{
    QByteArray name = host;
    if (!salt.isEmpty())
        name = "|1|" + salt.toBase64() + '|'
            + QMessageAuthenticationCode::hash(host, salt, QCryptographicHash::Sha1).toBase64();
    return name + ' ' + keyTypeOf(blob) + ' ' + blob.toBase64() + '\n';
}

QByteArray keyTypeOf(const QByteArray& blob)
{
    if (blob.size() < 4)
        return {};
    return blob.mid(4, qFromBigEndian<quint32>(blob.constData()));
}

QString fingerprintOf(const QByteArray& blob)
{
    return u"SHA256:"_s
        + QString::fromLatin1(QCryptographicHash::hash(blob, QCryptographicHash::Sha256)
                                  .toBase64(QByteArray::OmitTrailingEquals));
}

} // namespace gapless
