// SPDX-License-Identifier: MIT
#include "engine/nginx/lexer.h"

#include "engine/model/error.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

// nginx's read buffer, NGX_CONF_BUFFER: neither a word nor a comment may outgrow it.
constexpr qsizetype bufferSize = 4096;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

QByteArray unescaped(const QByteArray& raw)
{
    if (!raw.contains('\\'))
        return raw;
    QByteArray value;
    value.reserve(raw.size());
    for (qsizetype i = 0; i < raw.size(); ++i) {
        const char following = raw[i] == '\\' && i + 1 < raw.size() ? raw[i + 1] : '\0';
        switch (following) {
        case '"':
        case '\'':
        case '\\':
            value += following;
            ++i;
            break;
        case 't':
            value += '\t';
            ++i;
            break;
        case 'r':
            value += '\r';
            ++i;
            break;
        case 'n':
            value += '\n';
            ++i;
            break;
        default:
            value += raw[i];
        }
    }
    return value;
}

} // namespace

/// Where a statement's reading stands. `start` deliberately goes stale between a word and the next
/// character, as nginx's does: its limit is measured from there.
struct ConfigLexer::State {
    qsizetype start = 0; ///< of the word's content, after an opening quote
    qsizetype rawStart = 0; ///< of the word's bytes, the quote included
    int startLine = 1;
    char quote = 0;
    bool lastSpace = true, needSpace = false, escaped = false, variable = false, comment = false;
};

ConfigLexer::ConfigLexer(const QByteArray& bytes, QString file)
    : m_bytes(bytes)
    , m_file(std::move(file))
{
    // nginx takes the mark for the first letters of a directive and refuses that.
    if (bytes.startsWith("\xEF\xBB\xBF") || bytes.startsWith("\xFF\xFE")
        || bytes.startsWith("\xFE\xFF"))
        refuse(1, u"the file starts with a byte order mark"_s);
}

void ConfigLexer::refuse(int line, const QString& why) const
{
    throw Error(ErrorKind::ConfigUnreadable, {{u"file"_s, m_file}, {u"line"_s, line}}, why);
}

ConfigStatement ConfigLexer::next()
{
    State s;
    ConfigStatement statement;
    s.start = m_at;
    s.startLine = m_line;
    for (;;) {
        if (m_at == m_bytes.size()) {
            if (!statement.words.isEmpty() || !s.lastSpace)
                refuse(m_line, u"unexpected end of file, expecting \";\" or \"}\""_s);
            statement.end = ConfigStatement::End::File;
            statement.terminator = m_at;
            statement.line = m_line;
            return statement;
        }
        if (m_at - s.start == bufferSize)
            refuse(s.startLine,
                s.quote ? u"too long parameter, probably missing a terminating quote"_s
                        : u"too long parameter or comment"_s);
        const char c = m_bytes[m_at++];
        if (c == '\n') {
            ++m_line;
            s.comment = false;
        }
        if (s.comment)
            continue;
        if (s.escaped) {
            s.escaped = false;
            continue;
        }
        if (readPlain(c, s, statement)) {
            statement.line = m_line;
            statement.terminator = m_at - 1;
            if (statement.end == ConfigStatement::End::BlockStart
                && statement.words.first().value.endsWith("_by_lua_block")) {
                skipLua();
                statement.end = ConfigStatement::End::Semicolon;
                statement.terminator = m_at - 1;
            }
            return statement;
        }
    }
}

/// One character outside comments and escapes; true where it ends the statement.
bool ConfigLexer::readPlain(char c, State& s, ConfigStatement& statement)
{
    if (s.needSpace) {
        if (isSpace(c)) {
            s.lastSpace = true;
            s.needSpace = false;
            return false;
        }
        if (c == ';' || c == '{') {
            statement.end
                = c == ';' ? ConfigStatement::End::Semicolon : ConfigStatement::End::BlockStart;
            return true;
        }
        if (c != ')')
            refuse(m_line, u"unexpected \"%1\" after a quoted word"_s.arg(QLatin1Char(c)));
        s.lastSpace = true;
        s.needSpace = false;
    }
    if (s.lastSpace)
        return readWordStart(c, s, statement);

    if (c == '{' && s.variable)
        return false;
    s.variable = false;
    if (c == '\\') {
        s.escaped = true;
        return false;
    }
    if (c == '$') {
        s.variable = true;
        return false;
    }
    if (s.quote) {
        if (c == s.quote) {
            endWord(s, statement);
            s.quote = 0;
            s.needSpace = true;
        }
        return false;
    }
    if (!isSpace(c) && c != ';' && c != '{')
        return false;
    endWord(s, statement);
    s.lastSpace = true;
    if (isSpace(c))
        return false;
    statement.end = c == ';' ? ConfigStatement::End::Semicolon : ConfigStatement::End::BlockStart;
    return true;
}

