// SPDX-License-Identifier: MIT
#include "app/desktop/furnish.h"

#include "app/desktop/furniture.h"

namespace gapless {

void furnish(MainWindow& window)
{
    new Furniture(window);
}

} // namespace gapless
