// SPDX-License-Identifier: MIT
#include "tests/support/fakehost/fakehost.h"

#include <array>
#include <condition_variable>
#include <thread>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

class ThreadProcess : public RemoteProcess {
public:
    explicit ThreadProcess(std::function<CommandResult(std::stop_token)> work)
        : m_thread([this, work = std::move(work)](std::stop_token stop) { run(work, stop); })
    {
    }
    ~ThreadProcess() override { cancel(); }

    CommandResult wait(std::stop_token stop) override
    {
        std::unique_lock lock(m_mutex);
        if (!m_ended.wait(lock, stop, [this] { return m_done; }))
            throw Cancelled {};
        if (m_failure)
            std::rethrow_exception(m_failure);
        return m_result;
    }
    void cancel() override { m_thread.request_stop(); }
    bool running() const override
    {
        const std::lock_guard lock(m_mutex);
        return !m_done;
    }

private:
    void run(const std::function<CommandResult(std::stop_token)>& work, std::stop_token stop)
    {
        CommandResult result;
        std::exception_ptr failure;
        try {
            result = work(stop);
        } catch (...) {
            failure = std::current_exception();
        }
        const std::lock_guard lock(m_mutex);
        m_result = result;
        m_failure = failure;
        m_done = true;
        m_ended.notify_all();
    }

    mutable std::mutex m_mutex;
    std::condition_variable_any m_ended;
    CommandResult m_result;
    std::exception_ptr m_failure;
    bool m_done = false;
    std::jthread m_thread; ///< last: it ends before what it uses
};

void giveLines(const Command& command, OutputStream stream, const QByteArray& bytes)
{
    if (!command.onLine || bytes.isEmpty())
        return;
    const QByteArray whole = bytes.endsWith('\n') ? bytes.chopped(1) : bytes;
    for (const QByteArray& line : whole.split('\n'))
        command.onLine(stream, line);
}

} // namespace

std::unique_ptr<RemoteProcess> startOnThread(std::function<CommandResult(std::stop_token)> work)
{
    return std::make_unique<ThreadProcess>(std::move(work));
}

QByteArray inputOf(const Command& command)
{
    QByteArray all;
    std::array<char, 65536> buffer;
    while (command.input) {
        const qsizetype got = command.input(buffer.data(), qsizetype(buffer.size()));
        if (got <= 0)
            break;
        all.append(buffer.data(), got);
    }
    return all;
}

FakeHost::FakeHost(QString name)
    : m_name(std::move(name))
{
}

void FakeHost::on(const QString& partOfShown, Answer answer, int times)
{
    const std::lock_guard lock(m_mutex);
    m_rules.prepend({partOfShown, std::move(answer), times});
}

void FakeHost::on(
    const QString& partOfShown, const QByteArray& out, int exit, const QByteArray& err, int times)
{
    on(
        partOfShown,
        [out, exit, err](const RanCommand&, std::stop_token) {
            CommandResult result;
            result.exit = exit;
            result.out = out;
            result.err = err;
            return result;
        },
        times);
}

void FakeHost::breakWith(std::optional<Error> error)
{
    const std::lock_guard lock(m_mutex);
    m_broken = std::move(error);
}

void FakeHost::setTunnel(const QString& address, quint16 localPort)
{
    const std::lock_guard lock(m_mutex);
    m_tunnels[address] = localPort;
}

QList<RanCommand> FakeHost::ran() const
{
    const std::lock_guard lock(m_mutex);
    return m_ran;
}

QStringList FakeHost::shown() const
{
    QStringList all;
    for (const RanCommand& command : ran())
        all << command.shown;
    return all;
}

FakeHost::Answer FakeHost::takeAnswer(const QString& shown)
{
    for (qsizetype i = 0; i < m_rules.size(); ++i) {
        if (!shown.contains(m_rules[i].part))
            continue;
        const Answer answer = m_rules[i].answer;
        if (m_rules[i].left > 0 && --m_rules[i].left == 0)
            m_rules.removeAt(i);
        return answer;
    }
    throw Error(ErrorKind::Internal, {{u"text"_s, u"no answer for: "_s + shown}}).on(m_name);
}

CommandResult FakeHost::run(const Command& command, std::stop_token stop)
{
    if (stop.stop_requested())
        throw Cancelled {};
    const RanCommand ran {
        command.shown, command.script, command.changes, command.privilege, inputOf(command)};
    Answer answer;
    {
        const std::lock_guard lock(m_mutex);
        if (m_broken)
            throw m_broken->on(m_name);
        m_ran << ran;
        answer = takeAnswer(command.shown);
    }
    CommandResult result = answer(ran, stop);
    if (stop.stop_requested())
        throw Cancelled {};
    giveLines(command, OutputStream::Out, result.out);
    giveLines(command, OutputStream::Err, result.err);
    if (command.discardOutput)
        result.out = result.err = {};
    result.shown = command.shown;
    result.host = m_name;
    return result;
}

std::unique_ptr<RemoteProcess> FakeHost::start(const Command& command)
{
    return startOnThread([this, command](std::stop_token stop) { return run(command, stop); });
}

std::unique_ptr<Tunnel> FakeHost::openTunnel(const QString& address, std::stop_token stop)
{
    if (stop.stop_requested())
        throw Cancelled {};
    const std::lock_guard lock(m_mutex);
    if (m_broken)
        throw m_broken->on(m_name);
    if (!m_tunnels.contains(address))
        throw Error(ErrorKind::TunnelRefused, {{u"address"_s, address}}).on(m_name);
    return std::make_unique<PortTunnel>(m_tunnels.value(address));
}

Host& FakeHosts::at(const QString& name)
{
    const auto found = m_hosts.find(name);
    if (found == m_hosts.end())
        throw Error(ErrorKind::Internal, {{u"text"_s, u"no such host: "_s + name}});
    return *found->second;
}

} // namespace gapless
