// SPDX-License-Identifier: MIT
#include "app/report/content.h"

#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <cmath>

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace gapless::report {

namespace {

constexpr double leftEdge = 110, plotWidth = 870, rightEdge = leftEdge + plotWidth;
constexpr double laneHeight = 22, trafficHeight = 5, httpHeight = 70, hubHeight = 9, spacing = 8;
constexpr int hubLanesDrawn = 24;

namespace color {
const QString ink = u"#1f2933"_s, faint = u"#7b8794"_s, grid = u"#d9dee4"_s;
const QString step = u"#9db8d9"_s, failed = u"#c0392b"_s, undo = u"#e0b080"_s;
const QString up = u"#2e7d5b"_s, down = u"#b8bfc8"_s;
const QString usual = u"#5b8fc7"_s, slow = u"#c5d8ee"_s;
const QString odd = u"#2e7d5b"_s, even = u"#6a5aa8"_s, unknown = u"#8796a5"_s;
} // namespace color

/// How far a text reaches, roughly: Han characters are as wide as they are high.
double widthOf(const QString& text, double size)
{
    double width = 0;
    for (const QChar c : text)
        width += size * (c.unicode() > 0x2e80 ? 1.0 : 0.58);
    return width;
}

class Timeline {
public:
    explicit Timeline(const ReportRecord& record)
        : m_record(record)
        , m_state(record.state)
        , m_begin(record.state.started)
        , m_end(record.state.finished.isValid() ? record.state.finished : record.state.lastAt)
    {
    }

    Drawing draw()
    {
        if (!m_begin.isValid() || m_state.steps.isEmpty())
            return {};
        m_y = 30;
        stepLane(Report::tr("Run"), QString());
        for (const SlotState& slot : m_state.slots) {
            stepLane(Report::tr("Slot %1").arg(printableLine(slot.name, 12)), slot.name);
            trafficLane(slot);
        }
        http();
        hubs();
        axis();
        Drawing drawing {rightEdge + 20, m_y + 4, description(), m_grid + m_shapes};
        return drawing;
    }

private:
    double x(const QDateTime& at) const
    {
        const double whole = std::max<double>(1, double(m_begin.msecsTo(m_end)));
        return leftEdge + plotWidth * std::clamp(double(m_begin.msecsTo(at)) / whole, 0.0, 1.0);
    }
    void box(const QDateTime& from, const QDateTime& to, double y, double height,
        const QString& fill, const QString& title)
    {
        const double left = x(from);
        m_shapes.append(Drawing::Box {
            {left, y, std::max(1.0, x(to.isValid() ? to : m_end) - left), height}, fill, title});
    }
    void label(double atX, double y, const QString& text, Drawing::Label::Anchor anchor,
        const QString& fill = color::ink, double size = 11)
    {
        m_shapes.append(Drawing::Label {{atX, y}, text, anchor, size, fill});
    }
    void name(const QString& text, double height)
    {
        label(leftEdge - 8, m_y + height / 2 + 4, text, Drawing::Label::Anchor::End);
    }

    void stepLane(const QString& title, const QString& slot)
    {
        name(title, laneHeight);
        for (const StepState& step : m_state.steps) {
            if (step.slot != slot)
                continue;
            const bool failed = step.state == StepState::State::Failed;
            const QString what = stepName(step.step);
            const QString fill = failed   ? color::failed
                : step.step == u"restore" ? color::undo
                                          : color::step;
            box(step.started, step.finished, m_y, laneHeight - 4, fill,
                u"%1: %2"_s.arg(what, durationText(milliseconds(step.ms))));
            const double left = x(step.started);
            const double room = x(step.finished.isValid() ? step.finished : m_end) - left;
            if (widthOf(what, 10) + 6 < room)
                label(left + 3, m_y + 13, what, Drawing::Label::Anchor::Start,
                    failed ? u"#ffffff"_s : color::ink, 10);
        }
        m_y += laneHeight;
    }

    /// Where nginx sent traffic to the slot; from the beginning as the first change found it.
    void trafficLane(const SlotState& slot)
    {
        const auto& history = slot.trafficHistory;
        QDateTime from = m_begin;
        bool up = !slot.imageBefore.isEmpty();
        const auto until = [&](const QDateTime& to) {
            box(from, to, m_y, trafficHeight, up ? color::up : color::down,
                up ? Report::tr("in nginx: up") : Report::tr("in nginx: down"));
        };
        for (const TrafficSpan& span : history) {
            until(span.since);
            from = span.since;
            up = span.state == u"up";
        }
        until(m_end);
        m_y += trafficHeight + spacing;
    }

    void http()
    {
        QList<std::pair<QDateTime, ProbeSummary>> all;
        double most = 1;
        for (const Event& event : m_record.events)
            if (const auto* summary = std::get_if<ProbeSummary>(&event.body)) {
                all.append({event.at, *summary});
                most = std::max(most, summary->maxMs);
            }
        if (all.isEmpty())
            return;
        name(Report::tr("HTTP time"), httpHeight);
        label(leftEdge - 8, m_y + 10, millisecondsText(most), Drawing::Label::Anchor::End,
            color::faint, 9);
        const double base = m_y + httpHeight - 2;
        // Logarithmic: 1 ms and 1 s are both to be seen.
        const auto height = [&](double ms) {
            return (httpHeight - 8) * std::log1p(std::max(0.0, ms)) / std::log1p(most);
        };
        QDateTime from = m_begin;
        for (const auto& [at, summary] : all) {
            const double left = x(from), wide = std::max(1.0, x(at) - left - 0.5);
            const qint64 failed = summary.failed + summary.sessionLost;
            const QString title = Report::tr("%1: %2 of %3 failed; median %4, longest %5", "time")
                                      .arg(shortTime(m_record, at), countText(summary.failed),
                                          countText(summary.sent), millisecondsText(summary.p50Ms),
                                          millisecondsText(summary.maxMs));
            for (const auto& [ms, fill] :
                {std::pair(summary.maxMs, color::slow), std::pair(summary.p50Ms, color::usual)})
                m_shapes.append(
                    Drawing::Box {{left, base - height(ms), wide, height(ms)}, fill, title});
            if (failed > 0)
                m_shapes.append(Drawing::Box {{left, m_y, wide, 6}, color::failed, title});
            from = at;
        }
        m_y += httpHeight + spacing;
    }

    QString slotColor(const QString& slot) const
    {
        for (qsizetype i = 0; i < m_state.slots.size(); ++i)
            if (m_state.slots.at(i).name == slot)
                return i % 2 == 0 ? color::odd : color::even;
        return color::unknown;
    }

    void hubs()
    {
        const qsizetype drawn = std::min<qsizetype>(m_state.connections.size(), hubLanesDrawn);
        if (drawn == 0)
            return;
        name(Report::tr("Hub clients"), hubHeight);
        for (qsizetype i = 0; i < drawn; ++i)
            hub(m_state.connections.at(i));
        if (drawn < m_state.connections.size()) {
            label(leftEdge, m_y + 10,
                Report::tr("and %n more", nullptr, int(m_state.connections.size() - drawn)),
                Drawing::Label::Anchor::Start, color::faint, 10);
            m_y += 14;
        }
        m_y += spacing;
    }

    void hub(const ConnectionSeen& seen)
    {
        for (qsizetype i = 0; i < seen.history.size(); ++i) {
            const ConnectionSeen::Span& span = seen.history.at(i);
            const QDateTime to = i + 1 < seen.history.size() ? seen.history.at(i + 1).since : m_end;
            const QString title
                = Report::tr("Client %1: %2", "number, what it was")
                      .arg(QString::number(seen.connection),
                          span.state == u"connected"
                              ? Report::tr("connected to slot %1")
                                    .arg(span.slot.isEmpty() ? u"?"_s : printableLine(span.slot))
                              : Report::tr("away since %1 (%2)", "time, why")
                                    .arg(shortTime(m_record, span.since),
                                        printableLine(span.reason)));
            if (span.state == u"connected")
                box(span.since, to, m_y + 1, hubHeight - 3, slotColor(span.slot), title);
            else if (span.state == u"reconnecting" || (span.state == u"disconnected" && i > 0))
                box(span.since, to, m_y, hubHeight, color::failed, title);
        }
        m_y += hubHeight;
    }

    /// Ticks at round times, at most ten.
    void axis()
    {
        static constexpr qint64 steps[]
            = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 86400};
        const qint64 seconds = std::max<qint64>(1, m_begin.msecsTo(m_end) / 1000);
        qint64 every = steps[std::size(steps) - 1];
        for (qint64 step : steps)
            if (seconds / step <= 10) {
                every = step;
                break;
            }
        const qint64 offset = m_begin.toTimeZone(m_record.zone).offsetFromUtc();
        const qint64 first = (m_begin.toSecsSinceEpoch() + offset + every) / every * every - offset;
        for (qint64 at = first; at <= m_end.toSecsSinceEpoch(); at += every) {
            const QDateTime when = QDateTime::fromSecsSinceEpoch(at, Qt::UTC);
            m_grid.append(Drawing::Line {{x(when), 20}, {x(when), m_y}, color::grid, 1});
            label(x(when), 14, when.toTimeZone(m_record.zone).toString(u"HH:mm:ss"_s),
                Drawing::Label::Anchor::Middle, color::faint, 10);
        }
    }

    QString description() const
    {
        return Report::tr(
            "From %1 to %2: the steps of the run and of each slot, whether nginx sent "
            "traffic to it, the time of HTTP requests on a logarithmic scale (median "
            "dark, longest light, failures red), and each hub client with its gaps in "
            "red.")
            .arg(localTime(m_record, m_begin), localTime(m_record, m_end));
    }

    const ReportRecord& m_record;
    const RunState& m_state;
    const QDateTime m_begin, m_end;
    double m_y = 0;
    QList<Drawing::Shape> m_grid, m_shapes;
};

} // namespace

Drawing timelineOf(const ReportRecord& record)
{
    return Timeline(record).draw();
}

} // namespace gapless::report
