// SPDX-License-Identifier: MIT
#include "app/models/lanes.h"

#include "app/models/trafficlane.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <QCoreApplication>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Lanes)
};

double utcMs(const QDateTime& when)
{
    return double(when.toMSecsSinceEpoch());
}

QString briefTag(const QString& tag)
{
    return printableLine(tag.left(tag.lastIndexOf(u'_') + 9), 40);
}

LaneSpan::Fill fillOf(const QString& state)
{
    if (state == "starting"_L1 || state == "checking"_L1 || state == "warming"_L1
        || state == "ready"_L1)
        return LaneSpan::Fill::Rising;
    if (state == "draining"_L1 || state == "stopping"_L1)
        return LaneSpan::Fill::Falling;
    if (state == "stopped"_L1 || state == "out"_L1 || state == "removed"_L1)
        return LaneSpan::Fill::Empty;
    return LaneSpan::Fill::Solid;
}

/// Builds the lanes of one run.
class Builder {
public:
    Builder(const RunState& state, const QList<Event>& events, double nowMs)
        : m_state(state)
        , m_events(events)
        , m_nowMs(nowMs)
    {
    }
    Lanes build();

private:
    LaneSpan::Mark markOf(const QString& image) const
    {
        if (image.isEmpty())
            return LaneSpan::Mark::Neutral;
        return image == m_state.request.to && image != m_state.request.from ? LaneSpan::Mark::New
                                                                            : LaneSpan::Mark::Old;
    }
    void addGateway();
    QString evidenceOf(const StepState& step) const;
    void addSlots();
    void addProbes();
    void addConnections();
    void addSteps();
    void addGaps();
    LaneSpan stepSpan(int index) const;
    QString stepTitle(const StepState& step) const;

    const RunState& m_state;
    const QList<Event>& m_events;
    double m_nowMs;
    Lanes m_made;
};

void Builder::addGateway()
{
    Lane lane {Lane::Kind::Gateway, {}, Words::tr("Gateway"), {}, {}};
    for (const Event& event : m_events)
        if (const auto* proven = std::get_if<ReloadProven>(&event.body)) {
            LaneSpan span;
            span.toMs = utcMs(event.at);
            span.fromMs = span.toMs - double(proven->ms);
            span.mark = LaneSpan::Mark::Attribution;
            span.text = Words::tr("reload");
            span.description = sentence(event);
            span.seq = event.seq;
            if (!lane.spans.isEmpty())
                span.fromMs = std::max(span.fromMs, lane.spans.last().toMs);
            lane.spans.append(span);
        }
    m_made.lanes.append(lane);
}

void Builder::addSlots()
{
    for (const SlotState& slot : m_state.slots) {
        Lane lane {Lane::Kind::Slot, slot.name,
            Words::tr("Slot %1").arg(printableLine(slot.name, 20)), {}, {}};
        for (qsizetype i = 0; i < slot.history.size(); ++i) {
            const SlotSpan& now = slot.history[i];
            LaneSpan span;
            span.fromMs = utcMs(now.since);
            span.open = i + 1 == slot.history.size();
            span.toMs = span.open ? m_nowMs : utcMs(slot.history[i + 1].since);
            span.fill = fillOf(now.state);
            span.mark
                = span.fill == LaneSpan::Fill::Empty ? LaneSpan::Mark::Neutral : markOf(now.image);
            const QString state = slotStateName(now.state), tag = briefTag(now.image);
            span.text = tag.isEmpty() ? state : tag + u" · "_s + state + u'|' + state;
            span.description = tag.isEmpty()
                ? Words::tr("Slot %1: %2", "slot, state").arg(printableLine(slot.name), state)
                : Words::tr("Slot %1: %2, %3", "slot, state, tag")
                      .arg(printableLine(slot.name), state, tag);
            if (span.toMs > span.fromMs || span.open)
                lane.spans.append(span);
        }
        m_made.lanes.append(lane);
    }
}

QString Builder::stepTitle(const StepState& step) const
{
    return step.slot.isEmpty()
        ? stepName(step.step)
        : Words::tr("Slot %1: %2", "slot, step").arg(printableLine(step.slot), stepName(step.step));
}

LaneSpan Builder::stepSpan(int index) const
{
    const StepState& step = m_state.steps[index];
    LaneSpan span;
    span.fromMs = utcMs(step.started);
    span.open = !step.finished.isValid();
    span.toMs = span.open ? m_nowMs : utcMs(step.finished);
    span.mark = step.state == StepState::State::Failed ? LaneSpan::Mark::Failure
                                                       : LaneSpan::Mark::Neutral;
    span.text = stepName(step.step) + u'|' + step.step;
    const QString lasted = durationText(std::chrono::milliseconds(
        step.state == StepState::State::Running ? qint64(span.toMs - span.fromMs) : step.ms));
    span.description = step.state == StepState::State::Failed
        ? Words::tr("%1: failed after %2", "step, duration").arg(stepTitle(step), lasted)
        : Words::tr("%1: %2", "step, duration").arg(stepTitle(step), lasted);
    if (const QString evidence = evidenceOf(step); !evidence.isEmpty())
        span.description += u"\n"_s + evidence;
    span.step = index;
    span.seq = step.startedSeq;
    return span;
}

