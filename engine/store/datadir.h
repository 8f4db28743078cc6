// SPDX-License-Identifier: MIT
#pragma once

#include <QProcessEnvironment>
#include <QString>

namespace gapless {

/// The folder that targets, settings and history are in, as an absolute path: what `--data-dir`
/// says, else $GAPLESS_DATA_DIR, else `gapless` in the XDG data folder. It may not exist yet.
QString dataDir(const QString& fromCommandLine, const QProcessEnvironment& environment);

} // namespace gapless
