// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

namespace gapless {

/// What ssh_config says of one host, as far as libssh does not see to it: it keeps some of these to
/// itself, ignores others, and turns ProxyJump into a call of the `ssh` program.
struct SshConfig {
    QString hostName, user;
    int port = 0; ///< 0: not said
    QStringList identityFiles; ///< `none` among them: no usual ones either
    bool identitiesOnly = false;
    std::optional<QString> identityAgent; ///< as written
    QString hostKeyAlias;
    QString proxyJump, proxyCommand; ///< at most one; `none` is left out
    QStringList userKnownHosts, globalKnownHosts;
    bool hashKnownHosts = false;
    bool ciphers = false; ///< some are named
    bool operator==(const SshConfig&) const = default;
};

/// What a lookup starts from.
struct SshConfigQuery {
    QString alias; ///< what `Host` lines are compared with
    QString user; ///< who logs in, for `Match user`; empty: the file's `User`, else the local one
    QString localUser;
    QString home; ///< replaces `~` and `%d`
};

/// Reads the files in that order as ssh_config(5) says: the first value found counts. Understands
/// Host, Match (all, host, originalhost, user, localuser; a block with another criterion, `exec`
/// among them, does not match), Include, quotes and `key=value`. A file that is not there says
/// nothing. Error SshConfigBroken {file, line} for a line that ssh would refuse as well.
SshConfig readSshConfig(const QStringList& files, const SshConfigQuery& query);

/// What stands for `%h %p %r %u %d %n`.
struct SshTokens {
    QString host {}, port {}, remoteUser {}, localUser {}, home {}, alias {};
};

/// Replaces these, `%%`, and `~` at the start.
QString expandSshPath(const QString& path, const SshTokens& tokens);

} // namespace gapless
