// SPDX-License-Identifier: MIT
#include "app/cli/session.h"
#include "app/cli/textlayout.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"
#include "engine/site/observed.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QString routingId(ObservedSlot::Routing routing)
{
    switch (routing) {
    case ObservedSlot::Routing::Up:
        return u"up"_s;
    case ObservedSlot::Routing::Down:
        return u"down"_s;
    case ObservedSlot::Routing::Missing:
        return u"missing"_s;
    }
    return {};
}

QString routingName(const ObservedSlot& slot)
{
    switch (slot.routing) {
    case ObservedSlot::Routing::Up:
        return slot.weight == 1 ? Cli::tr("up", "slot in nginx")
                                : Cli::tr("up, weight %1").arg(slot.weight);
    case ObservedSlot::Routing::Down:
        return Cli::tr("down", "slot in nginx");
    case ObservedSlot::Routing::Missing:
        return Cli::tr("not in nginx");
    }
    return {};
}

/// The run that this data folder knows of and that nobody has ended.
std::optional<RunSummary> unfinishedRun(Journal& journal, const Target& target)
{
    RunFilter filter;
    filter.target = target.name;
    filter.limit = 1;
    const QList<RunSummary> runs = journal.runs(filter);
    return !runs.isEmpty() && runs.first().outcome.isEmpty() ? std::optional(runs.first())
                                                             : std::nullopt;
}

QJsonObject jsonOf(const Target& target, const ObservedSlot& slot)
{
    const Slot& spec = *target.slot(slot.name);
    QJsonObject json {{u"slot"_s, slot.name}, {u"host"_s, spec.host}, {u"server"_s, spec.server},
        {u"container"_s, spec.container}, {u"tag"_s, slot.tag}, {u"imageId"_s, slot.imageId},
        {u"routing"_s, routingId(slot.routing)}, {u"weight"_s, slot.weight},
        {u"state"_s, slot.container ? slot.container->status : u"absent"_s}};
    if (slot.container) {
        json[u"containerId"_s] = slot.container->id;
        json[u"startedAt"_s] = slot.container->startedAt.toString(Qt::ISODateWithMs);
    }
    return json;
}

QJsonObject jsonOf(
    const Target& target, const ObservedSite& site, const std::optional<RunSummary>& unfinished)
{
    QJsonArray slotList;
    for (const ObservedSlot& slot : site.slots)
        slotList.append(jsonOf(target, slot));
    return {{u"type"_s, u"status"_s}, {u"target"_s, target.name}, {u"slots"_s, slotList},
        {u"gateway"_s,
            QJsonObject {{u"host"_s, target.gateway.host}, {u"file"_s, site.gateway.realPath},
                {u"upstream"_s, target.gateway.upstream}, {u"sha256"_s, site.gateway.sha256},
                {u"stateDir"_s, site.gateway.stateDir}}},
        {u"unfinished"_s, unfinished ? QJsonValue(unfinished->run) : QJsonValue()}};
}

QStringList tableOf(const Target& target, const ObservedSite& site)
{
    QList<QStringList> rows {{Cli::tr("SLOT"), Cli::tr("RELEASE"), Cli::tr("NGINX"),
        Cli::tr("CONTAINER"), Cli::tr("STATE"), Cli::tr("HOST"), Cli::tr("SERVER")}};
    for (const ObservedSlot& slot : site.slots) {
        const Slot& spec = *target.slot(slot.name);
        const QString release
            = slot.tag.isEmpty() ? slot.imageId.section(u':', -1).left(12) : slot.tag;
        rows.append({slot.name, release.isEmpty() ? u"-"_s : printableLine(release),
            routingName(slot), printableLine(spec.container),
            slot.container ? printableLine(slot.container->status) : Cli::tr("not there"),
            spec.host, spec.server});
    }
    return layout::table(rows);
}

} // namespace

void addStatus(Subcommand& root)
{
    auto options = std::make_shared<TargetOptions>();
    root.under(u"status"_s,
            Cli::tr("Shows slots, releases, what nginx routes where, and an unfinished run."))
        .target(options.get())
        .does([options](Context& context) {
            const Target target = context.session.target(*options);
            const ObservedSite site
                = observeSite(target, context.session.hosts(target, *options), context.stop);
            const auto unfinished = unfinishedRun(context.session.journal(), target);
            context.console.object(jsonOf(target, site, unfinished));
            context.console.print(tableOf(target, site));
            if (unfinished)
                context.console.print(
                    Cli::tr("The run %1 is not finished: “gaplessctl resume” goes on from there.")
                        .arg(unfinished->run));
            return 0;
        });
}

} // namespace gapless
