// SPDX-License-Identifier: MIT
#include "engine/site/adopt.h"

#include "engine/docker/container.h"
#include "engine/model/error.h"
#include "engine/nginx/upstreamfile.h"
#include "engine/site/adoptparts.h"
#include "engine/site/seencontainer.h"

#include <QJsonArray>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

namespace adoption {

/// A `server` of nginx with the container behind it, before it has become a slot.
struct Place {
    QString server;
    bool down = false;
    std::optional<SeenContainer> container;
    QString status;
};

class Proposal {
public:
    Proposal(const HostSurvey& survey, const AdoptionOptions& options)
        : m_survey(survey)
        , m_options(options)
        , m_made {.target = {}, .notes = {}, .secrets = {}}
    {
        m_made.target.hosts = {survey.host};
        m_made.target.gateway.host = survey.host.name;
        m_made.target.environment = options.environment;
    }

    /// An `upstream` block of `nginx` in `file`.
    void gatewayIs(const SurveyedNginx& nginx, const QString& file, const Upstream& upstream);
    /// A `proxy_pass` to the port itself: there is no upstream to edit yet.
    void gatewayIsBare(const SurveyedNginx& nginx, const Directive& pass);
    void add(Place place) { m_places.append(std::move(place)); }
    int containers() const;
    /// The whole of it, from what was added.
    Adoption finish();

private:
    void note(const QString& id, const QString& slot, QJsonObject facts)
    {
        m_made.notes.append({id, slot, std::move(facts)});
    }
    const SeenContainer& model() const;
    void splitSingle();
    void makeSlots();
    void makeContainer();
    void makeEnvironment();
    void noteImages();
    void noteContainers();

