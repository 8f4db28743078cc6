// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"
#include "app/cli/context.h"
#include "engine/journal/runstate.h"
#include "engine/guard/runrecord.h"

namespace gapless {

/// What a command takes that says something to a run that is under way, here or at another desktop.
struct LiveRunOptions {
    QString run; ///< or a saved target's name: its run
    QString by, note;
    TargetOptions target;
    /// RUN|TARGET, --by, --note, --saved, --target.
    void addTo(Subcommand& command);
};

/// A run whose owner is alive.
struct LiveRun {
    QString id;
    RecordPlace place;
};

/// Finds it by the site's lock. Errors: NothingToApprove (with `question`) where no such run holds
/// the site, RunUnfinished where its owner is gone, RunUnknown, those of Session::target and
/// observeSite.
LiveRun liveRun(Context& context, const LiveRunOptions& options, const QString& question);

/// What its record on the gateway says of it so far.
RunState stateOf(Context& context, const LiveRun& run);

/// Leaves the answer on the gateway, where the run's owner looks for it, and says so under --json.
/// Error NothingToApprove where an earlier one has not been taken yet.
DecisionMade leave(Context& context, const LiveRun& run, const LiveRunOptions& options,
    const QString& question, const QString& choice);

} // namespace gapless
