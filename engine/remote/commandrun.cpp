// SPDX-License-Identifier: MIT
#include "engine/remote/commandrun.h"

#include "engine/remote/script.h"
#include "engine/remote/sshlink_p.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

using Clock = std::chrono::steady_clock;

QByteArray newNonce()
{
    quint64 words[2];
    QRandomGenerator::system()->generate(std::begin(words), std::end(words));
    return QByteArray::number(words[0], 16) + QByteArray::number(words[1], 16);
}

/// One of a command's output streams: drops what came before the script's marker, keeps the rest,
/// and gives it away by lines.
class Output {
public:
    Output(const Command& command, OutputStream stream, const QByteArray& marker)
        : m_command(command)
        , m_stream(stream)
        , m_marker(marker + '\n')
    {
    }

    void take(const QByteArray& bytes)
    {
        if (m_begun) {
            deliver(bytes);
            return;
        }
        before += bytes;
        const qsizetype at = before.indexOf(m_marker);
        if (at < 0)
            return;
        m_begun = true;
        const QByteArray rest = before.mid(at + m_marker.size());
        before.truncate(at);
        deliver(rest);
    }
    void finish()
    {
        if (!m_line.isEmpty())
            give(m_line);
    }
    bool hasBegun() const { return m_begun; }

    QByteArray before; ///< what others than the script said
    QByteArray kept;

private:
    void deliver(const QByteArray& bytes)
    {
        if (m_command.onOutput && m_stream == OutputStream::Out) {
            if (!bytes.isEmpty())
                m_command.onOutput(bytes);
            return;
        }
        if (!m_command.discardOutput)
            kept += bytes;
        if (!m_command.onLine)
            return;
        qsizetype from = 0;
        for (qsizetype end; (end = bytes.indexOf('\n', from)) >= 0; from = end + 1) {
            m_line += bytes.mid(from, end - from);
            give(std::exchange(m_line, {}));
        }
        m_line += bytes.mid(from);
    }
    void give(const QByteArray& line)
    {
        if (m_command.onLine)
            m_command.onLine(m_stream, line);
    }

    const Command& m_command;
    const OutputStream m_stream;
    const QByteArray m_marker;
    bool m_begun = false;
    QByteArray m_line;
};

class CommandRun {
public:
    CommandRun(SshLink& link, const Command& command, const HostSpec& host, const QString& user,
        Secrets& secrets, const std::stop_token& stop)
        : m_link(link)
        , m_command(command)
        , m_host(host)
        , m_user(user)
        , m_secrets(secrets)
        , m_stop(stop)
        , m_plan(planScript(command, host, newNonce()))
        , m_out(command, OutputStream::Out, m_plan.marker)
        , m_err(command, OutputStream::Err, m_plan.marker)
        , m_stream(link.exec(m_plan.request))
    {
    }
    ~CommandRun() { m_link.leave(*m_stream); }
    CommandRun(const CommandRun&) = delete;
    CommandRun& operator=(const CommandRun&) = delete;

    CommandResult run();

private:
    bool waitForNews(QByteArray& out, QByteArray& err);
    void converse();
    void askForPassword();
    void send(QByteArray bytes, bool isLast);
    void sendScript();
    void pumpInput();
    bool hasRoom() const { return m_stream->in.size() < ExecStream::limit; }
    CommandResult result();
    Error notBegun() const;
    Error timedOut() const;

    SshLink& m_link;
    const Command& m_command;
    const HostSpec& m_host;
    const QString m_user;
    Secrets& m_secrets;
    const std::stop_token m_stop;
    const ScriptPlan m_plan;
    Output m_out, m_err;
    const std::shared_ptr<ExecStream> m_stream;
    bool m_scriptSent = false;
    bool m_inputDone = false;
    int m_passwords = 0; ///< how often sudo has asked
    Clock::duration m_asking {}; ///< how long a person took to answer
};

void CommandRun::send(QByteArray bytes, bool isLast)
{
    {
        const std::lock_guard lock(m_stream->mutex);
        if (m_stream->in.isEmpty())
            m_stream->in = std::move(bytes);
        else
            m_stream->in += bytes;
        m_stream->inputEnded = isLast;
    }
    m_link.wake();
}

void CommandRun::sendScript()
{
    m_scriptSent = true;
    m_inputDone = !m_command.input;
    send(m_plan.text, m_inputDone && !m_command.keepInputOpen);
}

