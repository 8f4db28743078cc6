// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/host.h"

namespace gapless {

/// The same script, run so that losing the connection cannot stop it half-way: in a session of its
/// own, with its output in `stateDir`/steps/`stepId`.log and its exit status, once it has ended, in
/// `.rc`. Sent a second time with the same `stepId` it does not run again: it waits for the first
/// run's end and reports that. Output comes when the script has ended. `stepId`: letters, digits, `-`.
Command detached(const Command& command, const QString& stateDir, const QString& stepId);

} // namespace gapless
