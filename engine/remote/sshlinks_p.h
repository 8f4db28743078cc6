// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/sshlink_p.h"
#include "engine/remote/sshroute.h"

namespace gapless {

/// The link at the end of `routes` (not empty): each hop's is reached through the one before it,
/// and each has an I/O thread of its own.
std::shared_ptr<SshLink> linkAlong(const QList<SshRoute>& routes, const SshOptions& options,
    Secrets& secrets, HostKeyDecider& decider);

} // namespace gapless
