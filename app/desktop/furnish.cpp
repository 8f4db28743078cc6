// SPDX-License-Identifier: MIT
#include "app/desktop/furnish.h"

#include "app/desktop/mainwindow.h"

namespace gapless {

void furnish(MainWindow&) { }

} // namespace gapless
