// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>
#include <memory>

namespace gapless {

/// The demo's chat site, published once into the build folder, and a Redis of its own on loopback.
/// What it starts ends with it.
class ChatSite {
public:
    /// Publishes where the sources have changed; fetches from NuGet and npm. Throws
    /// std::runtime_error with the tail of what the failing command said.
    ChatSite();
    ~ChatSite();
    /// The folder with `node_modules`, where the official JavaScript client's programs run.
    static QString jsClientFolder();

    /// One running copy of the site.
    class Slot {
    public:
        Slot(const ChatSite& site, quint16 port);
        ~Slot();
        QUrl hub() const;
        quint16 port() const { return m_port; }
        /// Starts and waits until it answers.
        void start();
        void signalled(int signal) const;
        void kill(); ///< SIGKILL, and waits for the end
        void terminate(); ///< SIGTERM, and waits for the end

    private:
        const ChatSite& m_site;
        quint16 m_port;
        std::unique_ptr<QProcess> m_process;
    };

    quint16 redisPort() const { return m_redisPort; }
    static quint16 freePort();
    const QTemporaryDir& folder() const { return m_folder; }

private:
    QTemporaryDir m_folder;
    quint16 m_redisPort = 0;
    QProcess m_redis;
};

} // namespace gapless
