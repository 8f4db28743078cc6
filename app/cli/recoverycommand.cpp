// SPDX-License-Identifier: MIT
#include "app/cli/recoverycommand.h"

#include "app/cli/decider.h"
#include "app/cli/rolloutcommand.h"
#include "app/cli/session.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"
#include "engine/model/eventjson.h"
#include "engine/rollout/recovery.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QStringList foundLines(const Recovery& found)
{
    QStringList lines;
    const InterruptedRun& run = found.interrupted;
    if (!run.run.isEmpty())
        lines << (run.step.isEmpty()
                ? Cli::tr("Interrupted: run %1 of %2 on %3.")
                      .arg(printableLine(run.run), printableLine(run.owner.by),
                          printableLine(run.owner.machine))
                : Cli::tr("Interrupted: run %1 of %2 on %3, in the step “%4”.")
                      .arg(printableLine(run.run), printableLine(run.owner.by),
                          printableLine(run.owner.machine),
                          run.slot.isEmpty() ? stepName(run.step)
                                             : Cli::tr("Slot %1: %2", "slot, step")
                                                   .arg(printableLine(run.slot), stepName(run.step))));
    for (const SlotFinding& slot : found.slots)
        lines << u"  "_s + checkSentence(u"found"_s, u"info"_s, factsOf(slot));
    return lines;
}

/// The choices that are open, the proposed one first.
QStringList choicesOf(const Recovery& found)
{
    QStringList choices;
    if (found.canFinish)
        choices << u"finish"_s;
    if (found.canRestore)
        choices << u"restore"_s;
    choices << u"leave"_s;
    choices.move(choices.indexOf(found.proposal), 0);
    return choices;
}

QString ask(Context& context, const Recovery& found)
{
    TerminalDecider decider(context.console);
    if (!context.console.canAsk())
        throw Error(ErrorKind::NotInteractive,
            {{u"question"_s, questionText({u"resume"_s, {}, {}, {}})}, {u"option"_s, u"--yes"_s}});
    const QStringList choices = choicesOf(found);
    return decider.decide({u"resume"_s, {}, {}, choices}, context.stop).choice;
}

Error heldBy(const LockRecord& owner, const QString& host)
{
    return Error(ErrorKind::LockHeld,
        {{u"by"_s, owner.by}, {u"machine"_s, owner.machine}, {u"run"_s, owner.run},
            {u"version"_s, owner.version},
            {u"since"_s, owner.since.toUTC().toString(Qt::ISODateWithMs)}})
        .on(host);
}

} // namespace

namespace {

/// Under --json the last line of a rollout's command, where none was made.
void sayNothingDone(Context& context, const Recovery& found)
{
    RunFinished finished;
    finished.outcome = u"succeeded"_s;
    for (const SlotFinding& slot : found.slots)
        finished.serving[slot.slot] = slot.routed ? slot.runningTag : QString();
    Event event;
    event.seq = 1;
    event.at = QDateTime::currentDateTimeUtc();
    event.body = finished;
    context.console.object(toJson(event));
}

} // namespace

void RecoveryOptions::addTo(Subcommand& command)
{
    command.target(&target)
        .text("--reason", &confirm.reason, Cli::tr("TEXT"),
            Cli::tr("Why; it stands in the history and in the report."))
        .flag("--yes", &confirm.yes, Cli::tr("Answer yes where a confirmation would be asked for."))
        .text("--confirm", &confirm.name, Cli::tr("NAME"),
            Cli::tr("The target's name, for a target whose protection asks to type it."));
}

int runRecoveryCommand(Context& context, const RecoveryOptions& options, QString choice)
{
    Session& session = context.session;
    RecoveryRequest request;
    request.target = session.target(options.target);
    TerminalDecider decider(context.console);
    Hosts& hosts = session.hosts(request.target, options.target);
    const RolloutPorts ports {.hosts = hosts,
        .journal = session.journal(),
        .clock = session.clock(),
        .decider = decider,
        .secretEnv = [&] { return session.secretEnv(request.target, context.stop); }};

    const Recovery found = lookForInterruptedRun(request.target, ports, context.stop);
    for (const QString& line : foundLines(found))
        context.console.say(line);
    if (found.ownerLives())
        throw heldBy(found.owner(), request.target.gateway.host);
    if (choice == "unlock"_L1 ? found.owner().run.isEmpty() : found.nothingToDo()) {
        context.console.say(choice == "unlock"_L1
                ? Cli::tr("The site is not locked; nothing is to be done.")
                : Cli::tr("No run was interrupted; nothing is to be done."));
        sayNothingDone(context, found);
        return 0;
    }
    const bool asks = choice.isEmpty() && !options.confirm.yes;
    request.choice = asks ? ask(context, found) : choice;
    // Having chosen is having confirmed.
    ConfirmOptions answers = options.confirm;
    answers.yes = answers.yes || asks || (!choice.isEmpty() && choice != "unlock"_L1);
    request.reason = confirm(
        context, request.target, Caution::OneConfirmation, answers, [] { return QStringList(); });
    request.by = userName();
    request.machine = machineName();

    Shown shown(context, session.journal());
    const RolloutResult result = runRecovery(request, ports, context.stop);
    shown.finish();
    if (!result.finished.error.isEmpty())
        context.console.complain(errorFromJson(result.finished.error));
    return exitCodeOf(result.finished);
}

} // namespace gapless
