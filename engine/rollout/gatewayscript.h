// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>
#include <optional>

namespace gapless {

/// One edit of nginx's file, as a script that runs on the gateway without anybody's help.
struct GatewayEdit {
    QString realPath; ///< symlinks resolved: a rename over a link would replace the link
    /// Of the bytes that `bytes` was made from; the file must still have it. Empty: there is no file
    /// yet, and this makes it.
    QString sha256;
    QByteArray bytes; ///< what the file shall be
    QString backup; ///< where the old bytes are kept: outside every include path
    QString lock; ///< held meanwhile: two sites may share one nginx; empty: none is
    QStringList testCommand, reloadCommand; ///< words
    bool remove = false; ///< the file goes: what a first deployment wrote is taken back
    int reloadSeconds = 10; ///< how long new workers may take to appear
};

/// What the script ends with where it is not 0. The file is then what it was, unless `Io`.
enum class GatewayEditStatus {
    TestFailedBefore = 70, ///< nginx's test fails as the configuration stands
    ChangedMeanwhile = 71,
    Rejected = 72, ///< the test fails with the edit
    ReloadFailed = 73,
    Io = 74,
    Busy = 75, ///< another site's edit does not end
    NotTaken = 76, ///< the reload ended with 0 and no worker was replaced
    NotRunning = 77,
};

/// Back up, write beside, test, rename, test, reload, prove: DESIGN's `down`; a test is left out where another one says
/// the same. Prints
/// `old PID …`, `taken NEW DRAINING`; nginx's own words go to stderr.
QByteArray gatewayEditScript(const GatewayEdit& edit);

struct GatewayEditProof {
    QList<qint64> oldWorkers;
    int newWorkers = 0, oldDraining = 0;
};
std::optional<GatewayEditProof> readGatewayEditProof(const QByteArray& out);

} // namespace gapless
