// SPDX-License-Identifier: MIT
#include "app/desktop/runexport.h"

#include "app/desktop/context.h"
#include "app/report/report.h"

#include <QCoreApplication>
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

ReportRecord recordOf(DesktopContext& context, const QString& run, const QString& language)
{
    const Journal& journal = context.journal();
    if (!journal.summary(run))
        throw Error(ErrorKind::RunUnknown, {{u"run"_s, run}});
    return makeRecord(
        journal.events(run), language, QTimeZone::systemTimeZone(), context.clock().now());
}

void writeReportTo(const ReportRecord& record, const QString& format, const QString& file)
{
    if (!reportFormats().contains(format))
        throw Error(ErrorKind::Usage,
            {{u"text"_s,
                Reports::tr("a report's file ends in %1, not in “%2”")
                    .arg(reportFormats().join(u", "_s), format)}});
    const QByteArray report = writeReport(record, format);
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(report) != report.size() || !out.commit())
        throw Error(ErrorKind::StoreUnusable, {{u"file"_s, file}}, out.errorString());
}

} // namespace gapless
