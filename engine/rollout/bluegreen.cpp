// SPDX-License-Identifier: MIT
#include "engine/rollout/groups.h"

namespace gapless {

void blueGreen(Run& run)
{
    Groups groups = groupsOf(run);
    try {
        steps::readyGroup(run, groups);
        steps::switchTo(run, groups);
        steps::watchAndDrain(run, groups);
    } catch (...) {
        run.restore(); // while the turns that the undo entries refer to are still here
        throw;
    }
    steps::settleGroups(run, groups);
}

} // namespace gapless
