// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/host.h"

#include <QList>
#include <variant>

namespace gapless {

/// A command for one of several hosts.
struct HostCommand {
    QString host;
    Command command;
};

/// What came of it: a result, or why there is none.
using HostOutcome = std::variant<CommandResult, Error>;

/// Runs all of them at once, each on a thread of its own, and returns their outcomes in order.
/// Throws Cancelled only.
QList<HostOutcome> runAtOnce(
    Hosts& hosts, const QList<HostCommand>& commands, std::stop_token stop);

} // namespace gapless
