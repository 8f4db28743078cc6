// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/verdict.h"

#include <QDateTime>
#include <QJsonArray>
#include <QMap>
#include <QStringList>
#include <variant>

/// The facts of a rollout. Each body names its JSON type and lists its fields once, for the codec
/// (eventjson.h) and whoever else walks them. Identifiers and numbers only: never translated text,
/// never a secret. Adding one: write it here, add it to EventBody, and the compiler names every
/// fold and every wording that has to say what it does with it.
namespace gapless {

#define GAPLESS_FIELDS(...)                                                                        \
    template <typename Visitor> void fields(Visitor&& field)                                       \
    {                                                                                              \
        __VA_ARGS__;                                                                               \
    }                                                                                              \
    template <typename Visitor> void fields(Visitor&& field) const                                 \
    {                                                                                              \
        __VA_ARGS__;                                                                               \
    }

/// First of every run. `kind`: deploy, rollback, initial, resume, unlock.
struct RunStarted {
    static constexpr const char* type = "runStarted";
    QString target, kind, strategy, from, to, by, machine, reason, version, planHash;
    QMap<QString, QString> serving; ///< slot -> tag as found
    QStringList slotOrder;
    GAPLESS_FIELDS(field("target", target), field("kind", kind), field("strategy", strategy),
        field("from", from), field("to", to), field("by", by), field("machine", machine),
        field("reason", reason), field("version", version), field("planHash", planHash),
        field("serving", serving), field("slots", slotOrder))
};
/// On disk before the step acts.
struct StepStarted {
    static constexpr const char* type = "stepStarted";
    QString step, slot;
    qint64 expectedMs = 0; ///< 0: not known
    GAPLESS_FIELDS(field("step", step), field("slot", slot), field("expectedMs", expectedMs))
};
struct StepFinished {
    static constexpr const char* type = "stepFinished";
    QString step, slot;
    qint64 ms = 0;
    GAPLESS_FIELDS(field("step", step), field("slot", slot), field("ms", ms))
};
/// `reason` is an ErrorKind's identifier or `cancelled`; `error` the whole Error.
struct StepFailed {
    static constexpr const char* type = "stepFailed";
    QString step, slot;
    qint64 ms = 0;
    QString reason;
    QJsonObject error;
    GAPLESS_FIELDS(field("step", step), field("slot", slot), field("ms", ms),
        field("reason", reason), field("error", error))
};
/// What a step is waiting for, said when it begins to and whenever the numbers change, at most once
/// a second. `what`: workers, connections, http, hub, watch, pace, decision, lock …
struct WaitingFor {
    static constexpr const char* type = "waitingFor";
    QString step, slot, what;
    QJsonObject numbers;
    GAPLESS_FIELDS(
        field("step", step), field("slot", slot), field("what", what), field("numbers", numbers))
};
/// `exit` is -1 where a signal ended it or nothing is known.
struct CommandRan {
    static constexpr const char* type = "commandRan";
    QString host, command, signal;
    int exit = -1;
    qint64 ms = 0;
    bool changes = false;
    GAPLESS_FIELDS(field("host", host), field("command", command), field("exit", exit),
        field("signal", signal), field("ms", ms), field("changes", changes))
};
/// A line of a build, a hook or a container, as text that nobody vouches for.
struct OutputLine {
    static constexpr const char* type = "outputLine";
    QString step, slot, host, stream, text;
    GAPLESS_FIELDS(field("step", step), field("slot", slot), field("host", host),
        field("stream", stream), field("text", text))
};
struct TrafficChanged {
    static constexpr const char* type = "trafficChanged";
    QString slot, state; ///< up, down
    int weight = 1;
    GAPLESS_FIELDS(field("slot", slot), field("state", state), field("weight", weight))
};
/// `state`: serving, draining, stopping, stopped, starting, checking, warming, ready, out, warm, removed.
struct SlotChanged {
    static constexpr const char* type = "slotChanged";
    QString slot, image, state, container;
    GAPLESS_FIELDS(field("slot", slot), field("image", image), field("state", state),
        field("container", container))
};
/// nginx's file was changed: digests before and after, and where the old bytes are kept.
struct FileChanged {
    static constexpr const char* type = "fileChanged";
    QString host, file, sha256Before, sha256After, backup;
    GAPLESS_FIELDS(field("host", host), field("file", file), field("sha256Before", sha256Before),
        field("sha256After", sha256After), field("backup", backup))
};
/// A reload was proven: new workers run, and every old one has left or is shutting down.
struct ReloadProven {
    static constexpr const char* type = "reloadProven";
    int newWorkers = 0, oldDraining = 0;
    qint64 ms = 0;
    GAPLESS_FIELDS(
        field("newWorkers", newWorkers), field("oldDraining", oldDraining), field("ms", ms))
};
/// What the old workers still held to a slot when the drain ended. `method`: workersGone, sockets,
/// time.
struct ConnectionsDrained {
    static constexpr const char* type = "connectionsDrained";
    QString slot, method;
    int inFlight = 0, longLived = 0, ambiguous = 0;
    qint64 ms = 0;
    GAPLESS_FIELDS(field("slot", slot), field("method", method), field("inFlight", inFlight),
        field("longLived", longLived), field("ambiguous", ambiguous), field("ms", ms))
};
/// `by`: TERM (it ended by itself after SIGTERM), KILL (the grace was over), exited (it had ended
/// before).
struct ContainerStopped {
    static constexpr const char* type = "containerStopped";
    QString slot, container, by;
    int exit = -1;
    qint64 ms = 0;
    GAPLESS_FIELDS(field("slot", slot), field("container", container), field("by", by),
        field("exit", exit), field("ms", ms))
};
/// One answer of a slot's health path. `text`: the body's first bytes, or the transport's error.
struct HealthAnswered {
    static constexpr const char* type = "healthAnswered";
    QString slot, text;
    int status = 0; ///< 0: no answer
    bool ok = false;
    int inARow = 0;
    double ms = 0;
    GAPLESS_FIELDS(field("slot", slot), field("status", status), field("ok", ok),
        field("inARow", inARow), field("ms", ms), field("text", text))
};
/// What is kept of a slot that failed, before its container is removed.
struct SlotEvidence {
    static constexpr const char* type = "slotEvidence";
    QString slot, image, container, state;
    QStringList log, health;
    GAPLESS_FIELDS(field("slot", slot), field("image", image), field("container", container),
        field("state", state), field("log", log), field("health", health))
};
/// What a container was made with, fit to be kept: its inspect without what is secret, and what its
/// bind-mounted files held (path -> SHA-256, else missing, folder, large, other or unreadable). Said
/// of a slot's old container before it is taken out and of the new one while it is watched; a second
/// one of the same container adds what the first did not know.
struct ContainerRecorded {
    static constexpr const char* type = "containerRecorded";
    QString slot, image, container;
    QJsonObject inspect; ///< as docker::recordableInspect gives it; docker::recreate reads it
    QMap<QString, QString> files;
    GAPLESS_FIELDS(field("slot", slot), field("image", image), field("container", container),
        field("inspect", inspect), field("files", files))
};
/// Configuration that is not in the image differs. `other` names the slot that works, where this one
/// does not; empty: the release last ran in this slot with `before`. `differences`: objects of
/// {what, name, before, after} as engine/rollout/configuration.h makes them.
struct ConfigurationDiffers {
    static constexpr const char* type = "configurationDiffers";
    QString slot, image, other;
    QJsonArray differences;
    GAPLESS_FIELDS(field("slot", slot), field("image", image), field("other", other),
        field("differences", differences))
};
/// A doctor's check that is not ok, said before a rollout goes on.
struct Warned {
    static constexpr const char* type = "warned";
    QString check, state;
    QJsonObject facts;
    GAPLESS_FIELDS(field("check", check), field("state", state), field("facts", facts))
};
/// A host as the run found it, for the report. `auth` is the method the target names, `hostKey` the
/// fingerprint that it pins (empty: known_hosts decided). What could not be learned is empty;
/// `offsetMs` is the host's clock less this machine's, known where `uncertaintyMs` is above 0.
struct HostSeen {
    static constexpr const char* type = "hostSeen";
    QString host, address, user, auth, hostKey, docker, nginx;
    double offsetMs = 0, uncertaintyMs = 0;
    GAPLESS_FIELDS(field("host", host), field("address", address), field("user", user),
        field("auth", auth), field("hostKey", hostKey), field("docker", docker),
        field("nginx", nginx), field("offsetMs", offsetMs), field("uncertaintyMs", uncertaintyMs))
};
/// An image that the run replaces or brings, as a host has it. `id` and `digests` are docker's.
struct ImageSeen {
    static constexpr const char* type = "imageSeen";
    QString host, image, id, created;
    QStringList digests;
    GAPLESS_FIELDS(field("host", host), field("image", image), field("id", id),
        field("created", created), field("digests", digests))
};
/// The witness begins: from where, at what, how, and against which limits. `zeroAt` is the wall clock
/// when its samples' time was 0, `samples` the name of their file (empty: none). `probes`: `http`,
/// `session`, `signalr`, each as in the target, absent where it is off.
struct WitnessStarted {
    static constexpr const char* type = "witnessStarted";
    QString url, zeroAt, samples;
    QJsonObject probes;
    qint64 maxGapMs = 0, maxFailed = 0;
    QStringList abortOn;
    bool control = false; ///< a control probe tells its own network's failures apart
    GAPLESS_FIELDS(field("url", url), field("zeroAt", zeroAt), field("samples", samples),
        field("probes", probes), field("maxGapMs", maxGapMs), field("maxFailed", maxFailed),
        field("abortOn", abortOn), field("control", control))
};
struct DecisionAsked {
    static constexpr const char* type = "decisionAsked";
    QString question, slot, fallback;
    QStringList choices;
    GAPLESS_FIELDS(field("question", question), field("slot", slot), field("choices", choices),
        field("fallback", fallback))
};
struct DecisionMade {
    static constexpr const char* type = "decisionMade";
    QString question, choice, by, note;
    GAPLESS_FIELDS(
        field("question", question), field("choice", choice), field("by", by), field("note", note))
};
/// Somebody gave another reason for the run while it was under way; the last one counts.
struct ReasonChanged {
    static constexpr const char* type = "reasonChanged";
    QString reason, by;
    GAPLESS_FIELDS(field("reason", reason), field("by", by))
};
/// An undo ran. A failed one has its error; it is never swallowed.
struct UndoRan {
    static constexpr const char* type = "undoRan";
    QString what, slot;
    bool ok = true;
    qint64 ms = 0;
    QJsonObject error;
    GAPLESS_FIELDS(field("what", what), field("slot", slot), field("ok", ok), field("ms", ms),
        field("error", error))
};
/// After this a cancel means "finish tidily": the new version serves.
struct PointOfNoReturn {
    static constexpr const char* type = "pointOfNoReturn";
    GAPLESS_FIELDS((void)field)
};
/// A hub connection of the witness. `state`: connecting, connected, reconnecting, disconnected.
struct ConnectionChanged {
    static constexpr const char* type = "connectionChanged";
    int connection = 0, attempt = 0;
    QString state, reason, slot, version;
    GAPLESS_FIELDS(field("connection", connection), field("state", state), field("reason", reason),
        field("attempt", attempt), field("slot", slot), field("version", version))
};
/// A time without service that one of the witness's probes saw. `after`: the step just before it.
struct Gap {
    static constexpr const char* type = "gap";
    QString probe, cause, after, afterSlot, slotBefore, slotAfter;
    int connection = 0, attempt = 0;
    double ms = 0;
    qint64 sinceStepMs = 0, lost = 0;
    GAPLESS_FIELDS(field("probe", probe), field("ms", ms), field("cause", cause),
        field("connection", connection), field("attempt", attempt), field("after", after),
        field("afterSlot", afterSlot), field("sinceStepMs", sinceStepMs),
        field("slotBefore", slotBefore), field("slotAfter", slotAfter), field("lost", lost))
};
/// What the probes saw since the summary before.
struct ProbeSummary {
    static constexpr const char* type = "probeSummary";
    qint64 sent = 0, failed = 0, keepAliveSent = 0, keepAliveFailed = 0, sessionChecked = 0,
           sessionLost = 0, hubSent = 0, hubLost = 0;
    int connected = 0;
    double p50Ms = 0, p99Ms = 0, maxMs = 0;
    GAPLESS_FIELDS(field("sent", sent), field("failed", failed),
        field("keepAliveSent", keepAliveSent), field("keepAliveFailed", keepAliveFailed),
        field("sessionChecked", sessionChecked), field("sessionLost", sessionLost),
        field("hubSent", hubSent), field("hubLost", hubLost), field("connected", connected),
        field("p50Ms", p50Ms), field("p99Ms", p99Ms), field("maxMs", maxMs))
};
/// A canary's share, at its end: what the new version answered against what the old one did in the
/// same minutes, from the users' side. `result`: same, worse, tooFew, promoted (a person did not wait).
/// `why` where worse: failed, p50, p99, reconnects.
struct CanaryCompared {
    static constexpr const char* type = "canaryCompared";
    QString slot, result, why;
    int percent = 0; ///< the share that nginx was told to give
    double observedPercent = 0; ///< the share that really arrived
    qint64 newSent = 0, newFailed = 0, oldSent = 0, oldFailed = 0;
    double newP50Ms = 0, newP99Ms = 0, oldP50Ms = 0, oldP99Ms = 0;
    int newReconnects = 0, oldReconnects = 0;
    qint64 ms = 0; ///< how long it was looked at
    GAPLESS_FIELDS(field("slot", slot), field("percent", percent),
        field("observedPercent", observedPercent), field("result", result), field("why", why),
        field("newSent", newSent), field("newFailed", newFailed), field("newP50Ms", newP50Ms),
        field("newP99Ms", newP99Ms), field("newReconnects", newReconnects),
        field("oldSent", oldSent), field("oldFailed", oldFailed), field("oldP50Ms", oldP50Ms),
        field("oldP99Ms", oldP99Ms), field("oldReconnects", oldReconnects), field("ms", ms))
};
/// The old group's container runs on, outside nginx, for a rollback of one reload; its host stops it
/// by itself after `seconds`, unless another run has begun. `longLived`: connections still on it.
struct KeptWarm {
    static constexpr const char* type = "keptWarm";
    QString slot, image, container;
    int seconds = 0, longLived = 0;
    GAPLESS_FIELDS(field("slot", slot), field("image", image), field("container", container),
        field("seconds", seconds), field("longLived", longLived))
};
/// Always the last. `outcome`: succeeded, restored, partial, cancelled, refused.
struct RunFinished {
    static constexpr const char* type = "runFinished";
    QString outcome;
    QMap<QString, QString> serving; ///< slot -> tag; empty text: the slot serves nothing
    Verdict verdict;
    QJsonObject error; ///< why it is not `succeeded`
    GAPLESS_FIELDS(field("outcome", outcome), field("serving", serving), field("verdict", verdict),
        field("error", error))
};

#undef GAPLESS_FIELDS

using EventBody = std::variant<RunStarted, StepStarted, StepFinished, StepFailed, WaitingFor,
    CommandRan, OutputLine, TrafficChanged, SlotChanged, FileChanged, ReloadProven,
    ConnectionsDrained, ContainerStopped, HealthAnswered, SlotEvidence, Warned, DecisionAsked,
    DecisionMade, UndoRan, PointOfNoReturn, ConnectionChanged, Gap, ProbeSummary, RunFinished,
    HostSeen, ImageSeen, WitnessStarted, CanaryCompared, KeptWarm, ContainerRecorded, ConfigurationDiffers,
    ReasonChanged>;

struct Event {
    qint64 seq = 0; ///< 1, 2, 3 … within its run
    QDateTime at; ///< UTC, ms
    QString run;
    EventBody body;
};

} // namespace gapless
