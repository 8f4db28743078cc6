// SPDX-License-Identifier: MIT
#include "app/wording/facts.h"
#include "app/wording/wording.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Checks {
    Q_DECLARE_TR_FUNCTIONS(Checks)
};

/// A check's identifier, its name, and what to say and do where it is not ok.
struct Check {
    const char* id;
    const char* name;
    const char* problem;
    const char* remedy;
};

constexpr Check table[] = {
    {"ssh", QT_TRANSLATE_NOOP("Checks", "SSH login"),
        QT_TRANSLATE_NOOP("Checks", "the host cannot be logged in to"),
        QT_TRANSLATE_NOOP("Checks",
            "Check address, port, user and auth in the target, and that the host is up.")},
    {"hostKey", QT_TRANSLATE_NOOP("Checks", "Host key"),
        QT_TRANSLATE_NOOP("Checks", "the host key is not the one that is known"),
        QT_TRANSLATE_NOOP("Checks",
            "Compare the fingerprint with the one the host's owner gives you; pin it in the "
            "target's hostKey.")},
    {"sudo", QT_TRANSLATE_NOOP("Checks", "sudo"),
        QT_TRANSLATE_NOOP("Checks", "the user may not do as root what a rollout needs"),
        QT_TRANSLATE_NOOP("Checks",
            "Add the sudoers lines shown beneath, or store the sudo password in the keychain.")},
    {"docker", QT_TRANSLATE_NOOP("Checks", "Docker"),
        QT_TRANSLATE_NOOP("Checks", "docker cannot be used on the host"),
        QT_TRANSLATE_NOOP("Checks",
            "Install and start Docker there, and let the user use it (docker group or sudo).")},
    {"disk", QT_TRANSLATE_NOOP("Checks", "Disk space"),
        QT_TRANSLATE_NOOP("Checks", "there is little space left for images"),
        QT_TRANSLATE_NOOP("Checks", "Free space there, for instance with “docker image prune”.")},
    {"ports", QT_TRANSLATE_NOOP("Checks", "Ports"),
        QT_TRANSLATE_NOOP("Checks", "a slot's port is taken by something else"),
        QT_TRANSLATE_NOOP("Checks",
            "Stop what holds the port, or give the slot another one in publish and server.")},
    {"mounts", QT_TRANSLATE_NOOP("Checks", "Mounts"),
        QT_TRANSLATE_NOOP("Checks", "something that the containers mount is not there"),
        QT_TRANSLATE_NOOP("Checks", "Create it on the slot's host, or correct container.mounts.")},
    {"network", QT_TRANSLATE_NOOP("Checks", "Container network"),
        QT_TRANSLATE_NOOP("Checks", "the containers' network is not there"),
        QT_TRANSLATE_NOOP("Checks", "Create the network, or correct container.network.")},
    {"images", QT_TRANSLATE_NOOP("Checks", "Images"),
        QT_TRANSLATE_NOOP("Checks", "the image is not on every host"),
        QT_TRANSLATE_NOOP("Checks", "Load the image on the hosts that lack it.")},
    {"slots", QT_TRANSLATE_NOOP("Checks", "Slots"),
        QT_TRANSLATE_NOOP("Checks", "a slot's container is not as the target says"),
        QT_TRANSLATE_NOOP("Checks",
            "Correct the slot in the target, or expect its container to be recreated so.")},
    {"restartPolicy", QT_TRANSLATE_NOOP("Checks", "Restart policy"),
        QT_TRANSLATE_NOOP("Checks", "a container does not come back after the host restarts"),
        QT_TRANSLATE_NOOP("Checks", "Set container.restart to “unless-stopped” in the target.")},
    {"upstream", QT_TRANSLATE_NOOP("Checks", "Upstream"),
        QT_TRANSLATE_NOOP("Checks", "the upstream block does not have each slot's server once"),
        QT_TRANSLATE_NOOP("Checks",
            "Correct gateway.upstreamFile, gateway.upstream and the slots' server in the target, "
            "or the file.")},
    {"nginxTest", QT_TRANSLATE_NOOP("Checks", "nginx configuration"),
        QT_TRANSLATE_NOOP("Checks", "nginx rejects its configuration as it stands"),
        QT_TRANSLATE_NOOP("Checks", "Mend it until “nginx -t” passes.")},
    {"reload", QT_TRANSLATE_NOOP("Checks", "nginx reload"),
        QT_TRANSLATE_NOOP("Checks", "nginx is not running, or may not be reloaded by the user"),
        QT_TRANSLATE_NOOP("Checks", "Start nginx, and allow the user gateway.reloadCommand.")},
    {"workerShutdownTimeout", QT_TRANSLATE_NOOP("Checks", "worker_shutdown_timeout"),
        QT_TRANSLATE_NOOP("Checks", "nginx cuts connections of old workers before they have ended"),
        QT_TRANSLATE_NOOP("Checks",
            "Remove worker_shutdown_timeout, or set it longer than the drain's seconds.")},
    {"maxFails", QT_TRANSLATE_NOOP("Checks", "max_fails"),
        QT_TRANSLATE_NOOP("Checks",
            "one failed request keeps a server out for fail_timeout; with the other slot out, "
            "that is an outage"),
        QT_TRANSLATE_NOOP("Checks", "Write max_fails=0 on the slots' server lines.")},
    {"affinity", QT_TRANSLATE_NOOP("Checks", "Affinity"),
        QT_TRANSLATE_NOOP("Checks",
            "a hub client negotiates on one slot and connects on another, and is refused"),
        QT_TRANSLATE_NOOP("Checks",
            "Add ip_hash or a cookie hash to the upstream, or let clients use WebSockets with "
            "skipNegotiation.")},
    {"session", QT_TRANSLATE_NOOP("Checks", "Sessions"),
        QT_TRANSLATE_NOOP("Checks", "a session of one slot cannot be read by another"),
        QT_TRANSLATE_NOOP("Checks",
            "Share the Data Protection keys of all slots (for instance in Redis) under one "
            "application name.")},
    {"websocketHeaders", QT_TRANSLATE_NOOP("Checks", "WebSocket headers"),
        QT_TRANSLATE_NOOP("Checks", "nginx does not pass WebSocket upgrades on"),
        QT_TRANSLATE_NOOP("Checks",
            "Add proxy_http_version 1.1 and the Upgrade and Connection headers to the location.")},
    {"backplane", QT_TRANSLATE_NOOP("Checks", "Backplane"),
        QT_TRANSLATE_NOOP(
            "Checks", "a message sent through one slot does not reach clients on another"),
        QT_TRANSLATE_NOOP("Checks", "Give the hub a backplane, for instance Redis.")},
    {"clock", QT_TRANSLATE_NOOP("Checks", "Clock"),
        QT_TRANSLATE_NOOP("Checks", "the host's clock differs from this machine's"),
        QT_TRANSLATE_NOOP("Checks", "Synchronise both clocks, for instance with chrony.")},
    {"lock", QT_TRANSLATE_NOOP("Checks", "Lock"),
        QT_TRANSLATE_NOOP("Checks", "somebody holds the site's lock, or its folder is unusable"),
        QT_TRANSLATE_NOOP("Checks",
            "Wait until that run has ended; where its owner is gone, use “gaplessctl resume”.")},
    {"tools", QT_TRANSLATE_NOOP("Checks", "Tools on the host"),
        QT_TRANSLATE_NOOP("Checks", "a program that a rollout uses is not on the host"),
        QT_TRANSLATE_NOOP("Checks", "Install it there (iproute2, util-linux).")},
};

