// SPDX-License-Identifier: MIT
#include "engine/docker/recreate.h"
#include "engine/site/dockerlook.h"
#include "engine/site/fanout.h"
#include "engine/site/gatewaylook.h"
#include "engine/site/newsite.h"
#include "engine/site/observed.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

const CommandResult& resultOf(const HostOutcome& outcome)
{
    if (const Error* error = std::get_if<Error>(&outcome))
        throw *error;
    return std::get<CommandResult>(outcome).orThrow();
}

HostCommand gatewayCommand(const Target& target)
{
    Command command;
    command.script = ScriptReport::functions() + gatewayLookScript(target);
    command.shown = u"look at the gateway: "_s + target.gateway.upstreamFile;
    command.privilege = Privilege::Gateway;
    return {target.gateway.host, command};
}

HostCommand dockerCommand(const Target& target, const QString& hostName)
{
    Command command;
    command.script = ScriptReport::functions() + dockerFunction(target.host(hostName))
        + dockerLookScript(target, hostName);
    command.shown = u"look at docker: containers and images of "_s + target.image.repository;
    command.privilege = Privilege::Docker;
    return {hostName, command};
}

/// Adds the host's name to what the parsers throw.
template <typename Parse> auto onHost(const QString& host, Parse&& parse)
{
    try {
        return parse();
    } catch (const Error& error) {
        throw error.on(host);
    }
}

ObservedGateway gatewayFrom(const Target& target, const GatewayLook& look)
{
    const bool isToBeWritten = look.unreadable == "missing"_L1 && target.gateway.site;
    if (!look.unreadable.isEmpty() && !isToBeWritten)
        throw Error(ErrorKind::UpstreamFileUnreadable,
            {{u"file"_s, target.gateway.upstreamFile}, {u"why"_s, look.unreadable}});
    if (look.stateDir.isEmpty())
        throw Error(ErrorKind::StateDirUnusable, {{u"dir"_s, target.gateway.stateDir}});
    ObservedGateway gateway;
    gateway.realPath = look.realPath;
    gateway.pinned = look.pinned;
    gateway.bytes = look.bytes;
    if (isToBeWritten) {
        gateway.missing = true;
        gateway.realPath = target.gateway.upstreamFile;
        gateway.bytes = newSiteFile(target);
    }
    gateway.sha256 = QString::fromLatin1(
        QCryptographicHash::hash(gateway.bytes, QCryptographicHash::Sha256).toHex());
    gateway.root = look.root;
    gateway.hasSs = look.tools.contains(u"ss"_s);
    gateway.hasUnshare = look.tools.contains(u"unshare"_s);
    gateway.hasFlock = look.tools.contains(u"flock"_s);
    gateway.hasSetsid = look.tools.contains(u"setsid"_s);
    gateway.hasCurl = look.tools.contains(u"curl"_s);
    gateway.stateDir = look.stateDir;
    gateway.stateDirShared = look.stateDirShared;
    gateway.upstream
        = findUpstream(gateway.bytes, target.gateway.upstream.toUtf8(), target.gateway.upstreamFile);
    return gateway;
}

/// The values that the record leaves out of the container's environment.
QMap<QString, QByteArray> secretsOf(const QJsonObject& whole, const QJsonObject& recorded)
{
    QSet<QString> leftOut;
    for (const QJsonValue entry : recorded[u"Config"_s][u"Env"_s].toArray())
        if (const QString text = entry.toString(); !text.contains(u'='))
            leftOut.insert(text);
    QMap<QString, QByteArray> secrets;
    for (const QJsonValue entry : whole[u"Config"_s][u"Env"_s].toArray())
        if (const QString text = entry.toString(); leftOut.contains(text.section(u'=', 0, 0)))
            secrets[text.section(u'=', 0, 0)] = text.section(u'=', 1).toUtf8();
    return secrets;
}

