// SPDX-License-Identifier: MIT
#pragma once

#include "engine/rollout/run.h"
#include "engine/witness/arrivals.h"

namespace gapless {

/// A canary under way: the slot that has the new version, and all slots' turns, that one first.
struct Canary {
    SlotTurn& turn;
    std::vector<SlotTurn>& turns;
    bool weighed = false; ///< a share was given, and its undo is on the stack
    QStringList oldVersions; ///< that answered before the new one got any traffic
};

/// From rolling.cpp: a slot's turn as it is found.
SlotTurn turnFor(const Run& run, const Slot& slot);
/// The turns with `first` first, the new container of a slot brought as far as
/// `warmUp`, and a slot's whole turn (false: held by a decision).
std::vector<SlotTurn> turnsFrom(const Run& run, const Slot& first);
void bringOutside(Run& run, SlotTurn& turn);
bool replaceAsInRolling(Run& run, SlotTurn& turn);

/// What the witness saw of both versions since it began to look. `oldVersions` tells them apart where
/// the answers name no slot; an answer from nobody known is held against the new version when it
/// failed, since nginx itself answers for a server that does not.
CanaryCompared comparedFrom(
    const QList<Arrivals>& arrivals, const QString& slot, const QStringList& oldVersions, int percent);

/// In what the new version is worse than the limits allow; empty: in nothing. `whole`: enough was seen
/// to judge the 99th percentile, too.
QString worseIn(const CanaryCompared& compared, const CanaryLimits& limits, bool whole);

namespace steps {
/// nginx sends `percent` of the requests to the canary's slot; 100: the others go down.
void weight(Run& run, Canary& canary, int percent);
/// Looks at both versions for the pause. Errors: CanaryWorse, CanaryUnproven, CanaryAborted,
/// ContainerExited.
void compare(Run& run, Canary& canary, int percent);
}

} // namespace gapless
