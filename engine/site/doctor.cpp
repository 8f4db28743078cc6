// SPDX-License-Identifier: MIT
#include "engine/site/doctor.h"

#include "engine/site/doctorchecks.h"
#include "engine/site/tries.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace doctor {

namespace {

constexpr Rule theRules[] = {
    {"ssh", Scope::Host, Needs::Nothing, ssh},
    {"hostKey", Scope::Host, Needs::Nothing, hostKey},
    {"sudo", Scope::Host, Needs::Host, sudo},
    {"clock", Scope::Host, Needs::Host, clock},
    {"tools", Scope::Host, Needs::Host, tools},
    {"docker", Scope::SlotHost, Needs::Host, docker},
    {"disk", Scope::SlotHost, Needs::Docker, disk},
    {"networks", Scope::SlotHost, Needs::Docker, networks},
    {"image", Scope::Site, Needs::EverySlot, image},
    {"containers", Scope::Slot, Needs::Docker, containers},
    {"containers", Scope::SlotHost, Needs::Docker, leftovers},
    {"ports", Scope::Slot, Needs::Docker, ports},
    {"mounts", Scope::SlotHost, Needs::Docker, mounts},
    {"restartPolicy", Scope::Slot, Needs::Docker, restartPolicy},
    {"nginxTest", Scope::Gateway, Needs::Host, nginxTest},
    {"reload", Scope::Gateway, Needs::Gateway, reload},
    {"upstream", Scope::Gateway, Needs::Gateway, upstream},
    {"stateDir", Scope::Gateway, Needs::Gateway, stateDir},
    {"lock", Scope::Gateway, Needs::Gateway, lock},
    {"maxFails", Scope::Gateway, Needs::Upstream, maxFails},
    {"zone", Scope::Gateway, Needs::Upstream, zone},
    {"websocketHeaders", Scope::Gateway, Needs::Gateway, websocketHeaders},
    {"workerShutdownTimeout", Scope::Gateway, Needs::Gateway, workerShutdownTimeout},
    {"forwarding", Scope::Gateway, Needs::Upstream, forwarding, true},
    {"health", Scope::Slot, Needs::Upstream, health, true},
    {"affinity", Scope::Site, Needs::Upstream, affinity, true},
    {"session", Scope::Site, Needs::Upstream, session, true},
};

QList<Place> placesOf(const Target& target, Scope scope)
{
    QList<Place> places;
    switch (scope) {
    case Scope::Host:
        for (const HostSpec& host : target.hosts)
            places << Place {&host, nullptr};
        break;
    case Scope::SlotHost:
        for (const QString& name : target.slotHosts())
            places << Place {&target.host(name), nullptr};
        break;
    case Scope::Slot:
        for (const Slot& slot : target.slots)
            places << Place {&target.host(slot.host), &slot};
        break;
    case Scope::Gateway:
        places << Place {&target.host(target.gateway.host), nullptr};
        break;
    case Scope::Site:
        places << Place {};
        break;
    }
    return places;
}

QString hostFailure(const Examination& examination, const QString& host)
{
    return examination.host(host).failure ? u"ssh"_s : QString();
}

QString dockerFailure(const Examination& examination, const QString& host)
{
    if (const QString ssh = hostFailure(examination, host); !ssh.isEmpty())
        return ssh;
    const SlotHostLook& look = examination.slotHost(host);
    if (examination.host(host).sudoFailure && look.failure)
        return u"sudo"_s;
    return look.failure || look.docker.unusable ? u"docker"_s : QString();
}

QString gatewayFailure(const Examination& examination)
{
    const QString& host = examination.target.gateway.host;
    if (const QString ssh = hostFailure(examination, host); !ssh.isEmpty())
        return ssh;
    if (!examination.gateway.failure)
        return {};
    return examination.host(host).sudoFailure ? u"sudo"_s : u"nginxTest"_s;
}

/// The check whose failure keeps this one from being made; empty: it can be made.
QString obstacle(const Examination& examination, Needs needs, const Place& place)
{
    switch (needs) {
    case Needs::Nothing:
        return {};
    case Needs::Host:
        return hostFailure(examination, place.host->name);
    case Needs::Docker:
        return dockerFailure(examination, place.host->name);
    case Needs::Gateway:
        return gatewayFailure(examination);
    case Needs::Upstream:
        if (const QString gateway = gatewayFailure(examination); !gateway.isEmpty())
            return gateway;
        return examination.gateway.upstreamError ? u"upstream"_s : QString();
    case Needs::EverySlot:
        for (const QString& host : examination.target.slotHosts())
            if (const QString docker = dockerFailure(examination, host); !docker.isEmpty())
                return docker;
        return {};
    }
    return {};
}

/// Where users come in, best first: the URL we are told, the gateway's own address.
QList<Entry> entriesOf(const Examination& examination, Hosts& hosts,
    std::unique_ptr<Tunnel>& tunnel, std::stop_token stop)
{
    const Target& target = examination.target;
    QList<Entry> entries;
    QString url = examination.options.witnessUrl;
    if (url.isEmpty() && target.witness)
        url = target.witness->url;
    if (!url.isEmpty())
        entries << Entry {QUrl(url), {}, false};
    if (!examination.gateway.dump)
        return entries;
    const std::optional<ListenAddress> listen
        = listenAddressOf(*examination.gateway.dump, target.gateway.upstream.toUtf8());
    if (!listen)
        return entries;
    try {
        tunnel = hosts.at(target.gateway.host).openTunnel(listen->address, stop);
    } catch (const Error&) {
        return entries; // what keeps tunnels from being opened is `forwarding`'s to say
    }
    QUrl own(listen->tls ? u"https://127.0.0.1/"_s : u"http://127.0.0.1/"_s);
    own.setPort(tunnel->localPort());
    entries << Entry {
        own, QUrl(url).isEmpty() ? listen->serverName : QUrl(url).authority().toUtf8(), true};
    return entries;
}

void tryWithClients(Examination& examination, Hosts& hosts, std::stop_token stop)
{
    const Target& target = examination.target;
    if (!examination.options.deep
        || !obstacle(examination, Needs::Upstream, {&target.host(target.gateway.host), nullptr})
                .isEmpty())
        return;
    Trial trial;
    trial.upSlots = examination.upSlots();
    trial.affinity = target.witness && target.witness->hub && !target.witness->hub->skipNegotiation
        && trial.upSlots.size() > 1;
    std::unique_ptr<Tunnel> tunnel;
    if (trial.affinity)
        trial.entries = entriesOf(examination, hosts, tunnel, stop);
    examination.tries = tryClients(target, hosts, trial, stop);
}

} // namespace

