// SPDX-License-Identifier: MIT
#include "app/cli/decider.h"
#include "app/cli/rolloutcommand.h"
#include "app/cli/session.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"
#include "engine/rollout/creation.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct RollbackOptions : RolloutOptions {
    bool recorded = false;
};

/// The request with the options that the release last ran with; says what that changes.
RolloutRequest withRecorded(Context& context, RolloutRequest request, const RolloutOptions& options)
{
    if (request.tag.isEmpty())
        request.tag = planOf(context, request, options).to;
    Session& session = context.session;
    TerminalDecider decider(context.console);
    const ReleaseThen then = releaseThen(request.target, request.tag,
        {.hosts = session.hosts(request.target, options.target),
            .journal = session.journal(),
            .clock = session.clock(),
            .decider = decider},
        context.stop);
    if (!then.canUseRecorded) {
        context.console.say(then.known
                ? Cli::tr("%1 last ran with the target's own options.").arg(printableLine(then.tag))
                : Cli::tr("No run noted the options of %1; the target's own are used.")
                      .arg(printableLine(then.tag)));
        return request;
    }
    for (const ConfigurationDiffers& changed : then.changes)
        context.console.say(sentence(EventBody(changed)));
    if (!then.lost.isEmpty())
        context.console.say(Cli::tr("The values of these variables were not kept: %1")
                                .arg(printableLine(then.lost.join(u", "_s))));
    request.target = then.recorded;
    return request;
}

} // namespace

void addRollback(Subcommand& root)
{
    auto options = std::make_shared<RollbackOptions>();
    Subcommand& rollback
        = root.under(u"rollback"_s, Cli::tr("Goes back to the previous release, or to any tag."));
    options->addTo(rollback, true);
    rollback
        .text("--to", &options->tag, Cli::tr("TAG"),
            Cli::tr("Any tagged image on the hosts (default: the previous release)."))
        .flag("--recorded", &options->recorded,
            Cli::tr("Use the options that the release last ran with, as a run noted them, in place "
                    "of the target's. Files on the hosts stay as they are."))
        .about(Cli::tr("The previous release is the newest that succeeded and served before this "
                       "one, never one that was rolled back from. Nothing is built. A rollback to "
                       "it asks for one confirmation, never for typing."))
        .about(Cli::tr("Where nothing healthy serves, all slots are replaced at once, by the "
                       "fastest path."))
        .example(u"gaplessctl rollback chat"_s, Cli::tr("To the previous release:"))
        .rollsOut()
        .does([options](Context& context) {
            const Caution caution
                = options->tag.isEmpty() ? Caution::OneConfirmation : Caution::Full;
            RolloutRequest request = requestOf(context, *options, u"rollback"_s);
            if (options->recorded)
                request = withRecorded(context, std::move(request), *options);
            return runRolloutCommand(context, std::move(request), *options, caution);
        });
}

} // namespace gapless
