// SPDX-License-Identifier: MIT
#pragma once

namespace gapless {

/// All of gaplessctl: parses, runs the command beside the event loop, and returns the exit status.
int runCommandLine(int argc, char** argv);

} // namespace gapless
