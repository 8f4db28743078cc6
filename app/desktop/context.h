// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/asking.h"
#include "app/desktop/background.h"
#include "app/desktop/theme.h"
#include "app/wording/language.h"
#include "engine/journal/journal.h"
#include "engine/model/clock.h"
#include "engine/model/target.h"
#include "engine/remote/sshhost.h"
#include "engine/store/settings.h"
#include "engine/store/systemkeychain.h"
#include "engine/store/targetstore.h"
#include "engine/witness/witness.h"

#include <QObject>
#include <functional>
#include <memory>
#include <mutex>

namespace gapless {

/// What the parts of the window share: the data folder and what is in it, the keychain, the hosts
/// of a target, language and colours. Made on the window's thread and outlives every window.
class DesktopContext : public QObject {
    Q_OBJECT
public:
    /// `folder`: see dataDir(). `keychain`: a test's; null: the desktop's.
    explicit DesktopContext(QString folder, std::unique_ptr<Keychain> keychain = nullptr);
    ~DesktopContext() override;

    const QString& dataFolder() const { return m_folder; }
    Clock& clock() { return m_clock; }
    TargetStore& targets() { return m_targets; }
    Settings& settings() { return m_settings; }
    /// Opened when it is first asked for, by any thread. Errors: as Journal.
    Journal& journal();
    /// What is kept for this run only, and behind it the desktop's. It blocks: never call its
    /// members on the window's thread.
    MemoryKeychain& keychain() { return m_keychain; }
    /// The desktop's alone, to keep something in it.
    Keychain& systemKeychain() { return *m_system; }
    Language& language() { return m_language; }
    Theme& theme() { return m_theme; }
    /// How a person is asked for secrets and about host keys; set by who builds the dialogs.
    Prompts& prompts() { return m_prompts; }

    /// New connections to the target's hosts; nothing is connected yet. Any thread; the context
    /// outlives them.
    std::shared_ptr<Hosts> hosts(const Target& target);
    /// From now on hosts() is made by this: a test's.
    using MakeHosts = std::function<std::shared_ptr<Hosts>(const Target&)>;
    void useHosts(MakeHosts make) { m_makeHosts = std::move(make); }
    /// The values of the target's secretEnv from the keychain. Blocks. Error CredentialMissing.
    QMap<QString, QByteArray> secretEnv(const Target& target, std::stop_token stop);
    /// The clients that are to watch it; null where the target has none. Blocks. Errors: as
    /// makeSiteWitness, CredentialMissing.
    std::unique_ptr<Witness> witness(const Target& target, std::shared_ptr<Hosts> hosts);

    /// Reads the setting; `code` empty: the system's.
    void useLanguage(const QString& code);

    /// Says that targets were added, changed or removed.
    void tellTargetsChanged() { Q_EMIT targetsChanged(); }
    /// Says that the journal has something new in its list of runs.
    void tellRunsChanged() { Q_EMIT runsChanged(); }

Q_SIGNALS:
    void targetsChanged();
    void runsChanged();

private:
    const QString m_folder;
    SystemClock m_clock;
    TargetStore m_targets;
    Settings m_settings;
    std::unique_ptr<Keychain> m_system;
    MemoryKeychain m_keychain;
    Prompts m_prompts;
    WindowSecrets m_secrets;
    WindowHostKeys m_hostKeys;
    MakeHosts m_makeHosts; ///< empty: over SSH
    std::once_flag m_journalMade;
    std::unique_ptr<Journal> m_journal;
    Language m_language;
    Theme m_theme;
};

} // namespace gapless
