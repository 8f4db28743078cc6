// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"

#include <QStringList>
#include <functional>
#include <stop_token>

namespace gapless {

class DesktopContext;

/// What the demo's old pipeline is to do.
struct ScriptRun {
    Target target;
    QString from, to; ///< tags
    QStringList command;
    std::function<void(const QString& run)> begun; ///< on this thread, once the run has its name
};

/// Runs the script while the target's witness watches, and keeps what both said in the journal, so that it is seen and
/// reported like any rollout. Nothing of ours protects the site meanwhile. Blocks; a thread of the pool. Errors: as
/// DesktopContext::witness and Journal.
void runScript(DesktopContext& context, const ScriptRun& script, std::stop_token stop);

} // namespace gapless
