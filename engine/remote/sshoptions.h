// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>
#include <chrono>

namespace gapless {

/// What is the same for every host of this machine's user. The defaults are a person's own; tests
/// put files of their own here. `~` is the home folder.
struct SshOptions {
    QString config = QStringLiteral("~/.ssh/config");
    QString systemConfig = QStringLiteral("/etc/ssh/ssh_config");
    QString knownHosts = QStringLiteral("~/.ssh/known_hosts"); ///< ssh_config's own wins
    QString systemKnownHosts = QStringLiteral("/etc/ssh/ssh_known_hosts");
    /// Tried in this order where neither the target nor ssh_config names a key.
    QStringList defaultKeys {QStringLiteral("~/.ssh/id_ed25519"), QStringLiteral("~/.ssh/id_ecdsa"),
        QStringLiteral("~/.ssh/id_rsa")};
    QString agentSocket
        = qEnvironmentVariable("SSH_AUTH_SOCK"); ///< ssh_config's IdentityAgent wins
    std::chrono::milliseconds connectDeadline
        = std::chrono::seconds(10); ///< a hop, without questions
    std::chrono::milliseconds authDeadline = std::chrono::seconds(30); ///< an answer of the server
    /// After this much silence the server is asked for a sign of life, after three times as much it
    /// is taken for gone.
    std::chrono::milliseconds heartbeat = std::chrono::seconds(15);
    /// Commands at a time on one connection; further ones wait. sshd's MaxSessions is 10.
    int commands = 8;
};

} // namespace gapless
