// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/releases.h"

#include <stop_token>

namespace gapless {

class DesktopContext;

/// What sheets want to know of a site, in one look that changes nothing.
struct SiteLook {
    QList<Release> releases; ///< the newest first
    QMap<QString, QString> serving; ///< slot -> tag, empty: none of ours
    QString previous; ///< the release to roll back to; empty: none is known
    QStringList upSlots; ///< with a running container and an up line
};

/// Blocks; for the background. Errors: those of observeSite and of the journal.
SiteLook lookAtSite(DesktopContext& context, const Target& target, std::stop_token stop);

/// How long the last run of that kind took that succeeded, ms; 0: none has.
qint64 lastDurationMs(const QList<RunSummary>& runs, const QString& kind);

} // namespace gapless
