// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/event.h"
#include "engine/model/plan.h"
#include "engine/model/target.h"
#include "engine/remote/host.h"
#include "engine/source/sourcespec.h"

#include <functional>
#include <stop_token>

namespace gapless {

class Clock;
class Journal;
class RunWishes;
class Witness;

/// What somebody asked for.
struct RolloutRequest {
    Target target;
    QString kind = QStringLiteral("deploy"); ///< deploy, rollback
    QString tag; ///< `hash_…`; for a rollback empty: the previous release
    SourceSpec source; ///< where the release comes from, which then says the tag
    Strategy strategy = Strategy::Rolling;
    OnPartialFailure onPartialFailure = OnPartialFailure::Ask;
    bool strict = false; ///< a doctor's warning refuses
    int paceSeconds = 0; ///< held between two steps, for demonstrations
    QString by, machine, reason;
    QString approvedPlan; ///< the hash of the plan that was shown; empty: none was
};

/// Answers a question of a running rollout: a person, or the target's own rule.
class Decider {
public:
    virtual ~Decider() = default;
    /// One of question.choices with who chose it. Blocks; returns question.fallback where nobody can
    /// be asked. Called on the rollout's thread.
    virtual DecisionMade decide(const DecisionAsked& question, std::stop_token stop) = 0;
    /// For a question that may wait for days and be answered from elsewhere: the answer, once there is
    /// one. Asked about once a second, on the rollout's thread; returns at once.
    virtual std::optional<DecisionMade> answered(const DecisionAsked&) { return std::nullopt; }
};

/// All that a rollout touches outside itself, so that a test can fake it.
struct RolloutPorts {
    Hosts& hosts;
    Journal& journal;
    Clock& clock;
    Decider& decider;
    Witness* witness = nullptr; ///< none: the verdict is notMeasured
    /// The values of the target's `secretEnv`; asked once a container. Error CredentialMissing.
    std::function<QMap<QString, QByteArray>()> secretEnv {};
    /// What people here ask of the run meanwhile; those at other desktops ask through the gateway.
    RunWishes* wishes = nullptr;
};

struct RolloutResult {
    QString run;
    RunFinished finished;
};

/// Runs it on the calling thread from `connect` to `unlock` and returns when the site is in a
/// defined state. Throws nothing of its own: every failure is in the journal and in the result.
/// A `stop` before the point of no return restores what served before; after it, finishes tidily.
RolloutResult runRollout(
    const RolloutRequest& request, const RolloutPorts& ports, std::stop_token stop);

/// What runRollout would do: the same functions, against hosts that only read.
/// Errors: everything that would refuse the rollout.
Plan planRollout(const RolloutRequest& request, const RolloutPorts& ports, std::stop_token stop);

/// The exit status of the command line for a finished run.
int exitCodeOf(const RunFinished& finished);

} // namespace gapless
