// SPDX-License-Identifier: MIT
#include "tests/support/fakesite/fakesite.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

FakeSite::FakeSite(const Target& target, FakeClock& clock)
    : m_target(target)
    , m_clock(clock)
{
    for (const Slot& slot : target.slots)
        up[slot.name] = true;
}

void FakeSite::addImage(const QString& tag, FakeImage image) { m_images[tag] = image; }

void FakeSite::setServing(const QString& slot, const QString& tag)
{
    const Slot& where = *m_target.slot(slot);
    containers.append({ u"id%1"_s.arg(m_nextId++), where.container, tag, u"unless-stopped"_s, slot,
        true, 0, m_clock.steady() - 1h, false });
    up[slot] = true;
}

void FakeSite::act(const QString& name, const QString& slot)
{
    acts.append(name + u' ' + slot);
    if (onAct)
        onAct(name, slot);
    advance();
}

void FakeSite::done(const QString& name, const QString& slot)
{
    if (afterAct)
        afterAct(name, slot);
}

void FakeSite::restartDaemon()
{
    for (FakeContainer& container : containers)
        if (container.running || (container.restart == u"always" && container.startedAt != Clock::Steady {})) {
            container.running = true;
            container.startedAt = m_clock.steady();
        }
}

void FakeSite::advance()
{
    for (FakeContainer& container : containers) {
        const FakeImage image = m_images.value(container.tag);
        const auto age = m_clock.steady() - container.startedAt;
        const bool died = image.diesAfterMs && age > std::chrono::milliseconds(image.diesAfterMs);
        if (container.running && (image.crashes || died)) {
            container.running = false;
            container.exit = 134;
        }
    }
}

FakeSite::FakeContainer* FakeSite::find(const QString& idOrName)
{
    for (FakeContainer& container : containers)
        if (container.id == idOrName || container.name == idOrName)
            return &container;
    return nullptr;
}

const FakeSite::FakeContainer* FakeSite::holder(const QString& slot) const
{
    for (const FakeContainer& container : containers)
        if (container.slot == slot && container.running && !container.rehearsal)
            return &container;
    return nullptr;
}

const FakeSite::FakeContainer* FakeSite::behind(const Slot& slot)
{
    if (!slot.server.startsWith(u"rehearsal:"))
        return holder(slot.name);
    const FakeContainer* found = find(slot.server.section(u':', 1));
    return found && found->running ? found : nullptr;
}

bool FakeSite::ready(const QString& slot) const { return answersWell(holder(slot)); }

bool FakeSite::answersWell(const FakeContainer* container) const
{
    if (!container)
        return false;
    const FakeImage image = m_images.value(container->tag);
    return !image.neverReady && !image.crashes
        && m_clock.steady() - container->startedAt >= std::chrono::milliseconds(image.bootMs);
}

QStringList FakeSite::readyAndUp() const
{
    QStringList names;
    for (const Slot& slot : m_target.slots)
        if (up.value(slot.name) && ready(slot.name))
            names.append(slot.name);
    return names;
}

QString FakeSite::runningTag(const QString& slot) const
{
    const FakeContainer* container = holder(slot);
    return container ? container->tag : QString();
}

static QJsonObject inspectOf(const FakeSite::FakeContainer& container)
{
    return { { u"Id"_s, container.id }, { u"Image"_s, u"sha256:"_s + container.tag },
        { u"Config"_s, QJsonObject { { u"Env"_s, QJsonArray { u"SLOT="_s + container.slot } } } } };
}

QList<ContainerRecorded> FakeSite::describe(const Slot& slot, const QStringList& ids, std::stop_token)
{
    QList<ContainerRecorded> found;
    for (const QString& id : ids)
        if (const FakeContainer* container = find(id))
            found.append({ slot.name, {}, id, inspectOf(*container),
                { { u"/srv/appsettings.json"_s, mountedFile.value(slot.name, u"the same"_s) } } });
    return found;
}

QString FakeSite::recreate(const Slot& slot, const ObservedSlot& seen, std::stop_token)
{
    act(u"recreate"_s, slot.name);
    containers.append({ u"id%1"_s.arg(m_nextId++), slot.container, seen.tag, u"no"_s, slot.name });
    return containers.last().id;
}

