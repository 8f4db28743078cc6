// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/host.h"

namespace gapless {

/// The same script, run so that losing the connection cannot stop it half-way: in a session of its
/// own, with its output and, once it has ended, its exit status kept in `stateDir`/steps (empty: as
/// for a fence). Sent a second time with the same `stepId` it does not run again: it waits for the
/// first run's end and reports that. Output comes when the script has ended; the script reads
/// nothing. `stepId`: letters, digits, `-`.
Command detached(const Command& command, const QString& stateDir, const QString& stepId);
/// Ends with this where the first run was ended from outside (a reboot): what it did is not known.
inline constexpr int detachedUnknownStatus = 79;

/// Removes what detached() kept of the steps whose ids begin with `prefix`, and of every step that is
/// older than a day.
Command forgetDetached(const QString& stateDir, const QString& prefix, Privilege privilege);

} // namespace gapless
