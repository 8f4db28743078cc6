// SPDX-License-Identifier: MIT
#include "engine/rollout/groups.h"

namespace gapless {

void redBlack(Run& run)
{
    Groups groups = groupsOf(run);
    // A way back is not to wait for anybody: what it leads to has served before.
    const bool gated = run.request.kind != QStringLiteral("rollback");
    try {
        steps::readyGroup(run, groups);
        if (gated) {
            steps::preview(run, groups);
            steps::approve(run, groups);
        }
        steps::switchTo(run, groups);
        steps::watchAndDrain(run, groups);
    } catch (...) {
        run.restore(); // while the turns that the undo entries refer to are still here
        throw;
    }
    steps::settleGroups(run, groups);
}

} // namespace gapless
