// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>

namespace gapless {

/// A site's users: gapless-load in a process of its own, from now until stop().
class SiteUsers {
public:
    /// `program` is gapless-load, `url` the site, `what` its other words: --gets 200 …
    SiteUsers(const QString& program, const QString& url, const QStringList& what)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(program,
            QStringList {QStringLiteral("--url"), url, QStringLiteral("--until-eof")} + what);
        m_started = m_process.waitForStarted();
    }

    /// Waits until they have sent something, so that what follows happens to users who are there;
    /// false where they never did. Needs `--every` among the words.
    bool waitUntilThere(const QString& kind)
    {
        while (m_started && m_process.waitForReadyRead(deadlineMs)) {
            while (m_process.canReadLine()) {
                const auto seen = QJsonDocument::fromJson(m_process.readLine()).object();
                if (seen[kind][QStringLiteral("sent")].toInt() > 0)
                    return true;
            }
        }
        return false;
    }

    /// What they saw: an object a kind of request (gets, posts, longPosts); empty where the program
    /// did not run to its end.
    QJsonObject stop()
    {
        m_process.closeWriteChannel();
        if (!m_started || !m_process.waitForFinished(deadlineMs))
            return {};
        const QByteArray last = m_process.readAllStandardOutput().trimmed().split('\n').last();
        return QJsonDocument::fromJson(last).object();
    }

private:
    static constexpr int deadlineMs = 120'000;
    QProcess m_process;
    bool m_started = false;
};

/// The load check: how many requests of `kind` failed, -1 where none was sent, which proves
/// nothing.
inline int failedOf(const QJsonObject& seen, const QString& kind)
{
    const QJsonObject requests = seen[kind].toObject();
    return requests[QStringLiteral("sent")].toInt() > 0
        ? requests[QStringLiteral("failed")].toInt(-1)
        : -1;
}

} // namespace gapless
