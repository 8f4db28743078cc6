// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/plan.h"
#include "engine/rollout/run.h"

namespace gapless {

/// What `run` would do from here on: its strategy's own function, run against hosts that write down
/// what they are told. No host is asked anything; `run.found` is all it knows.
Plan planOf(const Run& run);

} // namespace gapless
