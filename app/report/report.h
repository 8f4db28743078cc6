// SPDX-License-Identifier: MIT
#pragma once

#include "app/report/record.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QStringList>
#include <functional>
#include <memory>

namespace gapless {

/// html, json, md, pdf.
QStringList reportFormats();

/// What a program without a window needs to write a PDF: an application that knows fonts and has no
/// screen. `argc` must outlive it.
std::unique_ptr<QCoreApplication> paintingApplication(int& argc, char** argv);

/// A run's evidence as a document for an auditor, in the record's language whatever language is
/// set. Text that a host, a container or a person wrote is text in it and never markup. HTML is one
/// file without scripts or references, the timeline in it as SVG. The same record gives the same
/// bytes, PDF apart. Main thread; `pdf` needs a QGuiApplication. Error Internal for an unknown
/// format.
QByteArray writeReport(const ReportRecord& record, const QString& format);
/// The same in two halves, for a window: what is said is said now, on the main thread; the function
/// it gives does what is left, which for a PDF is nearly all of it, and may run on any thread.
std::function<QByteArray()> reportWriter(const ReportRecord& record, const QString& format);

/// What a report was found to be, from its own bytes alone.
struct Verified {
    enum class Word {
        NoReport, ///< not one of ours, or cut off
        StreamChanged, ///< its events do not have the SHA-256 that it states
        TextChanged, ///< its text is not what its events give
        OtherVersion, ///< its events are whole; another version wrote its text, so that was not
                      ///< made again
        Whole, ///< the text too is what the events give (of a PDF: only the events were looked at)
    };
    Word word = Word::NoReport;
    QString format, run, stated; ///< `stated`: the SHA-256 that it states
    QString sha256; ///< of the events it carries
    QString version; ///< of the Gapless that made it
    qint64 events = 0;
};

/// Computes the SHA-256 of the events that a report carries and makes its text from them again.
/// Main thread. The journal is the caller's to compare with: streamOf(journal.events(run)).
Verified verifyReport(const QByteArray& report);

} // namespace gapless
