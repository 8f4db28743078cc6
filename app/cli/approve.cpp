// SPDX-License-Identifier: MIT
// What a run waits for, answered from any desktop: approve, reject, promote; and a look at what waits.
#include "app/cli/confirm.h"
#include "app/cli/session.h"
#include "app/wording/wording.h"
#include "engine/guard/answer.h"
#include "engine/guard/sitelock.h"
#include "engine/rollout/preview.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

struct AnswerOptions {
    QString run, by, note;
    TargetOptions target;
    bool pause = false, abort = false;
};

/// The target of the run: named, or as this data folder knows it.
Target targetOf(Context& context, const AnswerOptions& options)
{
    TargetOptions named = options.target;
    if (named.name.isEmpty() && named.file.isEmpty()) {
        const auto known = context.session.journal().summary(options.run);
        if (!known)
            throw Error(ErrorKind::RunUnknown, {{u"run"_s, options.run}});
        named.name = known->target;
    }
    return context.session.target(named);
}

int answer(Context& context, const AnswerOptions& options, const QString& question,
    const QString& choice)
{
    const Target target = targetOf(context, options);
    Hosts& hosts = context.session.hosts(target, options.target);
    const ObservedGateway gateway = observeSite(target, hosts, context.stop).gateway;
    Host& host = hosts.at(target.gateway.host);
    SiteLock lock(host, gateway.stateDir, siteKey(gateway.realPath, target.gateway.upstream));
    const auto holder = lock.holder(context.stop);
    const QJsonObject facts {{u"run"_s, options.run}, {u"question"_s, question}};
    if (!holder || holder->run != options.run)
        throw Error(ErrorKind::NothingToApprove, facts);
    if (!holder->alive) // nobody is there to hear it: resume decides what becomes of the run
        throw Error(ErrorKind::RunUnfinished, facts);
    const DecisionMade made {question, choice, options.by.isEmpty() ? userName() : options.by,
        options.note};
    if (!leaveAnswer(host, gateway.stateDir, options.run, made, context.stop))
        throw Error(ErrorKind::NothingToApprove, facts);
    QJsonObject said {{u"type"_s, u"answered"_s}, {u"run"_s, options.run},
        {u"question"_s, question}, {u"choice"_s, choice}, {u"by"_s, made.by},
        {u"note"_s, made.note}};
    context.console.object(said);
    context.console.print({Cli::tr("Answered for %1: %2").arg(made.by, choiceName(choice))});
    return 0;
}

Subcommand& addAnswer(Subcommand& root, const QString& name, const QString& summary,
    const std::shared_ptr<AnswerOptions>& options)
{
    return root.under(name, summary)
        .word(u"RUN"_s, &options->run, true, Cli::tr("The run that waits; “status” names it."))
        .text("--by", &options->by, Cli::tr("NAME"),
            Cli::tr("Who decides (default: the user's name). It is recorded as said, and is no "
                    "access control."))
        .text("--note", &options->note, Cli::tr("TEXT"),
            Cli::tr("Why; it stands in the history and in the report."))
        .text("--saved", &options->target.name, Cli::tr("NAME"),
            Cli::tr("The saved target, where this data folder does not know the run."))
        .text("--target", &options->target.file, Cli::tr("FILE"),
            Cli::tr("Use this target file in its place."));
}

} // namespace

void addApprove(Subcommand& root)
{
    auto options = std::make_shared<AnswerOptions>();
    addAnswer(root, u"approve"_s, Cli::tr("Lets a red-black rollout that waits go on."), options)
        .about(Cli::tr("All traffic then switches to the new version. From any desktop that can "
                       "reach the gateway."))
        .example(u"gaplessctl approve 20261127-101500-q7w2 --by \"Lee\" --note \"checked the "
                 "orders page\""_s,
            Cli::tr("With a name and a reason:"))
        .does([options](Context& context) {
            return answer(context, *options, u"approve"_s, u"approve"_s);
        });
}

void addReject(Subcommand& root)
{
    auto options = std::make_shared<AnswerOptions>();
    addAnswer(root, u"reject"_s,
        Cli::tr("Ends a red-black rollout that waits; what served before goes on serving."), options)
        .does([options](Context& context) {
            return answer(context, *options, u"approve"_s, u"reject"_s);
        });
}

void addPromote(Subcommand& root)
{
    auto options = std::make_shared<AnswerOptions>();
    addAnswer(root, u"promote"_s, Cli::tr("Gives a canary its next share of the traffic now."),
        options)
        .flag("--pause", &options->pause, Cli::tr("Stay at this share until somebody promotes."))
        .flag("--abort", &options->abort, Cli::tr("Take the canary back."))
        .does([options](Context& context) {
            if (options->pause && options->abort)
                throw Error(ErrorKind::Usage,
                    {{u"text"_s, Cli::tr("give one of --pause and --abort")}});
            return answer(context, *options, u"promote"_s,
                options->abort       ? u"abort"_s
                    : options->pause ? u"pause"_s
                                     : u"promote"_s);
        });
}

void addPreview(Subcommand& root)
{
    auto options = std::make_shared<AnswerOptions>();
    root.under(u"preview"_s,
            Cli::tr("Opens a way to the version that waits outside nginx, on this machine."))
        .target(&options->target)
        .about(Cli::tr("Prints an address on loopback that leads to the new version, and holds it "
                       "open until Ctrl-C."))
        .does([options](Context& context) {
            const Target target = context.session.target(options->target);
            const Preview preview
                = openPreview(target, context.session.hosts(target, options->target), context.stop);
            context.console.object({{u"type"_s, u"preview"_s}, {u"slot"_s, preview.slot},
                {u"url"_s, preview.url.toString()}});
            context.console.print({Cli::tr("Slot %1: %2").arg(preview.slot, preview.url.toString())});
            while (context.session.clock().wait(1s, context.stop)) { }
            return 0;
        });
}

} // namespace gapless
