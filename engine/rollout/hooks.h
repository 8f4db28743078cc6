// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/host.h"

#include <QMap>

namespace gapless {

class Run;
struct RunFinished;

/// A hook: a command line of the user's own. `/bin/sh -c` runs it on this machine as the user that
/// Gapless runs as, in a process group of its own, with no input. A shell and not words, because it is
/// the user's own text on the user's own machine, and hooks are pipes and redirections more often
/// than not; what it is told stands in its environment and is never pasted into the text.
struct Hook {
    QString name; ///< beforeBuild, beforeRollout, afterRollout, onFailure
    QString command;
    QMap<QString, QString> environment; ///< added to Gapless's own: GAPLESS_…, never a secret
    std::chrono::milliseconds deadline = std::chrono::minutes(5);
};

/// Tells `onLine` of each line as it is written, on the calling thread, and returns when the hook has
/// ended with 0. A cancel or the deadline ends its whole process group, first with SIGTERM. Blocks;
/// needs no event loop. Errors: HookFailed {hook, exit | signal | seconds}, with its last lines of
/// standard error. Throws Cancelled.
void runHook(const Hook& hook, const std::function<void(OutputStream, const QString&)>& onLine,
    std::stop_token stop);

namespace steps {
/// The hook as a step of that name, its lines as outputLine events; nothing where `command` is empty.
/// `facts` is added to what every hook is told (target, run, releases). Throws what runHook throws.
void hook(Run& run, const QString& name, const QString& command,
    const QMap<QString, QString>& facts = {});
/// `beforeBuild`, `beforeRollout`: a failure refuses, or is reported, as the target says.
void hookBefore(Run& run, const QString& name, const QString& command);
/// `afterRollout` where it succeeded, else `onFailure`; a failure is reported.
void hookAfter(Run& run, const RunFinished& finished);
}

} // namespace gapless
