// SPDX-License-Identifier: MIT
#include "engine/model/targetrules.h"

#include <QRegularExpression>
#include <QUrl>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QRegularExpression anchored(const char* pattern)
{
    // ECMAScript writes \u0000 where PCRE writes \x{0000}; the schema's spelling is the one kept.
    QString text = QString::fromLatin1(pattern);
    static const QRegularExpression escape(u"\\\\u([0-9a-f]{4})"_s);
    text.replace(escape, u"\\x{\\1}"_s);
    return QRegularExpression(QRegularExpression::anchoredPattern(text));
}

bool isPort(QStringView digits)
{
    bool ok = false;
    const uint port = digits.toUInt(&ok);
    return ok && port >= 1 && port <= 65535;
}

/// `80` or `80-90`.
bool isPortRange(const QString& text)
{
    const QStringList ends = text.split(u'-');
    return ends.size() <= 2 && std::all_of(ends.begin(), ends.end(), isPort)
        && ends.first().toUInt() <= ends.last().toUInt();
}

struct StatusRange {
    int low = 0, high = -1;
};

QList<StatusRange> statusRanges(const QString& text)
{
    QList<StatusRange> ranges;
    for (const QString& part : text.split(u',')) {
        const QStringList ends = part.split(u'-');
        ranges.append({ends.first().toInt(), ends.last().toInt()});
    }
    return ranges;
}

} // namespace

bool allows(const TextRule& rule, const QString& text)
{
    return anchored(rule.pattern).match(text).hasMatch() && (!rule.also || rule.also(text));
}

bool isStatusSet(const QString& text)
{
    const QList<StatusRange> ranges = statusRanges(text);
    return std::all_of(ranges.begin(), ranges.end(), [](const StatusRange& range) {
        return range.low >= 100 && range.high <= 599 && range.low <= range.high;
    });
}

bool statusMatches(const QString& statusSet, int status)
{
    const QList<StatusRange> ranges = statusRanges(statusSet);
    return std::any_of(ranges.begin(), ranges.end(),
        [&](const StatusRange& range) { return range.low <= status && status <= range.high; });
}

bool isPublish(const QString& text)
{
    QString ports = text.section(u'/', 0, 0);
    if (ports.startsWith(u'['))
        ports = ports.section(u']', 1).mid(1);
    QStringList parts = ports.split(u':');
    if (parts.size() == 3) // an IPv4 address in front
        parts.removeFirst();
    if (parts.size() == 2 && parts.first().isEmpty()) // docker picks the host's port
        parts.removeFirst();
    return std::all_of(parts.begin(), parts.end(), isPortRange);
}

bool isHttpUrl(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() && url.port(1) > 0;
}

bool namesSecret(const QString& name)
{
    QString letters;
    for (const QChar c : name)
        if (c.isLetterOrNumber())
            letters += c.toLower();
    static constexpr std::array endings {"password", "passwd", "passphrase", "passcode", "secret",
        "secrets", "token", "apikey", "accesskey", "secretkey", "privatekey", "credential",
        "credentials", "authorization"};
    return letters == u"pwd"
        || std::any_of(endings.begin(), endings.end(),
            [&](const char* ending) { return letters.endsWith(QLatin1StringView(ending)); });
}

int reservedOption(const QStringList& words)
{
    static constexpr std::array ours {"--name", "--publish", "--detach", "--rm", "--restart"};
    for (int i = 0; i < words.size(); ++i) {
        const QString name = words[i].section(u'=', 0, 0);
        if (std::any_of(ours.begin(), ours.end(),
                [&](const char* option) { return name == QLatin1StringView(option); }))
            return i;
        // A cluster of one-letter options: -itd, -ip8080:80. What follows one that takes a value is
        // the value.
        if (!name.startsWith(u'-') || name.startsWith(u"--"))
            continue;
        for (const QChar letter : QStringView(name).mid(1)) {
            if (letter == u'd' || letter == u'p')
                return i;
            if (!u"itPq"_s.contains(letter))
                break;
        }
    }
    return -1;
}

} // namespace gapless
