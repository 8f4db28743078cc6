// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/host.h"

namespace gapless {

/// Both take the host's state folder as the target names it; empty: /var/lib/gapless where that can be
/// written, else the SSH user's own.

/// The fence of a host: a file that names the run that may change it. It is set by whoever takes the
/// lock; a takeover sets it anew on every host first, so a forgotten process can act no more.
Command setFence(const QString& stateDir, const QString& key, const QString& run);

/// `command`, run under `flock` of the host's fence file after comparing the run in it with ours.
/// Ends with fencedStatus where another run has taken over.
Command fenced(const Command& command, const QString& stateDir, const QString& key, const QString& run);
inline constexpr int fencedStatus = 78;

} // namespace gapless
