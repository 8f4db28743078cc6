// SPDX-License-Identifier: MIT
#include "app/desktop/sitelook.h"

#include "app/desktop/context.h"

using namespace Qt::StringLiterals;

namespace gapless {

SiteLook lookAtSite(DesktopContext& context, const Target& target, std::stop_token stop)
{
    const std::shared_ptr<Hosts> hosts = context.hosts(target);
    const ObservedSite site = observeSite(target, *hosts, stop);
    SiteLook look;
    QString newest; // the tag that most slots serve stands for the site
    for (const ObservedSlot& slot : site.slots) {
        look.serving[slot.name] = slot.tag;
        if (slot.container && slot.container->steady() && slot.routing == ObservedSlot::Routing::Up) {
            look.upSlots.append(slot.name);
            if (newest.isEmpty())
                newest = slot.tag;
        }
    }
    Journal& journal = context.journal();
    look.previous = journal.previousRelease(target.name, newest).value_or(QString());
    look.releases
        = releasesOf(target, site, journal.runs({.target = target.name}), look.previous);
    return look;
}

qint64 lastDurationMs(const QList<RunSummary>& runs, const QString& kind)
{
    for (const RunSummary& run : runs)
        if (run.kind == kind && run.outcome == "succeeded"_L1 && run.finished.isValid())
            return run.started.msecsTo(run.finished);
    return 0;
}

} // namespace gapless
