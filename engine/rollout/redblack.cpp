// SPDX-License-Identifier: MIT
#include "engine/rollout/groups.h"

namespace gapless {

void redBlack(Run& run)
{
    Groups groups = groupsOf(run);
    // A way back is not to wait for anybody: what it leads to has served before.
    const bool gated = run.request.kind != QStringLiteral("rollback");
    run.untilNoReturn([&] {
        steps::readyGroup(run, groups);
        if (gated) {
            steps::preview(run, groups);
            steps::approve(run, groups);
        }
        steps::switchTo(run, groups);
        steps::watchAndDrain(run, groups);
    });
    steps::settleGroups(run, groups);
}

} // namespace gapless
