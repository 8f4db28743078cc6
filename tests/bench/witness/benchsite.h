// SPDX-License-Identifier: MIT
#pragma once

#include <QTcpServer>
#include <vector>

namespace gapless {

class ScriptedHub;
class ScriptedPeer;

/// A site to witness, served by this process until its standard input ends: HTTP, and a hub that
/// passes every message on to everybody. Prints both ports and a line's end.
int serveBenchSite();

} // namespace gapless
