// SPDX-License-Identifier: MIT
// A login's keys: the agent's, and those in files.
#include "engine/remote/sshlogin_p.h"

using namespace Qt::StringLiterals;

namespace gapless {

SshAgent* Login::agent()
{
    if (!std::exchange(m_agentAsked, true)) {
        m_agent = SshAgent::connect(m_route.agentSocket);
        if (m_agent)
            ssh_set_agent_socket(m_session, m_agent->takeLibsshEnd());
    }
    return m_agent.get();
}

const QList<SshAgent::Key>& Login::agentKeys()
{
    if (!m_agentKeys) {
        m_agentKeys.emplace();
        if (SshAgent* const known = agent()) {
            const std::stop_callback abort(m_stop, [known] { known->abort(); });
            m_agentKeys = known->keys();
        }
    }
    return *m_agentKeys;
}

bool Login::agentHas(const QByteArray& blob)
{
    for (const SshAgent::Key& key : agentKeys())
        if (key.blob == blob)
            return true;
    return false;
}

Login::Outcome Login::offer(const SshKey& publicKey)
{
    return outcomeOf(
        [&] { return ssh_userauth_try_publickey(m_session, m_user.c_str(), publicKey.get()); });
}

Login::Outcome Login::sign(const SshKey& privateKey)
{
    return outcomeOf(
        [&] { return ssh_userauth_publickey(m_session, m_user.c_str(), privateKey.get()); });
}

Login::Outcome Login::signWithAgent(const QByteArray& blob)
{
    SshAgent* const signer = agent();
    const std::stop_callback abort(m_stop, [signer] { signer->abort(); });
    signer->show(blob);
    return outcomeOf([&] { return ssh_userauth_agent(m_session, m_user.c_str()); });
}

Login::Outcome Login::tryAgent()
{
    if (agentKeys().isEmpty()) {
        if (m_route.method == Auth::Method::Agent)
            m_problem = Error(agent() ? ErrorKind::AgentEmpty : ErrorKind::AgentUnavailable,
                {{u"socket"_s, m_route.agentSocket}});
        return Outcome::Denied;
    }
    // Those that somebody named come first, whatever the agent's order.
    QList<QByteArray> named;
    for (const SshRoute::KeyFile& file : m_route.keys)
        named << publicBlobOf(file.path);
    QList<QByteArray> blobs;
    for (const QByteArray& blob : named)
        if (!blob.isEmpty() && agentHas(blob))
            blobs << blob;
    for (const SshAgent::Key& key : agentKeys())
        if (!named.contains(key.blob) && !m_route.onlyNamedKeys)
            blobs << key.blob;
    m_tried << u"agent"_s;
    for (const QByteArray& blob : blobs) {
        const SshKey key = publicKeyOf(blob);
        if (!key)
            continue; // of a type that libssh does not know
        if (offer(key) == Outcome::Denied)
            continue;
        const Outcome outcome = signWithAgent(blob);
        if (outcome != Outcome::Denied)
            return outcome;
    }
    return Outcome::Denied;
}

Login::Outcome Login::tryKeys()
{
    for (const SshRoute::KeyFile& file : m_route.keys) {
        const Outcome outcome = tryKey(file);
        if (outcome != Outcome::Denied)
            return outcome;
    }
    return Outcome::Denied;
}

Login::Outcome Login::tryKey(const SshRoute::KeyFile& file)
{
    const QByteArray blob = publicBlobOf(file.path);
    if (!blob.isEmpty()) {
        const SshKey key = publicKeyOf(blob);
        const QString name = u"key:"_s + file.written;
        if (key && !m_tried.contains(name)) {
            m_tried << name;
            // No passphrase is asked for before the server has said that it would take the key.
            if (offer(key) == Outcome::Denied && certificateOf(file.path).isEmpty())
                return Outcome::Denied;
        }
        if (agentHas(blob)) {
            const Outcome outcome = signWithAgent(blob);
            if (outcome != Outcome::Denied)
                return outcome;
        }
    }
    return signWithFile(file);
}

Login::Outcome Login::signWithFile(const SshRoute::KeyFile& file)
{
    PrivateKey key = readPrivateKey(file.path, nullptr);
    std::optional<Secret> passphrase;
    for (int attempt = 0; key.state == PrivateKey::Locked && attempt < attempts; ++attempt) {
        SecretRequest question = request(SecretRequest::What::Passphrase, attempt);
        question.file = file.written;
        passphrase = ask(question);
        if (!passphrase)
            break;
        key = readPrivateKey(file.path, passphrase->c_str());
    }
    switch (key.state) {
    case PrivateKey::Missing:
        if (m_route.keysAreNamed)
            m_problem = Error(ErrorKind::FileUnreadable, {{u"file"_s, file.written}});
        return Outcome::Denied;
    case PrivateKey::Unusable:
        m_problem = Error(ErrorKind::KeyUnusable, {{u"file"_s, file.written}});
        return Outcome::Denied;
    case PrivateKey::Locked:
        m_problem = Error(ErrorKind::PassphraseWrong, {{u"file"_s, file.written}});
        return Outcome::Denied;
    case PrivateKey::Open:
        break;
    }
    const QString certificate = certificateOf(file.path);
    if (!certificate.isEmpty() && addCertificate(key.key, certificate)) {
        const Outcome outcome = sign(key.key);
        if (outcome != Outcome::Denied)
            return outcome;
        // Without the certificate: it stays with the key that it was added to.
        key = readPrivateKey(file.path, passphrase ? passphrase->c_str() : nullptr);
    }
    return sign(key.key);
}

} // namespace gapless
