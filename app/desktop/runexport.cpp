// SPDX-License-Identifier: MIT
#include "app/desktop/runexport.h"

#include "engine/model/error.h"
#include "engine/model/eventjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Reports {
    Q_DECLARE_TR_FUNCTIONS(Reports)
};

QByteArray jsonReport(const QString& run, const QList<Event>& events)
{
    QJsonArray lines;
    for (const Event& event : events)
        lines.append(toJson(event));
    const QJsonObject report {{u"schema"_s, 1}, {u"type"_s, u"report"_s}, {u"run"_s, run},
        {u"gapless"_s, QStringLiteral(GAPLESS_VERSION)}, {u"state"_s, toJson(applyAll({}, events))},
        {u"events"_s, lines}};
    return QJsonDocument(report).toJson(QJsonDocument::Indented);
}

} // namespace

QStringList reportFormats()
{
    return {u"json"_s};
}

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

void writeReport(
    const Journal& journal, const QString& run, const QString& format, const QString& file)
{
    if (!reportFormats().contains(format))
        throw Error(ErrorKind::Usage,
            {{u"text"_s,
                Reports::tr("a report's file ends in %1, not in “%2”")
                    .arg(reportFormats().join(u", "_s), format)}});
    if (!journal.summary(run))
        throw Error(ErrorKind::RunUnknown, {{u"run"_s, run}});
    const QByteArray report = jsonReport(run, journal.events(run));
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(report) != report.size() || !out.commit())
        throw Error(ErrorKind::StoreUnusable, {{u"file"_s, file}}, out.errorString());
}

} // namespace gapless
