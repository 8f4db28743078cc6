// SPDX-License-Identifier: MIT
#include "engine/site/doctorchecks.h"

#include "engine/remote/quoting.h"
#include "engine/site/publish.h"

#include <QFileInfo>
#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace gapless::doctor {

namespace {

bool isOurs(const Examination& examination, const QString& host, const Container& container)
{
    if (container.labels.contains(u"gapless.run"_s) || container.labels.contains(u"gapless.slot"_s))
        return true;
    const QString& repository = examination.target.image.repository;
    if (container.image == repository || container.image.startsWith(repository + u':')
        || container.image.startsWith(repository + u'@'))
        return true;
    const QList<Image>& images = examination.slotHost(host).docker.images;
    return std::any_of(images.begin(), images.end(),
        [&](const Image& image) { return image.id == container.imageId; });
}

/// Whether the server line's port is one that the slot publishes. A name may be a container's in
/// docker's own network, where the container's port counts; a unix socket has none.
bool isPublished(const Target& target, const Slot& slot)
{
    const qsizetype colon = slot.server.lastIndexOf(u':');
    bool isNumber = false;
    const int port = slot.server.mid(colon + 1).toInt(&isNumber);
    if (slot.server.startsWith("unix:"_L1) || colon < 0 || !isNumber || slot.publish.isEmpty()
        || target.container.network == "host"_L1)
        return true;
    const QString serverHost = slot.server.left(colon);
    const bool isName = !serverHost.startsWith(u'[') && QHostAddress(serverHost).isNull();
    for (const QString& value : slot.publish) {
        const std::optional<QList<Publication>> publications = readPublish(value);
        if (!publications || publications->isEmpty())
            return true; // ports says what is wrong with it; a port that docker chooses may be it
        for (const Publication& one : *publications)
            if (one.hostPort == port || (isName && one.containerPort == port))
                return true;
    }
    return false;
}

QStringList bindings(const QList<Publication>& publications)
{
    QStringList texts;
    for (const Publication& one : publications)
        texts << u"%1:%2:%3/%4"_s.arg(one.ip)
                     .arg(one.hostPort)
                     .arg(one.containerPort)
                     .arg(one.protocol);
    texts.sort();
    return texts;
}

QStringList wantedBindings(const Slot& slot)
{
    QList<Publication> wanted;
    for (const QString& value : slot.publish)
        wanted << readPublish(value).value_or(QList<Publication>());
    return bindings(wanted);
}

QStringList actualBindings(const Container& container)
{
    QList<Publication> actual;
    for (const PortBinding& binding : container.ports) {
        const QStringList inside = binding.containerPort.split(u'/');
        if (!binding.hostPort.isEmpty())
            actual << Publication {binding.hostIp == "0.0.0.0"_L1 ? QString() : binding.hostIp,
                binding.hostPort.toInt(), inside.first().toInt(), inside.value(1, u"tcp"_s)};
    }
    return bindings(actual);
}

QJsonObject described(const Examination& examination, const Slot& slot, const Container& container)
{
    const ServerLine* line = examination.serverLine(slot);
    return {{u"container"_s, container.name}, {u"image"_s, container.image},
        {u"tag"_s,
            releaseTagOf(
                examination.target, examination.slotHost(slot.host).docker.images, container)},
        {u"status"_s, container.status},
        {u"routing"_s,
            !line            ? u"missing"_s
                : line->down ? u"down"_s
                             : u"up"_s}};
}

Finding stateOf(const Examination& examination, const Slot& slot, const Container& container)
{
    Finding finding {Check::State::Ok, described(examination, slot, container)};
    const auto say = [&](Check::State state, const QString& what) {
        finding.state = state;
        finding.facts[u"what"_s] = what;
    };
    const bool isDown = finding.facts[u"routing"_s] == "down"_L1;
    if (container.restarting || container.status == "restarting"_L1)
        say(Check::State::Warn, u"restarting"_s);
    else if (container.status == "paused"_L1)
        say(Check::State::Warn, u"paused"_s);
    else if (!container.running && isDown)
        say(Check::State::Info, u"standby"_s);
    else if (!container.running)
        say(Check::State::Warn, u"notRunning"_s);
    else if (container.health == "unhealthy"_L1)
        say(Check::State::Warn, u"unhealthy"_s);
    return finding;
}

Finding portTaken(const Slot& slot, int port, const QString& by, QJsonObject facts)
{
    facts[u"port"_s] = port;
    facts[u"by"_s] = by;
    return refused(
        Error(ErrorKind::PortTaken, {{u"port"_s, port}, {u"slot"_s, slot.name}, {u"by"_s, by}}),
        facts);
}

/// A container that is not the slot's and runs with that port.
const ContainerSummary* holderOf(
    const SlotHostLook& look, const Slot& slot, const Publication& wanted)
{
    for (const ContainerSummary& running : look.running) {
        if (running.names.contains(slot.container))
            continue;
        for (const Publication& held : publicationsFromPs(running.ports))
            if (held.hostPort == wanted.hostPort && held.protocol == wanted.protocol
                && addressesCollide(held.ip, wanted.ip))
                return &running;
    }
    return nullptr;
}

/// A rollout's container for this very slot, under the name it has until it is retired.
bool isOfSlot(const SlotHostLook& look, const Slot& slot, const ContainerSummary& running)
{
    return std::any_of(look.docker.containers.begin(), look.docker.containers.end(),
        [&](const Container& container) {
            return container.id == running.id
                && container.labels.value(u"gapless.slot"_s) == slot.name;
        });
}

const Listener* listenerOn(const SlotHostLook& look, const Publication& wanted)
{
    if (wanted.protocol != "tcp"_L1)
        return nullptr;
    for (const Listener& listener : look.listeners)
        if (listener.port == wanted.hostPort && addressesCollide(listener.address, wanted.ip))
            return &listener;
    return nullptr;
}

/// Whether the slot's own container has it: what listens there is then docker itself.
bool hasItAlready(const SlotHostLook& look, const Slot& slot, const Publication& wanted)
{
    for (const ContainerSummary& running : look.running)
        if (running.names.contains(slot.container) || isOfSlot(look, slot, running))
            for (const Publication& held : publicationsFromPs(running.ports))
                if (held.hostPort == wanted.hostPort && held.protocol == wanted.protocol)
                    return true;
    return false;
}

std::optional<Finding> holderOfPort(
    const Examination& examination, const Slot& slot, const Publication& wanted)
{
    const SlotHostLook& look = examination.slotHost(slot.host);
    for (const Slot& other : examination.target.slots)
        if (other.name != slot.name && other.host == slot.host)
            for (const QString& value : other.publish)
                for (const Publication& one : readPublish(value).value_or(QList<Publication>()))
                    if (one.hostPort == wanted.hostPort && one.protocol == wanted.protocol
                        && addressesCollide(one.ip, wanted.ip))
                        return refused({{u"what"_s, u"sharedPort"_s}, {u"port"_s, wanted.hostPort},
                            {u"other"_s, other.name}});
    const ContainerSummary* holder = holderOf(look, slot, wanted);
    if (holder && !isOfSlot(look, slot, *holder))
        return portTaken(slot, wanted.hostPort, holder->names.value(0),
            {{u"what"_s, u"container"_s}, {u"byImage"_s, holder->image}});
    const Listener* listener = listenerOn(look, wanted);
    if (listener && !hasItAlready(look, slot, wanted))
        return portTaken(slot, wanted.hostPort, listener->program,
            {{u"what"_s, u"process"_s}, {u"pid"_s, listener->pid}});
    return std::nullopt;
}

/// The names of the slots that run on a host.
QString slotsOn(const Examination& examination, const Place& place)
{
    QStringList names;
    for (const Slot& slot : examination.target.slots)
        if (slot.host == place.host->name)
            names << slot.name;
    return names.join(u", ");
}

} // namespace

