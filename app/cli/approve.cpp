// SPDX-License-Identifier: MIT
// What a run waits for, answered from any desktop: approve, reject, promote; and a look at what waits.
#include "app/cli/liverun.h"
#include "app/cli/session.h"
#include "app/wording/wording.h"
#include "engine/rollout/preview.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

struct AnswerOptions {
    LiveRunOptions run;
    bool pause = false, abort = false;
};

int answer(Context& context, const AnswerOptions& options, const QString& question,
    const QString& choice)
{
    const LiveRun run = liveRun(context, options.run, question);
    const DecisionMade made = leave(context, run, options.run, question, choice);
    context.console.print({Cli::tr("Answered for %1: %2").arg(made.by, choiceName(choice))});
    return 0;
}

Subcommand& addAnswer(Subcommand& root, const QString& name, const QString& summary,
    const std::shared_ptr<AnswerOptions>& options)
{
    Subcommand& command = root.under(name, summary);
    options->run.addTo(command);
    return command;
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
        .target(&options->run.target)
        .about(Cli::tr("Prints an address on loopback that leads to the new version, and holds it "
                       "open until Ctrl-C."))
        .does([options](Context& context) {
            const Target target = context.session.target(options->run.target);
            const Preview preview
                = openPreview(target, context.session.hosts(target, options->run.target), context.stop);
            context.console.object({{u"type"_s, u"preview"_s}, {u"slot"_s, preview.slot},
                {u"url"_s, preview.url.toString()}});
            context.console.print({Cli::tr("Slot %1: %2").arg(preview.slot, preview.url.toString())});
            while (context.session.clock().wait(1s, context.stop)) { }
            return 0;
        });
}

} // namespace gapless
