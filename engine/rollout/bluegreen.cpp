// SPDX-License-Identifier: MIT
#include "engine/rollout/groups.h"

namespace gapless {

void blueGreen(Run& run)
{
    Groups groups = groupsOf(run);
    run.untilNoReturn([&] {
        steps::readyGroup(run, groups);
        steps::switchTo(run, groups);
        steps::watchAndDrain(run, groups);
    });
    steps::settleGroups(run, groups);
}

} // namespace gapless
