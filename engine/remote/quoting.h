// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <optional>

namespace gapless {

/// The one function that puts a value into a remote script: a single-quoted POSIX sh word, or the
/// value itself where it has no character that sh reads. Error Internal on a NUL.
QByteArray quote(const QString& value);
QByteArray quote(const QByteArray& value);

/// The words quoted and joined by spaces.
QByteArray quoteWords(const QStringList& words);

/// Splits as a POSIX shell does (quotes, backslashes), without any expansion: `docker`,
/// `testCommand` and `reloadCommand` of a target. `$`, `*`, `;`, `|` and `#` stand for themselves.
/// Nothing where a quote stays open.
std::optional<QStringList> splitWords(const QString& line);

} // namespace gapless