Findings containers(const Examination& examination, const Place& place)
{
    const Slot& slot = *place.slot;
    for (const Slot& other : examination.target.slots)
        if (other.name != slot.name && other.host == slot.host && other.container == slot.container)
            return {refused({{u"what"_s, u"sharedName"_s}, {u"container"_s, slot.container},
                {u"other"_s, other.name}})};
    if (!isPublished(examination.target, slot))
        return {refused({{u"what"_s, u"serverNotPublished"_s}, {u"server"_s, slot.server},
            {u"publish"_s, QJsonArray::fromStringList(slot.publish)}})};
    const Container* container = examination.container(slot);
    if (!container)
        return {
            {Check::State::Info, {{u"what"_s, u"missing"_s}, {u"container"_s, slot.container}}}};
    if (!isOurs(examination, slot.host, *container))
        return {refused(Error(ErrorKind::ContainerForeign,
                            {{u"container"_s, container->name}, {u"slot"_s, slot.name}}),
            {{u"what"_s, u"foreign"_s}, {u"container"_s, container->name},
                {u"image"_s, container->image}, {u"id"_s, container->id}})};
    Findings findings {stateOf(examination, slot, *container)};
    const QStringList has = actualBindings(*container);
    const QStringList wants = wantedBindings(slot);
    if (has != wants && container->networkMode != "host"_L1)
        findings << Finding {Check::State::Info,
            {{u"what"_s, u"publishDiffers"_s}, {u"container"_s, container->name},
                {u"has"_s, QJsonArray::fromStringList(has)},
                {u"wants"_s, QJsonArray::fromStringList(wants)}}};
    return findings;
}

