// SPDX-License-Identifier: MIT
#include "app/cli/confirm.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

void confirmByName(Context& context, const Target& target, const ConfirmOptions& answers)
{
    const Error notConfirmed(ErrorKind::ProtectionNotConfirmed, {{u"target"_s, target.name}});
    QString typed = answers.name;
    if (typed.isEmpty()) {
        if (!context.console.canAsk())
            throw notConfirmed;
        const auto answer = context.console.ask(
            Cli::tr("Type the target's name, %1, to go on:").arg(target.name), {}, context.stop);
        if (!answer)
            throw Cancelled();
        typed = *answer;
    }
    // Two ways to compose one character are one name.
    if (typed.normalized(QString::NormalizationForm_C)
        != target.name.normalized(QString::NormalizationForm_C))
        throw notConfirmed;
}

QString reasonFor(Context& context, const ConfirmOptions& answers)
{
    if (!answers.reason.trimmed().isEmpty())
        return answers.reason.trimmed();
    while (true) {
        const auto reason
            = context.console.ask(Cli::tr("Reason:"), u"--reason TEXT"_s, context.stop);
        if (!reason)
            throw Cancelled();
        if (!reason->isEmpty())
            return *reason;
    }
}

void confirmByYes(Context& context, const Target& target, const ConfirmOptions& answers)
{
    if (answers.yes)
        return;
    if (!answers.name.isEmpty()) {
        confirmByName(context, target, answers);
        return;
    }
    if (!askYesNo(context, Cli::tr("Go on with %1?").arg(target.name), u"--yes"_s))
        throw Cancelled();
}

} // namespace

bool askYesNo(Context& context, const QString& question, const QString& option)
{
    const auto answer
        = context.console.ask(Cli::tr("%1 [y/N]").arg(question), option, context.stop);
    if (!answer)
        throw Cancelled();
    const QString said = answer->toLower();
    return said == "y"_L1 || said == "yes"_L1 || said == Cli::tr("yes", "typed as an answer");
}

QString confirm(Context& context, const Target& target, Caution caution,
    const ConfirmOptions& answers, const std::function<QStringList()>& summary)
{
    if (target.protection == Protection::ReadOnly)
        throw Error(ErrorKind::ReadOnlyTarget, {{u"target"_s, target.name}});
    if (target.protection == Protection::Open)
        return answers.reason;
    const bool byYes
        = target.protection == Protection::Confirm || caution == Caution::OneConfirmation;
    const bool answered = !answers.name.isEmpty() || (byYes && answers.yes);
    if (!answered && context.console.canAsk())
        for (const QString& line : summary())
            context.console.say(line);
    if (byYes) {
        confirmByYes(context, target, answers);
        return answers.reason;
    }
    confirmByName(context, target, answers);
    return reasonFor(context, answers);
}

} // namespace gapless
