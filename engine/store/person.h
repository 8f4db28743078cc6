// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace gapless {

/// Whose run this is: the user's name here, and this machine's.
QString userName();
QString machineName();

} // namespace gapless
