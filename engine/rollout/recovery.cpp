// SPDX-License-Identifier: MIT
// What an interrupted run has left behind, from a look at docker and nginx.
#include "engine/rollout/recovery_p.h"

#include "engine/rollout/conduct.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

    /// One that boots when its owner dies is ready a moment later.
    constexpr auto readySoon = 5s;

    bool answersSoon(Run& run, const Slot& slot)
    {
        const auto deadline = run.clock.steady() + readySoon;
        for (;;) {
            try {
                if (run.site.askHealth(slot, run.stop()).ok)
                    return true;
            } catch (const Error&) {
                return false; // it cannot be asked: then nothing says that it is ready
            }
            if (run.clock.steady() >= deadline || !run.clock.wait(100ms, run.stop()))
                return false;
        }
    }

    QString tagOfLeftover(const Run& run, const Container& container)
    {
        const QString release = container.labels.value(u"gapless.release"_s);
        return release.isEmpty() ? tagOf(run.target, container.image) : release;
    }

    SlotFinding::State stateOf(const SlotFinding& finding, const InterruptedRun& interrupted)
    {
        using State = SlotFinding::State;
        if (finding.runningTag.isEmpty())
            return finding.oldKept ? State::OldOut : State::Empty;
        const bool isNew = !interrupted.to.isEmpty() && finding.runningTag == interrupted.to
            && interrupted.to != interrupted.from;
        if (isNew)
            return !finding.ready ? State::NewNotReady
                : finding.routed  ? State::Finished
                                  : State::NewReady;
        return finding.routed ? State::Unchanged : State::OldOut;
    }

    bool imageIsEverywhere(const Run& run, const QString& tag)
    {
        for (const QString& host : run.target.slotHosts()) {
            const QList<Image>& images = run.found.images[host];
            if (std::none_of(images.begin(), images.end(), [&](const Image& image) {
                    return image.tags.contains(run.target.imageReference(tag));
                }))
                return false;
        }
        return true;
    }

    void propose(const Run& run, Recovery& found)
    {
        using State = SlotFinding::State;
        const QString &to = found.interrupted.to, &from = found.interrupted.from;
        const auto isWhole = [&](State state) {
            return std::all_of(found.slots.begin(), found.slots.end(), [&](const SlotFinding& slot) {
                return slot.state == state && slot.ready && slot.leftover == 0;
            });
        };
        const bool newIsReady = std::any_of(found.slots.begin(), found.slots.end(),
            [](const SlotFinding& slot) {
                return slot.state == State::Finished || slot.state == State::NewReady;
            });
        const bool oldIsThere = std::all_of(found.slots.begin(), found.slots.end(),
            [](const SlotFinding& slot) { return slot.oldKept; });
        found.canFinish = !to.isEmpty() && (isWhole(State::Finished) || imageIsEverywhere(run, to));
        // A first deployment is restored by taking away what it made.
        found.canRestore = from.isEmpty() ? !found.interrupted.run.isEmpty()
                                          : oldIsThere || imageIsEverywhere(run, from);
        const bool locked = !found.owner().run.isEmpty();
        if (!locked && (isWhole(State::Unchanged) || isWhole(State::Finished)))
            return;
        if (!locked && found.interrupted.run.isEmpty())
            return;
        found.proposal = found.canFinish && newIsReady ? u"finish"_s
            : found.canRestore                          ? u"restore"_s
            : found.canFinish                           ? u"finish"_s
                                                        : u"leave"_s;
    }

}

QList<FoundContainer> containersOf(const Run& run, const Slot& slot)
{
    QList<FoundContainer> all;
    const ObservedSlot& seen = run.found.slot(slot.name);
    if (seen.container)
        all.append({ seen.container->id, slot.container, seen.tag, seen.container->restartPolicy,
            seen.container->running, true });
    // By their names, which no other site's containers have: an earlier attempt may have left some too.
    for (const Container& container : run.found.others.value(slot.host))
        if (container.labels.value(u"gapless.slot"_s) == slot.name
            && container.name.startsWith(slot.container + u'-'))
            all.append({ container.id, container.name, tagOfLeftover(run, container),
                container.restartPolicy, container.running, false });
    return all;
}

const FoundContainer* holderIn(const QList<FoundContainer>& containers)
{
    const auto found = std::find_if(containers.begin(), containers.end(),
        [](const FoundContainer& container) { return container.running; });
    return found == containers.end() ? nullptr : &*found;
}

void lookAgain(Run& run)
{
    run.found = run.site.observe(run.stop());
    for (const Slot& slot : run.target.slots) {
        const QList<FoundContainer> containers = containersOf(run, slot);
        const FoundContainer* holder = holderIn(containers);
        const bool up = run.found.slot(slot.name).routing == ObservedSlot::Routing::Up;
        run.routedUp[slot.name] = up;
        run.serving[slot.name] = up && holder ? holder->tag : QString();
    }
}

void fillIn(const Run& run, InterruptedRun& interrupted)
{
    for (const Slot& slot : run.target.slots)
        for (const FoundContainer& container : containersOf(run, slot)) {
            if (!container.ownName && interrupted.to.isEmpty())
                interrupted.to = container.tag;
            if (container.ownName && interrupted.from.isEmpty()
                && container.tag != interrupted.to)
                interrupted.from = container.tag;
        }
}

Recovery findingsOf(Run& run, const InterruptedRun& interrupted)
{
    Recovery found;
    found.interrupted = interrupted;
    lookAgain(run);
    if (!interrupted.run.isEmpty())
        fillIn(run, found.interrupted);
    for (const Slot& slot : run.target.slots) {
        const QList<FoundContainer> containers = containersOf(run, slot);
        const FoundContainer* holder = holderIn(containers);
        SlotFinding finding;
        finding.slot = slot.name;
        finding.routed = run.routedUp.value(slot.name);
        finding.runningTag = holder ? holder->tag : QString();
        for (const FoundContainer& container : containers) {
            finding.oldKept = finding.oldKept
                || (container.tag == found.interrupted.from && !container.tag.isEmpty());
            finding.leftover += container.ownName ? 0 : 1;
        }
        finding.ready = holder && answersSoon(run, slot);
        finding.state = stateOf(finding, found.interrupted);
        found.slots.append(finding);
    }
    propose(run, found);
    return found;
}

} // namespace gapless
