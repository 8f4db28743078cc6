// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// What becomes of a journal that SQLite finds damaged. No history is thrown away: the file is kept
/// as it was, and the next one begins with what can be read of it.
namespace gapless::salvage {

/// Copies the damaged file (and its WAL) aside, once, and leaves a mark for the next start. Returns
/// the copy's name; empty where no copy could be made.
QString keepCopy(const QString& path);

/// Whether keepCopy() has left its mark.
bool wasFoundDamaged(const QString& path);

/// Puts a journal with every event that can be read in the damaged one's place and takes the mark
/// away. Returns how many runs it holds. Error StoreUnusable.
int replace(const QString& path);

} // namespace gapless::salvage