    const HostSurvey& m_survey;
    const AdoptionOptions& m_options;
    QList<Place> m_places;
    Adoption m_made;
};

void Proposal::gatewayIs(const SurveyedNginx& nginx, const QString& file, const Upstream& upstream)
{
    Gateway& gateway = m_made.target.gateway;
    gateway.upstream = QString::fromUtf8(upstream.name);
    gateway.upstreamFile = nginx.hostPath(file);
    if (gateway.upstreamFile.isEmpty()) {
        note(u"fileHidden"_s, {}, {{u"container"_s, nginx.container}, {u"file"_s, file}});
        gateway.upstreamFile = file;
    }
    gateway.testCommand = nginx.testCommand;
    gateway.reloadCommand = nginx.reloadCommand;
    if (const auto listen = listenAddressOf(nginx.dump, upstream.name)) {
        WitnessSpec witness;
        // From where Gapless runs the site's own name, or the host's address, is what users ask for.
        const QString name = QString::fromUtf8(listen->serverName);
        const QString port = listen->address.section(u':', -1);
        const bool usual = port == (listen->tls ? u"443"_s : u"80"_s);
        witness.url = (listen->tls ? u"https://"_s : u"http://"_s)
            + (name.isEmpty() || name == u"_"_s ? m_survey.host.address : name)
            + (usual ? QString() : u':' + port);
        if (!m_options.hub.isEmpty()) {
            witness.hub.emplace();
            witness.hub->hub = m_options.hub;
        }
        m_made.target.witness = witness;
    }
}

void Proposal::gatewayIsBare(const SurveyedNginx& nginx, const Directive& pass)
{
    Gateway& gateway = m_made.target.gateway;
    const QByteArray address = addressOfPass(pass.arguments.value(0));
    gateway.upstream = baseOf(model().name, nullptr) + u"_slots"_s;
    gateway.upstreamFile = nginx.hostPath(pass.file).section(u'/', 0, -2) + u'/' + gateway.upstream
        + u".conf"_s;
    gateway.testCommand = nginx.testCommand;
    gateway.reloadCommand = nginx.reloadCommand;
    const QString snippet = u"upstream %1 {\n    server %2;\n    keepalive 32;\n}\n"_s.arg(
        gateway.upstream, QString::fromUtf8(address));
    note(u"noUpstream"_s, {},
        {{u"address"_s, QString::fromUtf8(address)}, {u"file"_s, pass.file}, {u"line"_s, pass.line},
            {u"newFile"_s, gateway.upstreamFile}, {u"upstream"_s, gateway.upstream},
            {u"snippet"_s, snippet}});
}

int Proposal::containers() const
{
    return int(std::count_if(m_places.begin(), m_places.end(),
        [](const Place& place) { return place.container.has_value(); }));
}

/// The container that the others are to be like: the first that runs.
const SeenContainer& Proposal::model() const
{
    const Place* best = nullptr;
    for (const Place& place : m_places)
        if (place.container && (!best || (place.container->running && !best->container->running)))
            best = &place;
    return *best->container;
}

/// One container that holds the port alone becomes slot A where it is; B gets a free port beside it, so
/// that both serve before the first is touched.
void Proposal::splitSingle()
{
    const Place& only = m_places.first();
    const int port = portOf(only.server);
    QSet<int> taken(m_survey.listening.begin(), m_survey.listening.end());
    for (const QString& value : only.container->publish)
        taken.insert(hostPortOf(value));
    const int free = freePort(port + 1, taken);
    Place second;
    second.server = withPort(only.server, free);
    m_made.target.gateway.addServers = true;
    note(u"converts"_s, {},
        {{u"container"_s, only.container->name}, {u"port"_s, port}, {u"newPort"_s, free},
            {u"server"_s, second.server}});
    m_places.append(std::move(second));
}

void Proposal::makeSlots()
{
    QStringList names;
    for (const Place& place : m_places)
        names << (place.container ? place.container->name : QString());
    const SlotNames named = slotNames(names, model().name);
    QSet<int> taken(m_survey.listening.begin(), m_survey.listening.end());
    for (qsizetype i = 0; i < m_places.size(); ++i) {
        const Place& place = m_places[i];
        Slot slot {.name = named.slots[i], .host = m_survey.host.name,
            .container = named.containers[i], .server = place.server, .publish = {}, .env = {}};
        if (place.container) {
            slot.publish = place.container->publish;
        } else {
            const int shift = portOf(place.server) - portOf(serverOf(model()));
            slot.publish = shiftedPublish(model().publish, shift, taken);
            if (!m_made.target.gateway.addServers)
                note(u"slotEmpty"_s, slot.name,
                    {{u"server"_s, slot.server}, {u"container"_s, slot.container}});
        }
        if (place.down)
            note(u"slotDown"_s, slot.name,
                {{u"server"_s, slot.server},
                    {u"running"_s, place.container && place.container->running}});
        m_made.target.slots.append(slot);
    }
    m_made.target.name = m_options.name.isEmpty() ? named.base : m_options.name;
}

void Proposal::makeContainer()
{
    ContainerSpec& spec = m_made.target.container;
    const SeenContainer pasted = m_options.dockerRun.isEmpty()
        ? SeenContainer {}
        : seenFromRunLine(m_options.dockerRun);
    const SeenContainer& from = m_options.dockerRun.isEmpty() ? model() : pasted;
    spec.envFiles = from.envFiles;
    spec.mounts = from.mounts;
    spec.network = from.network;
    spec.restart = from.restart.isEmpty() ? u"no"_s : from.restart;
    spec.options = from.options;
    spec.command = from.command;
    if (from.stopTimeoutSeconds > 0)
        spec.stopTimeoutSeconds = from.stopTimeoutSeconds;
    if (spec.restart == "no"_L1) {
        note(u"noRestart"_s, {}, {{u"container"_s, model().name}});
        spec.restart = ContainerSpec {}.restart;
    }
    if (!from.healthPath.isEmpty())
        m_made.target.health.path = from.healthPath;
    QStringList otherMounts, otherOptions;
    for (qsizetype i = 0; i < m_places.size(); ++i) {
        if (!m_places[i].container || !m_options.dockerRun.isEmpty())
            continue;
        const SeenContainer& seen = *m_places[i].container;
        if (seen.mounts != spec.mounts)
            otherMounts << m_made.target.slots[i].name;
        if (seen.options != spec.options || seen.network != spec.network || seen.command != spec.command)
            otherOptions << m_made.target.slots[i].name;
    }
    if (!otherMounts.isEmpty())
        note(u"mountsDiffer"_s, {}, {{u"slots"_s, QJsonArray::fromStringList(otherMounts)}});
    if (!otherOptions.isEmpty())
        note(u"optionsDiffer"_s, {}, {{u"slots"_s, QJsonArray::fromStringList(otherOptions)}});
}

/// What all slots have alike is the container's, what differs a slot's, and what looks secret nobody's:
/// its name alone is written down.
void Proposal::makeEnvironment()
{
    QList<QMap<QString, QString>> all;
    if (!m_options.dockerRun.isEmpty())
        all << seenFromRunLine(m_options.dockerRun).env;
    else
        for (const Place& place : m_places)
            all << (place.container ? place.container->env : QMap<QString, QString>());
    QSet<QString> names, secret, secretDiffers;
    for (const auto& env : all)
        for (auto it = env.begin(); it != env.end(); ++it) {
            names.insert(it.key());
            if (!looksSecret(it.key(), *it))
                continue;
            secret.insert(it.key());
            if (m_made.secrets.contains(it.key()) && m_made.secrets[it.key()] != *it)
                secretDiffers.insert(it.key());
            else
                m_made.secrets[it.key()] = *it;
        }
    for (const QString& name : QStringList(names.begin(), names.end())) {
        if (secret.contains(name))
            continue;
        QStringList values;
        for (const auto& env : all)
            if (!env.isEmpty())
                values << env.value(name);
        const bool alike = std::count(values.begin(), values.end(), values.first()) == values.size();
        if (alike) {
            m_made.target.container.env[name] = values.first();
            continue;
        }
        for (qsizetype i = 0; i < all.size() && i < m_made.target.slots.size(); ++i)
            if (all[i].contains(name))
                m_made.target.slots[i].env[name] = all[i][name];
            else if (all[i].isEmpty()) // nothing to copy from: a slot's own name is the usual value
                m_made.target.slots[i].env[name] = m_made.target.slots[i].name;
    }
    const auto sorted = [](const QSet<QString>& set) {
        QStringList list(set.begin(), set.end());
        list.sort();
        return list;
    };
    m_made.target.container.secretEnv = sorted(secret);
    if (!secret.isEmpty())
        note(u"secrets"_s, {}, {{u"names"_s, QJsonArray::fromStringList(sorted(secret))}});
    if (!secretDiffers.isEmpty())
        note(u"secretsDiffer"_s, {}, {{u"names"_s, QJsonArray::fromStringList(sorted(secretDiffers))}});
}

void Proposal::noteImages()
{
    QList<Image> images;
    for (const QJsonObject& json : m_survey.images)
        images << imageFromInspect(json);
    ImageSpec& spec = m_made.target.image;
    spec.repository = repositoryOf(model(), images);
    spec.tagPrefix = tagPrefixIn(images, spec.repository);
    QSet<QString> ids;
    for (qsizetype i = 0; i < m_places.size(); ++i) {
        if (!m_places[i].container)
            continue;
        const SeenContainer& seen = *m_places[i].container;
        ids.insert(seen.imageId);
        const QString tag = releaseTag(images, spec, seen);
        const QString slot = m_made.target.slots[i].name;
        if (!tag.isEmpty())
            note(u"releaseKnown"_s, slot, {{u"image"_s, seen.image}, {u"tag"_s, tag}});
        else
            note(u"releaseUnknown"_s, slot,
                {{u"image"_s, seen.image},
                    {u"snippet"_s,
                        u"%1 tag %2 %3:%4%5"_s.arg(m_survey.host.docker, shortId(seen.imageId),
                            spec.repository, spec.tagPrefix.isEmpty() ? u"hash_"_s : spec.tagPrefix,
                            shortId(seen.imageId))}});
    }
    if (ids.size() > 1)
        note(u"releasesDiffer"_s, {}, {{u"images"_s, int(ids.size())}});
}

void Proposal::noteContainers()
{
    for (qsizetype i = 0; i < m_places.size(); ++i) {
        if (!m_places[i].container)
            continue;
        const SeenContainer& seen = *m_places[i].container;
        const QString slot = m_made.target.slots[i].name;
        if (!seen.running)
            note(u"slotStopped"_s, slot,
                {{u"container"_s, seen.name}, {u"status"_s, m_places[i].status}});
        if (!seen.composeProject.isEmpty())
            note(u"compose"_s, slot,
                {{u"container"_s, seen.name}, {u"project"_s, seen.composeProject}});
        if (!seen.lost.isEmpty())
            note(u"lost"_s, slot,
                {{u"container"_s, seen.name}, {u"what"_s, QJsonArray::fromStringList(seen.lost)}});
    }
}

Adoption Proposal::finish()
{
    if (m_places.size() == 1)
        splitSingle();
    makeSlots();
    makeContainer();
    makeEnvironment();
    noteImages();
    noteContainers();
    return std::move(m_made);
}

} // namespace adoption

