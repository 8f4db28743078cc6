// SPDX-License-Identifier: MIT
#include "app/report/report.h"
#include "app/cli/session.h"
#include "app/wording/language.h"

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

QByteArray written(Context& context, const ReportOptions& options)
{
    const QString& format = options.format;
    if (!reportFormats().contains(format))
        throw usage(Cli::tr("--format takes html, json, md or pdf, not “%1”").arg(format));
    Journal& journal = context.session.journal();
    if (!journal.summary(options.run))
        throw Error(ErrorKind::RunUnknown, {{u"run"_s, options.run}});
    QByteArray report;
    const QList<Event> events = journal.events(options.run);
    onMainThread([&] {
        report = writeReport(makeRecord(events, Language::currentCode(),
                                 QTimeZone::systemTimeZone(), context.session.clock().now()),
            format);
    });
    return report;
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
        .about(Cli::tr("Each carries the run's events and their SHA-256, which “gaplessctl verify” "
                       "checks. --lang gives the report's language."))
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
