// SPDX-License-Identifier: MIT
#include "engine/source/gitrepository.h"

#include "engine/model/error.h"
#include "engine/source/localprocess.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// One line a commit, its fields apart by a character that no subject holds.
const QString commitFormat = QStringLiteral("--format=%H%x1f%s%x1f%an <%ae>%x1f%cI");

Commit commitFrom(const QByteArray& line)
{
    const QStringList fields = QString::fromUtf8(line).split(QChar(0x1f));
    if (fields.size() != 4)
        return {};
    return {.hash = fields[0],
        .subject = fields[1],
        .author = fields[2],
        .at = QDateTime::fromString(fields[3], Qt::ISODate).toUTC()};
}

LocalResult runGit(const QStringList& words, const QString& folder, std::stop_token stop)
{
    LocalCommand command {.words = QStringList {u"git"_s, u"--no-pager"_s} + words};
    command.folder = folder;
    command.environment = {{u"GIT_TERMINAL_PROMPT"_s, u"0"_s}, {u"LC_ALL"_s, u"C"_s},
        // Reading a status must not write the user's index.
        {u"GIT_OPTIONAL_LOCKS"_s, u"0"_s}};
    if (!qEnvironmentVariableIsSet("GIT_SSH_COMMAND") && !qEnvironmentVariableIsSet("GIT_SSH"))
        command.environment[u"GIT_SSH_COMMAND"_s] = u"ssh -o BatchMode=yes"_s;
    const LocalResult result = runLocally(command, stop);
    if (!result.started)
        throw Error(ErrorKind::GitMissing);
    return result;
}

bool isUrl(const QString& location)
{
    // `host:path` is one too, as for git, unless a slash comes before the colon.
    const qsizetype colon = location.indexOf(u':');
    return location.contains("://"_L1)
        || (colon > 0 && !location.left(colon).contains(u'/') && !QFileInfo::exists(location));
}

} // namespace

GitRepository::GitRepository(QString location, const QString& cache)
    : m_location(std::move(location))
    , m_local(!isUrl(m_location))
{
    if (m_location.startsWith(u'-'))
        throw Error(ErrorKind::RepositoryUnusable, {{u"repository"_s, m_location}});
    if (m_local) {
        m_folder = m_location = QDir::cleanPath(QDir::current().absoluteFilePath(m_location));
        return;
    }
    if (!QUrl(m_location).password().isEmpty())
        throw Error(ErrorKind::Usage,
            {{u"text"_s,
                u"a URL must not hold a password; git's credential helper keeps it"_s}});
    const QByteArray name
        = QCryptographicHash::hash(m_location.toUtf8(), QCryptographicHash::Sha256).toHex();
    m_folder = cache + u'/' + QString::fromLatin1(name.left(32)) + u".git"_s;
}

bool GitRepository::gitSays(const QStringList& words, QByteArray& out, std::stop_token stop) const
{
    const LocalResult result = runGit(QStringList {u"-C"_s, m_folder} + words, {}, stop);
    out = result.out.trimmed();
    return result.ok();
}

QByteArray GitRepository::git(const QStringList& words, std::stop_token stop) const
{
    const LocalResult result = runGit(QStringList {u"-C"_s, m_folder} + words, {}, stop);
    if (!result.ok())
        throw Error(ErrorKind::RepositoryUnusable, {{u"repository"_s, m_location}},
            QString::fromUtf8(result.err.right(2000)).trimmed());
    return result.out.trimmed();
}

void GitRepository::fetch(std::stop_token stop)
{
    if (!QFileInfo::exists(m_folder + u"/HEAD"_s)) {
        QDir().mkpath(m_folder);
        git({u"init"_s, u"--quiet"_s, u"--bare"_s}, stop);
    }
    git({u"fetch"_s, u"--quiet"_s, u"--prune"_s, u"--force"_s, u"--"_s, m_location,
            u"+refs/heads/*:refs/heads/*"_s, u"+refs/tags/*:refs/tags/*"_s},
        stop);
    // `ref: refs/heads/main<TAB>HEAD`: its default branch becomes our copy's.
    const QByteArray heads
        = git({u"ls-remote"_s, u"--symref"_s, u"--"_s, m_location, u"HEAD"_s}, stop);
    for (const QByteArray& line : heads.split('\n'))
        if (line.startsWith("ref: "))
            git({u"symbolic-ref"_s, u"HEAD"_s,
                    QString::fromUtf8(line.mid(5).split('\t').constFirst())},
                stop);
}

