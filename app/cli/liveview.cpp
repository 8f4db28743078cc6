// SPDX-License-Identifier: MIT
#include "app/cli/liveview.h"

#include "app/cli/commandline.h"
#include "app/cli/console.h"
#include "app/cli/textlayout.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace gapless {

namespace {

/// A line before it is coloured, so that its width can be measured.
struct Line {
    QString text;
    QString (*paint)(const QString&, bool) = nullptr;
};

QString clock(qint64 ms)
{
    const qint64 seconds = ms / 1000;
    return u"%1:%2"_s.arg(seconds / 60, 2, 10, QChar(u'0')).arg(seconds % 60, 2, 10, QChar(u'0'));
}

QString took(qint64 ms)
{
    return durationText(milliseconds(ms));
}

Line header(const RunState& state, const QDateTime& now, int columns)
{
    const RunStarted& run = state.request;
    QString left = u"%1 · %2"_s.arg(kindName(run.kind), printableLine(run.target));
    if (!run.to.isEmpty())
        left += run.from.isEmpty()
            ? u" · "_s + printableLine(run.to)
            : u" · %1 → %2"_s.arg(printableLine(run.from), printableLine(run.to));
    const QDateTime until = state.finished.isValid() ? state.finished : now;
    const QString right = clock(std::max<qint64>(0, state.started.msecsTo(until)));
    const int room = columns - int(right.size()) - 1;
    return {layout::padded(layout::elided(left, room), room) + u' ' + right, paint::bold};
}

Line stepLine(const StepState& step, const RunState& state, const QDateTime& now)
{
    const QString indent = step.slot.isEmpty() ? QString() : u"  "_s;
    const QString name = layout::padded(stepName(step.step), 30 - int(indent.size()));
    switch (step.state) {
    case StepState::State::Done:
        return {u"%1✓ %2 %3"_s.arg(indent, name, took(step.ms)), nullptr};
    case StepState::State::Failed:
        return {u"%1✗ %2 %3"_s.arg(indent, name, took(step.ms)), paint::red};
    case StepState::State::Running:
        break;
    }
    QString time = took(std::max<qint64>(0, step.started.msecsTo(now)));
    if (step.expectedMs > 0)
        time = Cli::tr("%1 of about %2", "time so far, time expected")
                   .arg(time, took(step.expectedMs));
    QString text = u"%1▸ %2 %3"_s.arg(indent, name, time);
    if (state.waiting && state.waiting->step == step.step && state.waiting->slot == step.slot)
        text += u"  "_s + sentence(*state.waiting);
    return {text, paint::blue};
}

/// "✓ Slot A: hash_2 (9 steps, 6.2 s)" in place of the steps of a slot that is done.
Line slotDone(const QString& slot, const RunState& state, int steps, qint64 ms)
{
    const SlotState* known = state.slot(slot);
    const QString image = known ? printableLine(known->image) : QString();
    return {Cli::tr("✓ Slot %1: %2 (%3, %4)", "slot, image, steps, time")
                .arg(printableLine(slot), image, Cli::tr("%n step(s)", nullptr, steps), took(ms)),
        nullptr};
}

/// The steps in the order in which they began; a slot whose turn is over is one line.
QList<Line> stepLines(const RunState& state, const QDateTime& now)
{
    QList<Line> lines;
    const QList<StepState>& steps = state.steps;
    for (qsizetype i = 0; i < steps.size();) {
        const QString& slot = steps[i].slot;
        qsizetype end = i;
        bool whole = !slot.isEmpty();
        qint64 ms = 0;
        for (; end < steps.size() && steps[end].slot == slot; ++end) {
            whole = whole && steps[end].state == StepState::State::Done;
            ms += steps[end].ms;
        }
        if (whole && end < steps.size()) {
            lines << slotDone(slot, state, int(end - i), ms);
        } else {
            if (!slot.isEmpty())
                lines << Line {Cli::tr("Slot %1").arg(printableLine(slot)), paint::bold};
            for (qsizetype at = i; at < end; ++at)
                lines << stepLine(steps[at], state, now);
        }
        i = end;
    }
    return lines;
}

std::optional<Line> witnessLine(const RunState& state)
{
    const ProbeTotals& seen = state.probes;
    if (seen.sent == 0 && seen.connected == 0 && state.connections.isEmpty())
        return std::nullopt;
    QStringList parts {
        Cli::tr("%1 of %2 requests failed").arg(countText(seen.failed), countText(seen.sent)),
        Cli::tr("p99 %1").arg(millisecondsText(seen.last.p99Ms))};
    if (!state.connections.isEmpty() || seen.connected > 0)
        parts << Cli::tr("%n hub client(s)", nullptr, seen.connected);
    if (!state.gaps.isEmpty())
        parts << Cli::tr("longest gap %1").arg(millisecondsText(state.longestGapMs()));
    if (seen.hubSent > 0)
        parts << Cli::tr("%1 of %2 messages lost")
                     .arg(countText(seen.hubLost), countText(seen.hubSent));
    const bool bad = seen.failed > 0 || seen.sessionLost > 0 || seen.hubLost > 0;
    return Line {Cli::tr("Witness: %1").arg(parts.join(u" · "_s)), bad ? paint::red : paint::green};
}

std::optional<Line> routingLine(const RunState& state)
{
    QStringList parts;
    for (const SlotState& slot : state.slots) {
        const QString image = slot.image.isEmpty() ? slot.imageBefore : slot.image;
        const QString how = slot.state.isEmpty() ? QString() : slotStateName(slot.state);
        parts << QStringList {printableLine(slot.name), printableLine(image), how}
                     .filter(QRegularExpression(u"."_s))
                     .join(u' ');
    }
    if (parts.isEmpty())
        return std::nullopt;
    return Line {parts.join(u" · "_s), paint::faint};
}

} // namespace

QStringList LiveView::lines(const RunState& state, const QDateTime& now) const
{
    if (!state.started.isValid())
        return {};
    QList<Line> steps = stepLines(state, now);
    QList<Line> below;
    if (const auto line = routingLine(state))
        below << *line;
    if (const auto line = witnessLine(state))
        below << *line;
    // One row is the cursor's, one the header's; what is beneath gives way before the last step.
    const qsizetype room = std::max<qsizetype>(1, rows - 2 - below.size());
    if (steps.size() > room)
        steps = steps.mid(steps.size() - room);
    while (!below.isEmpty() && 1 + steps.size() + below.size() >= rows)
        below.removeFirst();
    QStringList drawn;
    for (const Line& line : QList<Line> {header(state, now, columns)} + steps + below) {
        const QString text = layout::elided(line.text, columns);
        drawn << (line.paint ? line.paint(text, color) : text);
    }
    return drawn;
}

} // namespace gapless
