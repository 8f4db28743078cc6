// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <functional>

class QWidget;

namespace gapless {

class DesktopContext;
struct ReportRecord;

/// What a report's format is called for a person: HTML page, PDF document …
QString reportFormatName(const QString& format);

/// All that a report of the run is made of. Blocks; any thread. Error RunUnknown.
ReportRecord recordOf(DesktopContext& context, const QString& run, const QString& language);

/// Writes the run's report to the file, and says an error in a dialog; `done` is called with the file, or with nothing
/// where it was not written. Returns at once; the window's thread.
using Exported = std::function<void(const QString& file)>;
void exportRun(DesktopContext& context, QWidget* parent, const QString& run, const QString& format, const QString& file,
    Exported done);
/// Asks for a file and a format first. `done` is called only where a file was written.
void chooseExport(DesktopContext& context, QWidget* parent, const QString& run, Exported done);

} // namespace gapless
