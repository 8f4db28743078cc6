// SPDX-License-Identifier: MIT
#include "app/cli/rolloutcommand.h"

using namespace Qt::StringLiterals;

namespace gapless {

void addRollback(Subcommand& root)
{
    auto options = std::make_shared<RolloutOptions>();
    Subcommand& rollback
        = root.under(u"rollback"_s, Cli::tr("Goes back to the previous release, or to any tag."));
    options->addTo(rollback, true);
    rollback
        .text("--to", &options->tag, Cli::tr("TAG"),
            Cli::tr("Any tagged image on the hosts (default: the previous release)."))
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
            return runRolloutCommand(
                context, requestOf(context, *options, u"rollback"_s), *options, caution);
        });
}

} // namespace gapless
