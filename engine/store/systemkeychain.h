// SPDX-License-Identifier: MIT
#pragma once

#include "engine/store/keychain.h"

#include <QThread>
#include <chrono>
#include <functional>
#include <memory>

namespace QKeychain {
class Job;
}

namespace gapless {

/// The desktop's keychain through QtKeychain: the Secret Service (GNOME Keyring, KeePassXC …) or
/// KWallet. Never a plain file. One object a process, for as long as it runs: QtKeychain works off
/// all of a process's jobs one by one on the thread of the first.
class SystemKeychain final : public Keychain {
public:
    /// `timeout` leaves time to type the keychain's own password where it is locked.
    explicit SystemKeychain(std::chrono::milliseconds timeout = std::chrono::seconds(60));
    ~SystemKeychain() override;

    std::optional<Secret> read(const QString& name, std::stop_token stop = {}) override;
    void write(const QString& name, const Secret& secret, std::stop_token stop = {}) override;
    void remove(const QString& name, std::stop_token stop = {}) override;
    QString backend() const override { return m_backend; }

    /// Whether it can be used at all. Asks for an entry that is not there; false after `timeout`.
    bool usable(std::stop_token stop = {});

private:
    struct Call;
    void run(std::shared_ptr<Call> call, std::stop_token stop);

    const std::chrono::milliseconds m_timeout;
    const QString m_backend;
    QThread m_thread;
    std::unique_ptr<QObject> m_onThread;
};

/// The backend that QtKeychain chooses under these circumstances; it does not say so itself.
QString likelyKeychainBackend(const QString& currentDesktop, const QString& desktopSession,
    const QString& kdeSessionVersion, bool libsecretLoads);

} // namespace gapless
