// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/secret.h"

#include <QString>
#include <optional>
#include <stop_token>

namespace gapless {

/// A secret that an SSH host needs.
struct SecretRequest {
    enum class What { Password, Passphrase, Sudo, Answer };
    What what = What::Password;
    QString host; ///< its name in the target
    QString user;
    QString address;
    int port = 22;
    QString file; ///< Passphrase: the private key, as the target or ssh_config writes it
    QString prompt; ///< Answer: what the server asks (keyboard-interactive); its text, untrusted
    bool echo = false; ///< Answer: what is typed may be shown
    int attempt = 0; ///< how many answers to this very request were refused before

    /// Under which name `gaplessctl credential set` and the keychain know it: `deploy@192.0.2.10`
    /// (`:port` where it is not 22), `sudo:deploy@192.0.2.10`, `key:~/.ssh/id_ed25519`. The same
    /// login has the same name in every target. A server's prompt that does not ask for the
    /// password has none, since its answer (a one-time code) is not to be kept.
    QString name() const;
};

/// Where passwords and passphrases come from: the keychain, a terminal, a dialog.
class Secrets {
public:
    virtual ~Secrets() = default;
    /// The same request comes again with every new connection, and with every command that needs
    /// sudo's password: whoever asks a person remembers the answer until a higher `attempt` shows
    /// that it was wrong. Blocks until it is there; nothing where it is not known and nobody can be
    /// asked, or where `stop` was requested. An implementation that can only look things up answers
    /// nothing to `attempt` > 0, since the same wrong answer again would only count as another
    /// failed login. Called on the I/O thread of the host, or on the thread that runs a command;
    /// never on two threads for one host at a time.
    virtual std::optional<Secret> secret(const SecretRequest& request, std::stop_token stop) = 0;
};

} // namespace gapless
