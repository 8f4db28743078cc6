// SPDX-License-Identifier: MIT
#include "app/cli/rolloutcommand.h"

#include "app/cli/decider.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"
#include "engine/model/targetcheck.h"
#include "engine/model/targetjson.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

Error usage(const QString& text)
{
    return Error(ErrorKind::Usage, {{u"text"_s, text}});
}

Strategy strategyOf(const QString& name)
{
    const auto strategy = strategyNamed(name);
    if (!strategy)
        throw usage(Cli::tr("there is no strategy “%1”").arg(name));
    return *strategy;
}

OnPartialFailure onPartialOf(const QString& name)
{
    if (name == "ask"_L1)
        return OnPartialFailure::Ask;
    if (name == "hold"_L1)
        return OnPartialFailure::Hold;
    if (name == "rollback"_L1)
        return OnPartialFailure::Rollback;
    throw usage(Cli::tr("--on-partial takes ask, hold or rollback, not “%1”").arg(name));
}

QStringList planLine(const PlanLine& line, const PlanStep& step, bool color)
{
    const QString margin = u"      "_s;
    if (line.kind == "command"_L1)
        return {margin
            + u"%1 $ %2"_s.arg(
                paint::faint(line.host.isEmpty() ? Cli::tr("this machine") : printableLine(line.host),
                    color),
                printableLine(line.text, 4000))};
    if (line.kind == "wait"_L1) {
        WaitingFor waiting;
        waiting.step = step.step;
        waiting.slot = step.slot;
        waiting.what = line.text;
        return {margin + paint::faint(sentence(waiting), color)};
    }
    if (const QString note = planNote(line); !note.isEmpty())
        return {margin + paint::faint(note, color)};
    QStringList lines;
    for (const QString& text : printable(line.text).split(u'\n', Qt::SkipEmptyParts))
        lines << margin
                + (text.startsWith(u'+')        ? paint::green(text, color)
                        : text.startsWith(u'-') ? paint::red(text, color)
                                                : text);
    return lines;
}

} // namespace

void RolloutOptions::addTo(Subcommand& command, bool runs)
{
    command.target(&target).text("--strategy", &strategy, u"rolling|blue-green|red-black|canary"_s,
        Cli::tr("How the slots are replaced (default: the target's)."));
    if (!runs)
        return;
    command
        .flag("--no-witness", &noWitness,
            Cli::tr("Run without the clients that watch the site; nothing is proved then."))
        .text("--on-partial", &onPartial, u"ask|hold|rollback"_s,
            Cli::tr("What to do when a slot fails after another one was replaced: ask (without a "
                    "terminal: hold), hold (the new version serves, the failed slot stays out), or "
                    "rollback."))
        .text("--reason", &confirm.reason, Cli::tr("TEXT"),
            Cli::tr("Why; it stands in the history and in the report."))
        .number("--pace", &pace, Cli::tr("SECONDS"),
            Cli::tr("Hold so long between two steps, for demonstrations."))
        .flag("--strict", &strict, Cli::tr("A warning of the checks refuses, too."))
        .flag("--yes", &confirm.yes, Cli::tr("Answer yes where a confirmation would be asked for."))
        .text("--confirm", &confirm.name, Cli::tr("NAME"),
            Cli::tr("The target's name, for a target whose protection asks to type it."));
}

RolloutRequest requestOf(Context& context, const RolloutOptions& options, const QString& kind)
{
    RolloutRequest request;
    request.target = context.session.target(options.target);
    request.kind = kind;
    request.tag = options.tag;
    request.strategy
        = options.strategy.isEmpty() ? request.target.strategy : strategyOf(options.strategy);
    request.target.strategy = request.strategy; // what is planned, checked and approved is one
    requireStrategyFits(request.target, request.strategy);
    request.onPartialFailure = options.onPartial.isEmpty() ? request.target.onPartialFailure
                                                           : onPartialOf(options.onPartial);
    request.strict = options.strict;
    request.paceSeconds = options.pace;
    request.by = userName();
    request.machine = machineName();
    return request;
}

Plan planOf(Context& context, const RolloutRequest& request, const RolloutOptions& options)
{
    Session& session = context.session;
    TerminalDecider decider(context.console);
    const RolloutPorts ports {.hosts = session.hosts(request.target, options.target),
        .journal = session.journal(),
        .clock = session.clock(),
        .decider = decider};
    return planRollout(request, ports, context.stop);
}

int runRolloutCommand(
    Context& context, RolloutRequest request, const RolloutOptions& options, Caution caution)
{
    request.reason = confirm(context, request.target, caution, options.confirm, [&] {
        const Plan plan = planOf(context, request, options);
        request.approvedPlan = plan.hash;
        return planLines(plan, false, context.console.colorOut());
    });
    Session& session = context.session;
    Journal& journal = session.journal();
    TerminalDecider decider(context.console);
    Hosts& hosts = session.hosts(request.target, options.target);
    const std::unique_ptr<Witness> witness
        = options.noWitness ? nullptr : session.witness(request.target, hosts);
    const RolloutPorts ports {.hosts = hosts,
        .journal = journal,
        .clock = session.clock(),
        .decider = decider,
        .witness = witness.get(),
        .secretEnv = [&] { return session.secretEnv(request.target, context.stop); }};
    Shown shown(context, journal);
    const RolloutResult result = runRollout(request, ports, context.stop);
    shown.finish();
    if (!result.finished.error.isEmpty())
        context.console.complain(errorFromJson(result.finished.error));
    return exitCodeOf(result.finished);
}

QStringList planLines(const Plan& plan, bool whole, bool color)
{
    QStringList lines;
    lines << paint::bold(plan.from.isEmpty()
            ? Cli::tr("%1 on %2: %3, %4", "kind, target, tag, strategy")
                  .arg(kindName(plan.kind), printableLine(plan.target), printableLine(plan.to),
                      strategyName(plan.strategy))
            : Cli::tr("%1 on %2: from %3 to %4, %5", "kind, target, tag, tag, strategy")
                  .arg(kindName(plan.kind), printableLine(plan.target), printableLine(plan.from),
                      printableLine(plan.to), strategyName(plan.strategy)),
        color);
    if (const QString serving = servingText(plan.serving); !serving.isEmpty())
        lines << Cli::tr("Now serving: %1").arg(serving);
    int number = 0;
    for (const PlanStep& step : plan.steps) {
        const QString name = step.slot.isEmpty()
            ? stepName(step.step)
            : Cli::tr("Slot %1: %2", "slot, step")
                  .arg(printableLine(step.slot), stepName(step.step));
        lines << u"%1. %2"_s.arg(++number, 3).arg(name);
        for (const PlanLine& line : whole ? step.lines : QList<PlanLine>())
            lines << planLine(line, step, color);
    }
    return lines;
}

} // namespace gapless
