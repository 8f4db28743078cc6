// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"
#include "engine/site/scriptreport.h"

#include <QSet>

namespace gapless {

/// What the gateway host said of itself, before anything is made of it.
struct GatewayLook {
    QString realPath; ///< of the upstream file, symlinks resolved; empty: it is not there
    QByteArray bytes;
    QString unreadable; ///< empty, or why the bytes are missing: `missing`, `permission`, `notFile`
    bool pinned = false; ///< the file is a mount point, so a rename cannot replace it
    bool root = false;
    QSet<QString> tools; ///< of those that Gapless uses, the ones that are there
    QString stateDir; ///< empty: none could be written or created
    bool stateDirShared = false; ///< not one SSH user's own: every user of this gateway finds it
};

/// Looks at the upstream file, the tools and the state folder, which it creates (0700) where it is
/// not there yet. More can be asked in the same script, which then has $file, $real (symlinks
/// resolved; unset where there is no file) and $state (unset where there is no such folder).
QByteArray gatewayLookScript(
    const Target& target, const QString& systemStateDir = QStringLiteral("/var/lib/gapless"));
GatewayLook gatewayLookFrom(const ScriptReport& report);

} // namespace gapless
