// SPDX-License-Identifier: MIT
#pragma once

namespace gapless {

/// Makes every TimelineView readable by a screen reader: one accessible child for every bar, named
/// by its sentence. Once a process.
void installTimelineAccessibility();

} // namespace gapless