ObservedSite FakeSite::observe(std::stop_token)
{
    advance();
    ObservedSite site;
    site.gateway.realPath = m_target.gateway.upstreamFile;
    site.gateway.upstream = upstream;
    site.gateway.missing = siteMissing;
    for (const Slot& slot : m_target.slots) {
        ObservedSlot seen;
        seen.name = slot.name;
        if (const FakeContainer* found = find(slot.container)) {
            Container container;
            container.id = found->id;
            container.name = found->name;
            container.running = found->running;
            container.restartPolicy = found->restart;
            seen.container = container;
            seen.tag = found->tag;
            seen.imageId = u"sha256:"_s + found->tag;
            seen.inspect = inspectOf(*found);
        }
        seen.routing
            = up.value(slot.name) ? ObservedSlot::Routing::Up : ObservedSlot::Routing::Down;
        site.slots.append(seen);
        site.gateway.sha256 += up.value(slot.name) ? u'1' : u'0';
    }
    for (const FakeContainer& found : containers) {
        const Slot* slot = m_target.slot(found.slot);
        if (!slot || found.name == slot->container)
            continue;
        Container other;
        other.id = found.id;
        other.name = found.name;
        other.running = found.running;
        other.restartPolicy = found.restart;
        other.labels = { { u"gapless.slot"_s, found.slot }, { u"gapless.release"_s, found.tag } };
        site.others[slot->host].append(other);
    }
    for (const QString& host : m_target.slotHosts())
        for (auto image = m_images.begin(); image != m_images.end(); ++image) {
            Image one;
            one.id = u"sha256:"_s + image.key();
            one.tags = { m_target.imageReference(image.key()) };
            site.images[host].append(one);
        }
    return site;
}

QList<Check> FakeSite::doctor(const QString&, std::stop_token) { return checks; }

void FakeSite::lock(const LockRecord& record, std::stop_token)
{
    act(u"lock"_s, {});
    if (lockTaken && record.takesOver.isEmpty())
        throw Error(ErrorKind::LockHeld, { { u"by"_s, record.by } });
    lockTaken = true;
}

void FakeSite::unlock()
{
    act(u"unlock"_s, {});
    lockTaken = false;
}

QStringList FakeSite::prune(const QStringList& keepTags, std::stop_token)
{
    keptByPrune = keepTags;
    act(u"prune"_s, {});
    return {};
}

QString FakeSite::create(const Slot& slot, const NewContainer& wanted, std::stop_token)
{
    act(u"create"_s, slot.name);
    if (find(wanted.name))
        throw Error(ErrorKind::ContainerCreateFailed, { { u"slot"_s, slot.name } });
    const QString tag = wanted.image.section(u':', 1);
    containers.append({ u"id%1"_s.arg(m_nextId++), wanted.name, tag, m_target.container.restart,
        slot.name, false, 0, {}, wanted.rehearsal });
    const QString id = containers.last().id;
    done(u"create"_s, slot.name);
    return id;
}

QString FakeSite::rehearsalAddress(const Slot&, const QString& id, std::stop_token)
{
    return u"rehearsal:"_s + id;
}

void FakeSite::start(const Slot& slot, const QString& id, std::stop_token)
{
    act(u"start"_s, slot.name);
    FakeContainer* container = find(id);
    if (!container)
        throw Error(ErrorKind::ContainerMissing, { { u"slot"_s, slot.name } });
    if (!container->rehearsal && holder(slot.name) && holder(slot.name) != container)
        throw Error(ErrorKind::PortTaken, { { u"slot"_s, slot.name } });
    container->running = true;
    container->startedAt = m_clock.steady();
    done(u"start"_s, slot.name);
}

