// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/host.h"

#include <QDateTime>
#include <memory>
#include <optional>

namespace gapless {

/// Who holds a site: what the gateway's lock record says.
struct LockRecord {
    QString run, by, machine, version, target;
    QDateTime since;
    /// Its process is connected right now (the gateway's `flock` tells).
    bool alive = false;
};

/// A site's key: two targets that name one site by other names share it. 16 hex digits.
QString siteKey(const QString& realUpstreamFile, const QString& upstream);

/// One rollout at a time per site: a durable record on the gateway says who, a `flock` held by a
/// process of ours there says whether they live. Any thread, one at a time.
class SiteLock {
public:
    SiteLock(Host& gateway, QString stateDir, QString key);
    ~SiteLock();
    /// Errors: LockHeld (by whoever holds it, dead or alive).
    void take(const LockRecord& record, std::stop_token stop);
    /// Removes our record; does nothing when it is no longer ours.
    void release(std::stop_token stop);
    /// Whoever holds the lock; changes nothing.
    std::optional<LockRecord> holder(std::stop_token stop);

private:
    Host& m_gateway;
    QString m_stateDir, m_key, m_run;
    std::unique_ptr<RemoteProcess> m_holder;
};

} // namespace gapless
