// SPDX-License-Identifier: MIT
#pragma once

namespace gapless {

class Subcommand;

/// `target adopt`.
void addAdopt(Subcommand& target);

} // namespace gapless
