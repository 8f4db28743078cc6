// SPDX-License-Identifier: MIT
#pragma once

#include "engine/guard/sitelock.h"
#include "engine/model/event.h"
#include "engine/model/target.h"
#include "engine/site/doctor.h"
#include "engine/site/observed.h"

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>

namespace gapless {

/// The container that is to replace a slot's.
struct NewContainer {
    QString image; ///< `repository:tag`
    QString name; ///< its own until the slot's name is given to it at `retire`
    QMap<QString, QString> labels;
    /// It boots beside the slot's own: on a loopback port that docker chooses in place of the slot's,
    /// and nobody starts it again.
    bool rehearsal = false;
};

struct StopOutcome {
    QString by; ///< TERM, KILL, exited
    int exit = -1;
    std::chrono::milliseconds took {};
};

struct HealthAnswer {
    int status = 0; ///< 0: no answer
    bool ok = false;
    QString text; ///< the body's first bytes, or the transport's error
    double ms = 0;
};

/// What one edit of the upstream file does to one slot.
struct Route {
    QString slot;
    bool up = true;
    int weight = 0; ///< 0: leave the line's weight alone; -1: take the parameter away
    /// The edit may leave no slot up: nobody served before either, and this takes it back.
    bool leaveNobody = false;
    bool remove = false; ///< take the whole line away: this run added it
};

/// An edit that nginx has taken, proven by its workers.
struct RouteOutcome {
    QString sha256Before, sha256After, backup;
    int newWorkers = 0;
    QList<qint64> oldWorkers; ///< from before the reload, those that an earlier one left too
    int oldDraining = 0; ///< of these, how many are still there and shutting down
    std::chrono::milliseconds took {};
};

/// What nginx's old workers hold to a slot.
struct HeldConnections {
    bool workersGone = false; ///< every old worker has ended: they hold nothing
    bool visible = true; ///< sockets could be seen; else the counts mean nothing
    int inFlight = 0, longLived = 0, ambiguous = 0;
};

/// What puts a slot back as it was, should the owner of the rollout be lost while it is out.
struct SlotRescue {
    QString oldId, oldTag, oldRestart; ///< the container that served, and its restart policy
    QString newName; ///< the one that was to replace it
    QString newTag;
};

/// Tells when a container ends, without asking again and again.
class ExitWatch {
public:
    virtual ~ExitWatch() = default;
    /// The exit status once it has ended; -1 where docker did not say.
    virtual std::optional<int> exited() = 0;
};

/// All that a rollout does to a site and asks of it, one call an act, so that a model of docker and
/// nginx can stand in its place. Containers are addressed by id. Every call blocks and throws Error
/// or Cancelled; those that change something are idempotent.
class SiteControl {
public:
    virtual ~SiteControl() = default;

    virtual ObservedSite observe(std::stop_token stop) = 0;
    /// Every preflight check for a rollout to `tag`; changes nothing.
    virtual QList<Check> doctor(const QString& tag, std::stop_token stop) = 0;
    /// Takes the site's lock and sets the fence of every host. Error LockHeld.
    virtual void lock(const LockRecord& record, std::stop_token stop) = 0;
    virtual void unlock() = 0;
    /// The lock says that its run waits for an answer to this question; empty: not any more.
    virtual void tellWaiting(const QString&) { }
    /// From here until unguardSlot() a script on the slot's host and one on the gateway wait for our
    /// sign of life; without one for `ownerLostSeconds` they put the slot back. Before it is taken out.
    virtual void guardSlot(const Slot&, const SlotRescue&, std::stop_token) { }
    virtual void unguardSlot(const Slot&) { }

    /// Removes the releases that `image.keep`, the pins, `keepTags` and running containers do not
    /// hold; the tags that went, per host.
    virtual QStringList prune(const QStringList& keepTags, std::stop_token stop) = 0;

