// SPDX-License-Identifier: MIT
#include "engine/remote/sshlink_p.h"

#include "engine/model/error.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <libssh/server.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

using Clock = std::chrono::steady_clock;

SshLink::SshLink(QString address, const SshOptions& options, Connect connect)
    : m_address(std::move(address))
    , m_options(options)
    , m_connect(std::move(connect))
    , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , m_room(options.commands)
    , m_thread([this] { loop(); })
{
}

SshLink::~SshLink()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_connecting.request_stop();
    }
    wake();
    m_thread.join();
}

void SshLink::wake()
{
    const eventfd_t one = 1;
    ::eventfd_write(m_wake.get(), one);
}

void SshLink::post(std::function<void()> action)
{
    {
        const std::lock_guard lock(m_mutex);
        m_posted.push_back(std::move(action));
    }
    wake();
}

void SshLink::enter()
{
    const std::lock_guard lock(m_mutex);
    ++m_waiting;
}

void SshLink::leaveOne()
{
    const std::lock_guard lock(m_mutex);
    if (--m_waiting == 0 && !m_clientsWait)
        m_connecting.request_stop();
}

std::shared_ptr<ExecStream> SshLink::exec(const QByteArray& request)
{
    auto stream = std::make_shared<ExecStream>(request);
    enter();
    post([this, stream] { m_commands.push_back(std::make_unique<ExecChannel>(stream)); });
    return stream;
}

void SshLink::leave(ExecStream& stream)
{
    {
        const std::lock_guard lock(stream.mutex);
        stream.cancelled = true;
    }
    leaveOne();
    wake();
}

FileDescriptor SshLink::openStream(
    const QString& address, const ForwardTarget& target, std::stop_token stop)
{
    int ends[2] = {-1, -1};
    ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
    FileDescriptor ours(ends[0]);
    // A forwarded connection never blocks the I/O thread.
    ::fcntl(ends[1], F_SETFL, O_NONBLOCK);
    const auto theirs = std::make_shared<FileDescriptor>(ends[1]);
    const auto result = std::make_shared<ForwardResult>();
    enter();
    post([this, theirs, target, result] {
        m_forwards.push_back(
            {0, std::make_unique<ForwardChannel>(std::move(*theirs), target, result)});
    });
    std::unique_lock lock(result->mutex);
    result->changed.wait(lock, stop, [&] { return result->done; });
    leaveOne();
    if (!result->done)
        throw Cancelled {};
    if (result->error)
        throw *result->error;
    if (result->prohibited)
        throw Error(ErrorKind::TunnelRefused, {{u"address"_s, address}}, result->detail);
    return result->opened ? std::move(ours) : FileDescriptor();
}

int SshLink::listen(FileDescriptor socket, const ForwardTarget& target)
{
    int number = 0;
    {
        const std::lock_guard lock(m_mutex);
        number = ++m_lastListener;
    }
    const auto shared = std::make_shared<FileDescriptor>(std::move(socket));
    post([this, number, shared, target] {
        m_listeners.push_back({number, std::move(*shared), target});
    });
    return number;
}

void SshLink::unlisten(int number)
{
    post([this, number] {
        m_listeners.remove_if([&](const Listener& each) { return each.number == number; });
        for (Forward& forward : m_forwards)
            if (forward.listener == number)
                forward.channel->close();
    });
}

void SshLink::loop()
{
    while (takePosted()) {
        if (!m_session && hasWork())
            connect();
        const bool again = m_session && stepAll();
        if (m_session && !m_session->isConnected())
            lose(m_session->lastError());
        else
            wait(again);
    }
    lose(u"closed"_s);
    failAll(Error(ErrorKind::ConnectionLost, {{u"address"_s, m_address}}));
}

bool SshLink::takePosted()
{
    std::vector<std::function<void()>> actions;
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return false;
        actions.swap(m_posted);
    }
    for (const std::function<void()>& action : actions)
        action();
    m_commands.remove_if(
        [](const auto& each) { return each->state() == ExecChannel::State::Done; });
    m_forwards.remove_if([](const Forward& each) { return each.channel->isDone(); });
    return true;
}

bool SshLink::hasWork() const
{
    return !m_commands.empty() || !m_forwards.empty();
}

void SshLink::connect()
{
    std::stop_token stop;
    {
        const std::lock_guard lock(m_mutex);
        m_connecting = std::stop_source();
        m_clientsWait = std::any_of(m_forwards.begin(), m_forwards.end(),
            [](const Forward& each) { return each.listener != 0; });
        if (m_stopping || (m_waiting == 0 && !m_clientsWait))
            m_connecting.request_stop();
        stop = m_connecting.get_token();
    }
    try {
        m_session = m_connect(stop);
        m_room = m_options.commands;
        m_heard = m_session->received();
        m_heardAt = m_beatAt = Clock::now();
    } catch (const Error& error) {
        failAll(error);
    } catch (const Cancelled&) {
        // Nobody waits for these any more. Who came meanwhile is still posted, and makes the next
        // attempt.
        m_commands.clear();
        m_forwards.clear();
    }
}

