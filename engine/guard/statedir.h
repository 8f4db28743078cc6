// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/quoting.h"

namespace gapless {

/// A line of sh that sets `d` to a host's state folder: the one that is named, else /var/lib/gapless
/// where the user can write it, else the user's own. The same order of places as for the gateway's.
inline QByteArray stateDirLine(const QString& stateDir)
{
    if (!stateDir.isEmpty())
        return "d=" + quote(stateDir) + "\n";
    return "d=/var/lib/gapless; mkdir -p \"$d\" 2>/dev/null; [ -w \"$d\" ] || "
           "d=${XDG_STATE_HOME:-$HOME/.local/state}/gapless\n";
}

} // namespace gapless
