// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/host.h"

namespace gapless {

/// All take the host's state folder as the target names it; empty: /var/lib/gapless where that can be
/// written, else the SSH user's own.

/// The fence of a host: a file that names the run that may change it. It is set by whoever takes the
/// lock; a takeover sets it anew on every host first, so a forgotten process can act no more. Each
/// user that commands run as (`sudo` or not) has to reach the one that guards them: it is set with the
/// same privilege.
Command setFence(const QString& stateDir, const QString& key, const QString& run, Privilege privilege);

/// `command`, run under `flock` of the host's fence file after comparing the run in it with ours.
/// Ends with fencedStatus where another run has taken over.
Command fenced(const Command& command, const QString& stateDir, const QString& key, const QString& run);
inline constexpr int fencedStatus = 78;

/// The lines of sh that fenced() puts before a script; they leave the state folder in `$d`.
QByteArray fenceLines(const QString& stateDir, const QString& key, const QString& run);

} // namespace gapless