bool ConfigLexer::readWordStart(char c, State& s, ConfigStatement& statement)
{
    s.start = s.rawStart = m_at - 1;
    s.startLine = m_line;
    if (isSpace(c))
        return false;
    switch (c) {
    case ';':
    case '{':
        if (statement.words.isEmpty())
            refuse(m_line, u"unexpected \"%1\""_s.arg(QLatin1Char(c)));
        statement.end
            = c == ';' ? ConfigStatement::End::Semicolon : ConfigStatement::End::BlockStart;
        return true;
    case '}':
        if (!statement.words.isEmpty())
            refuse(m_line, u"unexpected \"}\""_s);
        statement.end = ConfigStatement::End::BlockEnd;
        return true;
    case '#':
        s.comment = true;
        return false;
    case '\\':
        s.escaped = true;
        break;
    case '"':
    case '\'':
        ++s.start;
        s.quote = c;
        break;
    case '$':
        s.variable = true;
        break;
    default:
        break;
    }
    s.lastSpace = false;
    return false;
}

void ConfigLexer::endWord(State& s, ConfigStatement& statement) const
{
    const qsizetype contentEnd = m_at - 1;
    statement.words += {unescaped(m_bytes.mid(s.start, contentEnd - s.start)), s.rawStart,
        s.quote ? m_at : contentEnd};
}

/// From behind the opening brace to behind its match: strings, long brackets and comments of Lua
/// may hold braces and quotes that are none of nginx's.
void ConfigLexer::skipLua()
{
    const int startLine = m_line;
    int depth = 1;
    while (m_at < m_bytes.size()) {
        const char c = m_bytes[m_at];
        if (c == '[' && skipLongBracket())
            continue;
        ++m_at;
        if (c == '\n') {
            ++m_line;
        } else if (c == '{') {
            ++depth;
        } else if (c == '}') {
            if (--depth == 0)
                return;
        } else if (c == '"' || c == '\'') {
            for (; m_at < m_bytes.size() && m_bytes[m_at] != c; ++m_at) {
                if (m_bytes[m_at] == '\\' && m_at + 1 < m_bytes.size())
                    ++m_at;
                m_line += m_bytes[m_at] == '\n';
            }
            m_at = qMin(m_at + 1, m_bytes.size());
        } else if (c == '-' && m_at < m_bytes.size() && m_bytes[m_at] == '-') {
            ++m_at;
            if (skipLongBracket())
                continue;
            const qsizetype lineEnd = m_bytes.indexOf('\n', m_at);
            m_at = lineEnd < 0 ? m_bytes.size() : lineEnd;
        }
    }
    refuse(startLine, u"a Lua block that is not closed"_s);
}

/// Steps over `[[ … ]]`, `[=[ … ]=]` and so on; false where none starts here.
bool ConfigLexer::skipLongBracket()
{
    qsizetype at = m_at;
    if (at >= m_bytes.size() || m_bytes[at] != '[')
        return false;
    QByteArray closing("]");
    for (++at; at < m_bytes.size() && m_bytes[at] == '='; ++at)
        closing += '=';
    if (at >= m_bytes.size() || m_bytes[at] != '[')
        return false;
    closing += ']';
    const qsizetype found = m_bytes.indexOf(closing, at + 1);
    const qsizetype end = found < 0 ? m_bytes.size() : found + closing.size();
    m_line += int(QByteArrayView(m_bytes).sliced(m_at, end - m_at).count('\n'));
    m_at = end;
    return true;
}

} // namespace gapless
