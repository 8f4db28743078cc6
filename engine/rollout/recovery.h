// SPDX-License-Identifier: MIT
#pragma once

#include "engine/guard/sitelock.h"
#include "engine/rollout/rollout.h"

namespace gapless {

class Run;

/// What is known of a run that nobody has brought to its end: from the gateway's lock, its run record
/// and this machine's journal. Where none of them tells, the containers' labels do.
struct InterruptedRun {
    QString run; ///< empty: there is none
    LockRecord owner; ///< `run` empty: the site is not locked
    QString kind, from, to; ///< the tag that served, and the one that was being rolled out
    Strategy strategy = Strategy::Rolling;
    bool approved = false; ///< somebody has let it pass its gate
    QMap<QString, QString> servedBefore; ///< slot -> tag, when it began; empty where nothing tells
    QString step, slot; ///< the last step that is known to have begun
    bool pastReturn = false; ///< the new version had been watched everywhere
    QString outcome; ///< `partial`: it ended so; empty: it did not end
    bool operator==(const InterruptedRun&) const = default;
};

/// How a slot was found.
struct SlotFinding {
    /// Unchanged: the old release serves. Finished: the new one does. OldOut, NewReady, NewNotReady:
    /// users are kept away, and that container runs there (or may be started). Empty: none is there.
    enum class State { Unchanged, Finished, OldOut, NewReady, NewNotReady, Empty };
    QString slot;
    State state = State::Empty;
    bool routed = false; ///< nginx sends users there
    bool ready = false; ///< it answers as expected
    QString runningTag; ///< empty: nothing runs there
    bool oldKept = false; ///< a container of the release that served is there, running or not
    int leftover = 0; ///< containers of ours that are not the slot's own
    bool operator==(const SlotFinding&) const = default;
};

/// What can be done with an interrupted run, and what was found: for the command line and the
/// window's recovery sheet.
struct Recovery {
    InterruptedRun interrupted;
    QList<SlotFinding> slots;
    bool canFinish = false, canRestore = false; ///< leaving things as they are is always possible
    QString proposal; ///< finish, restore; leave where neither is possible; empty: nothing is to be done

    bool nothingToDo() const { return proposal.isEmpty(); }
    /// The owner gives signs of life: nobody else may touch the site.
    bool ownerLives() const { return owner().alive; }
    const LockRecord& owner() const { return interrupted.owner; }
};

/// Looks, and changes nothing. Errors: as observeSite.
Recovery lookForInterruptedRun(const Target& target, const RolloutPorts& ports, std::stop_token stop);

/// A finding as the warning `found` tells it, for checkSentence().
QJsonObject factsOf(const SlotFinding& slot);

struct RecoveryRequest {
    Target target;
    QString choice; ///< finish, restore, leave, unlock; empty: what is proposed once the lock is ours
    QString by, machine, reason;
};

/// Takes the site over from a dead owner (every host's fence first), looks again and does what was
/// chosen, as a run of its own of the kind `resume` or `unlock`. Finishing that fails restores.
/// Nothing is replayed from memory: each slot is brought to one release from wherever it is. Throws
/// nothing of its own.
RolloutResult runRecovery(
    const RecoveryRequest& request, const RolloutPorts& ports, std::stop_token stop);

/// For the above, and for tests on a model of a site. `run` has observed nothing yet.
Recovery findingsOf(Run& run, const InterruptedRun& interrupted);
RunFinished recover(Run& run, InterruptedRun interrupted, const QString& choice);

} // namespace gapless
