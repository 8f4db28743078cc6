// SPDX-License-Identifier: MIT
#pragma once

#include "engine/rollout/run.h"

namespace gapless {

class Witness;

/// The whole of a rollout, from `connect` to `runFinished`, on whatever `run` was made with: real
/// hosts or a model of them. `previous` gives the release to roll back to from the one that
/// serves, for a rollback that names none. Throws nothing.
RunFinished conduct(
    Run& run, Witness* witness, const std::function<QString(const QString& serving)>& previous);

/// The tag of the slots that serve; the first slot's where they differ, empty where none does.
QString servingTag(const ObservedSite& found);

/// The same, or where nothing runs any more what the slots that get traffic were left with: what a
/// rollback is to lead away from.
QString presentTag(const ObservedSite& found);

/// What the site gets, from what somebody asked for: `repository:hash_x` and `hash_x` are the same.
QString tagOf(const Target& target, const QString& asked);

/// Fills `run.found`, `run.serving` and `run.to` from what is there. Errors: TagUnknown,
/// ImageMissing, NothingToRollBackTo.
void takeStock(Run& run, ObservedSite found, const QString& tag);

/// Which of the slots that get traffic answer as expected, in `run.unready`; for a rollback, whether
/// this is an emergency. Where a slot cannot be
/// asked at all nothing is said against it: that is the doctor's to explain.
void askWhoIsReady(Run& run);

/// The strategy's own function. Error StrategyNotBuilt.
void runStrategy(Run& run);

} // namespace gapless
