// SPDX-License-Identifier: MIT
#include "engine/nginx/linediff.h"

#include <QList>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct DiffLine {
    char kind = ' '; ///< ' ', '-' or '+'
    QByteArray text;
};

/// Above this many cells the changed middle is shown as wholly replaced.
constexpr qsizetype largestTable = 4'000'000;

QList<QByteArray> linesOf(const QByteArray& text)
{
    QList<QByteArray> lines = text.split('\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    else
        lines.last() += "\n\\ No newline at end of file";
    return lines;
}

/// The changed middle of two texts, by their longest common subsequence.
QList<DiffLine> compare(const QList<QByteArray>& a, const QList<QByteArray>& b)
{
    QList<DiffLine> result;
    const qsizetype columns = b.size() + 1;
    qsizetype i = 0, j = 0;
    if ((a.size() + 1) * columns <= largestTable) {
        QList<int> common((a.size() + 1) * columns, 0);
        for (qsizetype x = a.size() - 1; x >= 0; --x)
            for (qsizetype y = b.size() - 1; y >= 0; --y)
                common[x * columns + y] = a[x] == b[y]
                    ? common[(x + 1) * columns + y + 1] + 1
                    : std::max(common[(x + 1) * columns + y], common[x * columns + y + 1]);
        while (i < a.size() && j < b.size()) {
            if (a[i] == b[j]) {
                result += {' ', a[i]};
                ++i;
                ++j;
            } else if (common[(i + 1) * columns + j] >= common[i * columns + j + 1]) {
                result += {'-', a[i++]};
            } else {
                result += {'+', b[j++]};
            }
        }
    }
    while (i < a.size())
        result += {'-', a[i++]};
    while (j < b.size())
        result += {'+', b[j++]};
    return result;
}

QList<DiffLine> allLines(const QList<QByteArray>& a, const QList<QByteArray>& b)
{
    qsizetype head = 0, tail = 0;
    const qsizetype shorter = std::min(a.size(), b.size());
    while (head < shorter && a[head] == b[head])
        ++head;
    while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    QList<DiffLine> lines;
    for (const QByteArray& line : a.first(head))
        lines += {' ', line};
    lines += compare(a.mid(head, a.size() - head - tail), b.mid(head, b.size() - head - tail));
    for (const QByteArray& line : a.last(tail))
        lines += {' ', line};
    return lines;
}

QString shown(const QByteArray& text)
{
    QString line = QString::fromUtf8(text);
    for (QChar& c : line) {
        if (c < u' ' && c != u'\t' && c != u'\n')
            c = QChar(0x2400 + c.unicode());
        else if (c == QChar(0x7f) || (c >= QChar(0x80) && c < QChar(0xa0)))
            c = QChar(0x2421);
    }
    return line;
}

QString rangeOf(qsizetype start, qsizetype count)
{
    // diff's own convention: an empty range is named by the line before it.
    const qsizetype first = count == 0 ? start : start + 1;
    return count == 1 ? QString::number(first) : u"%1,%2"_s.arg(first).arg(count);
}

} // namespace

QString unifiedDiff(const QByteArray& before, const QByteArray& after, const QString& file)
{
    if (before == after)
        return {};
    constexpr qsizetype context = 3;
    const QList<DiffLine> lines = allLines(linesOf(before), linesOf(after));
    QString text = u"--- %1\n+++ %1\n"_s.arg(file);
    qsizetype oldLine = 0, newLine = 0; // of lines[at], from 0
    for (qsizetype at = 0; at < lines.size();) {
        qsizetype change = at;
        while (change < lines.size() && lines[change].kind == ' ')
            ++change;
        if (change == lines.size())
            break;
        const qsizetype skipped = std::max(at, change - context) - at;
        at += skipped;
        oldLine += skipped;
        newLine += skipped;
        qsizetype end = change;
        for (qsizetype x = change; x < lines.size() && x <= end + 2 * context; ++x)
            if (lines[x].kind != ' ')
                end = x;
        end = std::min(lines.size(), end + 1 + context);
        QString body;
        qsizetype oldCount = 0, newCount = 0;
        for (; at < end; ++at) {
            body += QLatin1Char(lines[at].kind) + shown(lines[at].text) + u'\n';
            oldCount += lines[at].kind != '+';
            newCount += lines[at].kind != '-';
        }
        text += u"@@ -%1 +%2 @@\n"_s.arg(rangeOf(oldLine, oldCount), rangeOf(newLine, newCount))
            + body;
        oldLine += oldCount;
        newLine += newCount;
    }
    return text;
}

} // namespace gapless
