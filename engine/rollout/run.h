// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/clock.h"
#include "engine/rollout/rollout.h"
#include "engine/rollout/sitecontrol.h"
#include "engine/rollout/undo.h"

#include <QSet>

#include <mutex>
#include <optional>

namespace gapless {

class ReleaseProvider;
class RunWishes;

/// Where a run's facts go while it is under way: the journal and the witness, or a plan's lines.
class RunSink {
public:
    virtual ~RunSink() = default;
    virtual void say(EventBody body) = 0;
    /// A plan only looks: changes are printed and conditions are named, not waited for.
    virtual bool planning() const { return false; }
    /// A condition that a step would wait for; said to a plan only.
    virtual void planned(const PlanLine&) { }
    /// The sequence number of what was said last; 0 where nothing is recorded.
    virtual qint64 lastSeq() const { return 0; }
    /// What abortOn names has been seen; empty: nothing.
    virtual QString abortReason() const { return {}; }
};

/// One slot's turn: what it had, what it gets, and how far it came.
struct SlotTurn {
    const Slot& slot;
    QString oldId; ///< empty: the slot had no container
    QString oldTag, oldRestart;
    bool oldRan = false; ///< it was running when the turn began
    /// No new container is made: the one that the slot kept is started again (`newId` is its id).
    bool again = false;
    QString newId;
    QString newName; ///< until `retire`
    QList<qint64> oldWorkers; ///< nginx's, from before its `down`
    bool recorded = false; ///< what the new container is made of has been said
    QStringList health; ///< the last answers, for the evidence
    int longLivedLeft = 0; ///< connections that its drain left to themselves
    bool takenOut = false; ///< its server line is down by our hand
    bool oldStopped = false, newStarted = false;
};

/// What a run knows of those before it. Each may be empty: then nothing is known.
struct RunHistory {
    /// How long the step usually takes; 0: not known.
    std::function<qint64(const QString& step, const QString& slot)> expectedMs;
    /// How the release last ran in the slot.
    std::function<std::optional<ContainerRecorded>(const QString& tag, const QString& slot)> recorded;
    /// Tags that a person may want to go back to.
    std::function<QStringList()> keptTags;
};

/// What the steps of every strategy share: the site, the events, the undo stack, cancelling and
/// waiting. One object a rollout, on the rollout's thread.
class Run {
public:
    Run(const RolloutRequest& itsRequest, SiteControl& itsSite, RunSink& itsSink, Clock& itsClock,
        Decider& itsDecider, QString itsId, std::stop_token itsStop);

    const RolloutRequest& request;
    const Target& target;
    SiteControl& site;
    Clock& clock;
    const QString id;
    RunHistory history;
    Undo undo;
    ObservedSite found;
    QString from, to; ///< the tag that served, and the one that is being rolled out
    QMap<QString, QString> serving; ///< slot -> tag; empty: it serves nothing
    QMap<QString, bool> routedUp; ///< slot -> its server line has no `down`
    QSet<QString> replaced; ///< slots that serve the new release
    QMap<QString, QString> newIds; ///< of these, the container
    QSet<QString> unready; ///< slots that get traffic and did not answer as expected when the run began
    bool started = false; ///< runStarted has been said
    bool locked = false; ///< the site's lock is ours
    bool changed = false; ///< a host has been changed
    /// Brings the release to the hosts first; null: it is there.
    ReleaseProvider* provider = nullptr;
    /// What people ask of the run meanwhile; null: nobody can.
    RunWishes* wishes = nullptr;
    /// A rollback while nothing healthy serves: all slots at once, by the fastest path.
    bool emergency = false;
    /// Stopped half-way by a decision: the new version serves, the slot that failed is out; or a person
    /// stopped the run and keeps what serves.
    std::optional<Error> heldAfter;

    Witness* witness = nullptr; ///< null: nobody watches, or this is a plan
    /// Starts the witness where the strategy moves traffic first; null once it has started.
    std::function<void()> startWitness;

