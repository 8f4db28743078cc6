// SPDX-License-Identifier: MIT
#include "app/cli/markdownreport.h"
#include "app/cli/session.h"
#include "engine/model/eventjson.h"

#include <QJsonDocument>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct ReportOptions {
    QString run, format = QStringLiteral("md"), output;
};

Error usage(const QString& text)
{
    return Error(ErrorKind::Usage, {{u"text"_s, text}});
}

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

QByteArray written(Context& context, const ReportOptions& options)
{
    const QString& format = options.format;
    if (format == "html"_L1 || format == "pdf"_L1)
        throw usage(Cli::tr("--format %1 is not built yet; use md or json").arg(format));
    if (format != "json"_L1 && format != "md"_L1)
        throw usage(Cli::tr("--format takes html, json, md or pdf, not “%1”").arg(format));
    Journal& journal = context.session.journal();
    if (!journal.summary(options.run))
        throw Error(ErrorKind::RunUnknown, {{u"run"_s, options.run}});
    const QList<Event> events = journal.events(options.run);
    return format == "json"_L1 ? jsonReport(options.run, events)
                               : markdownReport(applyAll({}, events)).toUtf8();
}

} // namespace

void addReport(Subcommand& root)
{
    auto options = std::make_shared<ReportOptions>();
    root.under(u"report"_s, Cli::tr("Writes a run's evidence as a document."))
        .word(u"RUN"_s, &options->run, true, Cli::tr("The run, as “gaplessctl history” names it."))
        .text("--format", &options->format, u"html|json|md|pdf"_s,
            Cli::tr("What to write (default: md)."))
        .text("-o,--output", &options->output, Cli::tr("FILE"),
            Cli::tr("Where to write it (default: standard output)."))
        .does([options](Context& context) {
            const QByteArray report = written(context, *options);
            if (options->output.isEmpty()) {
                context.console.raw(report);
                return 0;
            }
            QSaveFile file(options->output);
            if (!file.open(QIODevice::WriteOnly) || file.write(report) != report.size()
                || !file.commit())
                throw Error(
                    ErrorKind::StoreUnusable, {{u"file"_s, options->output}}, file.errorString());
            return 0;
        });
}

} // namespace gapless
