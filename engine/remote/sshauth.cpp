// SPDX-License-Identifier: MIT
#include "engine/remote/sshagent.h"
#include "engine/remote/sshkey_p.h"
#include "engine/remote/sshsession_p.h"

#include "engine/model/error.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// How often a wrong password or passphrase may be given again.
constexpr int attempts = 3;

QStringList namesOf(int methods)
{
    QStringList names;
    if (methods & SSH_AUTH_METHOD_PUBLICKEY)
        names << u"publickey"_s;
    if (methods & SSH_AUTH_METHOD_PASSWORD)
        names << u"password"_s;
    if (methods & SSH_AUTH_METHOD_INTERACTIVE)
        names << u"keyboard-interactive"_s;
    if (methods & SSH_AUTH_METHOD_GSSAPI_MIC)
        names << u"gssapi-with-mic"_s;
    if (methods & SSH_AUTH_METHOD_HOSTBASED)
        names << u"hostbased"_s;
    return names;
}

/// One login on one session, from the first question to the last factor.
class Login {
public:
    Login(ssh_session session, const SshRoute& route, Secrets& secrets, const std::stop_token& stop)
        : m_session(session)
        , m_route(route)
        , m_user(route.user.toStdString())
        , m_secrets(secrets)
        , m_stop(stop)
    {
    }
    void run();

private:
    enum class Outcome { Accepted, Partial, Denied };
    struct Method {
        int mask;
        Outcome (Login::*tryIt)();
    };
    QList<Method> chosenMethods() const;
    QList<Method> otherMethods() const;
    Outcome tryOffered();

    Outcome tryAgent();
    Outcome tryKeys();
    Outcome tryKey(const SshRoute::KeyFile& file);
    Outcome tryPassword();
    Outcome tryKeyboard();
    Outcome answerKeyboard(int attempt);
    Outcome signWithAgent(const QByteArray& blob);
    Outcome signWithFile(const SshRoute::KeyFile& file);

    /// libssh's answer; throws where it is none.
    Outcome outcomeOf(int status);
    SshAgent* agent();
    const QList<SshAgent::Key>& agentKeys();
    bool agentHas(const QByteArray& blob);
    std::optional<Secret> ask(SecretRequest request);
    SecretRequest request(SecretRequest::What what, int attempt) const;
    QString keyboardPrompt(unsigned index, bool& echo) const;
    Error refused() const;

    const ssh_session m_session;
    const SshRoute& m_route;
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

Error Login::refused() const
{
    QStringList said;
    if (char* banner = ssh_get_issue_banner(m_session)) {
        said << QString::fromUtf8(banner).trimmed();
        ssh_string_free_char(banner);
    }
    said << QString::fromUtf8(ssh_get_error(m_session));
    return Error(ErrorKind::AuthenticationRefused,
        {{u"user"_s, m_route.user}, {u"address"_s, m_route.address},
            {u"tried"_s, QJsonArray::fromStringList(m_tried)},
            {u"offered"_s, QJsonArray::fromStringList(m_offered)}},
        said.join(u'\n'));
}

Login::Outcome Login::outcomeOf(int status)
{
    if (m_stop.stop_requested())
        throw Cancelled {};
    switch (status) {
    case SSH_AUTH_SUCCESS:
        return Outcome::Accepted;
    case SSH_AUTH_PARTIAL:
        return Outcome::Partial;
    case SSH_AUTH_DENIED:
        return Outcome::Denied;
    case SSH_AUTH_AGAIN:
        throw Error(ErrorKind::ConnectionLost, {{u"address"_s, m_route.address}},
            u"no answer to the login in time"_s);
    default:
        break;
    }
    // The agent's refusal to sign and a server that hangs up look alike but for the connection.
    if (ssh_is_connected(m_session))
        return Outcome::Denied;
    throw refused();
}

std::optional<Secret> Login::ask(SecretRequest request)
{
    std::optional<Secret> secret = m_secrets.secret(request, m_stop);
    if (m_stop.stop_requested())
        throw Cancelled {};
    if (!secret && request.attempt == 0) {
        const QString name = request.name();
        throw Error(ErrorKind::CredentialMissing,
            {{u"credential"_s, name.isEmpty() ? request.prompt : name}});
    }
    return secret;
}

SecretRequest Login::request(SecretRequest::What what, int attempt) const
{
    SecretRequest request;
    request.what = what;
    request.host = m_route.host;
    request.user = m_route.user;
    request.address = m_route.address;
    request.port = m_route.port;
    request.attempt = attempt;
    return request;
}

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

Login::Outcome Login::signWithAgent(const QByteArray& blob)
{
    SshAgent* const signer = agent();
    const std::stop_callback abort(m_stop, [signer] { signer->abort(); });
    signer->show(blob);
    return outcomeOf(ssh_userauth_agent(m_session, m_user.c_str()));
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
        if (outcomeOf(ssh_userauth_try_publickey(m_session, m_user.c_str(), key.get()))
            == Outcome::Denied)
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
            if (outcomeOf(ssh_userauth_try_publickey(m_session, m_user.c_str(), key.get()))
                    == Outcome::Denied
                && certificateOf(file.path).isEmpty())
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
        const Outcome outcome
            = outcomeOf(ssh_userauth_publickey(m_session, m_user.c_str(), key.key.get()));
        if (outcome != Outcome::Denied)
            return outcome;
        // Without the certificate: it stays with the key that it was added to.
        key = readPrivateKey(file.path, passphrase ? passphrase->c_str() : nullptr);
    }
    return outcomeOf(ssh_userauth_publickey(m_session, m_user.c_str(), key.key.get()));
}

