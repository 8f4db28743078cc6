// SPDX-License-Identifier: MIT
#include "engine/rollout/preview.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    /// Under its own name it waits for its approval; under the slot's it is what was kept warm.
    bool hasNewcomer(const Target& target, const ObservedSite& found, const Slot& slot)
    {
        const QList<Container> others = found.others.value(slot.host);
        return std::any_of(others.begin(), others.end(), [&](const Container& container) {
            return container.running && container.labels.value(u"gapless.slot"_s) == slot.name
                && container.name.startsWith(target.slot(slot.name)->container + u'-');
        });
    }

}

Preview openPreview(const Target& target, Hosts& hosts, std::stop_token stop)
{
    const ObservedSite found = observeSite(target, hosts, stop);
    const Slot* chosen = nullptr;
    for (const Slot& slot : target.slots) {
        const ObservedSlot& seen = found.slot(slot.name);
        if (seen.routing == ObservedSlot::Routing::Up)
            continue;
        if (hasNewcomer(target, found, slot)) {
            chosen = &slot;
            break;
        }
        if (!chosen && seen.container && seen.container->running)
            chosen = &slot;
    }
    if (!chosen)
        throw Error(ErrorKind::SlotNotReady, { { u"slot"_s, target.slots.last().name } });
    Preview preview;
    preview.slot = chosen->name;
    preview.tunnel = hosts.at(target.gateway.host).openTunnel(chosen->server, stop);
    preview.url.setScheme(target.health.scheme);
    preview.url.setHost(u"127.0.0.1"_s);
    preview.url.setPort(preview.tunnel->localPort());
    preview.url.setPath(u"/"_s);
    return preview;
}

} // namespace gapless
