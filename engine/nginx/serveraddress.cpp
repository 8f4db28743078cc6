// SPDX-License-Identifier: MIT
#include "engine/nginx/upstreamfile.h"

#include <arpa/inet.h>

namespace gapless {

namespace {

/// `:port` without leading zeros; as written where it is no number.
QByteArray canonicalPort(const QByteArray& port)
{
    bool ok = false;
    const int number = port.toInt(&ok);
    return ':' + (ok ? QByteArray::number(number) : port);
}

QByteArray canonicalIpv6(const QByteArray& literal)
{
    in6_addr address;
    char text[INET6_ADDRSTRLEN];
    if (inet_pton(AF_INET6, literal.constData(), &address) != 1
        || !inet_ntop(AF_INET6, &address, text, sizeof text))
        return literal.toLower();
    return text;
}

} // namespace

QByteArray canonicalServer(const QByteArray& address)
{
    if (address.left(5).toLower() == "unix:")
        return "unix:" + address.mid(5);
    if (address.startsWith('[')) {
        const qsizetype close = address.indexOf(']');
        if (close < 0)
            return address;
        const QByteArray rest = address.mid(close + 1);
        return '[' + canonicalIpv6(address.mid(1, close - 1)) + ']'
            + (rest.startsWith(':') ? canonicalPort(rest.mid(1)) : rest + ":80");
    }
    const qsizetype colon = address.indexOf(':');
    if (colon < 0)
        return address.toLower() + ":80";
    return address.left(colon).toLower() + canonicalPort(address.mid(colon + 1));
}

bool sameServer(const QByteArray& a, const QByteArray& b)
{
    return canonicalServer(a) == canonicalServer(b);
}

} // namespace gapless