    /// Errors: the journal's. While something is taken back, and in a run's end, a journal that cannot
    /// be written keeps nothing from being done, and nothing is thrown.
    void say(EventBody body);
    /// The same from another thread, which must not throw: the run learns of the error at its next step.
    void sayAside(EventBody body);
    bool planning() const { return m_sink.planning(); }
    /// A plan's line that no host's command makes.
    void planned(const PlanLine& line) { m_sink.planned(line); }
    /// Requested by the user, and not yet past the point of no return.
    std::stop_token stop() const { return m_stop; }
    void checkStop() const; ///< Cancelled
    /// From here on a cancel means "finish tidily".
    void passPointOfNoReturn();
    /// What follows has to happen however the run ended.
    void noMoreCancel();
    /// Does what can still be taken back: whatever ends `act` restores what served (the turns that the
    /// undo entries refer to have to outlive this), and goes on. Where a
    /// person stopped the run and keeps what serves, it is held: returns, `heldAfter` says so.
    void untilNoReturn(const std::function<void()>& act);
    /// Takes everything back, as one `restore` step; whether all of it worked is in `restored`.
    void restore();
    std::optional<bool> restored;
    /// The same for what was pushed since `mark`; false when one of it failed.
    bool restoreSince(Undo::Mark mark);
    /// What people have asked for since: a reason is said, a pause is kept in mind, a stop is thrown
    /// (Cancelled, or Error StoppedKeeping where the new version serves somewhere).
    void heed();

    /// One named step: its start is in the journal before `act` runs. What `act` throws goes on, with
    /// the step's name in it.
    void step(const QString& name, const QString& slot, const std::function<void()>& act);

    /// Asks `done` every `poll` until it says true; says what it waits for. False when `deadline` is
    /// over. Throws what `done` throws, Cancelled, and WitnessAborted. A plan notes the condition.
    bool until(const QString& what, std::chrono::milliseconds deadline,
        std::chrono::milliseconds poll, const std::function<bool(QJsonObject& numbers)>& done);
    /// Waits, unless this is a plan.
    void pause(const QString& what, std::chrono::milliseconds duration);

    /// Takes back what was pushed since `mark`; false when one of them failed. No cancellation.
    bool rollBackTo(Undo::Mark mark);
    /// For what may fail without failing the rollout: tried three times; its step has already said
    /// that it failed.
    /// What ends a run is tried `tries` times; what acts outside the site (a hook) once.
    void attempt(const std::function<void()>& act, int tries = 3);
    DecisionMade ask(const DecisionAsked& question);
    /// Asks and waits for an answer from wherever it comes: the decider, or anybody who answers through
    /// the gateway. `meanwhile` is called between; what it throws goes on. Nothing when `deadline` is
    /// over: then the question's fallback has been recorded as the answer.
    std::optional<DecisionMade> askUntil(const DecisionAsked& question, const QString& what,
        std::chrono::milliseconds deadline, const std::function<void()>& meanwhile);
    /// An answer to the question that was asked last, if there is one by now; not recorded.
    std::optional<DecisionMade> answerTo(const DecisionAsked& question);

    /// Sends traffic to the slot or keeps it away, and says so.
    void route(const Slot& slot, bool up, const QString& tagWhenUp, std::stop_token stop,
        QList<qint64>* oldWorkers = nullptr, bool leaveNobody = false);
    /// The same for several slots, in one edit; `tags`: of those that go up.
    void route(const QList<Route>& routes, const QMap<QString, QString>& tags, std::stop_token stop,
        QList<qint64>* oldWorkers = nullptr);
    /// Until the slot's health path has answered as expected `successes` times in a row; false when
    /// `deadline` is over. `ended` tells that its container has. `onFirst` runs after the first of a
    /// row, in the time that the next one is waited for anyway.
    bool untilReady(const Slot& slot, int successes, std::chrono::milliseconds deadline,
        ExitWatch* ended, QStringList* answers, const std::function<void()>& onFirst = {});
    /// No slot gave users good answers when the run began, and none has been replaced since.
    bool nobodyServes() const;
    QString currentStep() const { return m_step; }
    QString currentSlot() const { return m_slot; }

private:
    class Waiting;
    void checkWitness() const;
    void follow(const DecisionMade& wish);
    void holdWhereAsked(const QString& slot);
    [[noreturn]] void endAsAsked(const DecisionMade& wish);
    void tellWaiting(const QString& question);
    /// The new version serves somewhere by this run's hand.
    bool newServes() const;

