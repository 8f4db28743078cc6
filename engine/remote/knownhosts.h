// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace gapless {

/// One key of a known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT").
struct KnownHostKey {
    enum class Marker { None, Revoked, CertAuthority };
    Marker marker = Marker::None;
    QByteArray hosts; ///< patterns, or one hashed name
    QByteArray type;
    QByteArray blob; ///< the public key as on the wire
    int line = 0;

    /// Whether the line speaks of `host`, which is `name` or `[name]:port` in lower case.
    bool names(const QByteArray& host) const;
};

/// Every line that holds a key; comments and what cannot be read are left out, as ssh does.
QList<KnownHostKey> parseKnownHosts(const QByteArray& text);

/// A line for a known_hosts file. With a salt of 20 random bytes the name is hashed.
QByteArray knownHostsLine(
    const QByteArray& host, const QByteArray& blob, const QByteArray& salt = {});

/// The key type that a public key begins with: `ssh-ed25519` and the like.
QByteArray keyTypeOf(const QByteArray& blob);

/// `SHA256:…` as ssh-keygen prints it.
QString fingerprintOf(const QByteArray& blob);

} // namespace gapless
