// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

/// Text on a terminal, measured by the columns it takes there: a Han character takes two.
namespace gapless::layout {

int displayWidth(QStringView text);
/// Cut to `columns` with an ellipsis where it is wider.
QString elided(const QString& text, int columns);
/// Filled with spaces to `columns`; as it is where it is wider.
QString padded(const QString& text, int columns);
/// Broken between words, and between Han characters, into lines of at most `columns`, each with
/// `indent` spaces before it (which count). Line ends in the text stay.
QStringList wrapped(const QString& text, int columns, int indent = 0);
/// Columns as wide as their widest cell, two spaces apart; the last one is not padded.
QStringList table(const QList<QStringList>& rows);

} // namespace gapless::layout
