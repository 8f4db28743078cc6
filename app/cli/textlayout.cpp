// SPDX-License-Identifier: MIT
#include "app/cli/textlayout.h"

#include <QList>
#include <algorithm>
#include <wchar.h>

namespace gapless::layout {

namespace {

struct Glyph {
    QStringView text;
    int columns = 0;
    char32_t code = 0;
};

Glyph glyphAt(QStringView text, qsizetype at)
{
    const bool pair
        = text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
    const char32_t code
        = pair ? QChar::surrogateToUcs4(text[at], text[at + 1]) : text[at].unicode();
    return {text.mid(at, pair ? 2 : 1), std::max(0, ::wcwidth(wchar_t(code))), code};
}

/// A line may be broken just before this character without a space there.
bool breaksBefore(const Glyph& glyph)
{
    static constexpr QStringView closing = u"，。、：；！？」』）”’…";
    return glyph.columns == 2 && !closing.contains(glyph.text);
}

QStringList wrappedLine(QStringView text, int columns)
{
    QStringList lines;
    QString line; // as far as it certainly fits
    QString word; // since the last place to break
    int lineWidth = 0, wordWidth = 0;
    const auto takeWord = [&] {
        if (lineWidth > 0 && lineWidth + wordWidth > columns) {
            lines << line.trimmed();
            line.clear();
            lineWidth = 0;
            while (word.startsWith(u' ')) {
                word.remove(0, 1);
                --wordWidth;
            }
        }
        line += word;
        lineWidth += wordWidth;
        word.clear();
        wordWidth = 0;
    };
    for (qsizetype i = 0; i < text.size();) {
        const Glyph glyph = glyphAt(text, i);
        if (glyph.code == u' ' || breaksBefore(glyph))
            takeWord();
        word += glyph.text;
        wordWidth += glyph.columns;
        i += glyph.text.size();
    }
    takeWord();
    while (line.endsWith(u' '))
        line.chop(1);
    lines << line;
    return lines;
}

} // namespace

int displayWidth(QStringView text)
{
    int columns = 0;
    for (qsizetype i = 0; i < text.size();) {
        const Glyph glyph = glyphAt(text, i);
        columns += glyph.columns;
        i += glyph.text.size();
    }
    return columns;
}

QString elided(const QString& text, int columns)
{
    if (displayWidth(text) <= columns)
        return text;
    QString kept;
    int used = 1; // the ellipsis
    for (qsizetype i = 0; i < text.size();) {
        const Glyph glyph = glyphAt(text, i);
        if (used + glyph.columns > columns)
            break;
        used += glyph.columns;
        kept += glyph.text;
        i += glyph.text.size();
    }
    return columns > 0 ? kept + u'…' : QString();
}

QString padded(const QString& text, int columns)
{
    return text + QString(std::max(0, columns - displayWidth(text)), u' ');
}

QStringList wrapped(const QString& text, int columns, int indent)
{
    const QString margin(indent, u' ');
    QStringList lines;
    for (const QString& line : text.split(u'\n'))
        for (const QString& part : wrappedLine(line, std::max(1, columns - indent)))
            lines << (part.isEmpty() ? part : margin + part);
    return lines;
}

QStringList table(const QList<QStringList>& rows)
{
    QList<int> widths;
    for (const QStringList& row : rows)
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (widths.size() <= i)
                widths.append(0);
            widths[i] = std::max(widths[i], displayWidth(row[i]));
        }
    QStringList lines;
    for (const QStringList& row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += i + 1 < row.size() ? padded(row[i], widths[i] + 2) : row[i];
        while (line.endsWith(u' '))
            line.chop(1);
        lines << line;
    }
    return lines;
}

} // namespace gapless::layout
