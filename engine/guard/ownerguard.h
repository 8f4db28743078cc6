// SPDX-License-Identifier: MIT
#pragma once

#include "engine/guard/heartbeat.h"

#include <QList>
#include <memory>

namespace gapless {

/// What a guard does on one host when the owner of a rollout is lost while a slot is out.
struct GuardDuty {
    QString run, key, slot;
    QString part; ///< an identifier: there is one guard a run, slot and part
    QString stateDir; ///< empty: as for a fence
    int ownerLostSeconds = 60;
    /// Told apart from our own beat: a file that changes while the owner lives. Empty: the guard keeps
    /// one of its own, which `GuardPost` feeds.
    QString beatFile;
    QByteArray before; ///< sh, run first, without the fence: waits for what the act needs
    QByteArray act; ///< sh, run under the fence; its exit status is what `done` depends on
    /// Event bodies as JSON objects, added to the run's record after `act`: when it ended with 0, and
    /// when it did not.
    QList<QByteArray> done, failed;
};

/// A detached script on a host that puts right what its owner has left half done. It acts once, when no
/// beat has come for `ownerLostSeconds`, and not when another run has the fence; by acting it takes the
/// fence, so that an owner who comes back can change nothing more. Gone when it is disarmed.
class GuardPost {
public:
    GuardPost(Host& host, Privilege privilege, GuardDuty duty);
    ~GuardPost();
    /// Until the guard stands. Errors: as Host::run; CommandFailed.
    void arm(std::stop_token stop);
    /// Until it is gone for certain; false when it has acted already or cannot be reached.
    bool disarm();

private:
    Host& m_host;
    const Privilege m_privilege;
    const GuardDuty m_duty;
    std::unique_ptr<KeptProcess> m_beat;
};

/// The name that a guard's act leaves in the fence of `run`.
QString guardFence(const QString& run);

} // namespace gapless
