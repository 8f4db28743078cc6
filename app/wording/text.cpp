// SPDX-License-Identifier: MIT
#include "app/wording/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono;

namespace gapless {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Text)
};

constexpr char16_t escape = 0x1b, bell = 0x07;

bool isControl(char16_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f);
}

/// Directions and joins that make a text read otherwise than it is: bidi embeddings, overrides,
/// isolates and marks, the byte order mark, the line and paragraph separators.
bool isMisleading(char16_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e
        || c == 0x200f || c == 0x061c || c == 0xfeff || c == 0x2028 || c == 0x2029;
}

/// The index just after the escape sequence that begins at `at` (ECMA-48: CSI, strings, the rest).
qsizetype afterEscape(const QString& text, qsizetype at)
{
    const auto unit = [&](qsizetype i) { return i < text.size() ? text[i].unicode() : u'\0'; };
    const char16_t first = unit(at);
    const char16_t kind = first == escape ? unit(at + 1) : char16_t(first - 0x40);
    qsizetype i = first == escape ? at + 2 : at + 1;
    if (kind == u'[') {
        while (i < text.size() && unit(i) >= 0x20 && unit(i) <= 0x3f)
            ++i;
        return unit(i) >= 0x40 && unit(i) <= 0x7e ? i + 1 : i;
    }
    if (kind == u']' || kind == u'P' || kind == u'X' || kind == u'^' || kind == u'_') {
        // A string that is never ended would swallow all that follows: it ends with its line.
        for (; i < text.size() && unit(i) != u'\n'; ++i) {
            if (unit(i) == bell || unit(i) == 0x9c)
                return i + 1;
            if (unit(i) == escape)
                return unit(i + 1) == u'\\' ? i + 2 : i;
        }
        return i;
    }
    if (first != escape)
        return at + 1;
    i = at + 1;
    while (i < text.size() && unit(i) >= 0x20 && unit(i) <= 0x2f)
        ++i;
    return unit(i) >= 0x30 && unit(i) <= 0x7e ? i + 1 : i;
}

} // namespace

QString printable(const QString& untrusted)
{
    QString clean;
    clean.reserve(untrusted.size());
    for (qsizetype i = 0; i < untrusted.size();) {
        const char16_t c = untrusted[i].unicode();
        if (c == escape || c == 0x9b || c == 0x9d || c == 0x90 || c == 0x98 || c == 0x9e
            || c == 0x9f) {
            i = afterEscape(untrusted, i);
            continue;
        }
        ++i;
        if (c == u'\n') {
            clean += u'\n';
        } else if (c == u'\r') {
            if (i < untrusted.size() && untrusted[i] != u'\n')
                clean += u'\n';
        } else if (c == u'\t') {
            clean += u"    "_s;
        } else if (QChar::isHighSurrogate(c)) {
            if (i < untrusted.size() && untrusted[i].isLowSurrogate())
                clean += QChar(c), clean += untrusted[i++];
            else
                clean += QChar::ReplacementCharacter;
        } else if (QChar::isLowSurrogate(c)) {
            clean += QChar::ReplacementCharacter;
        } else if (!isControl(c) && !isMisleading(c)) {
            clean += QChar(c);
        }
    }
    return clean;
}

QString printableLine(const QString& untrusted, int limit)
{
    QString line = printable(untrusted).simplified();
    if (line.size() <= limit)
        return line;
    qsizetype cut = limit - 1;
    if (line[cut - 1].isHighSurrogate())
        --cut;
    return line.left(cut) + u'…';
}

QString countText(qint64 number)
{
    return QLocale().toString(number);
}

QString millisecondsText(double ms)
{
    const int places = ms != 0 && std::abs(ms) < 10 ? 1 : 0;
    return Text::tr("%1 ms").arg(QLocale().toString(ms, 'f', places));
}

QString durationText(milliseconds duration)
{
    if (duration < 1s)
        return Text::tr("%1 ms").arg(QLocale().toString(qint64(duration.count())));
    if (duration < 1min)
        return Text::tr("%1 s").arg(QLocale().toString(double(duration.count()) / 1000, 'f', 1));
    if (duration < 1h)
        return Text::tr("%1 min %2 s")
            .arg(duration_cast<minutes>(duration).count())
            .arg(duration_cast<seconds>(duration % 1min).count());
    return Text::tr("%1 h %2 min")
        .arg(duration_cast<hours>(duration).count())
        .arg(duration_cast<minutes>(duration % 1h).count());
}

QString percentText(double percent)
{
    const int places = percent == std::round(percent) ? 0 : 1;
    return Text::tr("%1 %", "percent").arg(QLocale().toString(percent, 'f', places));
}

QString bytesText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, bytes < 10'000 ? 0 : 1, QLocale::DataSizeSIFormat);
}

QString instantText(const QString& rfc3339)
{
    const QDateTime instant = QDateTime::fromString(rfc3339, Qt::ISODateWithMs);
    return instant.isValid() ? QLocale().toString(instant.toLocalTime(), QLocale::ShortFormat)
                             : printableLine(rfc3339);
}

QString factText(const QJsonValue& value)
{
    if (value.isDouble())
        return value.toDouble() == double(value.toInteger()) ? QString::number(value.toInteger())
                                                             : QLocale().toString(value.toDouble());
    if (value.isArray()) {
        QStringList texts;
        for (const QJsonValue& item : value.toArray())
            texts << factText(item);
        return texts.join(Text::tr(", ", "between the items of a list"));
    }
    if (value.isBool())
        return value.toBool() ? Text::tr("yes") : Text::tr("no");
    return printableLine(value.toString());
}

} // namespace gapless
