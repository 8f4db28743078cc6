// SPDX-License-Identifier: MIT
#include "app/models/runfeed.h"

#include "app/wording/text.h"
#include "app/wording/wording.h"

using namespace Qt::StringLiterals;

namespace gapless {

void RunFeed::begin(Kind kind)
{
    m_state = {};
    m_events.clear();
    m_log.clear();
    m_samples.clear();
    m_startMs = m_endMs = 0;
    m_kind = kind;
    Q_EMIT begun();
}

void RunFeed::append(const QList<Event>& events)
{
    const qsizetype first = m_events.size(), firstLine = m_log.count();
    for (const Event& event : events)
        if (event.seq > m_state.lastSeq)
            take(event);
    if (m_events.size() > first || m_log.count() > firstLine)
        Q_EMIT appended(first, firstLine);
}

void RunFeed::appendSamples(qint64 zeroUtcMs, const QList<Sample>& samples)
{
    if (samples.isEmpty())
        return;
    m_samples.add(zeroUtcMs, samples);
    Q_EMIT samplesArrived();
}

void RunFeed::setNow(qint64 utcMs)
{
    if (utcMs <= m_endMs || m_startMs == 0)
        return;
    m_endMs = utcMs;
    Q_EMIT nowChanged();
}

void RunFeed::setKind(Kind kind)
{
    if (std::exchange(m_kind, kind) != kind)
        Q_EMIT kindChanged();
}

void RunFeed::take(const Event& event)
{
    m_state = apply(std::move(m_state), event);
    const qint64 at = event.at.toMSecsSinceEpoch();
    if (m_startMs == 0)
        m_startMs = at;
    m_endMs = std::max(m_endMs, at);
    if (!std::holds_alternative<OutputLine>(event.body))
        m_events.append(event);
    logOf(event);
}

void RunFeed::addLine(const Event& event, LogLine::Kind kind, const QString& text)
{
    // Inside steps that nest, the line belongs to the innermost.
    const StepState* step = m_state.currentStep();
    if (!step && !m_state.steps.isEmpty() && kind == LogLine::Kind::Failure)
        step = &m_state.steps.last();
    m_log.add({event.at.toMSecsSinceEpoch(),
                  step ? qint32(step - m_state.steps.constData()) : qint32(-1), kind},
        printableLine(text, 4000));
}

void RunFeed::logOf(const Event& event)
{
    using Line = LogLine::Kind;
    if (const auto* line = std::get_if<OutputLine>(&event.body)) {
        addLine(event, line->stream == "err"_L1 ? Line::ErrorOutput : Line::Output, line->text);
    } else if (const auto* ran = std::get_if<CommandRan>(&event.body)) {
        addLine(event, ran->exit == 0 ? Line::Command : Line::FailedCommand,
            u"%1 $ %2"_s.arg(ran->host, ran->command));
    } else if (std::holds_alternative<HealthAnswered>(event.body)) {
        addLine(event, Line::Health, sentence(event));
    } else if (std::holds_alternative<StepStarted>(event.body)) {
        addLine(event, Line::Step, sentence(event));
    } else if (const auto* failed = std::get_if<StepFailed>(&event.body)) {
        addLine(event, Line::Failure, sentence(event));
        const QString detail = errorFromJson(failed->error).detail;
        for (const QString& text : detail.split(u'\n', Qt::SkipEmptyParts))
            addLine(event, Line::ErrorOutput, text);
    } else if (const auto* kept = std::get_if<SlotEvidence>(&event.body)) {
        for (const QString& text : kept->log + kept->health)
            addLine(event, Line::Output, text);
    }
}

} // namespace gapless