const Check* find(const QString& id)
{
    for (const Check& check : table)
        if (id == QLatin1String(check.id))
            return &check;
    return nullptr;
}

/// Where a check found what it says: "host web", "slot A"; empty where it says neither.
QString place(const Facts& fact)
{
    if (!fact.empty("slot"))
        return Checks::tr("slot %1").arg(fact("slot"));
    return fact.empty("host") ? QString() : Checks::tr("host %1").arg(fact("host"));
}

} // namespace

QString checkName(const QString& check)
{
    const Check* known = find(check);
    return known ? Checks::tr(known->name) : printableLine(check);
}

QString checkSentence(const QString& check, const QString& state, const QJsonObject& facts)
{
    const Facts fact(facts);
    const Check* known = find(check);
    QString said;
    if (state == "ok"_L1)
        said = Checks::tr("in order");
    else if (facts.contains(u"kind"_s))
        said = sentence(errorFromJson(facts));
    else
        said = known ? Checks::tr(known->problem) : printableLine(state);
    const QString where = place(fact);
    return where.isEmpty()
        ? Checks::tr("%1: %2", "check, what it found").arg(checkName(check), said)
        : Checks::tr("%1 (%2): %3", "check, host or slot, what it found")
              .arg(checkName(check), where, said);
}

QString checkRemedy(const QString& check, const QString& state, const QJsonObject& facts)
{
    if (state == "ok"_L1)
        return {};
    if (facts.contains(u"kind"_s))
        return remedy(errorFromJson(facts));
    const Check* known = find(check);
    return known ? Checks::tr(known->remedy) : QString();
}

} // namespace gapless
