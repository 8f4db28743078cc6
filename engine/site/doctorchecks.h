// SPDX-License-Identifier: MIT
#pragma once

#include "engine/site/doctor.h"
#include "engine/site/examination.h"

#include <span>

// clang-format off
/// The doctor's checks: a table, and a small function for each, by theme. What each says, where `what`
/// tells variants apart and `remedyText` is text to be copied as it stands (a line for nginx or for
/// sudoers, a command). Always: `host` and `slot` where it is about one. `kind …`: an Error fits, and
/// {kind, facts, detail} are there as well, which errorFromJson reads as that Error.
///
/// Any check        Info {skipped}: the check that failed before, so that this one could not be made
///
/// Hosts
/// ssh              Ok {address, port, user, ms}
///                  Refuse {kind …}: whatever getting there fails with
/// hostKey          Ok {pinned}
///                  Refuse {kind …}: HostKeyUnknown, HostKeyChanged, HostKeyRevoked, KnownHostsUnreadable
/// sudo             Ok {sudo, root}: none, passwordless, password; whether scripts run as root
///                  Refuse {kind …, remedyText}: SudoRefused, with a sudoers line
/// clock            Ok, Warn {offsetMs, uncertaintyMs}: the host's clock less this machine's
/// tools            Info {missing, remedyText}: we do without (ss, unshare)
///                  Refuse {missing, remedyText}: flock, setsid, base64, awk
///                  remedyText: a command for Debian that installs them
/// disk             Ok, Warn {path, freeBytes, neededBytes}: a guess from the repository's largest image
///                  where the release is not on this host yet
///                  Refuse {kind …, path, freeBytes, neededBytes}: DiskFull
///                  Info {what: unknown}
///
/// Docker
/// docker           Ok {version, storageDriver, rootDir, podman}
///                  Refuse {kind …, what, docker, remedyText}: missing, permission, daemon, timedOut, other
/// image            Ok {image, id, hosts}; without a release {tags}: how many release tags there are
///                  Info {what: none}: no release of the repository is on any host yet
///                  Warn {what: differs, image, ids}: host -> id, one tag and several images
///                  Warn {what: architecture, image, architecture, hosts}
///                  Refuse {kind …, what: missing, image, hosts, elsewhere}: not on `hosts`, but on `elsewhere`
/// networks         Ok {network}
///                  Refuse {what: missing, network, available, remedyText}
///
/// Slots
/// containers       Ok {container, image, tag, status, routing}
///                  Info {what: missing, container}: a first deployment
///                  Info {what: standby, …}: it does not run and gets no traffic
///                  Info {what: publishDiffers, container, has, wants}: a recreate changes its ports
///                  Info {what: leftover, container, image, run, status}: a rollout left it there
///                  Warn {what: notRunning, …}: its server line is up
///                  Warn {what: restarting | paused | unhealthy, …}
///                  Refuse {kind …, what: foreign, container, image, id}: the name is somebody else's
///                  Refuse {what: sharedName, container, other}: another slot has the name too
///                  Refuse {what: serverNotPublished, server, publish}
/// ports            Ok {ports}
///                  Refuse {kind …, what: container, port, by, byImage}: somebody else's container has it
///                  Refuse {kind …, what: process, port, by, pid}: a program listens there (`by` may be empty)
///                  Refuse {what: sharedPort, port, other}: another slot publishes it too
///                  Refuse {what: unreadable, publish}
/// mounts           Ok {count}
///                  Warn {what: folder, source, target}: a folder would be mounted where a file is meant
///                  (`docker run -v` makes one of a source that is missing)
///                  Refuse {kind …, what: missing, source, target}
///                  Refuse {what: envFileMissing, source}
/// restartPolicy    Ok {policy}
///                  Warn {what: container, container, policy, wants, remedyText}: it does not come back
///                  after a reboot
///                  Warn {what: target, policy}: nor would a new one
///
/// Gateway
/// nginxTest        Ok {warnings}: nginx's own lines
///                  Refuse {kind …, what: failed, command, exit}: NginxTestFailed
///                  Refuse {what: permission | missing | timedOut, command, exit, detail, remedyText}
/// reload           Ok {pid, command}
///                  Info {what: notTried, command}: nothing says that it would fail
///                  Refuse {kind …, what: notRunning}: NginxNotRunning
///                  Refuse {what: pidFile, file, pid}: the file is missing or names no nginx master
///                  Refuse {what: permission, command, user, remedyText}
/// upstream         Ok {file, upstream, line, up, down}: how many of the slots are up and down
///                  Info {what: toBeWritten, file}: a first deployment writes it (gateway.site)
///                  Warn {what: allDown, file, upstream}
///                  Warn {what: notRead, file}: nginx does not read the file
///                  Refuse {what: notWritable, file, user, remedyText}
///                  Refuse {kind …}: UpstreamFileUnreadable, UpstreamMissing, UpstreamTwice, ServerMissing,
///                  ServerTwice, ServerIncluded, ConfigUnreadable
/// stateDir         Ok {dir, freeBytes}
///                  Info {what: own, dir}: no other user of the gateway sees the lock and the records
///                  Refuse {kind …, what: missing, dir}: StateDirUnusable
///                  Refuse {kind …, what: full, dir, freeBytes}: DiskFull
/// lock             Ok {}
///                  Refuse {kind …, what: held | dead, by, machine, run, version, target, since}: by a living
///                  process; by one that is gone (resume or unlock)
/// maxFails         Ok {}
///                  Warn {servers, file, lines, maxFails, failTimeout, remedyText}: a server that fails
///                  `maxFails` times is out for `failTimeout`
/// zone             (of a canary alone) Ok {}
///                  Warn {upstream, file, remedyText}: each worker shares requests out by itself
/// websocketHeaders Ok {locations}
///                  Info {what: noHub | notFound | unknown}
///                  Warn {what: missing, file, line, location, missing, remedyText}
/// workerShutdownTimeout
///                  Ok {seconds, shuttingDown}
///                  Info {what: unset, shuttingDown, remedyText}: old workers live as long as their WebSockets
///                  Info {what: unknown}
///                  Warn {what: tooShort, seconds, neededSeconds, remedyText}: cuts what drains
///
/// Tried with clients; any of them Info {what: off} where that was asked for
/// forwarding       Ok {ms}
///                  Info {what: noSlot}: no slot answered, so it is not known
///                  Refuse {kind …, remedyText}: sshd does not forward
/// health           Ok {server, url, status, ms, hub}: whether the hub shook hands
///                  Info {what: down, server}: not asked, its server line is down
///                  Warn {what: status, server, url, status, expected, body}
///                  Warn {what: noAnswer, server, url, error}
///                  Warn {what: hub, server, url, hub, status, error}
/// affinity         Ok {attempts, failed, url, method}; {what: skipNegotiation}
///                  Info {what: noHub | oneSlot | noUrl}
///                  Info {what: noAnswer, attempts, failed, url, status, error}
///                  Warn {attempts, notFound, failed, url, method, file, line, replaces, remedyText}: negotiate
///                  on one slot and connect on another; the directive goes in after `line`, in place of
///                  `replaces` where that is not empty
/// session          Ok {path, checked}
///                  Info {what: noSession | noCookie | oneSlot | noAnswer, path}
///                  Warn {what: lost, path, from, to, before, after, cookie, setAgain, remedyText}
// clang-format on
namespace gapless::doctor {

/// At what a check is made.
enum class Scope { Host, SlotHost, Slot, Gateway, Site };

/// What must be known before it can be made.
enum class Needs { Nothing, Host, Docker, Gateway, Upstream, EverySlot };

/// Where a check is made just now.
struct Place {
    const HostSpec* host = nullptr;
    const Slot* slot = nullptr;
};

/// What a check function says; the runner adds id, host and slot. One that finds nothing to say
/// returns one Ok.
struct Finding {
    Check::State state = Check::State::Ok;
    QJsonObject facts;
};
using Findings = QList<Finding>;

/// A refusal for which there is an Error: its JSON and `facts` together.
Finding refused(const Error& error, QJsonObject facts = {});
/// Any other refusal.
Finding refused(QJsonObject facts);

struct Rule {
    const char* id;
    Scope scope;
    Needs needs;
    Findings (*look)(const Examination& examination, const Place& place);
    bool withClients = false; ///< needs Examination::tries
};

/// All rules, in the order in which they are made and said.
std::span<const Rule> rules();

/// What a rule finds at each of its places, or why it could not look.
QList<Check> checksOf(const Rule& rule, const Examination& examination);

/// What lets that user run Gapless's scripts as root, and no less would.
QString sudoersLine(const HostSpec& host);

// hosts
Findings ssh(const Examination& examination, const Place& place);
Findings hostKey(const Examination& examination, const Place& place);
Findings sudo(const Examination& examination, const Place& place);
Findings clock(const Examination& examination, const Place& place);
Findings tools(const Examination& examination, const Place& place);
Findings disk(const Examination& examination, const Place& place);
// docker
Findings docker(const Examination& examination, const Place& place);
Findings image(const Examination& examination, const Place& place);
Findings networks(const Examination& examination, const Place& place);
// slots
Findings containers(const Examination& examination, const Place& place);
Findings leftovers(const Examination& examination, const Place& place);
Findings ports(const Examination& examination, const Place& place);
Findings mounts(const Examination& examination, const Place& place);
Findings restartPolicy(const Examination& examination, const Place& place);
// gateway
Findings upstream(const Examination& examination, const Place& place);
Findings nginxTest(const Examination& examination, const Place& place);
Findings reload(const Examination& examination, const Place& place);
Findings stateDir(const Examination& examination, const Place& place);
Findings lock(const Examination& examination, const Place& place);
Findings maxFails(const Examination& examination, const Place& place);
Findings zone(const Examination& examination, const Place& place);
Findings websocketHeaders(const Examination& examination, const Place& place);
Findings workerShutdownTimeout(const Examination& examination, const Place& place);

// tried with clients
Findings forwarding(const Examination& examination, const Place& place);
Findings health(const Examination& examination, const Place& place);
Findings affinity(const Examination& examination, const Place& place);
Findings session(const Examination& examination, const Place& place);

} // namespace gapless::doctor
