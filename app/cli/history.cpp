// SPDX-License-Identifier: MIT
#include "app/cli/follow.h"
#include "app/cli/session.h"
#include "app/cli/textlayout.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"
#include "engine/rollout/siterecord.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QString outcomeOf(const RunSummary& run)
{
    return outcomeName(run.outcome.isEmpty() ? u"unfinished"_s : run.outcome);
}

QJsonObject jsonOf(const RunSummary& run)
{
    QJsonObject serving;
    for (auto slot = run.serving.begin(); slot != run.serving.end(); ++slot)
        serving[slot.key()] = slot.value();
    QJsonObject line {{u"type"_s, u"run"_s}, {u"run"_s, run.run}, {u"target"_s, run.target},
        {u"kind"_s, run.kind}, {u"strategy"_s, run.strategy}, {u"from"_s, run.from},
        {u"to"_s, run.to}, {u"by"_s, run.by}, {u"machine"_s, run.machine},
        {u"reason"_s, run.reason}, {u"started"_s, run.started.toUTC().toString(Qt::ISODateWithMs)},
        {u"outcome"_s, run.outcome.isEmpty() ? QJsonValue() : QJsonValue(run.outcome)},
        {u"serving"_s, serving}, {u"verdict"_s, toJson(run.verdict)}};
    if (run.finished.isValid())
        line[u"finished"_s] = run.finished.toUTC().toString(Qt::ISODateWithMs);
    if (!run.error.isEmpty())
        line[u"error"_s] = run.error;
    return line;
}

QStringList tableOf(const QList<RunSummary>& runs)
{
    QList<QStringList> rows {
        {Cli::tr("RUN"), Cli::tr("STARTED"), Cli::tr("TARGET"), Cli::tr("KIND"), Cli::tr("FROM"),
            Cli::tr("TO"), Cli::tr("BY"), Cli::tr("OUTCOME"), Cli::tr("VERDICT")}};
    for (const RunSummary& run : runs)
        rows.append({run.run, QLocale().toString(run.started.toLocalTime(), QLocale::ShortFormat),
            printableLine(run.target), kindName(run.kind), printableLine(run.from),
            printableLine(run.to), printableLine(run.by), outcomeOf(run),
            verdictWord(run.verdict.word)});
    return layout::table(rows);
}

/// What other desktops have done to the site stands on its gateway.
void askGateway(Context& context, const QString& name)
{
    try {
        const TargetOptions options {name, {}, false};
        const Target target = context.session.target(options);
        Hosts& hosts = context.session.hosts(target, options);
        const ObservedSite site = observeSite(target, hosts, context.stop);
        learnFromGateway(
            context.session.journal(), recordPlaceOf(target, hosts, site), target, context.stop);
    } catch (const Error& error) {
        if (error.kind == ErrorKind::TargetUnknown)
            return; // one that was removed has a history all the same
        if (error.kind >= ErrorKind::StoreUnusable)
            throw;
        context.console.say(
            Cli::tr("Only this machine's runs; the gateway could not be asked: %1").arg(sentence(error)));
    }
}

} // namespace

void addHistory(Subcommand& root)
{
    struct HistoryOptions {
        QString target;
        int limit = 50;
        bool local = false;
    };
    auto options = std::make_shared<HistoryOptions>();
    root.under(u"history"_s, Cli::tr("Lists past runs, newest first."))
        .word(u"TARGET"_s, &options->target, false, Cli::tr("Only the runs of this target."))
        .number("--limit", &options->limit, Cli::tr("N"),
            Cli::tr("At most so many (default: 50; 0: all)."))
        .flag("--local", &options->local,
            Cli::tr("Only what this machine knows; do not ask the target's gateway for others' runs."))
        .does([options](Context& context) {
            if (!options->target.isEmpty() && !options->local)
                askGateway(context, options->target);
            RunFilter filter;
            filter.target = options->target;
            filter.limit = options->limit > 0 ? options->limit : -1;
            const QList<RunSummary> runs = context.session.journal().runs(filter);
            for (const RunSummary& run : runs)
                context.console.object(jsonOf(run));
            context.console.print(
                runs.isEmpty() ? QStringList {Cli::tr("No run yet.")} : tableOf(runs));
            return 0;
        });
}

} // namespace gapless
