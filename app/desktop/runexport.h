// SPDX-License-Identifier: MIT
#pragma once

#include "engine/journal/journal.h"

#include <QStringList>

namespace gapless {

/// What a run can be exported as, by the ending of the file's name; the first is offered first.
QStringList reportFormats();
/// For a person: HTML page, PDF …
QString reportFormatName(const QString& format);

/// Writes a run's evidence; replaces the file whole or not at all. Blocks; any thread. Errors:
/// RunUnknown, Usage for a format that is not one, StoreUnusable.
void writeReport(
    const Journal& journal, const QString& run, const QString& format, const QString& file);

} // namespace gapless
