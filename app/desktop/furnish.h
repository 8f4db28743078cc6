// SPDX-License-Identifier: MIT
#pragma once

namespace gapless {

class MainWindow;

/// Plugs the pages, sheets and dialogs into a window that has just been made.
void furnish(MainWindow& window);

} // namespace gapless
