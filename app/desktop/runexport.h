// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace gapless {

class DesktopContext;
struct ReportRecord;

/// What a report's format is called for a person: HTML page, PDF document …
QString reportFormatName(const QString& format);

/// All that a report of the run is made of. Blocks; any thread. Error RunUnknown.
ReportRecord recordOf(DesktopContext& context, const QString& run, const QString& language);

/// Writes the report (the window's thread, as writeReport asks); replaces the file whole or not at
/// all. Errors: Usage for a format that is not one, StoreUnusable.
void writeReportTo(const ReportRecord& record, const QString& format, const QString& file);

} // namespace gapless
