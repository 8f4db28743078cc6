// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace gapless {

/// Whether `*` and `?` in `pattern` can stand for what `text` has there; ASCII case does not
/// matter.
bool matchesPattern(QStringView text, QStringView pattern);

/// ssh's pattern lists (ssh_config(5), PATTERNS): one must match, and none that begins with `!`.
bool matchesPatterns(const QString& text, const QStringList& patterns);

} // namespace gapless
