// SPDX-License-Identifier: MIT
#pragma once

#include "engine/rollout/run.h"

namespace gapless {

/// Says what a report needs to name of each host: who logged in and how, versions, the clock
/// (HostSeen, from the target and the doctor's checks).
void sayHosts(Run& run, const QList<Check>& checks);

/// Says which images `run.from` and `run.to` are on each host, with their ids and digests
/// (ImageSeen), as far as `run.found` has them. Once more where they came later.
void sayImages(Run& run);

} // namespace gapless
