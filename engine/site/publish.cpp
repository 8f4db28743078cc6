// SPDX-License-Identifier: MIT
#include "engine/site/publish.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

constexpr int highestPort = 65535;

struct Range {
    int first = 0, last = 0;
};

std::optional<Range> rangeFrom(const QString& text)
{
    const QStringList ends = text.split(u'-');
    bool isFirst = false;
    bool isLast = false;
    const Range range {ends.first().toInt(&isFirst), ends.last().toInt(&isLast)};
    if (ends.size() > 2 || !isFirst || !isLast || range.first < 1 || range.last < range.first
        || range.last > highestPort)
        return std::nullopt;
    return range;
}

QString withoutBrackets(QString address)
{
    if (address.startsWith(u'[') && address.endsWith(u']'))
        address = address.mid(1, address.size() - 2);
    return address;
}

bool isEverywhere(const QString& text)
{
    const QString address = withoutBrackets(text);
    return address.isEmpty() || address == "*"_L1 || address == "0.0.0.0"_L1 || address == "::"_L1;
}

} // namespace

std::optional<QList<Publication>> readPublish(const QString& value)
{
    static const QRegularExpression form(
        uR"(^(?:(?:(\[[^\]]*\]|[^:\[\]]*):)?([\d-]*):)?([\d-]+)(?:/(tcp|udp|sctp))?$)"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = form.match(value);
    const std::optional<Range> inside = rangeFrom(match.captured(3));
    if (!match.hasMatch() || !inside)
        return std::nullopt;
    if (match.captured(2).isEmpty())
        return QList<Publication>();
    const std::optional<Range> outside = rangeFrom(match.captured(2));
    const int count = inside->last - inside->first;
    if (!outside || (outside->last - outside->first != count && count > 0))
        return std::nullopt;
    if (outside->last > outside->first && count == 0)
        return QList<Publication>(); // docker chooses one of the range
    QList<Publication> publications;
    const QString protocol = match.captured(4).toLower();
    for (int i = 0; i <= count; ++i)
        publications << Publication {withoutBrackets(match.captured(1)), outside->first + i,
            inside->first + i, protocol.isEmpty() ? u"tcp"_s : protocol};
    return publications;
}

QList<Publication> publicationsFromPs(const QString& ports)
{
    static const QRegularExpression form(
        uR"(^(?:(.*):)?(\d+)(?:-(\d+))?->(\d+)(?:-\d+)?/(\w+)$)"_s);
    QList<Publication> publications;
    for (const QString& part : ports.split(u","_s, Qt::SkipEmptyParts)) {
        const QRegularExpressionMatch match = form.match(part.trimmed());
        if (!match.hasMatch())
            continue;
        const int first = match.captured(2).toInt();
        const int last = match.captured(3).isEmpty() ? first : match.captured(3).toInt();
        for (int port = first; port <= last && port <= highestPort; ++port)
            publications << Publication {withoutBrackets(match.captured(1)), port,
                match.captured(4).toInt() + port - first, match.captured(5)};
    }
    return publications;
}

bool addressesCollide(const QString& a, const QString& b)
{
    // `::` and `*` take IPv4 too, unless told otherwise, which no list of sockets says.
    return isEverywhere(a) || isEverywhere(b) || withoutBrackets(a) == withoutBrackets(b);
}

} // namespace gapless
