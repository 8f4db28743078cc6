// SPDX-License-Identifier: MIT
#pragma once

#include "engine/rollout/recovery.h"
#include "engine/rollout/run.h"

namespace gapless {

/// A container that is, was, or was to be a slot's.
struct FoundContainer {
    QString id, name, tag, restart;
    bool running = false;
    bool ownName = false; ///< it has the slot's name
};

/// The slot's own container first, then those that runs have left; from `run.found`.
QList<FoundContainer> containersOf(const Run& run, const Slot& slot);
/// The one that runs; null where none does.
const FoundContainer* holderIn(const QList<FoundContainer>& containers);
/// Observes the site, and what serves: a container that has not got the slot's name yet counts too.
void lookAgain(Run& run);
/// What no record told of the interrupted run, from the containers it left.
void fillIn(const Run& run, InterruptedRun& interrupted);

/// Blue-green and red-black: half of the slots serve, the others wait.
bool isGrouped(Strategy strategy);
/// Finishes a run of two groups whose new one runs and answers: asks at the gate where nobody has
/// approved, then switches. False where it is not as far as that, and nothing was done.
bool finishGroups(Run& run, const Recovery& found);

} // namespace gapless