StopOutcome FakeSite::stop(const Slot& slot, const QString& id, std::stop_token)
{
    act(u"stop"_s, slot.name);
    FakeContainer* container = find(id);
    if (!container || !container->running)
        return { u"exited"_s, 0, 0ms };
    const bool ignores = m_images.value(container->tag).ignoresTerm;
    m_clock.wait(ignores ? 30'000ms : 200ms, {});
    container->running = false;
    container->restart = u"no"_s;
    done(u"stop"_s, slot.name);
    return { ignores ? u"KILL"_s : u"TERM"_s, ignores ? 137 : 0, 200ms };
}

void FakeSite::kill(const Slot& slot, const QString& id, std::stop_token)
{
    act(u"kill"_s, slot.name);
    if (FakeContainer* container = find(id))
        container->running = false;
    done(u"kill"_s, slot.name);
}

void FakeSite::revive(
    const Slot& slot, const QString& id, const QString& restartPolicy, std::stop_token stopToken)
{
    start(slot, id, stopToken);
    find(id)->restart = restartPolicy;
}

void FakeSite::takeName(const Slot& slot, const QString& id, const QString& old, std::stop_token stopToken)
{
    act(u"takeName"_s, slot.name);
    if (!old.isEmpty())
        remove(slot, old, stopToken);
    if (FakeContainer* container = find(id))
        container->name = slot.container;
    done(u"takeName"_s, slot.name);
}

void FakeSite::remove(const Slot& slot, const QString& id, std::stop_token)
{
    act(u"remove"_s, slot.name);
    containers.removeIf([&](const FakeContainer& container) {
        return container.id == id || container.name == id;
    });
    done(u"remove"_s, slot.name);
}

std::optional<Container> FakeSite::inspect(const Slot&, const QString& id, std::stop_token)
{
    const FakeContainer* found = find(id);
    if (!found)
        return std::nullopt;
    Container container;
    container.id = found->id;
    container.running = found->running;
    container.status = found->running ? u"running"_s : u"exited"_s;
    return container;
}

QStringList FakeSite::lastLog(const Slot&, const QString&, std::stop_token)
{
    return { u"the last line"_s };
}

namespace {

    class FakeExitWatch final : public ExitWatch {
    public:
        explicit FakeExitWatch(std::function<std::optional<int>()> ask)
            : m_ask(std::move(ask))
        {
        }
        std::optional<int> exited() override { return m_ask(); }

    private:
        std::function<std::optional<int>()> m_ask;
    };

}

std::unique_ptr<ExitWatch> FakeSite::watchExit(const Slot&, const QString& id)
{
    return std::make_unique<FakeExitWatch>([this, id]() -> std::optional<int> {
        advance();
        const FakeContainer* container = find(id);
        if (!container)
            return -1;
        return container->running ? std::nullopt : std::optional(container->exit);
    });
}

RouteOutcome FakeSite::route(const QList<Route>& routes, std::stop_token)
{
    act(u"route"_s, routes.first().slot);
    if (nginxBroken)
        throw Error(ErrorKind::NginxTestFailed, { { u"file"_s, m_target.gateway.upstreamFile } });
    auto after = up;
    auto weightsAfter = weights;
    for (const Route& route : routes) {
        after[route.slot] = route.up;
        if (route.weight)
            weightsAfter[route.slot] = std::max(route.weight, 1);
    }
    if (!routes.first().leaveNobody
        && std::none_of(after.begin(), after.end(), [](bool isUp) { return isUp; }))
        throw Error(ErrorKind::LastReadySlot, { { u"slot"_s, routes.first().slot } });
    RouteOutcome outcome;
    outcome.sha256Before = u"before"_s;
    outcome.sha256After = after == up ? u"before"_s : u"after"_s;
    outcome.newWorkers = 2;
    outcome.oldWorkers = { 101, 102 };
    reloads += after != up || weightsAfter != weights || !previewed.isEmpty();
    up = after;
    weights = weightsAfter;
    previewed.clear();
    siteMissing = false;
    m_clock.wait(100ms, {});
    done(u"route"_s, routes.first().slot);
    return outcome;
}

void FakeSite::removeSite(std::stop_token)
{
    act(u"removeSite"_s, {});
    siteMissing = true;
    for (bool& isUp : up)
        isUp = false;
}

HeldConnections FakeSite::held(const Slot&, const QList<qint64>&, std::stop_token)
{
    return { .workersGone = true };
}

bool FakeSite::trafficSeen(const Slot& slot, std::stop_token) { return up.value(slot.name); }

void FakeSite::stopLater(const Slot& slot, const QString& id, int seconds, std::stop_token)
{
    act(u"stopLater"_s, slot.name);
    stopsLater[id] = seconds;
}

void FakeSite::openPreview(const QString&, const QStringList& slotNames, std::stop_token)
{
    act(u"openPreview"_s, {});
    previewed = slotNames;
    ++reloads;
}

void FakeSite::closePreview(std::stop_token)
{
    act(u"closePreview"_s, {});
    reloads += !previewed.isEmpty();
    previewed.clear();
}

HealthAnswer FakeSite::askHealth(const Slot& slot, std::stop_token stopToken)
{
    if (stopToken.stop_requested())
        throw Cancelled {};
    advance();
    const FakeContainer* container = behind(slot);
    if (answersWell(container))
        return { 200, true, u"ok"_s, 1 };
    const bool booted = container
        && m_clock.steady() - container->startedAt
            >= std::chrono::milliseconds(m_images.value(container->tag).bootMs);
    return booted ? HealthAnswer { 503, false, u"not ready"_s, 1 }
                  : HealthAnswer { 0, false, u"refused"_s, 1 };
}

QString FakeSite::askHub(const Slot& slot, std::stop_token)
{
    return answersWell(behind(slot)) ? QString() : u"refused"_s;
}

int FakeSite::runHealthCommand(const Slot&, const QString&, std::stop_token) { return 0; }

void FakeSite::warmUp(const Slot&, int, std::stop_token) { }

bool FakeSite::nudgeGateway(std::stop_token) { return true; }

} // namespace gapless
