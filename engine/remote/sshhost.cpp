// SPDX-License-Identifier: MIT
#include "engine/remote/sshhost.h"

#include "engine/remote/commandrun.h"
#include "engine/remote/sshlinks_p.h"
#include "engine/remote/sshroutes.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// run() on a thread of its own.
class StartedProcess : public RemoteProcess {
public:
    explicit StartedProcess(std::function<CommandResult(std::stop_token)> work)
        : m_thread([this, work = std::move(work)](std::stop_token stop) { serve(work, stop); })
    {
    }

    CommandResult wait(std::stop_token stop) override
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, stop, [&] { return m_done; });
        if (!m_done || m_cancelled)
            throw Cancelled {};
        if (m_error)
            throw *m_error;
        return m_result;
    }
    void cancel() override { m_thread.request_stop(); }
    bool running() const override
    {
        const std::lock_guard lock(m_mutex);
        return !m_done;
    }

private:
    void serve(
        const std::function<CommandResult(std::stop_token)>& work, const std::stop_token& stop)
    {
        CommandResult result;
        std::optional<Error> error;
        bool cancelled = false;
        try {
            result = work(stop);
        } catch (const Error& problem) {
            error = problem;
        } catch (const Cancelled&) {
            cancelled = true;
        }
        const std::lock_guard lock(m_mutex);
        m_result = std::move(result);
        m_error = std::move(error);
        m_cancelled = cancelled;
        m_done = true;
        m_changed.notify_all();
    }

    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_done = false;
    bool m_cancelled = false;
    CommandResult m_result;
    std::optional<Error> m_error;
    std::jthread m_thread; ///< last: it uses all of the above
};

class SshTunnel : public Tunnel {
public:
    SshTunnel(std::shared_ptr<SshLink> link, FileDescriptor socket, const ForwardTarget& target)
        : m_link(std::move(link))
    {
        sockaddr_in address {};
        socklen_t size = sizeof address;
        ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size);
        m_port = ntohs(address.sin_port);
        m_number = m_link->listen(std::move(socket), target);
    }
    ~SshTunnel() override { m_link->unlisten(m_number); }
    quint16 localPort() const override { return m_port; }

private:
    const std::shared_ptr<SshLink> m_link;
    quint16 m_port = 0;
    int m_number = 0;
};

/// A listening socket on a free port of 127.0.0.1.
FileDescriptor listenOnLoopback()
{
    FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0
        || ::listen(socket.get(), SOMAXCONN) != 0)
        throw Error(ErrorKind::Internal, {{u"text"_s, u"no free port on 127.0.0.1"_s}});
    return socket;
}

} // namespace

SshHost::SshHost(HostSpec spec, Secrets& secrets, HostKeyDecider& decider, SshOptions options)
    : m_spec(std::move(spec))
    , m_options(std::move(options))
    , m_secrets(secrets)
    , m_decider(decider)
{
}

SshHost::~SshHost() = default;

std::shared_ptr<SshLink> SshHost::link()
{
    const std::lock_guard lock(m_mutex);
    if (!m_link) {
        const QList<SshRoute> routes = routesTo(m_spec, m_options);
        m_user = routes.last().user;
        m_link = linkAlong(routes, m_options, m_secrets, m_decider);
    }
    return m_link;
}

CommandResult SshHost::run(const Command& command, std::stop_token stop)
{
    try {
        const std::shared_ptr<SshLink> link = this->link();
        return runCommand(*link, command, m_spec, m_user, m_secrets, stop);
    } catch (const Error& error) {
        throw error.on(m_spec.name);
    }
}

std::unique_ptr<RemoteProcess> SshHost::start(const Command& command)
{
    try {
        return std::make_unique<StartedProcess>(
            [link = link(), command, spec = m_spec, user = m_user, &secrets = m_secrets](
                std::stop_token stop) {
                return runCommand(*link, command, spec, user, secrets, stop);
            });
    } catch (const Error& error) {
        throw error.on(m_spec.name);
    }
}

std::unique_ptr<Tunnel> SshHost::openTunnel(const QString& address, std::stop_token stop)
{
    try {
        const std::optional<ForwardTarget> target = ForwardTarget::parse(address);
        if (!target)
            throw Error(
                ErrorKind::FieldWrong, {{u"path"_s, address}, {u"expected"_s, u"an address"_s}});
        if (stop.stop_requested())
            throw Cancelled {};
        const std::shared_ptr<SshLink> link = this->link();
        // Whether the server forwards at all shows only when it is asked to. That nothing listens
        // at the address yet is no reason against a tunnel.
        link->openStream(address, *target, stop);
        return std::make_unique<SshTunnel>(link, listenOnLoopback(), *target);
    } catch (const Error& error) {
        throw error.on(m_spec.name);
    }
}

SshHosts::SshHosts(
    const Target& target, Secrets& secrets, HostKeyDecider& decider, const SshOptions& options)
{
    for (const HostSpec& spec : target.hosts)
        m_hosts[spec.name] = std::make_unique<SshHost>(spec, secrets, decider, options);
}

Host& SshHosts::at(const QString& name)
{
    const auto found = m_hosts.find(name);
    if (found == m_hosts.end())
        throw Error(ErrorKind::Internal, {{u"text"_s, u"no such host: "_s + name}});
    return *found->second;
}

} // namespace gapless
