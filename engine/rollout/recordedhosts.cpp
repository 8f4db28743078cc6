// SPDX-License-Identifier: MIT
#include "engine/rollout/recordedhosts.h"

#include "engine/docker/daemon.h"
#include "engine/guard/detached.h"
#include "engine/guard/fence.h"
#include "engine/rollout/run.h"

#include <atomic>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

    /// How long a host that was there a moment ago is waited for.
    constexpr auto comesBackWithin = 60s;
    constexpr auto triedAgainAfter = 500ms;

}

class RecordedHosts::Recorded final : public Host {
public:
    Recorded(RecordedHosts& itsAll, Host& itsHost)
        : m_all(itsAll)
        , m_host(itsHost)
    {
    }
    QString name() const override { return m_host.name(); }
    CommandResult run(const Command& command, std::stop_token stop) override
    {
        CommandRan ran { name(), command.shown, {}, -1, 0, command.changes };
        const auto say = [&] {
            if (!command.shown.isEmpty())
                m_all.m_sink.say(ran);
        };
        try {
            const CommandResult result = command.privilege == Privilege::Docker
                ? onceDockerIsBack(command, stop)
                : persistently(guarded(command), stop);
            ran.exit = result.exit.value_or(-1);
            ran.signal = QString::fromLatin1(result.signal);
            ran.ms = result.took.count();
            say();
            if (command.changes && result.exit == fencedStatus)
                throw Error(ErrorKind::LockLost,
                    { { u"by"_s, QString::fromUtf8(result.err).trimmed().section(u' ', -1) } })
                    .on(name());
            if (command.changes && m_all.m_fence && result.exit == detachedUnknownStatus)
                throw Error(ErrorKind::CommandUnknown, { { u"command"_s, command.shown } }).on(name());
            return result;
        } catch (const Error& error) {
            if (error.kind != ErrorKind::LockLost && error.kind != ErrorKind::CommandUnknown)
                say();
            throw;
        }
    }
    std::unique_ptr<RemoteProcess> start(const Command& command) override
    {
        return m_host.start(command);
    }
    std::unique_ptr<Tunnel> openTunnel(const QString& address, std::stop_token stop) override
    {
        return m_host.openTunnel(address, stop);
    }

private:
    Command guarded(const Command& command) const
    {
        if (!command.changes || !m_all.m_fence)
            return command;
        const QString stateDir = m_all.stateDir(name(), command.privilege);
        const QString step = u"%1-c%2"_s.arg(m_all.m_run).arg(++m_all.m_steps);
        return fenced(command.input ? command : detached(command, stateDir, step), stateDir,
            m_all.m_fence->key, m_all.m_run);
    }

    /// A daemon that was there a moment ago is being restarted: it is waited for as a host is.
    CommandResult onceDockerIsBack(const Command& command, const std::stop_token& stop)
    {
        const auto start = m_all.m_clock.steady();
        for (bool waits = false;; waits = true) {
            const CommandResult result = persistently(guarded(command), stop);
            if (result.ok())
                m_dockerSpoke = true;
            if (!m_dockerSpoke || command.input || result.ok() || !foundNoDaemon(result.err))
                return result;
            if (!waits)
                m_all.m_sink.say(WaitingFor { {}, {}, u"docker"_s, { { u"host"_s, name() } } });
            if (m_all.m_clock.steady() - start >= comesBackWithin) {
                m_dockerSpoke = false; // the next command does not wait as long once more
                return result;
            }
            if (!m_all.m_clock.wait(triedAgainAfter, stop))
                throw Cancelled {};
        }
    }

    CommandResult persistently(const Command& command, const std::stop_token& stop)
    {
        const auto start = m_all.m_clock.steady();
        bool lost = false;
        for (;;) {
            try {
                const CommandResult result = m_host.run(command, stop);
                m_spoken = true;
                return result;
            } catch (const Error& error) {
                // One that reads a secret cannot be given it twice.
                const bool again = !command.input && m_spoken
                    && (error.kind == ErrorKind::ConnectionLost
                        || error.kind == ErrorKind::HostUnreachable);
                if (!again)
                    throw;
                if (!std::exchange(lost, true))
                    m_all.m_sink.say(
                        WaitingFor { {}, {}, u"connection"_s, { { u"host"_s, name() } } });
                if (m_all.m_clock.steady() - start >= comesBackWithin) {
                    m_spoken = false; // the next command does not wait as long once more
                    throw;
                }
                if (!m_all.m_clock.wait(triedAgainAfter, stop))
                    throw Cancelled {};
            }
        }
    }

    RecordedHosts& m_all;
    Host& m_host;
    // It has been there; looks at several hosts use threads.
    std::atomic<bool> m_spoken = false, m_dockerSpoke = false;
};

RecordedHosts::RecordedHosts(Hosts& hosts, RunSink& sink, Clock& clock, QString run)
    : m_hosts(hosts)
    , m_sink(sink)
    , m_clock(clock)
    , m_run(std::move(run))
{
}

RecordedHosts::~RecordedHosts() = default;

Host& RecordedHosts::at(const QString& name)
{
    auto& recorded = m_recorded[name];
    if (!recorded)
        recorded = std::make_unique<Recorded>(*this, m_hosts.at(name));
    return *recorded;
}

QString RecordedHosts::stateDir(const QString& host, Privilege privilege) const
{
    // Another user on the gateway (docker without sudo) may not get into the gateway's folder.
    const bool known = m_fence && m_fence->gateway == host && privilege == Privilege::Gateway;
    return known ? m_fence->gatewayStateDir : QString();
}

void RecordedHosts::raiseFence(const Fence& fence, std::stop_token stop)
{
    m_fence = fence;
    const auto raise = [&](const QString& host, Privilege privilege) {
        m_hosts.at(host)
            .run(setFence(stateDir(host, privilege), fence.key, m_run, privilege), stop)
            .orThrow();
    };
    raise(fence.gateway, Privilege::Gateway);
    for (const QString& host : fence.slotHosts)
        raise(host, Privilege::Docker);
}

void RecordedHosts::forgetSteps()
{
    if (!m_fence)
        return;
    const auto forget = [&](const QString& host, Privilege privilege) {
        try {
            m_hosts.at(host).run(
                forgetDetached(stateDir(host, privilege), m_run + u"-c"_s, privilege), {});
        } catch (const Error&) {
            // They are small, and the next run on this host removes what is older than a day.
        }
    };
    forget(m_fence->gateway, Privilege::Gateway);
    for (const QString& host : m_fence->slotHosts)
        forget(host, Privilege::Docker);
}

} // namespace gapless
