// SPDX-License-Identifier: MIT
#pragma once

#include "engine/rollout/rollout.h"

#include <QStringList>

namespace gapless {

/// `gaplessctl` with these words, quoted so that a shell reads them back: what “copy as command
/// line” puts into the clipboard.
QString commandText(const QStringList& words);

/// The command line that does what the window is asked to do. Options that equal the command's own
/// defaults are left out. `recorded`: a rollback with the options that the release last ran with.
QString commandText(const RolloutRequest& request, bool watched = true, bool recorded = false);

} // namespace gapless
