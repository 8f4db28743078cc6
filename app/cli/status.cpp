// SPDX-License-Identifier: MIT
#include "app/cli/session.h"
#include "app/cli/textlayout.h"
#include "app/cli/follow.h"
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

QJsonValue jsonOf(const std::optional<LockRecord>& lock)
{
    if (!lock)
        return QJsonValue::Null;
    return QJsonObject {{u"run"_s, lock->run}, {u"by"_s, lock->by}, {u"machine"_s, lock->machine},
        {u"version"_s, lock->version},
        {u"since"_s, lock->since.toUTC().toString(Qt::ISODateWithMs)}, {u"alive"_s, lock->alive},
        {u"waitsFor"_s, lock->waitsFor}};
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

QJsonObject jsonOf(const Target& target, const ObservedSite& site, const SiteRun& run)
{
    QJsonArray slotList;
    for (const ObservedSlot& slot : site.slots)
        slotList.append(jsonOf(target, slot));
    return {{u"type"_s, u"status"_s}, {u"target"_s, target.name}, {u"slots"_s, slotList},
        {u"gateway"_s,
            QJsonObject {{u"host"_s, target.gateway.host}, {u"file"_s, site.gateway.realPath},
                {u"upstream"_s, target.gateway.upstream}, {u"sha256"_s, site.gateway.sha256},
                {u"stateDir"_s, site.gateway.stateDir}}},
        {u"lock"_s, jsonOf(run.lock)},
        {u"unfinished"_s, run.unfinished() ? QJsonValue(run.unfinishedRun) : QJsonValue()}};
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
    struct StatusOptions {
        TargetOptions target;
        bool follow = false;
        QString answer;
    };
    auto options = std::make_shared<StatusOptions>();
    root.under(u"status"_s,
            Cli::tr("Shows slots, releases, what nginx routes where, the lock, and an unfinished "
                    "run."))
        .target(&options->target)
        .flag("--follow", &options->follow,
            Cli::tr("Follow the run that is under way, whoever's it is, until it ends."))
        .text("--answer", &options->answer, Cli::tr("CHOICE"),
            Cli::tr("Answer the question of the run that is under way: retry, hold or rollback."))
        .does([options](Context& context) {
            const Target target = context.session.target(options->target);
            Hosts& hosts = context.session.hosts(target, options->target);
            const ObservedSite site = observeSite(target, hosts, context.stop);
            const RecordPlace place = recordPlaceOf(target, hosts, site);
            const SiteRun run = siteRun(context, target, place);
            if (!options->answer.isEmpty())
                return answerFromHere(context, place, run, options->answer);
            if (options->follow && run.lock && run.lock->alive)
                return followRun(context, place, run.lock->run);
            context.console.object(jsonOf(target, site, run));
            context.console.print(tableOf(target, site));
            context.console.print(linesOf(run));
            return 0;
        });
}

} // namespace gapless
