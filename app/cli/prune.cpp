// SPDX-License-Identifier: MIT
#include "app/cli/confirm.h"
#include "app/cli/context.h"
#include "app/cli/decider.h"
#include "app/cli/session.h"
#include "app/cli/textlayout.h"
#include "app/wording/text.h"
#include "engine/rollout/prune.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct PruneOptions {
    TargetOptions target;
    ConfirmOptions confirm;
    bool dryRun = false;
};

QStringList tableOf(const QList<Prunable>& images)
{
    QList<QStringList> rows {{Cli::tr("TAG"), Cli::tr("HOST"), Cli::tr("SIZE"), Cli::tr("FREES")}};
    qint64 sum = 0;
    for (const Prunable& image : images) {
        sum += std::max<qint64>(image.frees, 0);
        rows.append({printableLine(image.tag), printableLine(image.host), bytesText(image.size),
            image.frees < 0 ? u"-"_s : bytesText(image.frees)});
    }
    return layout::table(rows)
        << Cli::tr("%1 tags would go, and at least %2 with them.")
               .arg(countText(images.size()), bytesText(sum));
}

int run(Context& context, const PruneOptions& options)
{
    Session& session = context.session;
    const Target target = session.target(options.target);
    TerminalDecider decider(context.console);
    const RolloutPorts ports {.hosts = session.hosts(target, options.target),
        .journal = session.journal(),
        .clock = session.clock(),
        .decider = decider};
    const QList<Prunable> images = planPrune(target, ports, context.stop);
    for (const Prunable& image : images)
        context.console.object({{u"type"_s, u"prunable"_s}, {u"host"_s, image.host},
            {u"tag"_s, image.tag}, {u"id"_s, image.imageId}, {u"size"_s, image.size},
            {u"frees"_s, image.frees < 0 ? QJsonValue() : QJsonValue(image.frees)}});
    if (images.isEmpty()) {
        context.console.print(Cli::tr("Nothing to remove: every release on the hosts is kept."));
        return 0;
    }
    context.console.print(tableOf(images));
    if (options.dryRun)
        return 0;
    confirm(context, target, Caution::OneConfirmation, options.confirm, [] { return QStringList(); });
    const QStringList removed = prune(target, ports, userName(), machineName(), context.stop);
    for (const QString& tag : removed)
        context.console.object({{u"type"_s, u"pruned"_s}, {u"tag"_s, tag}});
    context.console.print(Cli::tr("Removed: %1").arg(printableLine(removed.join(u", "_s))));
    return 0;
}

} // namespace

void addPrune(Subcommand& root)
{
    auto options = std::make_shared<PruneOptions>();
    root.under(u"prune"_s, Cli::tr("Removes the releases that nothing holds, after showing them."))
        .target(&options->target)
        .flag("--dry-run", &options->dryRun, Cli::tr("Show only."))
        .flag("--yes", &options->confirm.yes,
            Cli::tr("Answer yes where a confirmation would be asked for."))
        .about(Cli::tr("The newest image.keep releases, pinned ones, the one that serves, the one "
                       "before it and whatever any container on a host is made from are never "
                       "removed; neither is anything that is not this target's."))
        .example(u"gaplessctl prune chat --dry-run"_s, Cli::tr("What would go:"))
        .does([options](Context& context) { return run(context, *options); });
}

} // namespace gapless
