// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace gapless {

/// The unified diff of two texts with three lines of context, for people to read; empty where they
/// are equal. Bytes that are no UTF-8 show as U+FFFD, carriage returns and other control characters
/// as their pictures (`␍`), so that nothing in a file can steer a terminal.
QString unifiedDiff(const QByteArray& before, const QByteArray& after, const QString& file);

} // namespace gapless
