// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/question.h"
#include "engine/remote/hostkeys.h"
#include "engine/remote/secrets.h"
#include "engine/store/keychain.h"

#include <QObject>
#include <map>

namespace gapless {

using SecretQuestion = std::shared_ptr<Question<Secret>>;
using HostKeyQuestion = std::shared_ptr<Question<bool>>;

/// How the window asks a person. Both are called on the window's thread, return at once (a dialog
/// is opened there) and see to it that the question is answered or dismissed. Without one, nothing
/// is asked and the answer is "not known".
struct Prompts {
    std::function<void(const SecretRequest&, SecretQuestion)> secret;
    std::function<void(const UnknownHostKey&, HostKeyQuestion)> hostKey;
};

/// Secrets for SSH: what this run has been told, the keychain's, then a person's at the window.
/// Called on the hosts' I/O threads; an answer is remembered for as long as the program runs.
class WindowSecrets : public Secrets {
public:
    /// `onWindow` lives on the window's thread.
    WindowSecrets(QObject* onWindow, Keychain& keychain, const Prompts& prompts)
        : m_onWindow(onWindow)
        , m_keychain(keychain)
        , m_prompts(prompts)
    {
    }
    std::optional<Secret> secret(const SecretRequest& request, std::stop_token stop) override;

private:
    std::optional<Secret> remembered(const QString& name);
    void remember(const QString& name, const Secret& secret);

    QObject* const m_onWindow;
    Keychain& m_keychain;
    const Prompts& m_prompts;
    std::mutex m_mutex;
    std::map<QString, Secret> m_remembered;
};

/// Asks the person at the window whether an unknown host key is to be trusted.
class WindowHostKeys : public HostKeyDecider {
public:
    WindowHostKeys(QObject* onWindow, const Prompts& prompts)
        : m_onWindow(onWindow)
        , m_prompts(prompts)
    {
    }
    bool accept(const UnknownHostKey& key, std::stop_token stop) override;

private:
    QObject* const m_onWindow;
    const Prompts& m_prompts;
};

} // namespace gapless