    /// The new container's id. Errors: ImageMissing, ContainerCreateFailed, MountMissing,
    /// RehearsalImpossible …
    virtual QString create(const Slot& slot, const NewContainer& container, std::stop_token stop) = 0;
    /// Where a rehearsal's started container answers, seen from the slot's host: `127.0.0.1:49153`.
    /// Error ContainerExited.
    virtual QString rehearsalAddress(const Slot& slot, const QString& id, std::stop_token stop) = 0;
    /// Errors: PortTaken, ContainerStartFailed, ContainerMissing.
    virtual void start(const Slot& slot, const QString& id, std::stop_token stop) = 0;
    /// Takes the restart policy away first, so that a restarted daemon does not revive it.
    virtual StopOutcome stop(const Slot& slot, const QString& id, std::stop_token stop) = 0;
    virtual void kill(const Slot& slot, const QString& id, std::stop_token stop) = 0;
    /// Gives a stopped container its restart policy back and starts it.
    virtual void revive(
        const Slot& slot, const QString& id, const QString& restartPolicy, std::stop_token stop)
        = 0;
    /// `id` takes the slot's name; `old` (may be empty) is removed.
    virtual void takeName(
        const Slot& slot, const QString& id, const QString& old, std::stop_token stop)
        = 0;
    virtual void remove(const Slot& slot, const QString& id, std::stop_token stop) = 0;
    virtual std::optional<Container> inspect(
        const Slot& slot, const QString& id, std::stop_token stop)
        = 0;
    /// What these containers of the slot's host were made with and what the files that they mount
    /// hold, without anything secret. One that is gone is not in it.
    virtual QList<ContainerRecorded> describe(
        const Slot& slot, const QStringList& ids, std::stop_token stop)
        = 0;
    /// Makes a container that is gone again, under the slot's name; its new id. Errors:
    /// RecreationImpossible, those of `create`.
    virtual QString recreate(const Slot& slot, const ObservedSlot& seen, std::stop_token stop) = 0;
    virtual QStringList lastLog(const Slot& slot, const QString& id, std::stop_token stop) = 0;
    virtual std::unique_ptr<ExitWatch> watchExit(const Slot& slot, const QString& id) = 0;

    /// One edit, one reload, and the proof that nginx took it. Errors: NginxTestFailed,
    /// NginxRejectedEdit, ReloadNotTaken, FileChangedMeanwhile, LastReadySlot …; whatever it throws,
    /// the file is what it was or what was asked for, and `nginx -t` accepts it.
    virtual RouteOutcome route(const QList<Route>& routes, std::stop_token stop) = 0;
    /// Takes the site away again that the first `route` wrote where there was none.
    virtual void removeSite(std::stop_token stop) = 0;
    /// Looks once at what `oldWorkers` hold to the slot.
    virtual HeldConnections held(
        const Slot& slot, const QList<qint64>& oldWorkers, std::stop_token stop)
        = 0;
    /// True once nginx has been seen to hold a connection to the slot since its last `route`.
    virtual bool trafficSeen(const Slot& slot, std::stop_token stop) = 0;

    /// The slot's host stops the container after `seconds` by itself, whatever has become of Gapless by
    /// then, unless another run has begun: that one then decides about it.
    virtual void stopLater(
        const Slot& slot, const QString& id, int seconds, std::stop_token stop)
        = 0;
    /// A listener on the gateway that leads to the slots, which need not be in the upstream. Errors: as
    /// route(), and PreviewUnusable.
    virtual void openPreview(
        const QString& listen, const QStringList& slotNames, std::stop_token stop)
        = 0;
    /// Takes it away again; every route() does so too.
    virtual void closePreview(std::stop_token stop) = 0;
    /// What somebody has answered to the question, through the gateway; taken away from there.
    virtual std::optional<DecisionMade> answer(const QString& question, std::stop_token stop) = 0;

    /// A slot whose `server` is not the target's is a rehearsal's: asked from its own host.
    virtual HealthAnswer askHealth(const Slot& slot, std::stop_token stop) = 0;
    /// Empty when the hub's handshake succeeded, else what happened.
    virtual QString askHub(const Slot& slot, std::stop_token stop) = 0;
    /// The exit status of the target's own health command for this slot.
    virtual int runHealthCommand(const Slot& slot, const QString& containerName, std::stop_token stop)
        = 0;
    /// `requests` HTTP requests and, where the witness has a hub, as many handshakes, at the slot itself.
    virtual void warmUp(const Slot& slot, int requests, std::stop_token stop) = 0;
    /// One request through the gateway as a user would send it; false where the target names no URL.
    virtual bool nudgeGateway(std::stop_token stop) = 0;
};

} // namespace gapless