/// What a gate was told, and what a canary's comparison found.
QString Builder::evidenceOf(const StepState& step) const
{
    if (step.step != "approve"_L1 && step.step != "compare"_L1)
        return {};
    QStringList said;
    for (const Event& event : m_events) {
        if (event.seq < step.startedSeq || (step.finished.isValid() && event.at > step.finished))
            continue;
        const bool tells = step.step == "approve"_L1
            ? std::holds_alternative<DecisionMade>(event.body)
            : std::holds_alternative<CanaryCompared>(event.body);
        if (tells)
            said << sentence(event);
    }
    return said.join(u'\n');
}

void Builder::addSteps()
{
    for (int i = 0; i < int(m_state.steps.size()); ++i) {
        const StepState& step = m_state.steps[i];
        int lane = step.slot.isEmpty() ? -1 : m_made.find(Lane::Kind::Slot, step.slot);
        Lane& home = m_made.lanes[lane < 0 ? 0 : lane];
        const LaneSpan span = stepSpan(i);
        home.steps.append(span);
        if (!span.open || step.expectedMs <= 0)
            continue;
        LaneSpan ghost = span;
        ghost.fromMs = span.toMs;
        ghost.toMs = span.fromMs + double(step.expectedMs);
        ghost.fill = LaneSpan::Fill::Ghost;
        ghost.description
            = Words::tr("%1: usually %2", "step, duration")
                  .arg(stepTitle(step), durationText(std::chrono::milliseconds(step.expectedMs)));
        if (ghost.toMs > ghost.fromMs)
            home.steps.append(ghost);
    }
}

void Builder::addProbes()
{
    double before = 0;
    bool session = m_state.probes.sessionChecked > 0;
    for (const Event& event : m_events) {
        if (const auto* summary = std::get_if<ProbeSummary>(&event.body)) {
            const double at = utcMs(event.at);
            m_made.summaries.append(
                {before > 0 && at - before < 5000 ? before : at - 1000, at, summary->p50Ms,
                    summary->p99Ms, summary->maxMs, summary->sent + summary->keepAliveSent,
                    summary->failed + summary->keepAliveFailed});
            before = at;
        }
    }
    if (!m_made.summaries.isEmpty())
        m_made.lanes.append(Lane {Lane::Kind::Http, {}, Words::tr("HTTP"), {}, {}});
    if (session)
        m_made.lanes.append(Lane {Lane::Kind::Session, {}, Words::tr("Session"), {}, {}});
}

void Builder::addConnections()
{
    for (const ConnectionSeen& seen : m_state.connections) {
        Lane lane {Lane::Kind::Hub, QString::number(seen.connection),
            Words::tr("Hub %1").arg(seen.connection), {}, {}};
        for (qsizetype i = 0; i < seen.history.size(); ++i) {
            const ConnectionSeen::Span& now = seen.history[i];
            LaneSpan span;
            span.fromMs = utcMs(now.since);
            span.open = i + 1 == seen.history.size();
            span.toMs = span.open ? m_nowMs : utcMs(seen.history[i + 1].since);
            const QString where = now.slot.isEmpty()
                ? QString()
                : Words::tr("on %1", "a slot").arg(printableLine(now.slot, 20));
            if (now.state == "connected"_L1) {
                const SlotState* slot = m_state.slot(now.slot);
                QString image;
                if (slot)
                    for (const SlotSpan& was : slot->history)
                        if (was.since <= now.since && !was.image.isEmpty())
                            image = was.image;
                span.mark = markOf(image);
                span.text = where.isEmpty() ? Words::tr("connected")
                                            : Words::tr("connected") + u' ' + where + u'|' + where;
                span.description = Words::tr("Hub connection %1: connected %2", "number, on a slot")
                                       .arg(seen.connection)
                                       .arg(where);
            } else {
                const bool first = i == 0 && now.state == "connecting"_L1;
                span.fill = LaneSpan::Fill::Falling;
                span.mark = first ? LaneSpan::Mark::Neutral : LaneSpan::Mark::Failure;
                const QString lasted = millisecondsText(span.toMs - span.fromMs);
                span.text = first ? QString() : lasted;
                span.description = first
                    ? Words::tr("Hub connection %1: connecting").arg(seen.connection)
                    : Words::tr("Hub connection %1: gap of %2 (%3)", "number, duration, cause")
                          .arg(QString::number(seen.connection), lasted, printableLine(now.reason));
            }
            lane.spans.append(span);
        }
        m_made.lanes.append(lane);
    }
}