QString GitRepository::branchOf(const QString& revision, std::stop_token stop) const
{
    QByteArray name;
    const QString asked = revision.isEmpty() ? u"HEAD"_s : revision;
    if (!gitSays({u"rev-parse"_s, u"--symbolic-full-name"_s, u"--verify"_s, u"--quiet"_s, asked},
            name, stop)
        || !name.startsWith("refs/heads/"))
        return {};
    return QString::fromUtf8(name.mid(11));
}

Commit GitRepository::resolve(const QString& revision, std::stop_token stop)
{
    if (!m_local)
        fetch(stop);
    else
        git({u"rev-parse"_s, u"--git-dir"_s}, stop);
    const Error unknown(ErrorKind::RevisionUnknown,
        {{u"revision"_s, revision}, {u"repository"_s, m_location}});
    if (revision.startsWith(u'-'))
        throw unknown;
    const QString asked = revision.isEmpty() ? u"HEAD"_s : revision;
    QByteArray hash;
    bool known = gitSays(
        {u"rev-parse"_s, u"--verify"_s, u"--quiet"_s, asked + u"^{commit}"_s}, hash, stop);
    // What is only on a remote's branch in a clone is named without the remote's name, too.
    if (!known && !revision.isEmpty())
        known = gitSays({u"rev-parse"_s, u"--verify"_s, u"--quiet"_s,
                            u"refs/remotes/origin/%1^{commit}"_s.arg(asked)},
            hash, stop);
    if (!known)
        throw unknown;
    Commit commit = commitFrom(
        git({u"log"_s, u"-1"_s, commitFormat, QString::fromLatin1(hash), u"--"_s}, stop));
    commit.branch = branchOf(revision, stop);
    commit.isDefault = revision.isEmpty();
    return commit;
}

bool GitRepository::isDirty(std::stop_token stop) const
{
    QByteArray inside;
    if (!m_local || !gitSays({u"rev-parse"_s, u"--is-inside-work-tree"_s}, inside, stop)
        || inside != "true")
        return false;
    QByteArray changes;
    return gitSays({u"status"_s, u"--porcelain"_s}, changes, stop) && !changes.isEmpty();
}

void GitRepository::checkOut(
    const Commit& commit, const QString& folder, std::stop_token stop) const
{
    const auto run = [&](const QStringList& words, const QString& where) {
        const LocalResult result = runGit(words, where, stop);
        if (!result.ok())
            throw Error(ErrorKind::RepositoryUnusable, {{u"repository"_s, m_location}},
                QString::fromUtf8(result.err.right(2000)).trimmed());
    };
    // A clone of its own that borrows the objects: a worktree would be written down in the user's
    // repository.
    run({u"clone"_s, u"--quiet"_s, u"--shared"_s, u"--no-checkout"_s, u"--"_s, m_folder, folder},
        {});
    run({u"-c"_s, u"advice.detachedHead=false"_s, u"checkout"_s, u"--quiet"_s, u"--force"_s,
            u"--detach"_s, commit.hash},
        folder);
    if (QFileInfo::exists(folder + u"/.gitmodules"_s)) {
        // Relative submodule URLs start from where the repository really is.
        if (!m_local)
            run({u"remote"_s, u"set-url"_s, u"origin"_s, m_location}, folder);
        run({u"submodule"_s, u"update"_s, u"--quiet"_s, u"--init"_s, u"--recursive"_s}, folder);
    }
}

QList<Commit> GitRepository::between(
    const QString& from, const QString& to, int limit, std::stop_token stop) const
{
    QByteArray lines;
    if (from.startsWith(u'-') || to.startsWith(u'-')
        || !gitSays({u"log"_s, u"--max-count=%1"_s.arg(limit), commitFormat,
                        u"%1..%2"_s.arg(from, to), u"--"_s},
            lines, stop))
        return {};
    QList<Commit> commits;
    for (const QByteArray& line : lines.split('\n'))
        if (const Commit commit = commitFrom(line); !commit.hash.isEmpty())
            commits.append(commit);
    return commits;
}

} // namespace gapless
