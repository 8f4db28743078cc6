// SPDX-License-Identifier: MIT
#pragma once

#include "engine/journal/runstate.h"

#include <QStringList>

namespace gapless {

/// A run as lines of a terminal: what it is, its steps slot by slot with their times, what is being
/// waited for and why, what the witness counts, and what serves. Text alone, no terminal.
struct LiveView {
    int columns = 80;
    int rows = 24; ///< at most so many lines; the oldest steps give way
    bool color = false;

    QStringList lines(const RunState& state, const QDateTime& now) const;
};

} // namespace gapless
