// SPDX-License-Identifier: MIT
#include "app/models/targetschema.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct TargetFields {
    Q_DECLARE_TR_FUNCTIONS(TargetFields)
};

struct Label {
    const char* path;
    const char* name;
    const char* hint;
    bool common = false;
};

constexpr bool common = true;

constexpr Label labels[] = {
    {"name", QT_TRANSLATE_NOOP("TargetFields", "Name"), "", common},
    {"environment", QT_TRANSLATE_NOOP("TargetFields", "Environment"), QT_TRANSLATE_NOOP("TargetFields", "Shown in the band of the window, such as production."), common},
    {"protection", QT_TRANSLATE_NOOP("TargetFields", "Protection"), QT_TRANSLATE_NOOP("TargetFields", "What has to be done before anything changes."), common},
    {"hosts", QT_TRANSLATE_NOOP("TargetFields", "Hosts"), QT_TRANSLATE_NOOP("TargetFields", "The machines that are spoken to over SSH.")},
    {"hosts.address", QT_TRANSLATE_NOOP("TargetFields", "Address"), QT_TRANSLATE_NOOP("TargetFields", "A name or an address, or a Host of ssh_config."), common},
    {"hosts.port", QT_TRANSLATE_NOOP("TargetFields", "SSH port"), "", common},
    {"hosts.user", QT_TRANSLATE_NOOP("TargetFields", "User"), "", common},
    {"hosts.auth", QT_TRANSLATE_NOOP("TargetFields", "Login"), "", common},
    {"hosts.auth.method", QT_TRANSLATE_NOOP("TargetFields", "Method"), "", common},
    {"hosts.auth.privateKeyFile", QT_TRANSLATE_NOOP("TargetFields", "Private key file"), QT_TRANSLATE_NOOP("TargetFields", "A file of this machine."), common},
    {"hosts.hostKey", QT_TRANSLATE_NOOP("TargetFields", "Pinned host key"), QT_TRANSLATE_NOOP("TargetFields", "SHA256:…; left empty, known_hosts decides.")},
    {"hosts.jump", QT_TRANSLATE_NOOP("TargetFields", "Jump hosts"), QT_TRANSLATE_NOOP("TargetFields", "user@host:port, one a line, in the order of the hops.")},
    {"hosts.sudo", QT_TRANSLATE_NOOP("TargetFields", "sudo"), QT_TRANSLATE_NOOP("TargetFields", "Where the user alone may not do it."), common},
    {"hosts.sudoFor", QT_TRANSLATE_NOOP("TargetFields", "sudo for"), QT_TRANSLATE_NOOP("TargetFields", "gateway or docker, one a line.")},
    {"hosts.docker", QT_TRANSLATE_NOOP("TargetFields", "docker command"), QT_TRANSLATE_NOOP("TargetFields", "Such as podman, or a path.")},
    {"gateway", QT_TRANSLATE_NOOP("TargetFields", "Gateway"), ""},
    {"gateway.host", QT_TRANSLATE_NOOP("TargetFields", "Host"), QT_TRANSLATE_NOOP("TargetFields", "Left out where there is only one host."), common},
    {"gateway.upstreamFile", QT_TRANSLATE_NOOP("TargetFields", "Upstream file"), QT_TRANSLATE_NOOP("TargetFields", "The file of nginx that has the upstream block."), common},
    {"gateway.upstream", QT_TRANSLATE_NOOP("TargetFields", "Upstream"), QT_TRANSLATE_NOOP("TargetFields", "The name of the block."), common},
    {"gateway.testCommand", QT_TRANSLATE_NOOP("TargetFields", "Test command"), ""},
    {"gateway.reloadCommand", QT_TRANSLATE_NOOP("TargetFields", "Reload command"), ""},
    {"gateway.site", QT_TRANSLATE_NOOP("TargetFields", "Site to write"), QT_TRANSLATE_NOOP("TargetFields", "Where the upstream file is missing, a first deployment writes it with this site.")},
    {"gateway.site.listen", QT_TRANSLATE_NOOP("TargetFields", "Listen"), QT_TRANSLATE_NOOP("TargetFields", "What nginx's listen directive says: 80, 443 ssl, [::]:80.")},
    {"gateway.site.serverName", QT_TRANSLATE_NOOP("TargetFields", "Server name"), QT_TRANSLATE_NOOP("TargetFields", "What nginx's server_name directive says; _ is any.")},
    {"gateway.addServers", QT_TRANSLATE_NOOP("TargetFields", "Add missing server lines"), QT_TRANSLATE_NOOP("TargetFields", "For a single container that becomes two slots: a slot's line is written when it is first put up.")},
    {"gateway.stateDir", QT_TRANSLATE_NOOP("TargetFields", "State folder"), QT_TRANSLATE_NOOP("TargetFields", "Holds the lock and the records of runs on the gateway.")},
    {"image", QT_TRANSLATE_NOOP("TargetFields", "Image"), ""},
    {"image.repository", QT_TRANSLATE_NOOP("TargetFields", "Repository"), QT_TRANSLATE_NOOP("TargetFields", "Without a tag."), common},
    {"image.tagPrefix", QT_TRANSLATE_NOOP("TargetFields", "Tag prefix"), QT_TRANSLATE_NOOP("TargetFields", "Tags that start so are releases.")},
    {"image.hashLength", QT_TRANSLATE_NOOP("TargetFields", "Length of the hash"), ""},
    {"image.alsoTag", QT_TRANSLATE_NOOP("TargetFields", "Second tag"), QT_TRANSLATE_NOOP("TargetFields", "Such as latest.")},
    {"image.keep", QT_TRANSLATE_NOOP("TargetFields", "Releases to keep"), QT_TRANSLATE_NOOP("TargetFields", "Older ones are pruned."), common},
    {"image.pins", QT_TRANSLATE_NOOP("TargetFields", "Pinned tags"), QT_TRANSLATE_NOOP("TargetFields", "Never pruned; one a line.")},
    {"build", QT_TRANSLATE_NOOP("TargetFields", "Build"), ""},
    {"build.context", QT_TRANSLATE_NOOP("TargetFields", "Context"), QT_TRANSLATE_NOOP("TargetFields", "The folder that is sent to docker."), common},
    {"build.dockerfile", QT_TRANSLATE_NOOP("TargetFields", "Dockerfile"), "", common},
    {"build.command", QT_TRANSLATE_NOOP("TargetFields", "Command before it"), QT_TRANSLATE_NOOP("TargetFields", "Runs on this machine in the context.")},
    {"build.noCache", QT_TRANSLATE_NOOP("TargetFields", "Without docker's cache"), ""},
    {"build.where", QT_TRANSLATE_NOOP("TargetFields", "Where"), ""},
    {"container", QT_TRANSLATE_NOOP("TargetFields", "Container"), ""},
    {"container.env", QT_TRANSLATE_NOOP("TargetFields", "Environment variables"), "", common},
    {"container.envFiles", QT_TRANSLATE_NOOP("TargetFields", "Environment files"), QT_TRANSLATE_NOOP("TargetFields", "Paths on the slot's host, one a line.")},
    {"container.secretEnv", QT_TRANSLATE_NOOP("TargetFields", "Secret variables"), QT_TRANSLATE_NOOP("TargetFields", "Names only, one a line; their values are in the keychain.")},
    {"container.mounts", QT_TRANSLATE_NOOP("TargetFields", "Mounts"), "", common},
    {"container.mounts.source", QT_TRANSLATE_NOOP("TargetFields", "Source"), QT_TRANSLATE_NOOP("TargetFields", "A path on the host, or a volume's name."), common},
    {"container.mounts.target", QT_TRANSLATE_NOOP("TargetFields", "Path in the container"), "", common},
    {"container.mounts.readOnly", QT_TRANSLATE_NOOP("TargetFields", "Read-only"), "", common},
    {"container.network", QT_TRANSLATE_NOOP("TargetFields", "Network"), ""},
    {"container.restart", QT_TRANSLATE_NOOP("TargetFields", "Restart policy"), ""},
    {"container.options", QT_TRANSLATE_NOOP("TargetFields", "More options"), QT_TRANSLATE_NOOP("TargetFields", "Words for docker create, one a line.")},
    {"container.command", QT_TRANSLATE_NOOP("TargetFields", "Command"), QT_TRANSLATE_NOOP("TargetFields", "What follows the image's name, one word a line; left out: the image's own.")},
    {"container.stopTimeoutSeconds", QT_TRANSLATE_NOOP("TargetFields", "Seconds to stop in"), QT_TRANSLATE_NOOP("TargetFields", "Then the container is killed.")},
    {"slots", QT_TRANSLATE_NOOP("TargetFields", "Slots"), QT_TRANSLATE_NOOP("TargetFields", "The places that containers run in, two or more.")},
    {"slots.name", QT_TRANSLATE_NOOP("TargetFields", "Name"), "", common},
    {"slots.host", QT_TRANSLATE_NOOP("TargetFields", "Host"), QT_TRANSLATE_NOOP("TargetFields", "Left out where there is only one host."), common},
    {"slots.container", QT_TRANSLATE_NOOP("TargetFields", "Container name"), "", common},
    {"slots.server", QT_TRANSLATE_NOOP("TargetFields", "Server"), QT_TRANSLATE_NOOP("TargetFields", "The address as nginx writes it in the upstream block."), common},
    {"slots.publish", QT_TRANSLATE_NOOP("TargetFields", "Published ports"), QT_TRANSLATE_NOOP("TargetFields", "As docker's -p takes them, one a line."), common},
    {"slots.env", QT_TRANSLATE_NOOP("TargetFields", "Environment variables"), QT_TRANSLATE_NOOP("TargetFields", "Of this slot only.")},
    {"slots.group", QT_TRANSLATE_NOOP("TargetFields", "Group"), QT_TRANSLATE_NOOP("TargetFields", "For blue-green and red-black: the group it switches with. Of two slots each is its own.")},
    {"strategy", QT_TRANSLATE_NOOP("TargetFields", "Strategy"), "", common},
    {"rehearse", QT_TRANSLATE_NOOP("TargetFields", "Rehearse the start"), QT_TRANSLATE_NOOP("TargetFields", "The new container first boots on a free port while the old one serves.")},
    {"keepOneRunning", QT_TRANSLATE_NOOP("TargetFields", "Keep the last old container"), QT_TRANSLATE_NOOP("TargetFields", "Stopped and out of nginx, for a quick rollback.")},
    {"ownerLostSeconds", QT_TRANSLATE_NOOP("TargetFields", "Seconds until an owner counts as lost"), QT_TRANSLATE_NOOP("TargetFields", "A slot that is out when Gapless is gone so long is put back by its hosts; 0: never.")},
    {"keepWarmSeconds", QT_TRANSLATE_NOOP("TargetFields", "Seconds to keep the old group warm"), QT_TRANSLATE_NOOP("TargetFields", "For blue-green and red-black: so long a rollback is one reload.")},
    {"preview", QT_TRANSLATE_NOOP("TargetFields", "Preview"), ""},
    {"preview.listen", QT_TRANSLATE_NOOP("TargetFields", "Listen"), QT_TRANSLATE_NOOP("TargetFields", "What nginx listens on while a red-black rollout waits: a port, or address:port."), common},
    {"canary", QT_TRANSLATE_NOOP("TargetFields", "Canary"), ""},
    {"canary.steps", QT_TRANSLATE_NOOP("TargetFields", "Shares in percent"), QT_TRANSLATE_NOOP("TargetFields", "Growing, up to 100, with commas between."), common},
    {"canary.pauseSeconds", QT_TRANSLATE_NOOP("TargetFields", "Seconds at each share"), "", common},
    {"canary.byHand", QT_TRANSLATE_NOOP("TargetFields", "Promote by hand"), QT_TRANSLATE_NOOP("TargetFields", "A person goes on to the next share."), common},
    {"canary.minimumSamples", QT_TRANSLATE_NOOP("TargetFields", "Requests to compare"), QT_TRANSLATE_NOOP("TargetFields", "As many the new version must have answered; fewer prove nothing.")},
    {"canary.limits", QT_TRANSLATE_NOOP("TargetFields", "Limits"), QT_TRANSLATE_NOOP("TargetFields", "From where on the new version is worse, and is taken back.")},
    {"canary.limits.failedPoints", QT_TRANSLATE_NOOP("TargetFields", "More failed requests (percentage points)"), ""},
    {"canary.limits.p50Percent", QT_TRANSLATE_NOOP("TargetFields", "Slower median (percent)"), ""},
    {"canary.limits.p99Percent", QT_TRANSLATE_NOOP("TargetFields", "Slower 99th percentile (percent)"), ""},
    {"canary.limits.slowerMs", QT_TRANSLATE_NOOP("TargetFields", "And slower by (ms)"), QT_TRANSLATE_NOOP("TargetFields", "Below it nobody would notice.")},
    {"canary.limits.reconnects", QT_TRANSLATE_NOOP("TargetFields", "More lost hub connections"), ""},
    {"onPartialFailure", QT_TRANSLATE_NOOP("TargetFields", "When a later slot fails"), "", common},
    {"health", QT_TRANSLATE_NOOP("TargetFields", "Health"), ""},
    {"health.scheme", QT_TRANSLATE_NOOP("TargetFields", "Scheme"), ""},
    {"health.host", QT_TRANSLATE_NOOP("TargetFields", "Host header"), QT_TRANSLATE_NOOP("TargetFields", "Left empty: that of the witness's URL.")},
    {"health.path", QT_TRANSLATE_NOOP("TargetFields", "Path"), "", common},
    {"health.headers", QT_TRANSLATE_NOOP("TargetFields", "Headers"), ""},
    {"health.expectStatus", QT_TRANSLATE_NOOP("TargetFields", "Expected status"), QT_TRANSLATE_NOOP("TargetFields", "200, 200-299 or 200,302."), common},
    {"health.intervalMs", QT_TRANSLATE_NOOP("TargetFields", "Interval (ms)"), ""},
    {"health.timeoutMs", QT_TRANSLATE_NOOP("TargetFields", "Timeout of a request (ms)"), ""},
    {"health.deadlineSeconds", QT_TRANSLATE_NOOP("TargetFields", "Seconds until ready"), QT_TRANSLATE_NOOP("TargetFields", "After that the slot has failed."), common},
    {"health.successes", QT_TRANSLATE_NOOP("TargetFields", "Successes in a row"), "", common},
    {"health.hub", QT_TRANSLATE_NOOP("TargetFields", "Ask the hub too"), QT_TRANSLATE_NOOP("TargetFields", "A SignalR handshake at the slot, where the witness names a hub.")},
    {"health.command", QT_TRANSLATE_NOOP("TargetFields", "Command"), QT_TRANSLATE_NOOP("TargetFields", "Runs on the slot's host with the container's name.")},
    {"health.warmUpRequests", QT_TRANSLATE_NOOP("TargetFields", "Warm-up requests"), ""},
    {"health.watchSeconds", QT_TRANSLATE_NOOP("TargetFields", "Seconds to watch"), QT_TRANSLATE_NOOP("TargetFields", "After each slot is up.")},
    {"drain", QT_TRANSLATE_NOOP("TargetFields", "Drain"), ""},
    {"drain.requestSeconds", QT_TRANSLATE_NOOP("TargetFields", "Seconds for requests"), QT_TRANSLATE_NOOP("TargetFields", "So long requests in flight may take."), common},
    {"drain.longLivedSeconds", QT_TRANSLATE_NOOP("TargetFields", "More seconds for WebSockets"), QT_TRANSLATE_NOOP("TargetFields", "0: they do not hold up the stop.")},
    {"hooks", QT_TRANSLATE_NOOP("TargetFields", "Hooks"), ""},
    {"hooks.beforeBuild", QT_TRANSLATE_NOOP("TargetFields", "Before the build"), QT_TRANSLATE_NOOP("TargetFields", "Commands on this machine.")},
    {"hooks.beforeRollout", QT_TRANSLATE_NOOP("TargetFields", "Before the rollout"), ""},
    {"hooks.afterRollout", QT_TRANSLATE_NOOP("TargetFields", "After the rollout"), ""},
    {"hooks.onFailure", QT_TRANSLATE_NOOP("TargetFields", "On a failure"), ""},
    {"hooks.deadlineSeconds", QT_TRANSLATE_NOOP("TargetFields", "Seconds for a hook"), QT_TRANSLATE_NOOP("TargetFields", "One that takes longer is ended and has failed.")},
    {"hooks.whenFailing", QT_TRANSLATE_NOOP("TargetFields", "When a hook fails"), QT_TRANSLATE_NOOP("TargetFields", "Before the rollout: refuse it, or only report the failure.")},
    {"witness", QT_TRANSLATE_NOOP("TargetFields", "Witness"), QT_TRANSLATE_NOOP("TargetFields", "Clients that watch the site as its users do.")},
    {"witness.url", QT_TRANSLATE_NOOP("TargetFields", "URL"), QT_TRANSLATE_NOOP("TargetFields", "Where users come in."), common},
    {"witness.http", QT_TRANSLATE_NOOP("TargetFields", "HTTP probe"), "", common},
    {"witness.http.path", QT_TRANSLATE_NOOP("TargetFields", "Path"), "", common},
    {"witness.http.expectStatus", QT_TRANSLATE_NOOP("TargetFields", "Expected status"), ""},
    {"witness.http.perSecond", QT_TRANSLATE_NOOP("TargetFields", "Requests a second"), QT_TRANSLATE_NOOP("TargetFields", "0 turns the probe off."), common},
    {"witness.http.post", QT_TRANSLATE_NOOP("TargetFields", "POST probe"), ""},
    {"witness.http.post.path", QT_TRANSLATE_NOOP("TargetFields", "Path"), "", common},
    {"witness.http.post.body", QT_TRANSLATE_NOOP("TargetFields", "Body"), "", common},
    {"witness.http.post.contentType", QT_TRANSLATE_NOOP("TargetFields", "Content type"), "", common},
    {"witness.http.post.perSecond", QT_TRANSLATE_NOOP("TargetFields", "Requests a second"), "", common},
    {"witness.http.versionFrom", QT_TRANSLATE_NOOP("TargetFields", "Version from"), QT_TRANSLATE_NOOP("TargetFields", "A response header, or json:field.")},
    {"witness.session", QT_TRANSLATE_NOOP("TargetFields", "Session probe"), ""},
    {"witness.session.path", QT_TRANSLATE_NOOP("TargetFields", "Path"), "", common},
    {"witness.session.expect", QT_TRANSLATE_NOOP("TargetFields", "Expected value"), "", common},
    {"witness.signalr", QT_TRANSLATE_NOOP("TargetFields", "SignalR probe"), "", common},
    {"witness.signalr.hub", QT_TRANSLATE_NOOP("TargetFields", "Hub"), QT_TRANSLATE_NOOP("TargetFields", "Its path."), common},
    {"witness.signalr.protocol", QT_TRANSLATE_NOOP("TargetFields", "Protocol"), ""},
    {"witness.signalr.transport", QT_TRANSLATE_NOOP("TargetFields", "Transport"), ""},
    {"witness.signalr.skipNegotiation", QT_TRANSLATE_NOOP("TargetFields", "Skip negotiation"), ""},
    {"witness.signalr.connections", QT_TRANSLATE_NOOP("TargetFields", "Connections"), "", common},
    {"witness.signalr.reconnectDelaysMs", QT_TRANSLATE_NOOP("TargetFields", "Reconnect delays (ms)"), QT_TRANSLATE_NOOP("TargetFields", "One for each attempt, with commas between.")},
    {"witness.signalr.accessToken", QT_TRANSLATE_NOOP("TargetFields", "Access token"), QT_TRANSLATE_NOOP("TargetFields", "The name of an entry in the keychain.")},
    {"witness.signalr.echo", QT_TRANSLATE_NOOP("TargetFields", "Echo"), QT_TRANSLATE_NOOP("TargetFields", "Sends messages into the live site and waits for them.")},
    {"witness.signalr.echo.invoke", QT_TRANSLATE_NOOP("TargetFields", "Method to invoke"), "", common},
    {"witness.signalr.echo.arguments", QT_TRANSLATE_NOOP("TargetFields", "Arguments"), QT_TRANSLATE_NOOP("TargetFields", "A JSON list; {token} is replaced by the message's number."), common},
    {"witness.signalr.echo.expect", QT_TRANSLATE_NOOP("TargetFields", "Expected message"), "", common},
    {"witness.limits", QT_TRANSLATE_NOOP("TargetFields", "Limits"), "", common},
    {"witness.limits.maxGapMs", QT_TRANSLATE_NOOP("TargetFields", "Longest gap (ms)"), "", common},
    {"witness.limits.failed", QT_TRANSLATE_NOOP("TargetFields", "Failed requests"), "", common},
    {"witness.abortOn", QT_TRANSLATE_NOOP("TargetFields", "Abort on"), QT_TRANSLATE_NOOP("TargetFields", "failed, closed or gap, one a line.")},
};

