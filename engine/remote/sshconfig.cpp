// SPDX-License-Identifier: MIT
#include "engine/remote/sshconfig.h"

#include "engine/model/error.h"
#include "engine/remote/patterns.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>
#include <glob.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

constexpr int deepest = 16; // as OpenSSH: further Includes are taken for a loop

/// A line's words: blanks or one `=` after the keyword separate, double quotes hold together.
/// Nothing where a quote stays open.
std::optional<QStringList> wordsOf(const QString& line)
{
    QStringList words;
    qsizetype at = 0;
    const auto isBlank = [&](qsizetype i) { return line[i] == u' ' || line[i] == u'\t'; };
    while (true) {
        while (at < line.size() && (isBlank(at) || (words.size() == 1 && line[at] == u'=')))
            ++at;
        if (at == line.size() || line[at] == u'#')
            return words;
        QString word;
        bool quoted = false;
        for (; at < line.size() && (quoted || !isBlank(at)); ++at) {
            if (words.isEmpty() && line[at] == u'=')
                break;
            if (line[at] == u'"')
                quoted = !quoted;
            else
                word += line[at];
        }
        if (quoted)
            return std::nullopt;
        words << word;
    }
}

QStringList filesLike(const QString& pattern)
{
    QStringList files;
    glob_t found {};
    if (::glob(QFile::encodeName(pattern).constData(), 0, nullptr, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc; ++i)
            files << QFile::decodeName(found.gl_pathv[i]);
    ::globfree(&found);
    return files;
}

class Reader {
public:
    explicit Reader(const SshConfigQuery& query)
        : m_query(query)
    {
    }
    void readFile(const QString& path, bool active, int depth);
    SshConfig result() const { return m_found; }

private:
    void readLine(const QStringList& words, bool& active, bool outer, int depth);
    void include(const QStringList& patterns, bool active, int depth);
    bool matches(const QStringList& criteria) const;
    void takeValue(const QString& keyword, const QStringList& values);
    QString currentHost() const
    {
        return m_found.hostName.isEmpty() ? m_query.alias : m_found.hostName;
    }
    QString currentUser() const
    {
        if (!m_query.user.isEmpty())
            return m_query.user;
        return m_found.user.isEmpty() ? m_query.localUser : m_found.user;
    }
    /// The first value of a keyword counts.
    bool isNew(const QString& keyword)
    {
        const bool isFirst = !m_seen.contains(keyword);
        m_seen.insert(keyword);
        return isFirst;
    }
    Error broken() const
    {
        return Error(ErrorKind::SshConfigBroken, {{u"file"_s, m_file}, {u"line"_s, m_line}});
    }

    const SshConfigQuery& m_query;
    SshConfig m_found;
    QSet<QString> m_seen;
    QString m_file;
    int m_line = 0;
};

void Reader::readFile(const QString& path, bool active, int depth)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QString outerFile = std::exchange(m_file, path);
    const int outerLine = std::exchange(m_line, 0);
    // An included file's own blocks narrow the block that includes it, and end with it.
    const bool outer = active;
    for (const QByteArray& line : file.readAll().split('\n')) {
        ++m_line;
        const std::optional<QStringList> words = wordsOf(QString::fromUtf8(line).trimmed());
        if (!words)
            throw broken();
        if (!words->isEmpty())
            readLine(*words, active, outer, depth);
    }
    m_file = outerFile;
    m_line = outerLine;
}

void Reader::readLine(const QStringList& words, bool& active, bool outer, int depth)
{
    const QString keyword = words.first().toLower();
    const QStringList values = words.mid(1);
    if (values.isEmpty())
        throw broken();
    if (keyword == u"host")
        active = outer && matchesPatterns(m_query.alias, values);
    else if (keyword == u"match")
        active = outer && matches(values);
    else if (keyword == u"include")
        include(values, active, depth);
    else if (active)
        takeValue(keyword, values);
}