namespace {

using adoption::Place;
using adoption::Proposal;

/// The container that a server of nginx leads to: by the port it publishes, or by its name in a
/// network that nginx's container shares.
const QJsonObject* behind(const HostSurvey& survey, const QString& server, bool nginxInContainer)
{
    const int port = adoption::portOf(server);
    const QString name = server.section(u':', 0, 0);
    const QJsonObject* stopped = nullptr;
    for (const QJsonObject& json : survey.containers) {
        const Container container = containerFromInspect(json);
        bool leads = nginxInContainer && container.name == name;
        for (const PortBinding& binding : container.ports)
            leads = leads || (port > 0 && binding.hostPort.toInt() == port);
        if (leads && container.running)
            return &json;
        if (leads && !stopped)
            stopped = &json;
    }
    return stopped;
}

Place placeOf(
    const HostSurvey& survey, const QString& server, bool down, bool nginxInContainer)
{
    Place place {.server = server, .down = down, .container = {}, .status = {}};
    const QJsonObject* json = behind(survey, server, nginxInContainer);
    if (!json)
        return place;
    QJsonObject image;
    for (const QJsonObject& candidate : survey.images)
        if (candidate[u"Id"_s] == (*json)[u"Image"_s])
            image = candidate;
    place.container = seenFromInspect(*json, image);
    place.status = (*json)[u"State"_s][u"Status"_s].toString();
    return place;
}

void proposeUpstreams(const HostSurvey& survey, const AdoptionOptions& options,
    const SurveyedNginx& nginx, QList<std::pair<int, Adoption>>& made)
{
    for (auto file = nginx.dump.files.begin(); file != nginx.dump.files.end(); ++file)
        for (const Upstream& upstream : readUpstreams(*file, file.key())) {
            if (!options.upstream.isEmpty()
                && options.upstream.compare(QString::fromUtf8(upstream.name), Qt::CaseInsensitive) != 0)
                continue;
            Proposal proposal(survey, options);
            proposal.gatewayIs(nginx, file.key(), upstream);
            for (const ServerLine& line : upstream.servers)
                proposal.add(placeOf(survey, QString::fromUtf8(line.address), line.down,
                    !nginx.container.isEmpty()));
            if (const int containers = proposal.containers(); containers > 0)
                made.append({containers, proposal.finish()});
        }
}

void collectPasses(const Directive& block, QList<const Directive*>& passes)
{
    for (const Directive& directive : block.block) {
        if (directive.name == "proxy_pass")
            passes << &directive;
        if (directive.isBlock)
            collectPasses(directive, passes);
    }
}

void proposeBarePorts(const HostSurvey& survey, const AdoptionOptions& options,
    const SurveyedNginx& nginx, QList<std::pair<int, Adoption>>& made)
{
    QList<const Directive*> passes;
    collectPasses(nginx.dump.root, passes);
    QSet<QByteArray> seen;
    for (const Directive* pass : passes) {
        const QByteArray address = adoption::addressOfPass(pass->arguments.value(0));
        if (adoption::portOf(QString::fromUtf8(address)) == 0 || seen.contains(address))
            continue;
        seen.insert(address);
        const Place place
            = placeOf(survey, QString::fromUtf8(address), false, !nginx.container.isEmpty());
        if (!place.container)
            continue;
        Proposal proposal(survey, options);
        proposal.add(place);
        proposal.gatewayIsBare(nginx, *pass);
        made.append({0, proposal.finish()});
    }
}

} // namespace

QList<Adoption> proposeTargets(const HostSurvey& survey, const AdoptionOptions& options)
{
    QList<std::pair<int, Adoption>> made;
    for (const SurveyedNginx& nginx : survey.nginxes) {
        proposeUpstreams(survey, options, nginx, made);
        if (options.upstream.isEmpty())
            proposeBarePorts(survey, options, nginx, made);
    }
    std::stable_sort(made.begin(), made.end(),
        [](const auto& a, const auto& b) { return a.first > b.first; });
    QList<Adoption> adoptions;
    for (auto& [containers, adoption] : made)
        adoptions.append(std::move(adoption));
    return adoptions;
}

} // namespace gapless
