// SPDX-License-Identifier: MIT
#include "app/cli/liverun.h"

#include "app/cli/confirm.h"
#include "app/cli/follow.h"
#include "app/cli/session.h"
#include "engine/guard/answer.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// The target of the run: named, or as this data folder knows it; the word may be a target's name.
Target targetOf(Context& context, const LiveRunOptions& options)
{
    TargetOptions named = options.target;
    if (named.name.isEmpty() && named.file.isEmpty()) {
        const auto known = context.session.journal().summary(options.run);
        if (!known && !context.session.targets().names().contains(options.run))
            throw Error(ErrorKind::RunUnknown, {{u"run"_s, options.run}});
        named.name = known ? known->target : options.run;
    }
    return context.session.target(named);
}

} // namespace

void LiveRunOptions::addTo(Subcommand& command)
{
    command
        .word(u"RUN|TARGET"_s, &run, true,
            Cli::tr("The run, which “status” names, or a saved target whose run is meant."))
        .text("--by", &by, Cli::tr("NAME"),
            Cli::tr("Who decides (default: the user's name). It is recorded as said, and is no "
                    "access control."))
        .text("--note", &note, Cli::tr("TEXT"),
            Cli::tr("Why; it stands in the history and in the report."))
        .text("--saved", &target.name, Cli::tr("NAME"),
            Cli::tr("The saved target, where this data folder does not know the run."))
        .text("--target", &target.file, Cli::tr("FILE"),
            Cli::tr("Use this target file in its place."));
}

LiveRun liveRun(Context& context, const LiveRunOptions& options, const QString& question)
{
    const Target target = targetOf(context, options);
    Hosts& hosts = context.session.hosts(target, options.target);
    const RecordPlace place = recordPlaceOf(target, hosts, observeSite(target, hosts, context.stop));
    const auto holder
        = SiteLock(place.gateway, place.stateDir, place.key).holder(context.stop);
    const QJsonObject facts {{u"run"_s, options.run}, {u"question"_s, question}};
    if (!holder || (holder->run != options.run && target.name != options.run))
        throw Error(ErrorKind::NothingToApprove, facts);
    if (!holder->alive) // nobody is there to hear it: resume decides what becomes of the run
        throw Error(ErrorKind::RunUnfinished, {{u"run"_s, holder->run}});
    return {holder->run, place};
}

RunState stateOf(Context& context, const LiveRun& run)
{
    qint64 offset = 0;
    return applyAll({}, readRunRecord(run.place, run.id, offset, context.stop));
}

DecisionMade leave(Context& context, const LiveRun& run, const LiveRunOptions& options,
    const QString& question, const QString& choice)
{
    DecisionMade made {
        question, choice, options.by.isEmpty() ? userName() : options.by, options.note};
    if (!leaveAnswer(run.place.gateway, run.place.stateDir, run.id, made, context.stop))
        throw Error(ErrorKind::NothingToApprove, {{u"run"_s, run.id}, {u"question"_s, question}});
    context.console.object({{u"type"_s, u"answered"_s}, {u"run"_s, run.id},
        {u"question"_s, question}, {u"choice"_s, choice}, {u"by"_s, made.by},
        {u"note"_s, made.note}});
    return made;
}

} // namespace gapless
