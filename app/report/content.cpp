// SPDX-License-Identifier: MIT
#include "app/report/content.h"

#include "app/wording/text.h"
#include "app/wording/wording.h"

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace gapless::report {

namespace {

QString ms(double value)
{
    return millisecondsText(value);
}

QString failedOf(qint64 failed, qint64 sent)
{
    return Report::tr("%1 of %2 failed").arg(countText(failed), countText(sent));
}

QString howLong(const StepState& step)
{
    switch (step.state) {
    case StepState::State::Done:
        return durationText(milliseconds(step.ms));
    case StepState::State::Failed:
        return Report::tr("failed after %1").arg(durationText(milliseconds(step.ms)));
    case StepState::State::Running:
        break;
    }
    return Report::tr("not finished");
}

QString slotText(const QString& before, const QString& after)
{
    if (before == after || after.isEmpty())
        return printableLine(before);
    return Report::tr("%1, then %2", "slot, slot")
        .arg(before.isEmpty() ? u"?"_s : printableLine(before), printableLine(after));
}

} // namespace

QString localTime(const ReportRecord& record, const QDateTime& at)
{
    if (!at.isValid())
        return {};
    const QDateTime local = at.toTimeZone(record.zone);
    const int minutes = local.offsetFromUtc() / 60;
    return local.toString(u"yyyy-MM-dd HH:mm:ss.zzz "_s) + (minutes < 0 ? u'-' : u'+')
        + QTime(std::abs(minutes) / 60, std::abs(minutes) % 60).toString(u"HH:mm"_s);
}

QString shortTime(const ReportRecord& record, const QDateTime& at)
{
    return at.isValid() ? at.toTimeZone(record.zone).toString(u"HH:mm:ss.zzz"_s) : QString();
}

QString utcTime(const QDateTime& at)
{
    return at.isValid() ? at.toUTC().toString(Qt::ISODateWithMs) : QString();
}

Section summarySection(const ReportRecord& record)
{
    const RunState& state = record.state;
    const RunStarted& run = state.request;
    Section section {Report::tr("Result"), {}};
    if (state.result) {
        section.add(Paragraph {sentence(state.result->verdict), true});
        section.add(Paragraph {sentence(*state.result)});
        if (!state.result->error.isEmpty()) {
            const Error error = errorFromJson(state.result->error);
            section.add(Paragraph {sentence(error)});
            section.add(Paragraph {remedy(error)});
            if (const QString detail = printable(error.detail); !detail.isEmpty())
                section.add(Quoted {detail.split(u'\n')});
        }
    } else {
        section.add(
            Paragraph {Report::tr("This run is not finished, or its end was not recorded."), true});
    }
    const auto instant = [&](const QDateTime& at) {
        return at.isValid() ? u"%1 (%2)"_s.arg(localTime(record, at), utcTime(at)) : QString();
    };
    Facts facts;
    facts.add(Report::tr("Run"), printableLine(state.run));
    facts.add(Report::tr("Target"), printableLine(run.target));
    facts.add(Report::tr("What"),
        Report::tr("%1, %2", "kind of run, strategy")
            .arg(kindName(run.kind), strategyName(run.strategy)));
    facts.add(Report::tr("From"), printableLine(run.from));
    facts.add(Report::tr("To"), printableLine(run.to));
    facts.add(Report::tr("Serving before"), servingText(run.serving));
    if (state.result)
        facts.add(Report::tr("Serving afterwards"), servingText(state.result->serving));
    facts.add(Report::tr("Who"),
        Report::tr("%1 on %2", "person, machine")
            .arg(printableLine(run.by), printableLine(run.machine)));
    facts.add(Report::tr("How that was established"),
        Report::tr("It is the account that ran Gapless, as that machine's operating system names "
                   "it. How it logged in to each host is under “Hosts and clocks”."));
    facts.add(Report::tr("Why"),
        run.reason.isEmpty() ? Report::tr("no reason was given") : printableLine(run.reason, 4000));
    facts.add(Report::tr("Began"), instant(state.started));
    facts.add(Report::tr("Ended"), instant(state.finished));
    if (state.finished.isValid())
        facts.add(
            Report::tr("Took"), durationText(milliseconds(state.started.msecsTo(state.finished))));
    facts.add(Report::tr("Time zone"), QString::fromLatin1(record.zone.id()));
    facts.add(Report::tr("Approved plan"), printableLine(run.planHash));
    facts.add(Report::tr("Gapless that ran it"), printableLine(run.version));
    facts.add(Report::tr("Event stream"),
        Report::tr("%1 events, SHA-256 %2").arg(countText(record.events.size()), record.sha256));
    facts.add(Report::tr("This report"),
        Report::tr("made %1 by Gapless %2", "time, version")
            .arg(localTime(record, record.madeAt), printableLine(record.version)));
    section.add(facts);
    return section;
}

Section numbersSection(const ReportRecord& record)
{
    Section section {Report::tr("What users saw"), {}};
    if (!record.state.result)
        return section;
    const Verdict& verdict = record.state.result->verdict;
    Facts facts;
    facts.add(Report::tr("Verdict"), verdictWord(verdict.word));
    facts.add(Report::tr("Clean"), verdict.clean ? Report::tr("yes") : Report::tr("no"));
    if (const auto& http = verdict.http) {
        facts.add(
            Report::tr("Requests, each on a new connection"), failedOf(http->failed, http->sent));
        facts.add(Report::tr("Their time: median, 99th percentile, longest"),
            u"%1 · %2 · %3"_s.arg(ms(http->p50Ms), ms(http->p99Ms), ms(http->maxMs)));
        facts.add(Report::tr("Requests on kept connections"),
            failedOf(http->keepAliveFailed, http->keepAliveSent));
    } else {
        facts.add(Report::tr("Requests"), Report::tr("not measured"));
    }
    facts.add(Report::tr("Sessions"),
        verdict.session
            ? Report::tr("%1 of %2 lost")
                  .arg(countText(verdict.session->lost), countText(verdict.session->checked))
            : Report::tr("not measured"));
    if (const auto& hub = verdict.signalr) {
        facts.add(Report::tr("Hub clients"), countText(hub->connections));
        facts.add(Report::tr("Reconnects"), countText(hub->reconnects));
        facts.add(Report::tr("Clients disconnected for good"), countText(hub->closed));
        facts.add(Report::tr("Longest gap"), ms(hub->maxGapMs));
        facts.add(Report::tr("Longest silence"), ms(hub->silenceMs));
        facts.add(Report::tr("Messages: sent, lost, duplicated, out of order"),
            u"%1 · %2 · %3 · %4"_s.arg(countText(hub->sent), countText(hub->lost),
                countText(hub->duplicated), countText(hub->outOfOrder)));
    } else {
        facts.add(Report::tr("Hub clients"), Report::tr("not measured"));
    }
    section.add(facts);
    if (const QStringList notes = noteTexts(verdict); !notes.isEmpty())
        section.add(Bullets {notes});
    return section;
}

Section timelineSection(const ReportRecord& record)
{
    Section section {Report::tr("Timeline"), {}};
    Drawing drawing = timelineOf(record);
    if (drawing.width > 0)
        section.add(Figure {std::move(drawing)});
    return section;
}

Section gapsSection(const ReportRecord& record)
{
    Section section {Report::tr("Gaps"), {}};
    Table table {{Report::tr("Over at"), Report::tr("Seen by"), Report::tr("Gap"),
                     Report::tr("Cause"), Report::tr("Just before it"), Report::tr("Slot"),
                     Report::tr("Attempt"), Report::tr("Lost")},
        {}};
    for (const GapSeen& seen : record.state.gaps) {
        const Gap& gap = seen.gap;
        QString before = gap.after.isEmpty() ? QString() : stepName(gap.after);
        if (!gap.afterSlot.isEmpty())
            before
                = Report::tr("Slot %1: %2", "slot, step").arg(printableLine(gap.afterSlot), before);
        if (!before.isEmpty())
            before = Report::tr("%1 (%2 earlier)", "step, time")
                         .arg(before, durationText(milliseconds(gap.sinceStepMs)));
        table.rows.append({shortTime(record, seen.at),
            gap.probe == u"hub" ? Report::tr("hub client %1").arg(gap.connection)
                                : printableLine(gap.probe).toUpper(),
            ms(gap.ms), printableLine(gap.cause), before, slotText(gap.slotBefore, gap.slotAfter),
            gap.attempt > 0 ? countText(gap.attempt) : QString(), countText(gap.lost)});
    }
    if (!table.rows.isEmpty())
        section.add(table);
    else if (record.state.witness)
        section.add(Paragraph {Report::tr("None was seen.")});
    return section;
}

Section stepsSection(const ReportRecord& record)
{
    Section section {Report::tr("Steps"), {}};
    Table table {
        {Report::tr("Began"), Report::tr("Slot"), Report::tr("Step"), Report::tr("Took")}, {}};
    for (const StepState& step : record.state.steps) {
        QString took = howLong(step);
        if (!step.error.isEmpty())
            took += u": "_s + sentence(errorFromJson(step.error));
        table.rows.append(
            {shortTime(record, step.started), printableLine(step.slot), stepName(step.step), took});
    }
    if (!table.rows.isEmpty())
        section.add(table);
    return section;
}

Document contentOf(const ReportRecord& record)
{
    Document document {
        Report::tr("No-disconnect report of run %1").arg(printableLine(record.state.run)),
        record.language, {}};
    for (const auto& make : {summarySection, numbersSection, timelineSection, gapsSection,
             stepsSection, versionsSection, hostsSection, stopsSection, warningsSection,
             decisionsSection, evidenceSection, methodSection, limitsSection, proofSection})
        if (Section section = make(record); !section.blocks.isEmpty())
            document.sections.append(std::move(section));
    return document;
}

} // namespace gapless::report
