// SPDX-License-Identifier: MIT
#pragma once

namespace gapless {

/// The whole of `gapless`, from its arguments to its exit status.
int runDesktop(int argc, char** argv);

} // namespace gapless
