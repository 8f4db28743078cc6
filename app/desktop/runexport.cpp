// SPDX-License-Identifier: MIT
#include "app/desktop/runexport.h"

#include "app/desktop/context.h"
#include "app/desktop/sheet.h"
#include "app/report/report.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Reports {
    Q_DECLARE_TR_FUNCTIONS(Reports)
};

} // namespace

QString reportFormatName(const QString& format)
{
    if (format == "html"_L1)
        return Reports::tr("HTML page");
    if (format == "pdf"_L1)
        return Reports::tr("PDF document");
    if (format == "md"_L1)
        return Reports::tr("Markdown text");
    return Reports::tr("JSON data");
}

namespace {

void refuseOtherFormats(const QString& format)
{
    if (!reportFormats().contains(format))
        throw Error(ErrorKind::Usage,
            {{u"text"_s,
                Reports::tr("a report's file ends in %1, not in “%2”")
                    .arg(reportFormats().join(u", "_s), format)}});
}

/// The file is replaced whole or not at all. Error StoreUnusable.
void save(const QByteArray& report, const QString& file)
{
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(report) != report.size() || !out.commit())
        throw Error(ErrorKind::StoreUnusable, {{u"file"_s, file}}, out.errorString());
}

} // namespace

ReportRecord recordOf(DesktopContext& context, const QString& run, const QString& language)
{
    const Journal& journal = context.journal();
    if (!journal.summary(run))
        throw Error(ErrorKind::RunUnknown, {{u"run"_s, run}});
    return makeRecord(
        journal.events(run), language, QTimeZone::systemTimeZone(), context.clock().now());
}

void exportRun(DesktopContext& context, QWidget* parent, const QString& run, const QString& format, const QString& file,
    Exported done)
{
    const auto refused = [parent, done](const Error& error) {
        showError(parent, error);
        done({});
    };
    // Reading and painting take a second for a long run; only the words between them need the window's thread.
    runInBackground(
        parent,
        [&context, run, language = context.language().code()](
            std::stop_token) { return recordOf(context, run, language); },
        [parent, format, file, done, refused](const Outcome<ReportRecord>& outcome) {
            try {
                if (outcome.error)
                    throw *outcome.error;
                if (!outcome.value)
                    return done({});
                refuseOtherFormats(format);
                runInBackground(
                    parent,
                    [write = reportWriter(*outcome.value, format), file](std::stop_token) {
                        save(write(), file);
                        return true;
                    },
                    [file, done, refused](const Outcome<bool>& written) {
                        if (written.error)
                            refused(*written.error);
                        else
                            done(written.value ? file : QString());
                    });
            } catch (const Error& error) {
                refused(error);
            }
        });
}

void chooseExport(DesktopContext& context, QWidget* parent, const QString& run, Exported done)
{
    auto* dialog = new QFileDialog(parent, Reports::tr("Export a report"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    QStringList filters;
    for (const QString& format : reportFormats())
        filters.append(u"%1 (*.%2)"_s.arg(reportFormatName(format), format));
    dialog->setNameFilters(filters);
    dialog->selectFile(run + u'.' + reportFormats().first());
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, run, filters](const QString& one) {
        dialog->selectFile(run + u'.' + reportFormats().value(filters.indexOf(one)));
    });
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
        [&context, parent, run, done = std::move(done)](const QString& file) {
            exportRun(context, parent, run, file.section(u'.', -1), file, [done](const QString& written) {
                if (!written.isEmpty())
                    done(written);
            });
        });
    dialog->open();
}

} // namespace gapless
