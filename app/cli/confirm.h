// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/context.h"
#include "engine/model/target.h"
#include "engine/store/person.h"

namespace gapless {

/// What was answered beforehand on the command line.
struct ConfirmOptions {
    bool yes = false;
    QString name; ///< --confirm
    QString reason; ///< --reason
};

/// How much of a target's protection an act has to pass: a rollback to the previous release and
/// what mends an interrupted run never ask for typing.
enum class Caution { Full, OneConfirmation };

/// Asks what the target's protection says, after saying `summary`, which is asked
/// for only where a person is about to be. Returns the
/// reason. Errors: ReadOnlyTarget, ProtectionNotConfirmed, NotInteractive; Cancelled on a "no".
QString confirm(Context& context, const Target& target, Caution caution,
    const ConfirmOptions& answers, const std::function<QStringList()>& summary);

/// One y/N question; `option` is what would have answered it. Error NotInteractive.
bool askYesNo(Context& context, const QString& question, const QString& option);

} // namespace gapless
