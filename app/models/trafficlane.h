// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/lanes.h"

namespace gapless {

/// Who gets how much of the traffic, from the run's beginning to `nowMs`; nothing for a rolling
/// rollout, whose slots say all there is to it.
std::optional<Lane> trafficLane(const RunState& state, const QList<Event>& events, double nowMs);

} // namespace gapless
