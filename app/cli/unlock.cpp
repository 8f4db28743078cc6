// SPDX-License-Identifier: MIT
#include "app/cli/recoverycommand.h"

using namespace Qt::StringLiterals;

namespace gapless {

void addUnlock(Subcommand& root)
{
    auto options = std::make_shared<RecoveryOptions>();
    Subcommand& unlock
        = root.under(u"unlock"_s, Cli::tr("Takes away the lock that a dead run has left."));
    options->addTo(unlock);
    unlock
        .about(Cli::tr("Changes neither containers nor nginx; “gaplessctl resume” does. The dead "
                       "run can change nothing more, should it come back. Refused while its owner "
                       "gives signs of life."))
        .rollsOut()
        .does([options](Context& context) {
            return runRecoveryCommand(context, *options, u"unlock"_s);
        });
}

} // namespace gapless
