// SPDX-License-Identifier: MIT
#include "app/cli/decider.h"

#include "app/cli/confirm.h"
#include "app/wording/wording.h"

using namespace Qt::StringLiterals;

namespace gapless {

DecisionMade TerminalDecider::decide(const DecisionAsked& question, std::stop_token stop)
{
    if (!m_console.canAsk())
        return {question.question, question.fallback, u"fallback"_s, u"noTerminal"_s};
    const Console::Asking asking(m_console);
    m_console.say(questionText(question));
    for (qsizetype i = 0; i < question.choices.size(); ++i)
        m_console.say(u"  %1  %2"_s.arg(i + 1).arg(choiceName(question.choices[i])));
    const qsizetype fallback = question.choices.indexOf(question.fallback);
    const QString prompt = fallback < 0
        ? Cli::tr("Choose 1 to %1:").arg(question.choices.size())
        : Cli::tr("Choose 1 to %1 (Enter: %2):").arg(question.choices.size()).arg(fallback + 1);
    while (true) {
        const auto answer = m_console.ask(prompt, u"--on-partial"_s, stop);
        if (!answer || (answer->isEmpty() && fallback >= 0))
            return {question.question, question.fallback, answer ? userName() : u"fallback"_s, {}};
        const int number = answer->toInt();
        if (number >= 1 && number <= question.choices.size())
            return {question.question, question.choices[number - 1], userName(), {}};
        if (question.choices.contains(*answer))
            return {question.question, *answer, userName(), {}};
    }
}

} // namespace gapless