/// A choice's name; `path` empty: wherever it stands.
struct ChoiceName {
    const char* path;
    const char* id;
    const char* name;
};

constexpr ChoiceName choiceNames[] = {
    {"hosts.auth.method", "agent", QT_TRANSLATE_NOOP("TargetFields", "SSH agent")},
    {"hosts.auth.method", "key", QT_TRANSLATE_NOOP("TargetFields", "Private key")},
    {"hosts.auth.method", "password", QT_TRANSLATE_NOOP("TargetFields", "Password")},
    {"hosts.auth.method", "keyboard-interactive", QT_TRANSLATE_NOOP("TargetFields", "Keyboard-interactive")},
    {"hosts.sudo", "none", QT_TRANSLATE_NOOP("TargetFields", "Not used")},
    {"hosts.sudo", "passwordless", QT_TRANSLATE_NOOP("TargetFields", "Without a password")},
    {"hosts.sudo", "password", QT_TRANSLATE_NOOP("TargetFields", "With a password")},
    {"protection", "open", QT_TRANSLATE_NOOP("TargetFields", "Open: nothing is asked")},
    {"protection", "confirm", QT_TRANSLATE_NOOP("TargetFields", "Confirm: one question")},
    {"protection", "typeName", QT_TRANSLATE_NOOP("TargetFields", "Type the name, and give a reason")},
    {"protection", "readOnly", QT_TRANSLATE_NOOP("TargetFields", "Read-only: nothing can be changed")},
    {"onPartialFailure", "ask", QT_TRANSLATE_NOOP("TargetFields", "Ask")},
    {"onPartialFailure", "hold", QT_TRANSLATE_NOOP("TargetFields", "Keep the new version serving")},
    {"onPartialFailure", "rollback", QT_TRANSLATE_NOOP("TargetFields", "Roll everything back")},
    {"strategy", "rolling", QT_TRANSLATE_NOOP("TargetFields", "Rolling: one slot after the other")},
    {"strategy", "blue-green", QT_TRANSLATE_NOOP("TargetFields", "Blue-green: one reload moves all traffic to the other group")},
    {"strategy", "red-black", QT_TRANSLATE_NOOP("TargetFields", "Red-black: blue-green, once somebody has approved")},
    {"strategy", "canary", QT_TRANSLATE_NOOP("TargetFields", "Canary: a small share of the traffic first")},
    {"build.where", "once", QT_TRANSLATE_NOOP("TargetFields", "Once, then sent to the other hosts")},
    {"build.where", "each", QT_TRANSLATE_NOOP("TargetFields", "On each host")},
    {"witness.session.expect", "increasing", QT_TRANSLATE_NOOP("TargetFields", "Increases")},
    {"witness.session.expect", "same", QT_TRANSLATE_NOOP("TargetFields", "Stays the same")},
    {"image.hashLength", "full", QT_TRANSLATE_NOOP("TargetFields", "Full")},
    {"witness.signalr.connections", "perSlot", QT_TRANSLATE_NOOP("TargetFields", "One for each slot")},
};

