// SPDX-License-Identifier: MIT
#include "app/cli/exitstatus.h"

namespace gapless::exitstatus {

int of(const Error& error)
{
    // The enum is sorted by theme: first what the command line or a file has wrong, last what this
    // machine has.
    if (error.kind <= ErrorKind::RunUnknown)
        return usage;
    return error.kind >= ErrorKind::StoreUnusable ? failed : refused;
}

} // namespace gapless::exitstatus
