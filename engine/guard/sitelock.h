// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/host.h"

#include <QDateTime>
#include <memory>
#include <optional>

namespace gapless {

class KeptProcess;

/// Who holds a site: what the gateway's lock record says.
struct LockRecord {
    QString run, by, machine, version, target;
    QDateTime since;
    QString takesOver; ///< for take(): the run whose lock is taken over where its owner is dead
    QString waitsFor; ///< the question that the run has open; empty: it goes on
    /// Its process gives signs of life right now (the gateway's `flock` tells).
    bool alive = false;
    bool operator==(const LockRecord&) const = default;
};

/// A site's key: two targets that name one site by other names share it. 16 hex digits.
QString siteKey(const QString& realUpstreamFile, const QString& upstream);

/// One rollout at a time per site: a durable record on the gateway says who, a `flock` held by a
/// process of ours there says whether they live. That process needs our heartbeat: without one for
/// `ownerLostSeconds` it ends, so that an owner whose connection hangs, or that is stopped, counts as
/// dead. After a lost connection it is started anew, unless somebody took over meanwhile.
/// One thread at a time.
class SiteLock {
public:
    SiteLock(Host& gateway, QString stateDir, QString key, int ownerLostSeconds = 60);
    ~SiteLock();
    /// Errors: LockHeld (by whoever holds it, alive, or dead and not the one to be taken over).
    void take(const LockRecord& record, std::stop_token stop);
    /// Removes our record; does nothing when it is no longer ours.
    void release(std::stop_token stop);
    /// The record says which question the run waits for; empty: for none any more. Does nothing when the
    /// lock is no longer ours.
    void tellWaiting(const QString& question);
    /// Whoever holds the lock; changes nothing.
    std::optional<LockRecord> holder(std::stop_token stop);
    /// The file on the gateway whose content changes with every beat of the owner.
    QString beatFile() const;

private:
    Host& m_gateway;
    QString m_stateDir, m_key, m_run;
    LockRecord m_record; ///< as it was taken
    int m_ownerLostSeconds;
    std::unique_ptr<KeptProcess> m_holder;
};

} // namespace gapless
