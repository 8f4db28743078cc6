// SPDX-License-Identifier: MIT
#include "app/cli/markdownreport.h"

#include "app/cli/commandline.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <QJsonArray>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace gapless {

namespace {

/// Text as text: on one line, with every character that Markdown or HTML would read escaped.
QString plain(const QString& text)
{
    static constexpr QStringView markup = u"\\`*_[]|~";
    static const QRegularExpression atStart(u"^([#+=>-]|\\d+(?=[.)]))"_s);
    QString escaped;
    for (const QChar c : printableLine(text)) {
        if (c == u'<')
            escaped += u"&lt;"_s;
        else if (c == u'&')
            escaped += u"&amp;"_s;
        else if (markup.contains(c))
            escaped += QString(u'\\') + c;
        else
            escaped += c;
    }
    // A heading, a list, a quotation or an underline only where a line begins with it.
    if (const auto match = atStart.match(escaped); match.hasMatch())
        escaped.insert(escaped.at(0).isDigit() ? match.capturedLength() : 0, u'\\');
    return escaped;
}

QString instant(const QDateTime& at)
{
    const QDateTime local = at.toLocalTime();
    return plain(local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODateWithMs));
}

QString row(const QStringList& cells)
{
    return u"| %1 |"_s.arg(cells.join(u" | "_s));
}

QStringList heading(const QStringList& cells)
{
    return {row(cells), u"|%1"_s.arg(u" --- |"_s.repeated(cells.size()))};
}

QStringList section(const QString& title, const QStringList& lines)
{
    return lines.isEmpty() ? QStringList()
                           : QStringList {QString(), u"## "_s + title, QString()} + lines;
}

QStringList bullets(const QStringList& texts)
{
    QStringList lines;
    for (const QString& text : texts)
        lines << u"- "_s + plain(text);
    return lines;
}

QStringList summaryOf(const RunState& state)
{
    const RunStarted& run = state.request;
    QStringList lines = heading({Cli::tr("Run"), plain(state.run)});
    const auto fact = [&](const QString& name, const QString& value) {
        if (!value.isEmpty())
            lines << row({name, value});
    };
    fact(Cli::tr("Target"), plain(run.target));
    fact(Cli::tr("Kind"), plain(kindName(run.kind)));
    fact(Cli::tr("Strategy"), plain(strategyName(run.strategy)));
    fact(Cli::tr("From"), plain(run.from));
    fact(Cli::tr("To"), plain(run.to));
    fact(Cli::tr("By"), plain(Cli::tr("%1 on %2", "person, machine").arg(run.by, run.machine)));
    fact(Cli::tr("Reason"), plain(run.reason));
    fact(Cli::tr("Started"), instant(state.started));
    if (state.finished.isValid())
        fact(Cli::tr("Finished"), instant(state.finished));
    fact(Cli::tr("Gapless"), plain(run.version));
    fact(Cli::tr("Plan"), plain(run.planHash));
    return lines;
}

QStringList outcomeOf(const RunState& state)
{
    if (!state.result)
        return {plain(Cli::tr("This run is not finished."))};
    const RunFinished& result = *state.result;
    QStringList lines {
        plain(sentence(result)), QString(), u"**"_s + plain(sentence(result.verdict)) + u"**"_s};
    if (!result.error.isEmpty()) {
        const Error error = errorFromJson(result.error);
        lines << QString() << plain(sentence(error)) << plain(remedy(error));
    }
    if (const QStringList notes = noteTexts(result.verdict); !notes.isEmpty())
        lines << QString() << bullets(notes);
    return lines;
}

QString stateOf(const StepState& step)
{
    switch (step.state) {
    case StepState::State::Done:
        return durationText(milliseconds(step.ms));
    case StepState::State::Failed:
        return Cli::tr("failed after %1").arg(durationText(milliseconds(step.ms)));
    case StepState::State::Running:
        break;
    }
    return Cli::tr("not finished");
}

QStringList stepsOf(const RunState& state)
{
    QStringList lines
        = heading({Cli::tr("Step"), Cli::tr("Slot"), Cli::tr("Began"), Cli::tr("Took")});
    for (const StepState& step : state.steps)
        lines << row({plain(stepName(step.step)), plain(step.slot), instant(step.started),
            plain(stateOf(step))});
    return state.steps.isEmpty() ? QStringList() : lines;
}

QStringList gapsOf(const RunState& state)
{
    QStringList texts;
    for (const GapSeen& seen : state.gaps)
        texts << sentence(EventBody(seen.gap));
    return bullets(texts);
}

QStringList warningsOf(const RunState& state)
{
    QStringList texts;
    for (const Warned& warned : state.warnings)
        texts << checkSentence(warned.check, warned.state, warned.facts);
    return bullets(texts);
}

QStringList decisionsOf(const RunState& state)
{
    QStringList texts;
    for (const Decision& decision : state.decisions)
        texts << questionText(decision.asked)
                + (decision.made ? u" "_s + sentence(EventBody(*decision.made)) : QString());
    for (const UndoState& undo : state.undos)
        texts << sentence(EventBody(undo.ran));
    return bullets(texts);
}

} // namespace

QString markdownReport(const RunState& state)
{
    QStringList lines {u"# "_s + plain(Cli::tr("Report of run %1").arg(state.run)), QString()};
    lines += summaryOf(state);
    lines += section(Cli::tr("Outcome"), outcomeOf(state));
    lines += section(Cli::tr("Steps"), stepsOf(state));
    lines += section(Cli::tr("Gaps"), gapsOf(state));
    lines += section(Cli::tr("Warnings before the rollout"), warningsOf(state));
    lines += section(Cli::tr("Decisions and undos"), decisionsOf(state));
    return lines.join(u'\n') + u'\n';
}

} // namespace gapless
