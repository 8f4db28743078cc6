// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/context.h"
#include "app/cli/session.h"
#include "engine/guard/runrecord.h"
#include "engine/guard/sitelock.h"
#include "engine/site/observed.h"

namespace gapless {

/// What lock, journal and the gateway's record tell of the run that is under way or was cut off.
struct SiteRun {
    std::optional<LockRecord> lock;
    QString unfinishedRun; ///< empty: every run has ended
    /// Nobody is at it any more.
    bool unfinished() const { return !unfinishedRun.isEmpty() && !(lock && lock->alive); }
};

RecordPlace recordPlaceOf(const Target& target, Hosts& hosts, const ObservedSite& site);
SiteRun siteRun(Context& context, const Target& target, const RecordPlace& place);
/// For people: who holds the lock, and what can be resumed.
QStringList linesOf(const SiteRun& run);

/// Shows somebody's run as it goes, and asks its question here too. The exit status.
int followRun(Context& context, const RecordPlace& place, const QString& run);
/// Error Usage where no question is open or it has no such choice.
int answerFromHere(
    Context& context, const RecordPlace& place, const SiteRun& run, const QString& choice);

} // namespace gapless