/// Takes what has arrived. False: the command has ended, and this is the rest.
bool CommandRun::waitForNews(QByteArray& out, QByteArray& err)
{
    std::unique_lock lock(m_stream->mutex);
    const bool hasInput = !m_inputDone && m_out.hasBegun();
    const auto isNews = [&] {
        return m_stream->ended || !m_stream->out.isEmpty() || !m_stream->err.isEmpty()
            || (hasInput && (hasRoom() || m_stream->inputBroken));
    };
    const auto isSent = [&] { return m_stream->sentAt.has_value() || m_stream->ended; };
    // Waiting for the connection and for a turn on it is not the command's time.
    m_stream->changed.wait(lock, m_stop, isSent);
    if (m_command.deadline.count() > 0 && m_stream->sentAt)
        m_stream->changed.wait_until(
            lock, m_stop, *m_stream->sentAt + m_command.deadline + m_asking, isNews);
    else
        m_stream->changed.wait(lock, m_stop, isNews);
    if (m_stop.stop_requested())
        throw Cancelled {};
    if (!isNews())
        throw timedOut();
    const bool wasFull
        = m_stream->out.size() >= ExecStream::limit || m_stream->err.size() >= ExecStream::limit;
    out = std::exchange(m_stream->out, {});
    err = std::exchange(m_stream->err, {});
    const bool ended = m_stream->ended;
    lock.unlock();
    if (wasFull)
        m_link.wake();
    return !ended;
}

void CommandRun::askForPassword()
{
    SecretRequest request;
    request.what = SecretRequest::What::Sudo;
    request.host = m_host.name;
    request.user = m_user;
    request.address = m_host.address;
    request.port = m_host.port;
    request.attempt = m_passwords++;
    const Clock::time_point since = Clock::now();
    const std::optional<Secret> password = m_secrets.secret(request, m_stop);
    m_asking += Clock::now() - since;
    if (m_stop.stop_requested())
        throw Cancelled {};
    if (!password && request.attempt == 0)
        throw Error(ErrorKind::CredentialMissing, {{u"credential"_s, request.name()}});
    if (!password)
        throw Error(ErrorKind::SudoRefused, {{u"user"_s, m_user}},
            QString::fromUtf8(m_err.before).trimmed());
    send(password->view().toByteArray() + '\n', false);
}

/// Before the script: sudo asks for its password, or lets us in.
void CommandRun::converse()
{
    if (const qsizetype at = m_err.before.indexOf(m_plan.prompt); at >= 0) {
        m_err.before.remove(at, m_plan.prompt.size());
        askForPassword();
    }
    if (m_out.before.contains(m_plan.ready + '\n'))
        sendScript();
}

void CommandRun::pumpInput()
{
    {
        const std::lock_guard lock(m_stream->mutex);
        if (m_stream->inputBroken) {
            m_inputDone = true;
            return;
        }
        if (!hasRoom())
            return;
    }
    constexpr qsizetype most = 1 << 18;
    QByteArray chunk(most, Qt::Uninitialized);
    const qsizetype size = m_command.input(chunk.data(), chunk.size());
    chunk.truncate(std::max<qsizetype>(size, 0));
    m_inputDone = size <= 0;
    send(std::move(chunk), m_inputDone && !m_command.keepInputOpen);
}

Error CommandRun::timedOut() const
{
    const double seconds = double(m_command.deadline.count()) / 1000;
    return Error(ErrorKind::CommandTimedOut,
        {{u"command"_s, m_command.shown}, {u"seconds"_s, seconds}},
        QString::fromUtf8(m_err.kept.right(2000)));
}

/// The script never began: somebody before it said no.
Error CommandRun::notBegun() const
{
    const QByteArray said = m_err.before.trimmed().isEmpty() ? m_out.before : m_err.before;
    const ErrorKind kind = m_plan.sudo == ScriptPlan::Sudo::None ? ErrorKind::LoginShellRefused
                                                                 : ErrorKind::SudoRefused;
    return Error(kind, {{u"user"_s, m_user}}, QString::fromUtf8(said.right(2000)).trimmed());
}

CommandResult CommandRun::result()
{
    const std::lock_guard lock(m_stream->mutex);
    if (m_stream->error) {
        Error error = *m_stream->error;
        if (error.kind == ErrorKind::LoginShellRefused)
            error.facts[u"user"_s] = m_user;
        throw error;
    }
    if (!m_out.hasBegun())
        throw notBegun();
    CommandResult result;
    result.exit = m_stream->exit;
    result.signal = m_stream->signal;
    result.out = m_out.kept;
    result.err = m_err.kept;
    result.shown = m_command.shown;
    result.host = m_host.name;
    result.took = std::chrono::duration_cast<std::chrono::milliseconds>(
        Clock::now() - m_stream->sentAt.value_or(Clock::now()));
    return result;
}

CommandResult CommandRun::run()
{
    if (m_plan.sudo != ScriptPlan::Sudo::Password)
        sendScript();
    for (bool goesOn = true; goesOn;) {
        QByteArray out, err;
        goesOn = waitForNews(out, err);
        m_err.take(err);
        m_out.take(out);
        if (!m_scriptSent)
            converse();
        if (goesOn && !m_inputDone && m_out.hasBegun())
            pumpInput();
    }
    m_out.finish();
    m_err.finish();
    return result();
}

} // namespace

CommandResult runCommand(SshLink& link, const Command& command, const HostSpec& host,
    const QString& user, Secrets& secrets, std::stop_token stop)
{
    if (stop.stop_requested())
        throw Cancelled {};
    try {
        return CommandRun(link, command, host, user, secrets, stop).run();
    } catch (const Error& error) {
        throw error.on(host.name);
    }
}

} // namespace gapless
