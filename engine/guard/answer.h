// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/event.h"
#include "engine/remote/host.h"

namespace gapless {

/// Answers a question of a run through its gateway, from whatever desktop: a file in the state folder
/// that the run's owner looks for while it waits. It is a record of who said so, no access control:
/// whoever may write there may answer. False where an answer lies there already.
bool leaveAnswer(Host& gateway, const QString& stateDir, const QString& run,
    const DecisionMade& answer, std::stop_token stop);

/// The answer that somebody has left, taken away from there; nothing as long as there is none.
std::optional<DecisionMade> takeAnswer(Host& gateway, const QString& stateDir, const QString& run,
    const QString& question, std::stop_token stop);

} // namespace gapless
