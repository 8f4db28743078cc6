// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>
#include <stop_token>

namespace gapless {

/// A commit as people know it.
struct Commit {
    QString hash; ///< full
    QString subject, author;
    QDateTime at; ///< when it was committed
    QString branch; ///< the branch that was named, or the default one; empty for a bare hash or a tag
    bool isDefault = false; ///< nothing was asked for: the head of the default branch
    bool operator==(const Commit&) const = default;
};

/// A repository that releases are built from, read by the git command: the user's own settings,
/// key agent and credential helpers hold; nothing is ever asked. A local one is only read; of a URL
/// a bare copy is kept in `cache`. Errors of all: GitMissing, RepositoryUnusable; Cancelled.
class GitRepository {
public:
    /// `location`: a path or a URL. Error Usage where the URL holds a password.
    GitRepository(QString location, const QString& cache);

    const QString& location() const { return m_location; }
    bool isLocal() const { return m_local; }
    /// The commit of a branch, a tag or a hash; empty: the head of the default branch (of a local
    /// one: what is checked out). Of a URL this fetches. Error RevisionUnknown.
    Commit resolve(const QString& revision, std::stop_token stop);
    /// Whether a local checkout has changes that no commit holds.
    bool isDirty(std::stop_token stop) const;
    /// Makes `folder` (new) a clean checkout of that commit, submodules too. After resolve().
    void checkOut(const Commit& commit, const QString& folder, std::stop_token stop) const;
    /// What `to` has that `from` has not, newest first, `limit` at most; nothing where either is
    /// not known here.
    QList<Commit> between(
        const QString& from, const QString& to, int limit, std::stop_token stop) const;

private:
    QByteArray git(const QStringList& words, std::stop_token stop) const;
    bool gitSays(const QStringList& words, QByteArray& out, std::stop_token stop) const;
    void fetch(std::stop_token stop);
    QString branchOf(const QString& revision, std::stop_token stop) const;

    QString m_location;
    bool m_local = false;
    QString m_folder; ///< where git reads: the local one, or our copy
};

} // namespace gapless
