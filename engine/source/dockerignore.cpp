// SPDX-License-Identifier: MIT
#include "engine/source/dockerignore.h"

#include "engine/model/error.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// `**` as far as it reaches from `at`, which is left on its last character.
QString acrossFolders(const QString& pattern, qsizetype& at)
{
    ++at;
    if (at + 1 < pattern.size() && pattern[at + 1] == u'/')
        ++at;
    return at + 1 == pattern.size() ? u".*"_s : u"(.*/)?"_s;
}

/// A class such as `[a-z]` or `[^a-z]`; Go writes them as regular expressions do. False where it is
/// not closed.
bool appendClass(const QString& pattern, qsizetype& at, QString& regex)
{
    const qsizetype end = pattern.indexOf(u']', at + 1);
    if (end < 0)
        return false;
    regex += pattern.mid(at, end - at + 1);
    at = end;
    return true;
}

/// The regular expression of one pattern; nothing where it is none.
QRegularExpression regexOf(const QString& pattern)
{
    QString regex;
    for (qsizetype at = 0; at < pattern.size(); ++at) {
        const QChar c = pattern[at];
        if (c == u'*' && at + 1 < pattern.size() && pattern[at + 1] == u'*') {
            regex += acrossFolders(pattern, at);
        } else if (c == u'*') {
            regex += u"[^/]*"_s;
        } else if (c == u'?') {
            regex += u"[^/]"_s;
        } else if (c == u'[') {
            if (!appendClass(pattern, at, regex))
                return QRegularExpression(u"["_s); // not valid, which is what is asked for
        } else {
            // A backslash takes the next character as it is; one at the end is itself.
            if (c == u'\\' && at + 1 < pattern.size())
                ++at;
            regex += QRegularExpression::escape(pattern.mid(at, 1));
        }
    }
    return QRegularExpression(
        u"\\A(?:%1)\\z"_s.arg(regex), QRegularExpression::DotMatchesEverythingOption);
}

QString literalStart(const QString& pattern)
{
    static const QRegularExpression wildcard(u"[*?\\[\\\\]"_s);
    const qsizetype at = pattern.indexOf(wildcard);
    return at < 0 ? pattern : pattern.left(at);
}

} // namespace

DockerIgnore::DockerIgnore(const QByteArray& text, const QString& file)
{
    QString all = QString::fromUtf8(text);
    if (all.startsWith(QChar::ByteOrderMark))
        all.remove(0, 1);
    int number = 0;
    for (const QString& raw : all.split(u'\n')) {
        ++number;
        QString line = raw.startsWith(u'#') ? QString() : raw.trimmed();
        const bool takesBack = line.startsWith(u'!');
        if (takesBack)
            line = line.mid(1).trimmed();
        const auto wrong = [&] {
            return Error(ErrorKind::FieldWrong,
                {{u"path"_s, u"%1:%2"_s.arg(file).arg(number)}, {u"expected"_s, u"a pattern"_s}});
        };
        if (line.isEmpty()) {
            if (takesBack)
                throw wrong();
            continue;
        }
        line = QDir::cleanPath(line);
        while (line.size() > 1 && line.startsWith(u'/'))
            line.remove(0, 1);
        Pattern pattern {regexOf(line), takesBack, literalStart(line)};
        if (!pattern.regex.isValid())
            throw wrong();
        m_patterns.append(std::move(pattern));
    }
}

DockerIgnore::Verdict DockerIgnore::look(const QString& path, const Matches& parent) const
{
    Verdict verdict;
    verdict.matches.resize(m_patterns.size());
    for (qsizetype i = 0; i < m_patterns.size(); ++i) {
        const Pattern& pattern = m_patterns[i];
        const bool inherited = !parent.isEmpty() && parent[i];
        // One that could change nothing as things stand is not asked.
        if (!inherited && pattern.takesBack != verdict.excluded)
            continue;
        verdict.matches[i] = inherited || pattern.regex.match(path).hasMatch();
        if (verdict.matches[i])
            verdict.excluded = !pattern.takesBack;
    }
    return verdict;
}

bool DockerIgnore::mayTakeBackBelow(const QString& folder) const
{
    const QString inside = folder + u'/';
    return std::any_of(m_patterns.begin(), m_patterns.end(), [&](const Pattern& pattern) {
        return pattern.takesBack
            && (pattern.literal.startsWith(inside) || inside.startsWith(pattern.literal));
    });
}

} // namespace gapless
