// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/clock.h"
#include "engine/remote/host.h"

#include <map>

namespace gapless {

class RunSink;

/// A target's hosts as a rollout speaks to them: each command becomes an event, and once the lock is
/// ours, each changing command runs behind its host's fence, detached from the connection. One that is
/// lost meanwhile is waited for: what only looks is asked again, and a changing command is asked for
/// its result, so that nothing is believed failed or done without looking. Lives on the rollout's
/// thread.
class RecordedHosts final : public Hosts {
public:
    RecordedHosts(Hosts& hosts, RunSink& sink, Clock& clock, QString run);
    ~RecordedHosts() override;
    Host& at(const QString& name) override;

    struct Fence {
        QString key;
        QString gateway; ///< the host whose state folder is known
        QString gatewayStateDir;
        QStringList slotHosts; ///< where docker is spoken to
    };
    /// Sets each host's fence to this run, for every user that commands run as there, and guards every
    /// changing command from now on.
    void raiseFence(const Fence& fence, std::stop_token stop);
    /// Removes from the hosts what the detached commands of this run have kept there.
    void forgetSteps();
    /// The state folder that fences and detached commands of that privilege use there; empty: the
    /// script finds it.
    QString stateDir(const QString& host, Privilege privilege) const;

private:
    class Recorded;
    Hosts& m_hosts;
    RunSink& m_sink;
    Clock& m_clock;
    QString m_run;
    std::optional<Fence> m_fence;
    int m_steps = 0;
    std::map<QString, std::unique_ptr<Recorded>> m_recorded;
};

} // namespace gapless
