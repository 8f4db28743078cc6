// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/error.h"
#include "engine/remote/sshagent.h"
#include "engine/remote/sshkey_p.h"
#include "engine/remote/sshsession_p.h"

#include <functional>

namespace gapless {

/// One login on one session, from the first question to the last factor.
class Login {
public:
    Login(ssh_session session, const SshRoute& route, std::chrono::milliseconds deadline,
        Secrets& secrets, const std::stop_token& stop)
        : m_session(session)
        , m_route(route)
        , m_deadline(deadline)
        , m_user(route.user.toStdString())
        , m_secrets(secrets)
        , m_stop(stop)
    {
    }
    void run();

private:
    using Clock = std::chrono::steady_clock;
    /// How often a wrong password or passphrase may be given again.
    static constexpr int attempts = 3;
    enum class Outcome { Accepted, Partial, Denied };
    struct Method {
        int mask;
        Outcome (Login::*tryIt)();
    };
    QList<Method> chosenMethods(int offered) const;
    QList<Method> otherMethods() const;
    Outcome tryOffered();

    Outcome tryAgent();
    Outcome tryKeys();
    Outcome tryKey(const SshRoute::KeyFile& file);
    Outcome tryPassword();
    Outcome tryKeyboard();
    Outcome answerKeyboard(int attempt);
    /// Whether the server would take it.
    Outcome offer(const SshKey& publicKey);
    Outcome sign(const SshKey& privateKey);
    Outcome signWithAgent(const QByteArray& blob);
    Outcome signWithFile(const SshRoute::KeyFile& file);

    /// The server's answer to what `call` sends; throws where there is none.
    Outcome outcomeOf(const std::function<int()>& call);
    /// The same before it is judged: a libssh status, and never SSH_AUTH_AGAIN.
    int statusOf(const std::function<int()>& call);
    void waitForServer(Clock::time_point deadline);
    SshAgent* agent();
    const QList<SshAgent::Key>& agentKeys();
    bool agentHas(const QByteArray& blob);
    std::optional<Secret> ask(SecretRequest request);
    SecretRequest request(SecretRequest::What what, int attempt) const;
    QString keyboardPrompt(unsigned index, bool& echo) const;
    Error refused() const;

    const ssh_session m_session;
    const SshRoute& m_route;
    const std::chrono::milliseconds m_deadline; ///< of one answer of the server
    const std::string m_user;
    Secrets& m_secrets;
    const std::stop_token m_stop;
    std::unique_ptr<SshAgent> m_agent;
    bool m_agentAsked = false;
    std::optional<QList<SshAgent::Key>> m_agentKeys;
    bool m_partial = false;
    QStringList m_tried;
    QStringList m_offered;
    std::optional<Error> m_problem; ///< what explains a refusal better than the refusal itself
};

} // namespace gapless