ObservedSlot slotFrom(const Target& target, const Slot& slot, const ObservedGateway& gateway,
    const DockerLook& docker)
{
    ObservedSlot observed;
    observed.name = slot.name;
    for (const Container& container : docker.containers) {
        if (container.name != slot.container)
            continue;
        observed.container = container;
        observed.imageId = container.imageId;
        const QJsonObject whole = docker.inspects.value(container.id);
        observed.inspect = recordable(target, slot, whole);
        observed.secrets = secretsOf(whole, observed.inspect);
        observed.tag = releaseTagOf(target, docker.images, container);
    }
    if (target.gateway.addServers && !gateway.upstream.has(slot.server.toUtf8()))
        return observed; // Missing: it gets a line when it is first put up
    const ServerLine& line
        = findServer(gateway.upstream, slot.server.toUtf8(), target.gateway.upstreamFile);
    observed.routing = line.down ? ObservedSlot::Routing::Down : ObservedSlot::Routing::Up;
    observed.weight = line.weight.value_or(1);
    return observed;
}

/// The containers of ours that are no slot's.
QList<Container> othersIn(const Target& target, const QString& host, const DockerLook& docker)
{
    QList<Container> others = docker.containers;
    others.removeIf([&](const Container& container) {
        return std::any_of(target.slots.begin(), target.slots.end(), [&](const Slot& slot) {
            return slot.host == host && slot.container == container.name;
        });
    });
    return others;
}

} // namespace

ObservedSite observeSite(const Target& target, Hosts& hosts, std::stop_token stop)
{
    const QStringList slotHosts = target.slotHosts();
    QList<HostCommand> commands {gatewayCommand(target)};
    for (const QString& host : slotHosts)
        commands << dockerCommand(target, host);
    const QList<HostOutcome> outcomes = runAtOnce(hosts, commands, stop);

    ObservedSite site;
    site.gateway = onHost(target.gateway.host, [&] {
        return gatewayFrom(target, gatewayLookFrom(ScriptReport(resultOf(outcomes[0]).out)));
    });
    QMap<QString, DockerLook> dockers;
    for (qsizetype i = 0; i < slotHosts.size(); ++i) {
        const QString& host = slotHosts[i];
        DockerLook look = onHost(host, [&] {
            return dockerLookFrom(ScriptReport(resultOf(outcomes[i + 1]).out), target.host(host));
        });
        if (look.unusable)
            throw *look.unusable;
        site.images[host] = look.images;
        site.others[host] = othersIn(target, host, look);
        dockers[host] = std::move(look);
    }
    for (const Slot& slot : target.slots)
        site.slots << onHost(target.gateway.host,
            [&] { return slotFrom(target, slot, site.gateway, dockers[slot.host]); });
    return site;
}

QJsonObject recordable(const Target& target, const Slot& slot, const QJsonObject& inspect)
{
    const QStringList plain = target.container.env.keys() + slot.env.keys();
    QStringList secrets = target.container.secretEnv;
    // Files of variables on the host are where secrets usually are: nothing of theirs is told apart.
    if (!target.container.envFiles.isEmpty())
        for (const QJsonValue entry : inspect[u"Config"_s][u"Env"_s].toArray())
            if (const QString name = entry.toString().section(u'=', 0, 0); !plain.contains(name))
                secrets << name;
    const QJsonObject safe = docker::recordableInspect(inspect, secrets, plain);
    QJsonObject kept;
    for (const QString& field : {u"Id"_s, u"Name"_s, u"Image"_s, u"Config"_s, u"HostConfig"_s, u"Mounts"_s})
        if (safe.contains(field))
            kept[field] = safe[field];
    kept[u"NetworkSettings"_s]
        = QJsonObject {{u"Networks"_s, safe[u"NetworkSettings"_s][u"Networks"_s]}};
    return kept;
}

const ObservedSlot& ObservedSite::slot(const QString& name) const
{
    for (const ObservedSlot& slot : slots)
        if (slot.name == name)
            return slot;
    throw Error(ErrorKind::Internal, {{u"text"_s, u"no such slot: "_s + name}});
}

} // namespace gapless
