// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace gapless {

/// One word of an nginx configuration: what nginx makes of it (quotes taken off, escapes resolved)
/// and the bytes it came from, quotes included.
struct ConfigWord {
    QByteArray value;
    qsizetype begin = 0, end = 0;
    bool operator==(const ConfigWord&) const = default;
};

/// What nginx reads in one go: words and what ended them.
struct ConfigStatement {
    enum class End { Semicolon, BlockStart, BlockEnd, File };
    End end = End::File;
    QList<ConfigWord> words; ///< none where it is a BlockEnd or File
    qsizetype terminator = 0; ///< offset of the `;`, `{` or `}`; the file's size at its end
    int line = 1; ///< of the terminator, as nginx counts lines (by LF)
};

/// Splits one configuration file into statements byte for byte as nginx 1.22 does (behaviour of
/// ngx_conf_read_token): comments only where a word could start, `${`, escapes, bare CR as a space,
/// any byte in comments, and its limit of 4096 bytes a word or comment. The content of Lua blocks
/// (`…_by_lua_block`) is skipped as lua-nginx-module skips it.
class ConfigLexer {
public:
    /// `bytes` must outlive the lexer. `file` is named in errors.
    explicit ConfigLexer(const QByteArray& bytes, QString file = {});
    /// Error ConfigUnreadable {file, line} where nginx would refuse the bytes.
    ConfigStatement next();

private:
    struct State;
    [[noreturn]] void refuse(int line, const QString& why) const;
    bool readPlain(char c, State& s, ConfigStatement& statement);
    bool readWordStart(char c, State& s, ConfigStatement& statement);
    void endWord(State& s, ConfigStatement& statement) const;
    void skipLua();
    bool skipLongBracket();

    const QByteArray& m_bytes;
    QString m_file;
    qsizetype m_at = 0;
    int m_line = 1;
};

} // namespace gapless
