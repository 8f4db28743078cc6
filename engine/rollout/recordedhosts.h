// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/clock.h"
#include "engine/remote/host.h"

#include <map>

namespace gapless {

class RunSink;

/// A target's hosts as a rollout speaks to them: each command becomes an event, and once the lock is
/// ours, each changing command runs behind its host's fence. Lives on the rollout's thread.
class RecordedHosts final : public Hosts {
public:
    RecordedHosts(Hosts& hosts, RunSink& sink, QString run);
    ~RecordedHosts() override;
    Host& at(const QString& name) override;

    struct Fence {
        QString key;
        QString gateway; ///< the host whose state folder the target may name
        QString gatewayStateDir;
    };
    /// Sets the fence of each of `names` to this run, and guards every changing command from now on.
    void raiseFence(const Fence& fence, const QStringList& names, std::stop_token stop);

private:
    class Recorded;
    Hosts& m_hosts;
    RunSink& m_sink;
    QString m_run;
    std::optional<Fence> m_fence;
    std::map<QString, std::unique_ptr<Recorded>> m_recorded;
};

} // namespace gapless