    RunSink& m_sink;
    Decider& m_decider;
    std::stop_token m_stop;
    QString m_step, m_slot;
    bool m_undoing = false, m_ending = false;
    mutable std::mutex m_asideMutex;
    mutable std::optional<Error> m_asideError;
    bool m_firstStep = true;
    bool m_canStop = true; ///< the point of no return is ahead
    bool m_pauseAsked = false, m_paused = false;
    std::optional<DecisionMade> m_pauseAnswer; ///< heard while the run is paused
    Clock::Steady m_gatewayAsked {};
};

/// The steps of a slot's turn, in the order of a rolling rollout; each is one entry of the timeline.
namespace steps {
/// Boots the release on a free loopback port of the slot's host, checks it and removes it again,
/// while the old one serves. A failure takes nothing out: what was made is removed, the error goes on.
void rehearse(Run& run, const Slot& slot);
/// The same once for each host with a slot, where the target asks for rehearsals.
void rehearse(Run& run);
void create(Run& run, SlotTurn& turn);
void down(Run& run, SlotTurn& turn);
void drain(Run& run, SlotTurn& turn);
void stop(Run& run, SlotTurn& turn);
void start(Run& run, SlotTurn& turn);
void check(Run& run, SlotTurn& turn);
void warmUp(Run& run, SlotTurn& turn);
void up(Run& run, SlotTurn& turn);
void watch(Run& run, SlotTurn& turn);
/// Of `id`, running as `containerName` and answering at `slot.server`: healthy so many times in a
/// row, hub, the target's own command. `answers` gets the last health answers.
void proveReady(Run& run, const Slot& slot, const QString& id, const QString& containerName,
    QStringList& answers);
/// What is created for the slot: the release and its labels.
NewContainer newContainer(const Run& run, const Slot& slot, const QString& name);
/// The container's name until `retire`: unique, so that what is left of an interrupted run is never
/// mistaken for ours.
QString ownName(const Run& run, const Slot& slot);
/// Requests in flight on a new container that was taken out again get their time.
void emptyBeforeKill(Run& run, SlotTurn& turn, const QList<qint64>& oldWorkers);
/// Removes the kept container and gives its name to the new one.
void retire(Run& run, SlotTurn& turn);
/// What the turn's containers are made of, into the journal, once; never fails the rollout.
void record(Run& run, SlotTurn& turn);
/// The same of the old one alone, as it was found: before it is taken out, for whoever has to make it
/// again.
void recordOld(Run& run, const SlotTurn& turn);
/// For a rollback, once the new container is made: what it gets now that the release did not have when
/// it last ran in the slot.
void sayWhatChangedSince(Run& run, SlotTurn& turn);
/// Where another slot works with the release and this one does not: what is different about them.
void sayDifference(Run& run, const SlotTurn& turn);
/// Log lines and health answers of a slot that failed, into the journal.
void keepEvidence(Run& run, SlotTurn& turn);
/// Ends and removes the new container of a slot that failed.
void discardNew(Run& run, SlotTurn& turn);
/// Every other slot that gets traffic has to be ready now, and one must be left. Errors: SlotNotReady,
/// LastReadySlot.
void proveOthersReady(Run& run, const Slot& leaving);
/// For an undo that ends the slot's new container: where it could not be taken out of nginx it still
/// serves, and is ended only when another does. Errors: as proveOthersReady.
void proveNotNeeded(Run& run, const SlotTurn& turn);
/// Sees to it that a slot that failed gets no traffic: one version serves, not two. Errors: as
/// proveOthersReady, where that would leave nobody to serve.
void leaveOut(Run& run, SlotTurn& turn);
}

/// The turn of a slot as the run found it.
SlotTurn turnOf(const Run& run, const Slot& slot);

/// Every slot at once, for a site that nobody is served by: nothing is drained, and the first good
/// answer puts a slot up. What cannot be brought back is left out where another slot serves.
void allAtOnce(Run& run);

/// One slot after the other, each on the same two ports as before.
void rolling(Run& run);
/// The group that does not serve gets the release; one reload moves all traffic.
void blueGreen(Run& run);
/// Blue-green with a gate: nobody is sent to the new group until somebody approves.
void redBlack(Run& run);
/// The new version gets a growing share of the requests, and is compared at each.
void canary(Run& run);

} // namespace gapless
