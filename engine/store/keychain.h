// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/secret.h"

#include <QString>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>

namespace gapless {

/// Names of entries that are not an SSH host's. Those of hosts (`deploy@192.0.2.10`,
/// `sudo:deploy@192.0.2.10`, `key:~/.ssh/id_ed25519`) are SecretRequest::name's (engine/remote).
QString credentialForVariable(
    const QString& target, const QString& variable); ///< `env:chat/DB_PASSWORD`
QString credentialForToken(const QString& name); ///< `token:chat-probe`

/// Where secrets are kept from one run to the next. Every member blocks, may be called from any
/// thread, and throws Cancelled when `stop` is requested. Error KeychainUnavailable {backend, why}:
/// `none` (there is no keychain, or it cannot be reached), `denied` (locked, or a person said no),
/// `timeout` (an unlock prompt that nobody answered).
class Keychain {
public:
    virtual ~Keychain() = default;
    /// Nothing where there is no such entry.
    virtual std::optional<Secret> read(const QString& name, std::stop_token stop = {}) = 0;
    virtual void write(const QString& name, const Secret& secret, std::stop_token stop = {}) = 0;
    /// Also where there is no such entry.
    virtual void remove(const QString& name, std::stop_token stop = {}) = 0;
    /// Which keychain this is, as an identifier: `secretService`, `kwallet`, `gnomeKeyring`,
    /// `memory`.
    virtual QString backend() const = 0;
};

/// Secrets for this run only; what it does not have it asks of the keychain behind it, if any.
class MemoryKeychain final : public Keychain {
public:
    explicit MemoryKeychain(Keychain* behind = nullptr)
        : m_behind(behind)
    {
    }
    std::optional<Secret> read(const QString& name, std::stop_token stop = {}) override;
    void write(const QString& name, const Secret& secret, std::stop_token stop = {}) override;
    /// From here only.
    void remove(const QString& name, std::stop_token stop = {}) override;
    QString backend() const override;

private:
    Keychain* m_behind;
    std::mutex m_mutex;
    std::map<QString, Secret> m_secrets;
};

} // namespace gapless
