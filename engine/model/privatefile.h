// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/error.h"

#include <QByteArray>
#include <QString>

/// Files that only their owner may read: what was deployed where is nobody else's business.
namespace gapless {

/// Creates the folder, and those above it that are missing, with mode 0700. A folder that is there
/// keeps its mode. Error StoreUnusable.
void createPrivateFolder(const QString& folder);

/// Creates the file with mode 0600, and gives one that is there that mode. Error StoreUnusable.
void createPrivateFile(const QString& path);

/// Replaces the file's content in one step and syncs it: after a crash the file has the old content
/// or the new. Mode 0600. Error StoreUnusable.
void writePrivateFile(const QString& path, const QByteArray& content);

/// The whole file. Error FileUnreadable.
QByteArray readWholeFile(const QString& path);

/// StoreUnusable for what the system's error number says.
Error storeUnusable(const QString& path, int errorNumber);

} // namespace gapless
