// SPDX-License-Identifier: MIT
#pragma once

#include "engine/journal/runstate.h"

#include <QString>

namespace gapless {

/// A run as a Markdown document, in the language that is set: what was done, what the witness saw,
/// each step with its time. Nothing in it is markup that a host or an image wrote.
QString markdownReport(const RunState& state);

} // namespace gapless
