// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"
#include "engine/remote/host.h"
#include "engine/remote/secrets.h"

#include <stop_token>

namespace gapless {

class SshLink;

/// Runs one command over `link` and waits for it, on the calling thread: SshHost::run.
CommandResult runCommand(SshLink& link, const Command& command, const HostSpec& host,
    const QString& user, Secrets& secrets, std::stop_token stop);

} // namespace gapless
