// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/context.h"
#include "engine/journal/journal.h"
#include "engine/model/clock.h"
#include "engine/model/target.h"
#include "engine/remote/hostkeys.h"
#include "engine/remote/secrets.h"
#include "engine/remote/sshhost.h"
#include "engine/store/systemkeychain.h"
#include "engine/store/targetstore.h"
#include "engine/witness/witness.h"

#include <atomic>
#include <memory>
#include <mutex>

namespace gapless {

class Session;

/// Secrets for SSH: the keychain's first, then a person's at the terminal.
class AskedSecrets : public Secrets {
public:
    explicit AskedSecrets(Session& session, Console& console)
        : m_session(session)
        , m_console(console)
    {
    }
    std::optional<Secret> secret(const SecretRequest& request, std::stop_token stop) override;

private:
    Session& m_session;
    Console& m_console;
};

/// What the commands of one call of gaplessctl share: the data folder, the journal, the hosts of a
/// target. Made on the main thread, used on the command's.
class Session {
public:
    Session(Console& console, const Options& options);
    ~Session();

    Clock& clock() { return m_clock; }
    QString dataFolder() const { return m_dataFolder; }
    TargetStore& targets() { return m_targets; }
    /// The desktop's, made when it is first asked for. Any thread.
    Keychain& keychain();
    /// Opened when it is first asked for. Errors: as Journal.
    Journal& journal();
    /// The saved target, or the file's. Errors: Usage, TargetUnknown, FileUnreadable and those of
    /// targetFromJson.
    Target target(const TargetOptions& options);
    /// The target's hosts over SSH; nothing is connected yet.
    Hosts& hosts(const Target& target, const TargetOptions& options);

    /// The values of the target's secretEnv: the keychain's, else a person's. Error
    /// CredentialMissing.
    QMap<QString, QByteArray> secretEnv(const Target& target, std::stop_token stop);
    /// The clients that are to watch it; null where the target has none.
    std::unique_ptr<Witness> witness(const Target& target, Hosts& hosts);

    /// How far the run of this call has come, for what a cancel would do now. Any thread.
    enum class Stage { None, Looking, Changing, PastReturn, Finished };
    Stage stage() const { return m_stage; }
    /// Follows the events of the run.
    void follow(const Event& event);

private:
    Console& m_console;
    SystemClock m_clock;
    QString m_dataFolder;
    TargetStore m_targets;
    std::once_flag m_keychainMade;
    std::unique_ptr<SystemKeychain> m_keychain;
    std::unique_ptr<Journal> m_journal;
    AskedSecrets m_secrets;
    std::unique_ptr<HostKeyDecider> m_hostKeys;
    std::unique_ptr<SshHosts> m_hosts;
    std::atomic<Stage> m_stage = Stage::None;
};

} // namespace gapless
