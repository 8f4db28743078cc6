// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/filedescriptor.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace gapless {

/// The user's ssh-agent, asked directly, and an agent of our own before it that shows libssh
/// exactly one of its keys at a time. libssh itself would offer all of them in the agent's order,
/// and a server hangs up after a few (MaxAuthTries is 6).
class SshAgent {
public:
    struct Key {
        QByteArray blob; ///< the public key as on the wire
        QString comment;
    };
    /// Connects to the agent's socket; nothing where none answers there.
    static std::unique_ptr<SshAgent> connect(const QString& socketPath);
    ~SshAgent();

    /// Its keys; none where it is locked. Asks the agent.
    QList<Key> keys();
    /// The key that the descriptor of libsshEnd() shows from now on.
    void show(const QByteArray& blob);
    /// The socket to hand to ssh_set_agent_socket(), once; libssh closes it.
    int takeLibsshEnd() { return m_libsshEnd.release(); }
    /// Ends every wait, of the agent for its user too. From any thread.
    void abort();

private:
    explicit SshAgent(FileDescriptor agent);
    void serve();
    std::optional<QByteArray> ask(const QByteArray& request);
    QByteArray answer(const QByteArray& request);

    FileDescriptor m_agent;
    FileDescriptor m_ourEnd;
    FileDescriptor m_libsshEnd;
    std::mutex m_mutex; ///< one question at a time on m_agent, and m_shown
    QByteArray m_shown;
    std::thread m_thread;
};

} // namespace gapless
