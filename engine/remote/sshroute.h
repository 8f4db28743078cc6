// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"

#include <QString>
#include <QStringList>

namespace gapless {

/// Where one connection goes and who logs in there: the target's own values, filled up from
/// ssh_config, with `~` and `%h` replaced.
struct SshRoute {
    QString host; ///< what errors and questions call it: the target's host, or a jump's address
    QString alias; ///< what the target calls the address; ssh_config's `Host` lines match it
    QString address; ///< what is connected to
    int port = 22;
    QString user;
    Auth::Method method = Auth::Method::Agent;
    /// Private keys in the order in which they are offered; only those that somebody named, or the
    /// usual ones where nobody did. As they were written, and as a path.
    struct KeyFile {
        QString written, path;
        bool operator==(const KeyFile&) const = default;
    };
    QList<KeyFile> keys;
    bool keysAreNamed = false; ///< by the target or ssh_config: a missing file is an error
    bool onlyNamedKeys = false; ///< IdentitiesOnly: of the agent's keys, only these
    QString agentSocket; ///< empty: no agent
    QString pin; ///< `SHA256:…`; empty: known_hosts decides
    QString knownAs; ///< HostKeyAlias: under this name alone in known_hosts
    QStringList knownHosts; ///< files; the first gets what is accepted
    QStringList systemKnownHosts;
    bool hashKnownHosts = false; ///< names are written as hashes
    QStringList configs; ///< ssh_config files, for libssh's own reading of algorithms
    bool ciphersChosen = false; ///< ssh_config says which
    bool operator==(const SshRoute&) const = default;

    /// As known_hosts files write it: `name`, or `[name]:port`.
    QByteArray knownHostsName() const;
};

} // namespace gapless
