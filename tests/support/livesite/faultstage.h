// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/livesite/livesite.h"

#include <optional>

namespace gapless {

/// What a rollout during which something broke has come to.
struct Ended {
    int exit = 0;
    QString outcome;
    QJsonObject seen; ///< what users noticed
    QList<QJsonObject> lines;
    QByteArray said; ///< to a person, on standard error

    bool hasWarned(const QString& check) const;
};

/// The stack's site, faults of everything beside Gapless, and what has to hold after each of them.
class FaultStage {
public:
    explicit FaultStage(const QString& stackFolder, const QString& target = QStringLiteral("target"));
    ~FaultStage();

    LiveSite site;
    Target target; ///< as the stack has it, with this stage's times
    QString old; ///< the tag that served when prepare() looked

    /// Before each test: the target as it was, the site whole.
    void prepare();
    /// After each test: whatever somebody else has done is undone.
    void cleanUp();
    /// v2 where v1 serves, else v1.
    QString next() const;

    /// Deploys under load; does `fault` when the step of the slot has begun.
    Ended deploy(const QString& tag, const QString& step = {}, const std::function<void()>& fault = {},
        const QString& slot = QStringLiteral("A"));
    Ended watched(std::unique_ptr<Ctl> ctl, const QString& step, const std::function<void()>& fault,
        const QString& slot = QStringLiteral("A"));
    std::unique_ptr<Ctl> start(const QString& tag, int desk = 0)
    {
        return site.start(QStringLiteral("deploy"), words(tag), desk);
    }
    /// A deployment with another data folder.
    Ended deployFrom(const QString& dataFolder, const QString& tag);
    /// Runs `resume` from another desk until the owner counts as dead; its exit status.
    int resume(const QStringList& how);

    enum class Users {
        NoticeNothing, ///< no GET fails
        MayNotice, ///< what broke was what served them
    };
    /// Prints the table's line. Empty when it ended with `exit`, the site is whole and serves `serves`,
    /// and users noticed what they may; else what is not so.
    QString end(const QString& failure, const Ended& ended, int exit, const QString& serves,
        Users users = Users::NoticeNothing);

    static QStringList words(const QString& tag)
    {
        return { QStringLiteral("--image"), tag, QStringLiteral("--yes"),
            QStringLiteral("--no-witness") };
    }

    // Other hands.
    void docker(const QStringList& command) { site.stack.docker(QStringLiteral("web"), command); }
    /// The slot's new container, by its temporary name.
    QString newContainer(const QString& slot);
    /// Another file that nginx reads.
    QString otherFile() const;
    void writeOtherFile(const QByteArray& bytes);
    void reloadNginx();
    /// A file system of its own that holds so many kB, over `folder` or in a new folder; what was in it
    /// is copied into it. cleanUp() takes it away.
    QString smallDisk(int kilobytes, const QString& folder = {});
    /// Leaves nothing free there.
    static void fill(const QString& folder);

private:
    QTemporaryDir m_folder;
    QStringList m_mounts;
};

} // namespace gapless
