// SPDX-License-Identifier: MIT
#pragma once

#include "engine/rollout/run.h"

namespace gapless {

/// The two groups of a blue-green or red-black rollout: `next` gets the release while `before`
/// serves. It outlives its run's undo entries.
struct Groups {
    std::vector<SlotTurn> next, before;
    /// The next group still runs the release that is wanted, and answers: nothing has to be started.
    bool warm = false;
};

/// Which group is next: the one that serves less; where both serve alike, the later one.
Groups groupsOf(Run& run);

/// Whether a rollback is one reload: the wanted release still runs in the group that is down.
bool isWarm(Run& run);

namespace steps {
/// Puts the release into the next group, outside nginx, ready and warmed up. A slot of it that serves
/// is taken out first.
void readyGroup(Run& run, Groups& groups);
/// One edit and one reload move all traffic to the next group; traffic is proven to arrive.
void switchTo(Run& run, Groups& groups);
/// The next group is watched, then the old one's connections are given their time.
void watchAndDrain(Run& run, Groups& groups);
/// What follows success: names, and the old group kept warm. Cannot fail the rollout any more.
void settleGroups(Run& run, Groups& groups);
/// A listener of the gateway that leads to the next group, where the target asks for one.
void preview(Run& run, Groups& groups);
/// Waits until somebody approves; Errors ApprovalRejected, ApprovalExpired, ContainerExited.
void approve(Run& run, Groups& groups);
/// nginx has seen to it that requests reach the slot. Error TrafficNotArriving.
void proveTraffic(Run& run, SlotTurn& turn);
}

} // namespace gapless