std::span<const Rule> rules()
{
    return theRules;
}

Finding refused(const Error& error, QJsonObject facts)
{
    const QJsonObject json = toJson(error);
    for (auto key = json.begin(); key != json.end(); ++key)
        facts[key.key()] = key.value();
    return {Check::State::Refuse, facts};
}

Finding refused(QJsonObject facts)
{
    return {Check::State::Refuse, std::move(facts)};
}

QList<Check> checksOf(const Rule& rule, const Examination& examination)
{
    QList<Check> checks;
    // Weights are for a canary; whatever else one does, workers may share out by themselves.
    if (rule.look == zone && examination.target.strategy != Strategy::Canary)
        return checks;
    for (const Place& place : placesOf(examination.target, rule.scope)) {
        const QString skipped = obstacle(examination, rule.needs, place);
        const Findings findings = skipped.isEmpty()
            ? rule.look(examination, place)
            : Findings {{Check::State::Info, {{u"skipped"_s, skipped}}}};
        for (const Finding& finding : findings) {
            Check check {QString::fromLatin1(rule.id), finding.state,
                place.host ? place.host->name : QString(),
                place.slot ? place.slot->name : QString(), finding.facts};
            if (!check.host.isEmpty())
                check.facts[u"host"_s] = check.host;
            if (!check.slot.isEmpty())
                check.facts[u"slot"_s] = check.slot;
            checks << check;
        }
    }
    return checks;
}

} // namespace doctor

QList<Check> runDoctor(const Target& target, Hosts& hosts, const DoctorOptions& options,
    std::stop_token stop, const std::function<void(const Check&)>& onCheck)
{
    QList<Check> checks;
    doctor::Examination examination = doctor::examine(target, hosts, options, stop);
    const auto make = [&](bool withClients) {
        for (const doctor::Rule& rule : doctor::rules()) {
            if (rule.withClients != withClients)
                continue;
            for (const Check& check : doctor::checksOf(rule, examination)) {
                checks << check;
                if (onCheck)
                    onCheck(check);
            }
        }
    };
    make(false);
    doctor::tryWithClients(examination, hosts, stop);
    make(true);
    return checks;
}

std::optional<Error> refusalOf(const QList<Check>& checks)
{
    QStringList ids;
    QList<QJsonObject> errors;
    for (const Check& check : checks) {
        if (check.state != Check::State::Refuse)
            continue;
        if (!ids.contains(check.id))
            ids << check.id;
        errors << check.facts;
    }
    if (errors.isEmpty())
        return std::nullopt;
    if (errors.size() == 1 && errors[0].contains(u"kind"_s))
        return errorFromJson(errors[0]);
    return Error(ErrorKind::DoctorRefused, {{u"checks"_s, QJsonArray::fromStringList(ids)}});
}

Check::State worstOf(const QList<Check>& checks)
{
    Check::State worst = Check::State::Ok;
    for (const Check& check : checks)
        worst = std::max(worst, check.state);
    return worst;
}

QJsonObject toJson(const Check& check)
{
    QJsonObject json {{u"id"_s, check.id}, {u"state"_s, idOf(check.state)}};
    if (!check.host.isEmpty())
        json[u"host"_s] = check.host;
    if (!check.slot.isEmpty())
        json[u"slot"_s] = check.slot;
    json[u"facts"_s] = check.facts;
    return json;
}

} // namespace gapless