void Builder::addGaps()
{
    for (const GapSeen& seen : m_state.gaps) {
        GapLine line;
        line.gapToMs = utcMs(seen.at);
        line.gapFromMs = line.gapToMs - seen.gap.ms;
        line.stepMs = line.gapFromMs - double(seen.gap.sinceStepMs);
        const QString key = QString::number(seen.gap.connection);
        line.toLane = seen.gap.probe == "hub"_L1 ? m_made.find(Lane::Kind::Hub, key)
            : seen.gap.probe == "session"_L1     ? m_made.find(Lane::Kind::Session)
                                                 : m_made.find(Lane::Kind::Http);
        if (line.toLane < 0)
            continue;
        const QString lasted = millisecondsText(seen.gap.ms);
        if (seen.gap.after.isEmpty()) {
            line.text = lasted;
        } else {
            line.fromLane = seen.gap.afterSlot.isEmpty()
                ? 0
                : m_made.find(Lane::Kind::Slot, seen.gap.afterSlot);
            const QString step = stepName(seen.gap.after);
            line.text = Words::tr("%1, %2 after “%3”", "gap, time, step")
                            .arg(lasted, millisecondsText(double(seen.gap.sinceStepMs)), step);
        }
        m_made.gaps.append(line);
    }
    for (const Event& event : m_events)
        if (std::holds_alternative<Gap>(event.body))
            for (GapLine& line : m_made.gaps)
                if (line.seq == 0 && line.gapToMs == utcMs(event.at)) {
                    line.seq = event.seq;
                    break;
                }
}

Lanes Builder::build()
{
    if (!m_state.started.isValid())
        return {};
    m_made.fromMs = utcMs(m_state.started);
    m_nowMs
        = m_state.finished.isValid() ? utcMs(m_state.finished) : std::max(m_nowMs, m_made.fromMs);
    m_made.toMs = m_nowMs;
    m_made.running = m_state.running();
    addGateway();
    if (const auto traffic = trafficLane(m_state, m_events, m_nowMs))
        m_made.lanes.append(*traffic);
    addSlots();
    addSteps();
    addProbes();
    addConnections();
    addGaps();
    for (const Event& event : m_events)
        if (std::holds_alternative<TrafficChanged>(event.body)) {
            m_made.firstSwitchMs = utcMs(event.at);
            break;
        }
    return m_made;
}

} // namespace

const LaneSpan* Lane::at(double ms) const
{
    const auto after = std::upper_bound(spans.begin(), spans.end(), ms,
        [](double when, const LaneSpan& span) { return when < span.fromMs; });
    if (after == spans.begin())
        return nullptr;
    const LaneSpan& span = *std::prev(after);
    return ms <= span.toMs || span.open ? &span : nullptr;
}

Lanes Lanes::of(const RunState& state, const QList<Event>& events, double nowMs)
{
    return Builder(state, events, nowMs).build();
}

int Lanes::find(Lane::Kind kind, const QString& key) const
{
    for (int i = 0; i < int(lanes.size()); ++i)
        if (lanes[i].kind == kind && (key.isEmpty() || lanes[i].key == key))
            return i;
    return -1;
}

void Lanes::extendTo(double nowMs)
{
    if (!running || nowMs <= toMs)
        return;
    toMs = nowMs;
    for (Lane& lane : lanes) {
        if (!lane.spans.isEmpty() && lane.spans.last().open)
            lane.spans.last().toMs = nowMs;
        for (LaneSpan& step : lane.steps) {
            if (step.fill == LaneSpan::Fill::Ghost)
                step.fromMs = std::min(nowMs, step.toMs);
            else if (step.open)
                step.toMs = nowMs;
        }
    }
}

void Lanes::shift(double byMs)
{
    fromMs += byMs;
    toMs += byMs;
    if (firstSwitchMs)
        *firstSwitchMs += byMs;
    for (Lane& lane : lanes)
        for (QList<LaneSpan>* row : {&lane.spans, &lane.steps})
            for (LaneSpan& span : *row) {
                span.fromMs += byMs;
                span.toMs += byMs;
            }
    for (GapLine& gap : gaps) {
        gap.stepMs += byMs;
        gap.gapFromMs += byMs;
        gap.gapToMs += byMs;
    }
    for (SummaryPoint& point : summaries) {
        point.fromMs += byMs;
        point.toMs += byMs;
    }
}

QList<double> Lanes::troubles() const
{
    QList<double> found;
    for (const GapLine& gap : gaps)
        found.append(gap.gapFromMs);
    for (const SummaryPoint& point : summaries)
        if (point.failed > 0)
            found.append(point.fromMs);
    for (const Lane& lane : lanes)
        for (const LaneSpan& step : lane.steps)
            if (step.mark == LaneSpan::Mark::Failure)
                found.append(step.fromMs);
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace gapless
