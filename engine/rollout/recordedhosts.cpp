// SPDX-License-Identifier: MIT
#include "engine/rollout/recordedhosts.h"

#include "engine/guard/fence.h"
#include "engine/rollout/run.h"

using namespace Qt::StringLiterals;

namespace gapless {

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
            const CommandResult result = m_host.run(guarded(command), stop);
            ran.exit = result.exit.value_or(-1);
            ran.signal = QString::fromLatin1(result.signal);
            ran.ms = result.took.count();
            say();
            if (command.changes && result.exit == fencedStatus)
                throw Error(ErrorKind::LockLost,
                    { { u"by"_s, QString::fromUtf8(result.err).trimmed().section(u' ', -1) } })
                    .on(name());
            return result;
        } catch (const Error& error) {
            if (error.kind != ErrorKind::LockLost)
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
    QString stateDir() const
    {
        return m_all.m_fence && m_all.m_fence->gateway == name() ? m_all.m_fence->gatewayStateDir
                                                                 : QString();
    }

private:
    Command guarded(const Command& command) const
    {
        if (!command.changes || !m_all.m_fence)
            return command;
        return fenced(command, stateDir(), m_all.m_fence->key, m_all.m_run);
    }

    RecordedHosts& m_all;
    Host& m_host;
};

RecordedHosts::RecordedHosts(Hosts& hosts, RunSink& sink, QString run)
    : m_hosts(hosts)
    , m_sink(sink)
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

void RecordedHosts::raiseFence(const Fence& fence, const QStringList& names, std::stop_token stop)
{
    m_fence = fence;
    for (const QString& name : names) {
        at(name);
        Recorded& host = *m_recorded[name];
        m_hosts.at(name).run(setFence(host.stateDir(), fence.key, m_run), stop).orThrow();
    }
}

} // namespace gapless
