// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"
#include "engine/model/targetrules.h"

#include <array>

/// Every field of a target file, said once: its name, its limits, whether it must be there. The
/// reader and the writer (targetjson.cpp) and the check of the JSON schema are visitors of this.
/// The defaults are those of the structs in target.h.
///
/// Fields that may be `null` are texts whose empty value means "none", and optional objects.
namespace gapless::fields {

enum class Presence { Optional, Required, Nullable };
inline constexpr Presence required = Presence::Required;
inline constexpr Presence nullable = Presence::Nullable;

/// An identifier of the file for a value of ours.
template <typename Value> struct Choice {
    const char* id;
    Value value;
};
template <typename Value> Choice(const char*, Value) -> Choice<Value>;

inline constexpr std::array authMethods {Choice {"agent", Auth::Method::Agent},
    Choice {"key", Auth::Method::Key}, Choice {"password", Auth::Method::Password},
    Choice {"keyboard-interactive", Auth::Method::KeyboardInteractive}};
inline constexpr std::array sudos {Choice {"none", Sudo::None},
    Choice {"passwordless", Sudo::Passwordless}, Choice {"password", Sudo::Password}};
inline constexpr std::array protections {Choice {"open", Protection::Open},
    Choice {"confirm", Protection::Confirm}, Choice {"typeName", Protection::TypeName},
    Choice {"readOnly", Protection::ReadOnly}};
inline constexpr std::array partials {Choice {"ask", OnPartialFailure::Ask},
    Choice {"hold", OnPartialFailure::Hold}, Choice {"rollback", OnPartialFailure::Rollback}};
inline constexpr std::array strategies {Choice {"rolling", Strategy::Rolling},
    Choice {"blue-green", Strategy::BlueGreen}, Choice {"red-black", Strategy::RedBlack},
    Choice {"canary", Strategy::Canary}};
inline constexpr std::array wheres {Choice {"once", true}, Choice {"each", false}};
inline constexpr std::array hookFailures {Choice {"refuse", false}, Choice {"report", true}};
inline constexpr std::array expectations {Choice {"increasing", true}, Choice {"same", false}};

/// `witness.http.post`, which HttpProbeSpec keeps as JSON with every field in it.
struct HttpPost {
    QString path = QStringLiteral("/");
    QString body;
    QString contentType = QStringLiteral("application/json");
    double perSecond = 20;
};

inline constexpr int dayMs = 86'400'000;
inline constexpr int daySeconds = 86'400;

template <typename Visitor> void describe(Visitor& v, Auth& auth)
{
    v.choice("method", auth.method, authMethods);
    v.text("privateKeyFile", auth.privateKeyFile, rules::nonEmpty, nullable);
}

template <typename Visitor> void describe(Visitor& v, HostSpec& host)
{
    v.text("address", host.address, rules::word, required);
    v.integer("port", host.port, 1, 65535);
    v.text("user", host.user, rules::word, required);
    v.object("auth", host.auth, required);
    v.text("hostKey", host.hostKey, rules::hostKey, nullable);
    v.textOrTexts("jump", host.jump, rules::word);
    v.choice("sudo", host.sudo, sudos);
    v.texts("sudoFor", host.sudoFor, rules::sudoUse);
    v.text("docker", host.docker, rules::nonEmpty);
}

template <typename Visitor> void describe(Visitor& v, GatewaySite& site)
{
    v.text("listen", site.listen, rules::nginxWords);
    v.text("serverName", site.serverName, rules::nginxWords);
}

template <typename Visitor> void describe(Visitor& v, Gateway& gateway)
{
    v.text("host", gateway.host, rules::name, required);
    v.text("upstreamFile", gateway.upstreamFile, rules::absolutePath, required);
    v.text("upstream", gateway.upstream, rules::nginxWord, required);
    v.text("testCommand", gateway.testCommand, rules::nonEmpty);
    v.text("reloadCommand", gateway.reloadCommand, rules::nonEmpty);
    v.flag("addServers", gateway.addServers);
    v.optionalObject("site", gateway.site);
    v.text("stateDir", gateway.stateDir, rules::absolutePath, nullable);
}

template <typename Visitor> void describe(Visitor& v, ImageSpec& image)
{
    v.text("repository", image.repository, rules::repository, required);
    v.text("tagPrefix", image.tagPrefix, rules::tagPrefix);
    v.integerOr("hashLength", image.hashLength, "full", 4, 64);
    v.text("alsoTag", image.alsoTag, rules::tag, nullable);
    v.integer("keep", image.keep, 1, 1000);
    v.texts("pins", image.pins, rules::tag);
}

template <typename Visitor> void describe(Visitor& v, BuildSpec& build)
{
    v.text("context", build.context, rules::nonEmpty);
    v.text("dockerfile", build.dockerfile, rules::nonEmpty);
    v.text("command", build.command, rules::anyText, nullable);
    v.flag("noCache", build.noCache);
    v.choice("where", build.once, wheres);
}

template <typename Visitor> void describe(Visitor& v, Mount& mount)
{
    v.text("source", mount.source, rules::nonEmpty, required); // a path, or a volume's name
    v.text("target", mount.target, rules::absolutePath, required);
    v.flag("readOnly", mount.readOnly);
}

template <typename Visitor> void describe(Visitor& v, ContainerSpec& container)
{
    v.textMap("env", container.env, rules::variable, rules::anyText);
    v.texts("envFiles", container.envFiles, rules::absolutePath);
    v.texts("secretEnv", container.secretEnv, rules::variable);
    v.objects("mounts", container.mounts);
    v.text("network", container.network, rules::word, nullable);
    v.text("restart", container.restart, rules::restart);
    v.texts("options", container.options, rules::line);
    v.texts("command", container.command, rules::line);
    v.integer("stopTimeoutSeconds", container.stopTimeoutSeconds, 0, daySeconds);
}

template <typename Visitor> void describe(Visitor& v, Slot& slot)
{
    v.text("name", slot.name, rules::name, required);
    v.text("host", slot.host, rules::name); // needed where there are several hosts
    v.text("container", slot.container, rules::container, required);
    v.text("server", slot.server, rules::nginxWord, required);
    v.texts("publish", slot.publish, rules::publish, required);
    v.textMap("env", slot.env, rules::variable, rules::anyText);
    v.text("group", slot.group, rules::name, nullable);
}

template <typename Visitor> void describe(Visitor& v, PreviewSpec& preview)
{
    v.text("listen", preview.listen, rules::listen, required);
}

template <typename Visitor> void describe(Visitor& v, CanaryLimits& limits)
{
    v.real("failedPoints", limits.failedPoints, 0, 100);
    v.integer("p50Percent", limits.p50Percent, 0, 100'000);
    v.integer("p99Percent", limits.p99Percent, 0, 100'000);
    v.integer("slowerMs", limits.slowerMs, 0, dayMs);
    v.integer("reconnects", limits.reconnects, 0, 1'000'000);
}

template <typename Visitor> void describe(Visitor& v, CanarySpec& canary)
{
    v.integers("steps", canary.steps, 1, 100);
    v.integer("pauseSeconds", canary.pauseSeconds, 0, daySeconds);
    v.flag("byHand", canary.byHand);
    v.integer("minimumSamples", canary.minimumSamples, 1, 1'000'000);
    v.object("limits", canary.limits);
}

template <typename Visitor> void describe(Visitor& v, HealthSpec& health)
{
    v.text("scheme", health.scheme, rules::scheme);
    v.text("host", health.hostHeader, rules::word, nullable);
    v.text("path", health.path, rules::urlPath);
    v.textMap("headers", health.headers, rules::header, rules::line);
    v.text("expectStatus", health.expectStatus, rules::status);
    v.integer("intervalMs", health.intervalMs, 10, dayMs);
    v.integer("timeoutMs", health.timeoutMs, 10, dayMs);
    v.integer("deadlineSeconds", health.deadlineSeconds, 1, daySeconds);
    v.integer("successes", health.successes, 1, 1000);
    v.flag("hub", health.hub);
    v.text("command", health.command, rules::nonEmpty, nullable);
    v.integer("warmUpRequests", health.warmUpRequests, 0, 10'000);
    v.integer("watchSeconds", health.watchSeconds, 0, daySeconds);
}

template <typename Visitor> void describe(Visitor& v, DrainSpec& drain)
{
    v.integer("requestSeconds", drain.requestSeconds, 0, daySeconds);
    v.integer("longLivedSeconds", drain.longLivedSeconds, 0, daySeconds);
}

template <typename Visitor> void describe(Visitor& v, Hooks& hooks)
{
    v.text("beforeBuild", hooks.beforeBuild, rules::anyText, nullable);
    v.text("beforeRollout", hooks.beforeRollout, rules::anyText, nullable);
    v.text("afterRollout", hooks.afterRollout, rules::anyText, nullable);
    v.text("onFailure", hooks.onFailure, rules::anyText, nullable);
    v.integer("deadlineSeconds", hooks.deadlineSeconds, 1, daySeconds);
    v.choice("whenFailing", hooks.reportOnly, hookFailures);
}

template <typename Visitor> void describe(Visitor& v, HttpPost& post)
{
    v.text("path", post.path, rules::urlPath);
    v.text("body", post.body, rules::anyText);
    v.text("contentType", post.contentType, rules::nonEmpty);
    v.real("perSecond", post.perSecond, 0, 10'000);
}

template <typename Visitor> void describe(Visitor& v, HttpProbeSpec& http)
{
    v.text("path", http.path, rules::urlPath);
    v.text("expectStatus", http.expectStatus, rules::status);
    v.real("perSecond", http.perSecond, 0, 10'000);
    v.template keptAsJson<HttpPost>("post", http.post);
    v.text("versionFrom", http.versionFrom, rules::versionFrom, nullable);
}

template <typename Visitor> void describe(Visitor& v, SessionProbeSpec& session)
{
    v.text("path", session.path, rules::urlPath, required);
    v.choice("expect", session.increasing, expectations);
}

template <typename Visitor> void describe(Visitor& v, EchoSpec& echo)
{
    v.text("invoke", echo.invoke, rules::nonEmpty, required);
    v.anyList("arguments", echo.arguments);
    v.text("expect", echo.expect, rules::nonEmpty, required);
}

template <typename Visitor> void describe(Visitor& v, HubProbeSpec& hub)
{
    v.text("hub", hub.hub, rules::urlPath, required);
    v.text("protocol", hub.protocol, rules::protocol);
    v.text("transport", hub.transport, rules::transport);
    v.flag("skipNegotiation", hub.skipNegotiation);
    v.integerOr("connections", hub.connections, "perSlot", 1, 200);
    v.integers("reconnectDelaysMs", hub.reconnectDelaysMs, 0, dayMs);
    v.text("accessToken", hub.accessToken, rules::name, nullable);
    v.optionalObject("echo", hub.echo);
}

/// `limits` is an object of the file only.
struct Limits {
    int maxGapMs = WitnessSpec {}.maxGapMs;
    int failed = WitnessSpec {}.maxFailed;
};

template <typename Visitor> void describe(Visitor& v, Limits& limits)
{
    v.integer("maxGapMs", limits.maxGapMs, 0, dayMs);
    v.integer("failed", limits.failed, 0, 1'000'000);
}

template <typename Visitor> void describe(Visitor& v, WitnessSpec& witness)
{
    v.text("url", witness.url, rules::url, required);
    v.optionalObject("http", witness.http);
    v.optionalObject("session", witness.session);
    v.optionalObject("signalr", witness.hub);
    Limits limits {witness.maxGapMs, witness.maxFailed};
    v.object("limits", limits);
    witness.maxGapMs = limits.maxGapMs, witness.maxFailed = limits.failed;
    v.texts("abortOn", witness.abortOn, rules::abortOn);
}

template <typename Visitor> void describe(Visitor& v, Target& target)
{
    v.constant("schema", 1);
    v.text("name", target.name, rules::name, required);
    v.text("environment", target.environment, rules::line, nullable);
    v.choice("protection", target.protection, protections);
    v.namedObjects("hosts", target.hosts, rules::name);
    v.object("gateway", target.gateway, required);
    v.object("image", target.image, required);
    v.object("build", target.build);
    v.object("container", target.container);
    v.objects("slots", target.slots, required, 2);
    v.choice("strategy", target.strategy, strategies);
    v.flag("rehearse", target.rehearse);
    v.flag("keepOneRunning", target.keepOneRunning);
    v.integer("keepWarmSeconds", target.keepWarmSeconds, 0, daySeconds);
    v.optionalObject("preview", target.preview);
    v.object("canary", target.canary);
    v.choice("onPartialFailure", target.onPartialFailure, partials);
    v.integer("ownerLostSeconds", target.ownerLostSeconds, 0, daySeconds);
    v.object("health", target.health);
    v.object("drain", target.drain);
    v.object("hooks", target.hooks);
    v.optionalObject("witness", target.witness);
}

} // namespace gapless::fields