constexpr const char* expectations[] = {QT_TRANSLATE_NOOP("TargetFields", "text"), QT_TRANSLATE_NOOP("TargetFields", "text in one line"),
    QT_TRANSLATE_NOOP("TargetFields", "text in one line, not empty"),
    QT_TRANSLATE_NOOP("TargetFields", "name of 1 to 100 characters, without / and not starting with - or ."),
    QT_TRANSLATE_NOOP("TargetFields", "text without spaces, not starting with -"), QT_TRANSLATE_NOOP("TargetFields", "absolute path"), QT_TRANSLATE_NOOP("TargetFields", "path starting with /"),
    QT_TRANSLATE_NOOP("TargetFields", "one nginx word"), QT_TRANSLATE_NOOP("TargetFields", "image repository"), QT_TRANSLATE_NOOP("TargetFields", "port, or address:port"), QT_TRANSLATE_NOOP("TargetFields", "start of an image tag"), QT_TRANSLATE_NOOP("TargetFields", "image tag"),
    QT_TRANSLATE_NOOP("TargetFields", "container name"), QT_TRANSLATE_NOOP("TargetFields", "name of an environment variable"), QT_TRANSLATE_NOOP("TargetFields", "name of an HTTP header"),
    QT_TRANSLATE_NOOP("TargetFields", "http or https URL"), QT_TRANSLATE_NOOP("TargetFields", "name of a response header, or json:field"),
    QT_TRANSLATE_NOOP("TargetFields", "object with one member or more"), QT_TRANSLATE_NOOP("TargetFields", "2 or more"), QT_TRANSLATE_NOOP("TargetFields", "list")};

const Label* labelOf(const QString& path)
{
    for (const Label& label : labels)
        if (path == QLatin1StringView(label.path))
            return &label;
    return nullptr;
}

} // namespace

QString targetFieldName(const QString& path)
{
    const Label* label = labelOf(path);
    return label ? TargetFields::tr(label->name) : path;
}

QString targetFieldHint(const QString& path)
{
    const Label* label = labelOf(path);
    return label && *label->hint ? TargetFields::tr(label->hint) : QString();
}

bool isCommonTargetField(const QString& path)
{
    const Label* label = labelOf(path);
    return label && label->common;
}

QString targetChoiceName(const QString& path, const QString& choice)
{
    for (const ChoiceName& entry : choiceNames)
        if (path == QLatin1StringView(entry.path) && choice == QLatin1StringView(entry.id))
            return TargetFields::tr(entry.name);
    return choice;
}

QString expectationText(const QString& expected)
{
    for (const char* known : expectations)
        if (expected == QLatin1StringView(known))
            return TargetFields::tr(known);
    return expected;
}

QStringList namedTargetFields()
{
    QStringList paths;
    for (const Label& label : labels)
        paths.append(QLatin1StringView(label.path));
    return paths;
}

} // namespace gapless
