// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/confirm.h"
#include "app/cli/output.h"
#include "app/cli/session.h"
#include "engine/rollout/rollout.h"

namespace gapless {

/// The options that deploy, rollback and plan share.
struct RolloutOptions {
    TargetOptions target;
    ConfirmOptions confirm;
    QString tag; ///< empty: the previous release
    QString strategy, onPartial;
    int pace = 0;
    bool noWitness = false, strict = false;

    /// --strategy, --on-partial and the like on `command`; `runs` for what does not only plan.
    void addTo(Subcommand& command, bool runs);
};

/// What was asked for, of the session's target. Errors: those of Session::target, Usage,
/// StrategyNotBuilt.
RolloutRequest requestOf(Context& context, const RolloutOptions& options, const QString& kind);

/// What it would do, without a run. Errors: those of planRollout.
Plan planOf(Context& context, const RolloutRequest& request, const RolloutOptions& options);

/// Confirms as the target's protection says, runs it with its events on the console, and returns
/// the exit status.
int runRolloutCommand(
    Context& context, RolloutRequest request, const RolloutOptions& options, Caution caution);

/// The plan as lines: each step with its commands, the nginx diff and what it waits for. `whole`
/// false: the steps' names alone.
QStringList planLines(const Plan& plan, bool whole, bool color);

/// Takes the journal's events to the console for as long as it lives.
class Shown {
public:
    Shown(Context& context, Journal& journal)
        : m_journal(journal)
        , m_feed(context.console, context.options.verbose)
        , m_sink(journal.addSink([this, &session = context.session](const Event& event) {
            session.follow(event);
            m_feed.show(event);
        }))
    {
    }
    ~Shown() { m_journal.removeSink(m_sink); }
    Shown(const Shown&) = delete;
    Shown& operator=(const Shown&) = delete;
    void finish() { m_feed.finish(); }

private:
    Journal& m_journal;
    EventFeed m_feed;
    const int m_sink;
};

} // namespace gapless
