// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>
#include <optional>

namespace gapless {

/// What is deployed to. The fields, their defaults and their meaning are those of the target file
/// (`gaplessctl target export`); targetjson.h reads and writes it.
struct Auth {
    enum class Method { Agent, Key, Password, KeyboardInteractive };
    Method method = Method::Key;
    QString privateKeyFile; ///< `~` is this machine's home folder; left out: ~/.ssh/id_ed25519
    bool operator==(const Auth&) const = default;
};

enum class Sudo { None, Passwordless, Password };

struct HostSpec {
    QString name; ///< its key in `hosts`
    QString address;
    int port = 22;
    QString user;
    Auth auth;
    QString hostKey; ///< `SHA256:…`; empty: known_hosts decides
    QStringList jump; ///< hops in order, `user@host:port` each
    Sudo sudo = Sudo::None;
    QStringList sudoFor {QStringLiteral("gateway"), QStringLiteral("docker")};
    QString docker = QStringLiteral("docker"); ///< words, split as a shell would
    bool operator==(const HostSpec&) const = default;
};

/// The site that a first deployment writes where the upstream file is missing altogether.
struct GatewaySite {
    QString listen = QStringLiteral("80"); ///< as nginx writes it: `80`, `443 ssl`, `[::]:80`
    QString serverName = QStringLiteral("_");
    bool operator==(const GatewaySite&) const = default;
};

struct Gateway {
    QString host;
    QString upstreamFile;
    QString upstream;
    QString testCommand = QStringLiteral("nginx -t");
    QString reloadCommand = QStringLiteral("nginx -s reload");
    /// A slot whose server line is not there yet gets one when it is first put up: a single container
    /// that is becoming two. Off: a line that is missing is an error.
    bool addServers = false;
    /// Where the upstream file is missing, a first deployment writes it, with this site in it.
    std::optional<GatewaySite> site;
    QString stateDir; ///< empty: /var/lib/gapless where writable, else the SSH user's state dir
    bool operator==(const Gateway&) const = default;
};

struct ImageSpec {
    QString repository;
    QString tagPrefix = QStringLiteral("hash_");
    int hashLength = 0; ///< 0: the full hash
    QString alsoTag;
    int keep = 5;
    QStringList pins;
    bool operator==(const ImageSpec&) const = default;
};

struct BuildSpec {
    QString context = QStringLiteral(".");
    QString dockerfile = QStringLiteral("Dockerfile");
    QString command;
    bool noCache = true;
    bool once = true; ///< build once and send, or (false) build on each host
    bool operator==(const BuildSpec&) const = default;
};

struct Mount {
    QString source;
    QString target;
    bool readOnly = true;
    bool operator==(const Mount&) const = default;
};

struct ContainerSpec {
    QMap<QString, QString> env;
    QStringList envFiles;
    QStringList secretEnv; ///< names only: the values are in the keychain
    QList<Mount> mounts;
    QString network;
    QString restart = QStringLiteral("unless-stopped");
    QStringList options; ///< words for `docker create`
    QStringList command; ///< words after the image's name; empty: the image's own
    int stopTimeoutSeconds = 30;
    bool operator==(const ContainerSpec&) const = default;
};

/// One place a container runs, with its `server` line in nginx.
struct Slot {
    QString name;
    QString host;
    QString container;
    QString server; ///< the address as nginx writes it
    QStringList publish; ///< docker's `-p` values
    QMap<QString, QString> env;
    QString group; ///< blue-green, red-black: the group it switches with; empty: its own
    bool operator==(const Slot&) const = default;
};

struct HealthSpec {
    QString scheme = QStringLiteral("http");
    QString hostHeader; ///< empty: the witness URL's host, else the slot's server
    QString path = QStringLiteral("/");
    QMap<QString, QString> headers;
    QString expectStatus = QStringLiteral("200-299"); ///< `200`, `200-299`, `200,302`
    int intervalMs = 250;
    int timeoutMs = 5000;
    int deadlineSeconds = 60;
    int successes = 3;
    bool hub = true;
    QString command;
    int warmUpRequests = 10;
    int watchSeconds = 5;
    bool operator==(const HealthSpec&) const = default;
};

struct DrainSpec {
    int requestSeconds = 10;
    int longLivedSeconds = 0;
    bool operator==(const DrainSpec&) const = default;
};

/// Command lines of the user's own, for this machine's `/bin/sh -c` (engine/rollout/hooks.h).
struct Hooks {
    QString beforeBuild;
    QString beforeRollout;
    QString afterRollout;
    QString onFailure;
    int deadlineSeconds = 300; ///< each hook's
    /// A `before…` hook that fails is only reported; else it refuses, with nothing changed. The two
    /// others are always only reported.
    bool reportOnly = false;
    bool operator==(const Hooks&) const = default;
};

struct HttpProbeSpec {
    QString path = QStringLiteral("/");
    QString expectStatus = QStringLiteral("200-399");
    double perSecond = 20;
    QJsonObject post; ///< empty: none; else { path, body, contentType, perSecond }
    QString versionFrom; ///< response header, or `json:field`
    bool operator==(const HttpProbeSpec&) const = default;
};

struct SessionProbeSpec {
    QString path;
    bool increasing = true; ///< else the value must stay the same
    bool operator==(const SessionProbeSpec&) const = default;
};

struct EchoSpec {
    QString invoke;
    QJsonArray arguments; ///< `{token}` in a text is replaced by the message's number
    QString expect;
    bool operator==(const EchoSpec&) const = default;
};

struct HubProbeSpec {
    QString hub;
    QString protocol = QStringLiteral("json");
    QString transport = QStringLiteral("auto");
    bool skipNegotiation = false;
    int connections = 0; ///< 0: one a slot at least
    QList<int> reconnectDelaysMs {0, 2000, 10000, 30000};
    QString accessToken; ///< the name of a keychain entry, never the token
    std::optional<EchoSpec> echo; ///< nothing: passive
    bool operator==(const HubProbeSpec&) const = default;
};

struct WitnessSpec {
    QString url;
    std::optional<HttpProbeSpec> http {HttpProbeSpec {}};
    std::optional<SessionProbeSpec> session;
    std::optional<HubProbeSpec> hub;
    int maxGapMs = 5000;
    int maxFailed = 0;
    QStringList abortOn; ///< `failed`, `closed`, `gap`
    bool operator==(const WitnessSpec&) const = default;
};

/// A listener of the gateway that leads to the new group before the users get there.
struct PreviewSpec {
    QString listen; ///< as nginx writes it after `listen`: `127.0.0.1:9090`, `9090`
    bool operator==(const PreviewSpec&) const = default;
};

/// From where on the new version's answers are worse than the old one's of the same minutes.
struct CanaryLimits {
    double failedPoints = 1; ///< more failed requests, in percentage points
    int p50Percent = 50, p99Percent = 100; ///< slower, in percent of the old version's
    int slowerMs = 50; ///< and slower by more than this: below it nobody would notice
    int reconnects = 0; ///< more hub connections lost
    bool operator==(const CanaryLimits&) const = default;
};

struct CanarySpec {
    QList<int> steps { 10, 25, 50, 100 }; ///< the new version's share of the requests, in percent
    int pauseSeconds = 60; ///< at each step
    bool byHand = false; ///< a person promotes; the pause is then the least time
    int minimumSamples = 50; ///< of the new version at each step: fewer prove nothing
    CanaryLimits limits;
    bool operator==(const CanarySpec&) const = default;
};

enum class Protection { Open, Confirm, TypeName, ReadOnly };
enum class OnPartialFailure { Ask, Hold, Rollback };
enum class Strategy { Rolling, BlueGreen, RedBlack, Canary };

struct Target {
    QString name;
    QString environment;
    Protection protection = Protection::Confirm;
    QList<HostSpec> hosts; ///< in the file's order
    Gateway gateway;
    ImageSpec image;
    BuildSpec build;
    ContainerSpec container;
    QList<Slot> slots; ///< two or more, in the file's order
    Strategy strategy = Strategy::Rolling;
    bool rehearse = false;
    bool keepOneRunning = false;
    int keepWarmSeconds = 300; ///< blue-green, red-black: how long the old group runs on
    std::optional<PreviewSpec> preview; ///< red-black
    CanarySpec canary;
    OnPartialFailure onPartialFailure = OnPartialFailure::Ask;
    /// Without a sign of life of a rollout's owner for so long, a slot that is out is put back by a
    /// guard on its host, and the site's lock counts as a dead owner's. 0: no guard.
    int ownerLostSeconds = 60;
    HealthSpec health;
    DrainSpec drain;
    Hooks hooks;
    std::optional<WitnessSpec> witness;
    bool operator==(const Target&) const = default;

    /// The host of that name; it is there in every target that targetFromJson returned.
    const HostSpec& host(const QString& hostName) const;
    const Slot* slot(const QString& slotName) const; ///< null where there is none
    /// The hosts that slots run on, each once, in slot order.
    QStringList slotHosts() const;
    /// The group a slot switches with: the one it names, else itself.
    QString groupOf(const Slot& slot) const;
    /// The slots' groups, each once, in slot order.
    QStringList groups() const;
    /// `repository:tag` for a TAG of the command line: `hash_x` or `repository:hash_x`.
    QString imageReference(const QString& tag) const;
};

} // namespace gapless