Findings leftovers(const Examination& examination, const Place& place)
{
    Findings findings;
    for (const Container& container : examination.slotHost(place.host->name).docker.containers) {
        // A rollout's own name for a container begins with its slot's; other targets have theirs.
        const bool isLeft = std::any_of(examination.target.slots.begin(),
            examination.target.slots.end(), [&](const Slot& slot) {
                return slot.host == place.host->name
                    && container.name.startsWith(slot.container + u'-');
            });
        if (isLeft)
            findings << Finding {Check::State::Info,
                {{u"what"_s, u"leftover"_s}, {u"container"_s, container.name},
                    {u"image"_s, container.image},
                    {u"run"_s, container.labels.value(u"gapless.run"_s)},
                    {u"status"_s, container.status}}};
    }
    return findings;
}

Findings ports(const Examination& examination, const Place& place)
{
    Findings findings;
    QJsonArray checked;
    for (const QString& value : place.slot->publish) {
        const std::optional<QList<Publication>> publications = readPublish(value);
        if (!publications) {
            findings << refused({{u"what"_s, u"unreadable"_s}, {u"publish"_s, value}});
            continue;
        }
        for (const Publication& wanted : *publications) {
            checked << wanted.hostPort;
            if (std::optional<Finding> taken = holderOfPort(examination, *place.slot, wanted))
                findings << *taken;
        }
    }
    if (findings.isEmpty())
        findings << Finding {Check::State::Ok, {{u"ports"_s, checked}}};
    return findings;
}

Findings mounts(const Examination& examination, const Place& place)
{
    const ContainerSpec& spec = examination.target.container;
    const QMap<QString, QString>& paths = examination.slotHost(place.host->name).paths;
    Findings findings;
    for (const Mount& mount : spec.mounts) {
        const QString kind = paths.value(mount.source);
        const bool wantsFile = !QFileInfo(mount.target).suffix().isEmpty()
            && !QFileInfo(mount.source).suffix().isEmpty();
        if (kind == "missing"_L1)
            findings << refused(
                Error(ErrorKind::MountMissing,
                    {{u"source"_s, mount.source}, {u"slot"_s, slotsOn(examination, place)}}),
                {{u"what"_s, u"missing"_s}, {u"source"_s, mount.source},
                    {u"target"_s, mount.target}});
        else if (kind == "dir"_L1 && wantsFile)
            findings << Finding {Check::State::Warn,
                {{u"what"_s, u"folder"_s}, {u"source"_s, mount.source},
                    {u"target"_s, mount.target}}};
    }
    for (const QString& file : spec.envFiles)
        if (paths.value(file) == "missing"_L1)
            findings << refused({{u"what"_s, u"envFileMissing"_s}, {u"source"_s, file}});
    if (findings.isEmpty())
        findings << Finding {
            Check::State::Ok, {{u"count"_s, spec.mounts.size() + spec.envFiles.size()}}};
    return findings;
}

Findings restartPolicy(const Examination& examination, const Place& place)
{
    const QString& wants = examination.target.container.restart;
    if (wants.isEmpty() || wants == "no"_L1)
        return {{Check::State::Warn, {{u"what"_s, u"target"_s}, {u"policy"_s, wants}}}};
    const Container* container = examination.container(*place.slot);
    if (!container)
        return {{Check::State::Ok, {{u"policy"_s, wants}}}};
    const QString& has = container->restartPolicy;
    // keepOneRunning: what is kept stopped for a rollback must not come back by itself.
    const ServerLine* line = examination.serverLine(*place.slot);
    const bool isStandby = line && line->down && !container->running;
    if (isStandby || (!has.isEmpty() && has != "no"_L1))
        return {{Check::State::Ok, {{u"policy"_s, has}}}};
    return {{Check::State::Warn,
        {{u"what"_s, u"container"_s}, {u"container"_s, container->name}, {u"policy"_s, u"no"_s},
            {u"wants"_s, wants},
            {u"remedyText"_s,
                examination.target.host(place.slot->host).docker + u" update --restart="_s
                    + QString::fromUtf8(quote(wants)) + u' '
                    + QString::fromUtf8(quote(container->name))}}}};
}

} // namespace gapless::doctor
