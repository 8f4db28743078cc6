// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/error.h"

/// What the command line ends with; the contract's table.
namespace gapless::exitstatus {

constexpr int done = 0, failed = 1, usage = 2, halfDone = 3, notClean = 4, refused = 5,
              cancelled = 130;

/// For an error that no run has ended with.
int of(const Error& error);

} // namespace gapless::exitstatus