void SshLink::failAll(const Error& error)
{
    for (const auto& command : m_commands)
        command->fail(error);
    for (const Forward& forward : m_forwards)
        forward.channel->fail(error);
    m_commands.clear();
    m_forwards.clear();
}

bool SshLink::stepAll()
{
    bool again = false;
    stepCommands(again);
    for (const Forward& forward : m_forwards)
        again |= forward.channel->step(*m_session);
    const auto done = [](const auto& each) { return each->state() == ExecChannel::State::Done; };
    // A command that ended makes room for one that waits.
    again |= std::any_of(m_commands.begin(), m_commands.end(), done);
    return again;
}

void SshLink::stepCommands(bool& again)
{
    int active = int(std::count_if(m_commands.begin(), m_commands.end(), [](const auto& each) {
        return each->state() != ExecChannel::State::Waiting
            && each->state() != ExecChannel::State::Done;
    }));
    for (const auto& command : m_commands) {
        if (!m_session->isConnected())
            return;
        const bool waits = command->state() == ExecChannel::State::Waiting;
        if (waits && active >= m_room && !command->isCancelled())
            continue;
        active += waits;
        switch (command->step(*m_session)) {
        case ExecChannel::Step::Idle:
            break;
        case ExecChannel::Step::Again:
            again = true;
            break;
        case ExecChannel::Step::NoRoom:
            --active;
            // sshd was told of a smaller MaxSessions than ours.
            m_room = std::max(active, 1);
            if (active == 0)
                command->fail(Error(ErrorKind::LoginShellRefused, {}, m_session->lastError()));
            break;
        }
    }
}

void SshLink::wait(bool again)
{
    std::vector<pollfd> waiting {{m_wake.get(), POLLIN, 0}};
    if (m_session)
        waiting.push_back({m_session->fd(), m_session->pollEvents(), 0});
    const size_t listenersAt = waiting.size();
    for (const Listener& listener : m_listeners)
        waiting.push_back({listener.socket.get(), POLLIN, 0});
    const size_t forwardsAt = waiting.size();
    for (const Forward& forward : m_forwards) {
        const short events = forward.channel->pollEvents();
        waiting.push_back({events ? forward.channel->fd() : -1, events, 0});
    }
    ::poll(waiting.data(), nfds_t(waiting.size()), again ? 0 : timeout());
    if (waiting.front().revents) {
        eventfd_t count = 0;
        ::eventfd_read(m_wake.get(), &count);
    }
    size_t index = forwardsAt;
    for (const Forward& forward : m_forwards)
        forward.channel->ready(waiting[index++].revents);
    index = listenersAt;
    for (Listener& listener : m_listeners)
        if (waiting[index++].revents)
            acceptOn(listener);
    if (!m_session)
        return;
    if (!m_session->pump())
        lose(m_session->lastError());
    else
        beat();
}

int SshLink::timeout() const
{
    if (!m_session)
        return -1;
    const auto next = std::max(m_heardAt, m_beatAt) + m_options.heartbeat - Clock::now();
    return int(std::clamp<qint64>(
        std::chrono::duration_cast<std::chrono::milliseconds>(next).count() + 1, 1, 60'000));
}

void SshLink::beat()
{
    const Clock::time_point now = Clock::now();
    if (m_session->received() != m_heard) {
        m_heard = m_session->received();
        m_heardAt = now;
    }
    if (now - m_heardAt > 3 * m_options.heartbeat) {
        lose(u"the server has been silent for %1 s"_s.arg(
            std::chrono::duration_cast<std::chrono::seconds>(now - m_heardAt).count()));
    } else if (now - std::max(m_heardAt, m_beatAt) >= m_options.heartbeat) {
        // On a non-blocking session this waits for nothing: a first call sends a question, a later
        // one takes its answer. Any byte that comes in is a sign of life.
        ssh_send_keepalive(m_session->get());
        m_beatAt = now;
    }
}

void SshLink::acceptOn(Listener& listener)
{
    for (;;) {
        FileDescriptor client(
            ::accept4(listener.socket.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (!client)
            return;
        m_forwards.push_back({listener.number,
            std::make_unique<ForwardChannel>(std::move(client), listener.target, nullptr)});
    }
}

void SshLink::lose(const QString& detail)
{
    const Error lost(ErrorKind::ConnectionLost, {{u"address"_s, m_address}}, detail);
    for (const auto& command : m_commands)
        command->lose(lost);
    for (const Forward& forward : m_forwards)
        forward.channel->lose(lost);
    m_session.reset();
}

} // namespace gapless
