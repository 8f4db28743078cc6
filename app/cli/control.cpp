// SPDX-License-Identifier: MIT
// A run that is under way, held and ended from any desktop: pause, continue, stop.
#include "app/cli/liverun.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// The question that a run answers to between its steps (engine/rollout/wishes.h).
const QString control = u"control"_s;

struct ControlOptions {
    LiveRunOptions run;
    bool keep = false, rollBack = false;
};

int ask(Context& context, const LiveRunOptions& options, const QString& choice)
{
    const LiveRun run = liveRun(context, options, control);
    const RunState state = stateOf(context, run);
    if (state.pointOfNoReturn || state.result)
        throw Error(ErrorKind::TooLateToStop, {{u"run"_s, run.id}});
    leave(context, run, options, control, choice);
    const QString id = printableLine(run.id);
    if (choice == "pauseRun"_L1)
        context.console.print({Cli::tr("Run %1 holds before its next step, until “gaplessctl "
                                       "continue %1” or “gaplessctl stop %1 --roll-back”.")
                                   .arg(id)});
    else if (choice == "continue"_L1)
        context.console.print({Cli::tr("Run %1 goes on.").arg(id)});
    else
        context.console.print({Cli::tr("Run %1: %2", "run, what stopping does")
                                   .arg(id, stopText(state, choice))});
    return 0;
}

} // namespace

void addPause(Subcommand& root)
{
    auto options = std::make_shared<ControlOptions>();
    Subcommand& command = root.under(
        u"pause"_s, Cli::tr("Holds a run that is under way before its next step."));
    options->run.addTo(command);
    command
        .about(Cli::tr("From any desktop that can reach the gateway. The run keeps the site's lock, "
                       "which says that it waits; after three days of silence it rolls back."))
        .does([options](Context& context) { return ask(context, options->run, u"pauseRun"_s); });
}

void addContinue(Subcommand& root)
{
    auto options = std::make_shared<ControlOptions>();
    Subcommand& command
        = root.under(u"continue"_s, Cli::tr("Lets a run that is paused go on with its next step."));
    options->run.addTo(command);
    command.does([options](Context& context) { return ask(context, options->run, u"continue"_s); });
}

void addStop(Subcommand& root)
{
    auto options = std::make_shared<ControlOptions>();
    Subcommand& command = root.under(u"stop"_s,
        Cli::tr("Ends a run that is under way: everything as before, or what serves is kept."));
    options->run.addTo(command);
    command
        .flag("--keep", &options->keep,
            Cli::tr("Slots that have the new version keep it; a slot in its turn gets the old one "
                    "back. The run ends half done (exit status 3)."))
        .flag("--roll-back", &options->rollBack,
            Cli::tr("The old version serves everywhere again, as after Ctrl-C (exit status 130)."))
        .about(Cli::tr("From any desktop that can reach the gateway; heard between two steps and "
                       "while a step waits. Refused once the new version serves everywhere."))
        .does([options](Context& context) {
            if (options->keep == options->rollBack)
                throw Error(ErrorKind::Usage,
                    {{u"text"_s, Cli::tr("give one of --keep and --roll-back")}});
            return ask(context, options->run, options->keep ? u"keep"_s : u"rollback"_s);
        });
}

} // namespace gapless
