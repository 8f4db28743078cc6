// SPDX-License-Identifier: MIT
#include "engine/remote/sshlogin_p.h"

#include <QJsonArray>
#include <poll.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

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

} // namespace

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

/// In its blocking mode libssh waits out the whole timeout for an answer after the server has hung
/// up, so the waiting is done here.
int Login::statusOf(const std::function<int()>& call)
{
    const Clock::time_point deadline = Clock::now() + m_deadline;
    for (;;) {
        const int status = call();
        if (m_stop.stop_requested())
            throw Cancelled {};
        if (status != SSH_AUTH_AGAIN)
            return status;
        waitForServer(deadline);
    }
}

void Login::waitForServer(Clock::time_point deadline)
{
    if (!ssh_is_connected(m_session))
        throw refused();
    if (Clock::now() >= deadline)
        throw Error(ErrorKind::ConnectionLost, {{u"address"_s, m_route.address}},
            u"no answer to the login in time"_s);
    // A cancel shuts the socket, which ends this at once.
    pollfd waiting {ssh_get_fd(m_session), POLLIN, 0};
    if (ssh_get_poll_flags(m_session) & SSH_WRITE_PENDING)
        waiting.events |= POLLOUT;
    ::poll(&waiting, 1, 500);
}

Login::Outcome Login::outcomeOf(const std::function<int()>& call)
{
    switch (statusOf(call)) {
    case SSH_AUTH_SUCCESS:
        return Outcome::Accepted;
    case SSH_AUTH_PARTIAL:
        return Outcome::Partial;
    case SSH_AUTH_DENIED:
        return Outcome::Denied;
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

Login::Outcome Login::tryPassword()
{
    m_tried << u"password"_s;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const std::optional<Secret> password = ask(request(SecretRequest::What::Password, attempt));
        if (!password)
            break;
        const Outcome outcome = outcomeOf(
            [&] { return ssh_userauth_password(m_session, m_user.c_str(), password->c_str()); });
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
    const auto talk = [this] { return ssh_userauth_kbdint(m_session, m_user.c_str(), nullptr); };
    int status = statusOf(talk);
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
        status = statusOf(talk);
    }
    return outcomeOf([status] { return status; });
}

QList<Login::Method> Login::chosenMethods(int offered) const
{
    switch (m_route.method) {
    case Auth::Method::Agent:
        return {{SSH_AUTH_METHOD_PUBLICKEY, &Login::tryAgent},
            {SSH_AUTH_METHOD_PUBLICKEY, &Login::tryKeys}};
    case Auth::Method::Key:
        return {{SSH_AUTH_METHOD_PUBLICKEY, &Login::tryKeys}};
    case Auth::Method::Password:
        // Where both are offered, both ask the same password.
        if (offered & SSH_AUTH_METHOD_PASSWORD)
            return {{SSH_AUTH_METHOD_PASSWORD, &Login::tryPassword}};
        return {{SSH_AUTH_METHOD_INTERACTIVE, &Login::tryKeyboard}};
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
    QList<Method> methods = chosenMethods(offered);
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
    if (outcomeOf([&] { return ssh_userauth_none(m_session, m_user.c_str()); })
        == Outcome::Accepted)
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

void authenticate(ssh_session session, const SshRoute& route, std::chrono::milliseconds deadline,
    Secrets& secrets, const std::stop_token& stop)
{
    Login(session, route, deadline, secrets, stop).run();
}

} // namespace gapless