Login::Outcome Login::tryPassword()
{
    m_tried << u"password"_s;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const std::optional<Secret> password = ask(request(SecretRequest::What::Password, attempt));
        if (!password)
            break;
        const Outcome outcome
            = outcomeOf(ssh_userauth_password(m_session, m_user.c_str(), password->c_str()));
        if (outcome != Outcome::Denied)
            return outcome;
    }
    return Outcome::Denied;
}

Login::Outcome Login::tryKeyboard()
{
    m_tried << u"keyboard-interactive"_s;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const Outcome outcome = answerKeyboard(attempt);
        if (outcome != Outcome::Denied || m_problem)
            return outcome;
    }
    return Outcome::Denied;
}

QString Login::keyboardPrompt(unsigned index, bool& echo) const
{
    char shown = 0;
    const char* const text = ssh_userauth_kbdint_getprompt(m_session, index, &shown);
    echo = shown != 0;
    return QString::fromUtf8(text);
}

Login::Outcome Login::answerKeyboard(int attempt)
{
    int status = ssh_userauth_kbdint(m_session, m_user.c_str(), nullptr);
    for (int round = 0; status == SSH_AUTH_INFO && round < 20; ++round) {
        const int prompts = ssh_userauth_kbdint_getnprompts(m_session);
        for (int i = 0; i < prompts; ++i) {
            SecretRequest answer = request(SecretRequest::What::Answer, attempt);
            answer.prompt = keyboardPrompt(unsigned(i), answer.echo);
            // PAM's change of an expired password is a conversation for a terminal.
            if (answer.prompt.contains(u"new password"_s, Qt::CaseInsensitive)) {
                m_problem = refused();
                m_problem->detail = answer.prompt.trimmed();
                return Outcome::Denied;
            }
            const bool wantsPassword = !answer.echo
                && (answer.prompt.contains(u"password"_s, Qt::CaseInsensitive)
                    || (m_route.method == Auth::Method::Password && prompts == 1 && round == 0));
            if (wantsPassword)
                answer.what = SecretRequest::What::Password;
            const std::optional<Secret> secret = ask(answer);
            if (!secret)
                return Outcome::Denied;
            ssh_userauth_kbdint_setanswer(m_session, unsigned(i), secret->c_str());
        }
        status = ssh_userauth_kbdint(m_session, m_user.c_str(), nullptr);
    }
    return outcomeOf(status);
}

QList<Login::Method> Login::chosenMethods() const
{
    switch (m_route.method) {
    case Auth::Method::Agent:
        return {{SSH_AUTH_METHOD_PUBLICKEY, &Login::tryAgent},
            {SSH_AUTH_METHOD_PUBLICKEY, &Login::tryKeys}};
    case Auth::Method::Key:
        return {{SSH_AUTH_METHOD_PUBLICKEY, &Login::tryKeys}};
    case Auth::Method::Password:
        return {{SSH_AUTH_METHOD_PASSWORD, &Login::tryPassword},
            {SSH_AUTH_METHOD_INTERACTIVE, &Login::tryKeyboard}};
    case Auth::Method::KeyboardInteractive:
        return {{SSH_AUTH_METHOD_INTERACTIVE, &Login::tryKeyboard}};
    }
    return {};
}

/// For servers that want more than one factor. A key asks nobody, so it is tried as the first one
/// too; a question comes only after a key was taken.
QList<Login::Method> Login::otherMethods() const
{
    QList<Method> methods {{SSH_AUTH_METHOD_PUBLICKEY, &Login::tryKeys},
        {SSH_AUTH_METHOD_PUBLICKEY, &Login::tryAgent}};
    if (m_partial)
        methods << Method {SSH_AUTH_METHOD_INTERACTIVE, &Login::tryKeyboard}
                << Method {SSH_AUTH_METHOD_PASSWORD, &Login::tryPassword};
    return methods;
}

Login::Outcome Login::tryOffered()
{
    const int offered = ssh_userauth_list(m_session, m_user.c_str());
    m_offered = namesOf(offered);
    QList<Method> methods = chosenMethods();
    const bool chosenIsOffered = std::any_of(methods.begin(), methods.end(),
        [&](const Method& method) { return offered & method.mask; });
    if (m_partial || !chosenIsOffered)
        methods += otherMethods();
    for (const Method& method : methods) {
        if (!(offered & method.mask))
            continue;
        const Outcome outcome = (this->*method.tryIt)();
        if (outcome != Outcome::Denied)
            return outcome;
    }
    return Outcome::Denied;
}

void Login::run()
{
    if (outcomeOf(ssh_userauth_none(m_session, m_user.c_str())) == Outcome::Accepted)
        return;
    constexpr int factors = 5;
    for (int factor = 0; factor < factors; ++factor) {
        switch (tryOffered()) {
        case Outcome::Accepted:
            return;
        case Outcome::Partial:
            m_partial = true;
            break;
        case Outcome::Denied:
            throw m_problem ? *m_problem : refused();
        }
    }
    throw refused();
}

} // namespace

void authenticate(
    ssh_session session, const SshRoute& route, Secrets& secrets, const std::stop_token& stop)
{
    Login(session, route, secrets, stop).run();
}

} // namespace gapless
