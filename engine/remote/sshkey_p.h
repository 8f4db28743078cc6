// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>
#include <libssh/libssh.h>
#include <memory>

namespace gapless {

struct SshKeyFree {
    void operator()(ssh_key key) const { ssh_key_free(key); }
};
using SshKey = std::unique_ptr<ssh_key_struct, SshKeyFree>;

/// A private key file, as far as it could be read.
struct PrivateKey {
    enum State { Open, Locked, Missing, Unusable };
    State state = Missing;
    SshKey key;
};

/// `passphrase` may be null; Locked then means that it needs one, else that it was wrong.
PrivateKey readPrivateKey(const QString& path, const char* passphrase);

/// The public half of a private key file, from `path.pub` or from the file itself where its format
/// shows it (OpenSSH's own does, even with a passphrase). Empty where neither is there.
QByteArray publicBlobOf(const QString& path);

/// Null where libssh does not know the type.
SshKey publicKeyOf(const QByteArray& blob);

/// `path-cert.pub` where there is one, else empty.
QString certificateOf(const QString& path);

/// Adds an OpenSSH certificate to a private key; false where they do not belong together.
bool addCertificate(const SshKey& key, const QString& certificatePath);

} // namespace gapless