void Reader::include(const QStringList& patterns, bool active, int depth)
{
    if (depth >= deepest)
        throw broken();
    for (QString pattern : patterns) {
        if (pattern.startsWith(u"~/"_s))
            pattern = m_query.home + pattern.mid(1);
        else if (!pattern.startsWith(u'/'))
            pattern = QFileInfo(m_file).absolutePath() + u'/' + pattern;
        for (const QString& file : filesLike(pattern))
            readFile(file, active, depth + 1);
    }
}

bool Reader::matches(const QStringList& criteria) const
{
    for (qsizetype i = 0; i < criteria.size(); ++i) {
        QString name = criteria[i].toLower();
        const bool negated = name.startsWith(u'!');
        if (negated)
            name.remove(0, 1);
        if (name == u"all") {
            if (negated)
                return false;
            continue;
        }
        QString subject;
        if (name == u"host")
            subject = currentHost();
        else if (name == u"originalhost")
            subject = m_query.alias;
        else if (name == u"user")
            subject = currentUser();
        else if (name == u"localuser")
            subject = m_query.localUser;
        else
            return false;
        if (++i == criteria.size())
            throw broken();
        if (matchesPatterns(subject, criteria[i].split(u',')) == negated)
            return false;
    }
    return true;
}

void Reader::takeValue(const QString& keyword, const QStringList& values)
{
    const QString& value = values.first();
    const bool isNone = value.compare(u"none"_s, Qt::CaseInsensitive) == 0;
    const bool isYes = value.compare(u"yes"_s, Qt::CaseInsensitive) == 0;
    if (keyword == u"identityfile") {
        m_found.identityFiles << value;
    } else if (keyword == u"proxyjump" || keyword == u"proxycommand") {
        // Whichever comes first shuts the other out.
        if (!isNew(u"proxy"_s) || isNone)
            return;
        if (keyword == u"proxyjump")
            m_found.proxyJump = value;
        else
            m_found.proxyCommand = values.join(u' ');
    } else if (!isNew(keyword)) {
        return;
    } else if (keyword == u"hostname") {
        m_found.hostName = value;
    } else if (keyword == u"user") {
        m_found.user = value;
    } else if (keyword == u"port") {
        m_found.port = value.toInt();
        if (m_found.port < 1 || m_found.port > 65535)
            throw broken();
    } else if (keyword == u"identitiesonly") {
        m_found.identitiesOnly = isYes;
    } else if (keyword == u"identityagent") {
        m_found.identityAgent = value;
    } else if (keyword == u"hostkeyalias") {
        m_found.hostKeyAlias = value;
    } else if (keyword == u"userknownhostsfile") {
        m_found.userKnownHosts = values;
    } else if (keyword == u"globalknownhostsfile") {
        m_found.globalKnownHosts = values;
    } else if (keyword == u"hashknownhosts") {
        m_found.hashKnownHosts = isYes;
    } else if (keyword == u"ciphers") {
        m_found.ciphers = true;
    }
}

} // namespace

SshConfig readSshConfig(const QStringList& files, const SshConfigQuery& query)
{
    Reader reader(query);
    for (const QString& file : files)
        reader.readFile(file, true, 0);
    return reader.result();
}

QString expandSshPath(const QString& path, const SshTokens& tokens)
{
    QString expanded = path;
    if (expanded == u"~" || expanded.startsWith(u"~/"_s))
        expanded = tokens.home + expanded.mid(1);
    QString result;
    for (qsizetype i = 0; i < expanded.size(); ++i) {
        if (expanded[i] != u'%' || i + 1 == expanded.size()) {
            result += expanded[i];
            continue;
        }
        switch (expanded[++i].unicode()) {
        case u'%':
            result += u'%';
            break;
        case u'h':
            result += tokens.host;
            break;
        case u'p':
            result += tokens.port;
            break;
        case u'r':
            result += tokens.remoteUser;
            break;
        case u'u':
            result += tokens.localUser;
            break;
        case u'd':
            result += tokens.home;
            break;
        case u'n':
            result += tokens.alias;
            break;
        default:
            result += u'%';
            result += expanded[i];
        }
    }
    return result;
}

} // namespace gapless
