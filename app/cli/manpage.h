// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"

namespace gapless {

/// The manual page of the whole program, made of what `help` says; packaging/man has it in English,
/// and a test holds the two together.
QString manPage(const Subcommand& root);

} // namespace gapless
