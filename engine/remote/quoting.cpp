// SPDX-License-Identifier: MIT
#include "engine/remote/quoting.h"

#include "engine/model/error.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// No shell gives these a meaning, wherever in a word they stand. `=` and `~` are not among them:
/// at a word's start they make an assignment and a home folder.
bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
        || c == '-' || c == '.' || c == '/' || c == ':' || c == ',' || c == '@' || c == '+'
        || c == '%';
}

bool isBlank(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n';
}

} // namespace

QByteArray quote(const QByteArray& value)
{
    if (value.contains('\0'))
        throw Error(ErrorKind::Internal, {{u"text"_s, u"a NUL in a value for a shell"_s}});
    if (!value.isEmpty() && std::all_of(value.begin(), value.end(), isPlain))
        return value;
    QByteArray quoted = value;
    quoted.replace("'", "'\\''");
    return "'" + quoted + "'";
}

QByteArray quote(const QString& value)
{
    return quote(value.toUtf8());
}

QByteArray quoteWords(const QStringList& words)
{
    QByteArray line;
    for (const QString& word : words) {
        if (!line.isEmpty())
            line += ' ';
        line += quote(word);
    }
    return line;
}

std::optional<QStringList> splitWords(const QString& line)
{
    QStringList words;
    QString word;
    bool inWord = false;
    QChar quoteMark; // null outside quotes
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line[i];
        const QChar next = i + 1 < line.size() ? line[i + 1] : QChar();
        if (quoteMark == u'\'') {
            if (c == u'\'')
                quoteMark = QChar();
            else
                word += c;
        } else if (c == u'\\' && next == u'\n') {
            ++i; // a continued line
        } else if (quoteMark == u'"') {
            if (c == u'"')
                quoteMark = QChar();
            else if (c == u'\\' && !next.isNull() && u"$`\"\\"_s.contains(next))
                word += line[++i];
            else
                word += c;
        } else if (c == u'\'' || c == u'"') {
            quoteMark = c;
            inWord = true;
        } else if (isBlank(c)) {
            if (inWord)
                words << std::exchange(word, {});
            inWord = false;
        } else {
            // A backslash that ends the line stands for itself, as in dash and bash.
            word += c == u'\\' && i + 1 < line.size() ? line[++i] : c;
            inWord = true;
        }
    }
    if (!quoteMark.isNull())
        return std::nullopt;
    if (inWord)
        words << word;
    return words;
}

} // namespace gapless
