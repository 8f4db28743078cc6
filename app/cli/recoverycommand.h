// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"
#include "app/cli/confirm.h"

namespace gapless {

/// What `resume` and `unlock` take.
struct RecoveryOptions {
    TargetOptions target;
    ConfirmOptions confirm;
    void addTo(Subcommand& command);
};

/// Looks, says what was found, asks where `choice` is empty (finish, restore, leave, unlock), and does
/// it. The exit status.
int runRecoveryCommand(Context& context, const RecoveryOptions& options, QString choice);

} // namespace gapless
