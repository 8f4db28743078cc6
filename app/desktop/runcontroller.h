// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/question.h"
#include "app/models/replayer.h"
#include "app/models/runfeed.h"
#include "engine/journal/runfollower.h"
#include "engine/rollout/recovery.h"
#include "engine/rollout/rollout.h"
#include "engine/rollout/wishes.h"
#include "engine/witness/samplefile.h"

#include <QObject>
#include <QTimer>
#include <mutex>
#include <thread>

namespace gapless {

class DesktopContext;

/// A run as it is on disk.
struct Recorded {
    QList<Event> events;
    SampleBatch samples;
};
/// From the journal and the samples beside it; those may be missing. Blocks. Errors: as Journal.
Recorded recordedRun(DesktopContext& context, const QString& run);
/// The one that comes with the program.
Recorded recordedDemo();

/// One run behind the window: starts a rollout on a thread of its own and takes its events to the
/// window's thread, or follows another process's, or opens one that is over. What it knows is in
/// feed(). Nothing here blocks the window's thread, but the destructor, which waits for a rollout
/// of ours to end tidily: ask isRunning() first. The window's thread.
class RunController : public QObject {
    Q_OBJECT
public:
    explicit RunController(DesktopContext& context, QObject* parent = nullptr);
    ~RunController() override;

    /// Starts a rollout of ours. `watched`: with the target's witness.
    void start(const RolloutRequest& request, bool watched = true);
    /// The same for what mends an interrupted run; nobody watches.
    void recover(const RecoveryRequest& request);
    /// Opens a run of the journal: one that is over, or one that another process runs, which is
    /// followed until it is.
    void open(const QString& run);

    /// Plays the run that is shown again, from its start; at its end it stands as before.
    void replay();
    /// Plays the recorded run that comes with the program; nothing outside is touched.
    void playDemo();
    Replayer& replayer() { return m_replayer; }

    RunFeed& feed() { return m_feed; }
    const RunFeed& feed() const { return m_feed; }
    /// A rollout of ours is under way.
    bool isRunning() const { return m_running; }
    /// What it was started with.
    const RolloutRequest& request() const { return m_request; }

    /// Before the point of no return: what was taken out is put back and the old version serves.
    /// After it: finishes tidily.
    void stopAndRollBack();
    /// Ends the run where it is; what serves then is servingIfKept().
    void stopAndKeep();
    bool isStopping() const { return m_stopping; }
    /// Holds before the next step, until goOn() or a stop.
    void pauseBeforeNext();
    void goOn();
    /// It has been asked to hold and the step that runs has not ended yet.
    bool isPausing() const { return m_pausing && !isPaused(); }
    /// It holds between two steps, and says so to whoever asks for the site's lock.
    bool isPaused() const;
    /// Another reason for the run, as long as it runs.
    void changeReason(const QString& reason);
    /// The one that was given last.
    const QString& reason() const { return m_reason; }
    /// Answers the pending question of a rollout of ours; `note` may be empty.
    void decide(const QString& choice, const QString& note = {});
    /// The question that waits for an answer here; null where none does.
    const DecisionAsked* pendingQuestion() const { return m_asked ? &*m_asked : nullptr; }

Q_SIGNALS:
    /// A rollout of ours asks; answer with decide().
    void decisionAsked(const gapless::DecisionAsked& question);
    void decisionOver();
    /// A rollout of ours began or ended, or something was asked of it.
    void runningChanged();
    /// It ended: what its last event says.
    void finished(const gapless::RunFinished& finished);
    /// It could not begin, or the journal cannot be read.
    void failed(const gapless::Error& error);

private:
    class WindowDecider;
    friend class WindowDecider;

    using Act = std::function<RolloutResult(const RolloutPorts&, std::stop_token)>;
    void begin(Act act, bool watched);
    void work(const Act& act, const Target& target, bool watched, std::stop_token stop);
    void fromThread(const Event& event);
    void takeEvents();
    void askOrWithdraw(const Event& event);
    void ask(const DecisionAsked& question, std::shared_ptr<Question<DecisionMade>> answer);
    void ended(const std::optional<RolloutResult>& result, const std::optional<Error>& error);
    void followOn();
    void play(RunFeed::Kind kind, const std::function<Recorded()>& load);
    void takeSamples(const SampleBatch& batch);
    void wish(const QString& choice, const QString& note = {});

    DesktopContext& m_context;
    RunFeed m_feed;
    RolloutRequest m_request;
    bool m_running = false, m_stopping = false, m_pausing = false;
    RunWishes m_wishes; ///< for the rollout's thread
    QString m_reason;
    std::optional<DecisionAsked> m_asked;
    std::shared_ptr<Question<DecisionMade>> m_answer;

    std::mutex m_mutex;
    QList<Event> m_arrived; ///< guarded; not yet taken to the feed
    bool m_posted = false; ///< guarded
    std::optional<DecisionMade> m_decided; ///< guarded; the rollout has not seen it yet

    Replayer m_replayer {m_feed};
    std::unique_ptr<SampleReader> m_samples; ///< of another process's run
    QTimer m_clockTick; ///< while a run runs: now moves on
    std::unique_ptr<RunFollower> m_follower;
    std::jthread m_thread; ///< the last member: it ends first
};

} // namespace gapless
