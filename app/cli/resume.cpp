// SPDX-License-Identifier: MIT
#include "app/cli/recoverycommand.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct ResumeOptions {
    RecoveryOptions recovery;
    bool finish = false, restore = false, leave = false;
};

QString choiceOf(const ResumeOptions& options)
{
    if (int(options.finish) + int(options.restore) + int(options.leave) > 1)
        throw Error(ErrorKind::Usage,
            {{u"text"_s, Cli::tr("give one of --finish, --restore and --leave")}});
    return options.finish ? u"finish"_s
        : options.restore ? u"restore"_s
        : options.leave   ? u"leave"_s
                          : QString();
}

} // namespace

void addResume(Subcommand& root)
{
    auto options = std::make_shared<ResumeOptions>();
    Subcommand& resume
        = root.under(u"resume"_s, Cli::tr("Brings an interrupted run to a defined end."));
    options->recovery.addTo(resume);
    resume
        .flag("--finish", &options->finish,
            Cli::tr("Bring every slot to the new release; where that fails, restore."))
        .flag("--restore", &options->restore, Cli::tr("Bring every slot back to the old release."))
        .flag("--leave", &options->leave,
            Cli::tr("Leave the containers and nginx as they are; only take the lock away."))
        .about(Cli::tr("Looks at docker and nginx first, says what each slot is like, and asks. "
                       "--yes alone finishes when the new slot is ready, else restores. Refused "
                       "while the run's owner gives signs of life."))
        .rollsOut()
        .does([options](Context& context) {
            return runRecoveryCommand(context, options->recovery, choiceOf(*options));
        });
}

} // namespace gapless
