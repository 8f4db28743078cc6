// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/sshoptions.h"
#include "engine/remote/sshroute.h"

namespace gapless {

/// The connections that lead to a host, the jump hosts first and the host last: what the target
/// says, and where it says nothing what ssh_config does. Errors: SshConfigBroken,
/// ProxyCommandUnsupported.
QList<SshRoute> routesTo(const HostSpec& spec, const SshOptions& options);

} // namespace gapless
