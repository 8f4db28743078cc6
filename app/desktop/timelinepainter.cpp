// SPDX-License-Identifier: MIT
#include "app/desktop/timelinepainter.h"

#include "app/wording/text.h"

#include <QPainterPath>
#include <QScrollBar>
#include <cmath>

using namespace Qt::StringLiterals;

namespace gapless {

TimelinePainter::TimelinePainter(TimelineView& view, QPainter& painter)
    : m_view(view)
    , m_p(painter)
    , m_c(view.m_theme.colors())
    , m_scale(view.m_scale)
    , m_metrics(view.fontMetrics())
    , m_left(view.lanesLeft())
    , m_right(view.viewport()->width())
    , m_bottom(view.viewport()->height())
{
}

QColor TimelinePainter::colorOf(LaneSpan::Mark mark) const
{
    switch (mark) {
    case LaneSpan::Mark::Old:
        return m_c.oldVersion;
    case LaneSpan::Mark::New:
        return m_c.newVersion;
    case LaneSpan::Mark::Failure:
        return m_c.failure;
    case LaneSpan::Mark::Attribution:
        return m_c.attribution;
    case LaneSpan::Mark::Neutral:
        break;
    }
    return m_c.neutral;
}

int TimelinePainter::laneTop(int index) const
{
    return m_view.lanesTop() + m_view.m_rows[index].top - m_view.verticalScrollBar()->value();
}

void TimelinePainter::paint()
{
    m_p.fillRect(m_view.viewport()->rect(), m_c.base);
    if (m_view.m_lanes.lanes.isEmpty()) {
        paintEmpty();
        return;
    }
    m_p.save();
    m_p.setClipRect(QRect(m_left, m_view.lanesTop(), m_right - m_left, m_bottom));
    paintGrid();
    paintSelection();
    for (int i = 0; i < int(m_view.m_lanes.lanes.size()); ++i)
        if (laneTop(i) < m_bottom && laneTop(i) + m_view.m_rows[i].height > m_view.lanesTop())
            paintLane(i);
    for (const GapLine& gap : m_view.m_lanes.gaps)
        paintGap(gap);
    paintFocus();
    m_p.restore();
    paintTitles();
    paintRuler();
    paintOverview();
    paintCursor();
}

void TimelinePainter::paintEmpty()
{
    m_p.setPen(m_c.muted);
    m_p.drawText(m_view.viewport()->rect().adjusted(24, 24, -24, -24),
        Qt::AlignCenter | Qt::TextWordWrap,
        TimelineView::tr(
            "No rollout has been seen here yet. A deployment, live or past, shows here "
            "as it happened: what the gateway did, what each slot was, and what users "
            "felt."));
}

void TimelinePainter::paintGrid()
{
    const int apart = m_metrics.horizontalAdvance(u"00:00:00"_s) + 24;
    for (const TimeScale::Tick& tick : m_scale.ticks(m_view.m_lanes.fromMs, apart)) {
        QColor color = m_c.line;
        color.setAlphaF(tick.major ? 0.9f : 0.35f);
        m_p.setPen(color);
        m_p.drawLine(QPointF(x(tick.ms), m_view.lanesTop()), QPointF(x(tick.ms), m_bottom));
    }
}

void TimelinePainter::paintSelection()
{
    if (m_view.m_selection.isEmpty())
        return;
    const double from = x(double(m_view.m_selection.fromMs()));
    const double to = std::max(x(double(m_view.m_selection.toMs())), from + 1);
    QColor ground = m_c.accent;
    ground.setAlphaF(m_c.dark ? 0.22f : 0.12f);
    const QRectF band(from, m_view.lanesTop(), to - from, m_bottom);
    m_p.fillRect(band, ground);
    m_p.setPen(QPen(m_c.accent, 1));
    m_p.drawLine(band.topLeft(), band.bottomLeft());
    m_p.drawLine(band.topRight(), band.bottomRight());
}

void TimelinePainter::paintLane(int index)
{
    const Lane& lane = m_view.m_lanes.lanes[index];
    const Row& row = m_view.m_rows[index];
    const int top = laneTop(index);
    const QRect whole(m_left, top, m_right - m_left, row.height);
    if (lane.kind == Lane::Kind::Http)
        return paintHttp(index, whole);
    if (lane.kind == Lane::Kind::Session)
        return paintSession(index, whole);
    int lastColumn = -1;
    double textFrom = 0; // right of the number that stands beside a short gap
    for (const LaneSpan& span : lane.spans) {
        double from = x(span.fromMs), to = x(span.toMs);
        if (to < m_left || from > m_right)
            continue;
        const bool failure = span.mark == LaneSpan::Mark::Failure;
        // Thinner than a pixel and where one is already: only failures are drawn again.
        if (to - from < 1 && int(from) == lastColumn && !failure)
            continue;
        lastColumn = int(from);
        from = std::max(from, double(m_left) - 8);
        to = std::min(std::max(to, from + (failure ? 6 : 2)), double(m_right) + 8);
        const QRect rect(QPoint(int(std::lround(from)), top),
            QSize(std::max(1, int(std::lround(to)) - int(std::lround(from))),
                row.height - row.steps));
        if (span.share >= 0)
            paintShare(rect, span);
        else
            paintBar(rect, span, std::max(0, int(textFrom) - rect.left()));
        if (lane.kind == Lane::Kind::Hub && failure)
            textFrom = to + m_metrics.horizontalAdvance(span.text) + 18;
    }
    if (row.steps > 0)
        paintSteps(lane, top + row.height - row.steps, row.steps);
}

void TimelinePainter::paintBar(const QRect& rect, const LaneSpan& span, int indent)
{
    const QColor mark = colorOf(span.mark);
    const bool empty = span.fill == LaneSpan::Fill::Empty;
    if (rect.width() <= 3) {
        m_p.fillRect(rect, mark);
        return;
    }
    if (!empty)
        m_p.fillRect(rect, m_c.tint(mark));
    if (span.fill == LaneSpan::Fill::Rising || span.fill == LaneSpan::Fill::Falling) {
        QColor hatch = mark;
        hatch.setAlphaF(0.45f);
        m_p.fillRect(rect,
            QBrush(
                hatch, span.fill == LaneSpan::Fill::Rising ? Qt::BDiagPattern : Qt::FDiagPattern));
    }
    m_p.setPen(QPen(mark, empty ? 1 : 1.4, empty ? Qt::DashLine : Qt::SolidLine));
    m_p.setBrush(Qt::NoBrush);
    m_p.drawRect(QRectF(rect).adjusted(0.7, 0.7, -0.7, -0.7));
    if (span.fill == LaneSpan::Fill::Solid && rect.width() > 8)
        m_p.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), mark);
    paintBarText(rect.adjusted(std::min(indent, rect.width()), 0, 0, 0), span);
}

void TimelinePainter::paintBarText(const QRect& rect, const LaneSpan& span)
{
    QRect inside = rect.intersected(QRect(m_left, rect.top(), m_right - m_left, rect.height()));
    inside.adjust(9, 0, -5, 0);
    for (const QString& text : span.text.split(u'|')) {
        const int width = m_metrics.horizontalAdvance(text);
        if (text.isEmpty() || width > inside.width())
            continue;
        const bool hatched
            = span.fill == LaneSpan::Fill::Rising || span.fill == LaneSpan::Fill::Falling;
        if (hatched) // so that the hatching does not run through the letters
            m_p.fillRect(QRect(inside.left() - 3, inside.center().y() - m_metrics.height() / 2,
                             width + 6, m_metrics.height()),
                m_c.tint(colorOf(span.mark)));
        m_p.setPen(span.fill == LaneSpan::Fill::Empty ? m_c.muted : m_c.text);
        m_p.drawText(inside, Qt::AlignLeft | Qt::AlignVCenter, text);
        return;
    }
}

void TimelinePainter::paintSteps(const Lane& lane, int top, int height)
{
    QFont small = m_view.font();
    small.setPointSizeF(small.pointSizeF() * 0.78);
    const QFontMetrics metrics(small);
    m_p.save();
    m_p.setFont(small);
    for (const LaneSpan& step : lane.steps) {
        const double from = x(step.fromMs), to = std::max(x(step.toMs), from + 2);
        if (to < m_left || from > m_right)
            continue;
        const QRectF rect(from, top + 2, to - from, height - 3);
        const bool ghost = step.fill == LaneSpan::Fill::Ghost;
        const QColor mark = colorOf(step.mark);
        const bool selected = step.step >= 0 && !ghost && m_view.m_selection.step() == step.step;
        if (!ghost)
            m_p.fillRect(rect,
                step.mark == LaneSpan::Mark::Failure ? m_c.tint(mark)
                    : selected                       ? m_c.tint(m_c.accent)
                                                     : m_c.window);
        m_p.setPen(QPen(selected ? m_c.accent
                : step.open      ? m_c.text
                                 : mark,
            1, ghost ? Qt::DotLine : Qt::SolidLine));
        m_p.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
        const QRectF seen = rect.intersected(QRectF(m_left, rect.top(), m_right - m_left, rect.height()));
        for (const QString& text : ghost ? QStringList() : step.text.split(u'|'))
            if (seen.width() > metrics.horizontalAdvance(text) + 6) {
                m_p.setPen(m_c.muted);
                m_p.drawText(
                    seen.adjusted(3, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
                break;
            }
    }
    m_p.restore();
}

void TimelinePainter::paintGap(const GapLine& gap)
{
    const double from = x(gap.gapFromMs), to = x(gap.gapToMs);
    if (to < m_left - 200 || from > m_right + 200)
        return;
    const int laneMiddle = laneTop(gap.toLane) + m_view.m_rows[gap.toLane].height / 2;
    m_p.setRenderHint(QPainter::Antialiasing);
    if (gap.fromLane >= 0) {
        const Row& row = m_view.m_rows[gap.fromLane];
        const QPointF start(x(gap.stepMs), laneTop(gap.fromLane) + row.height - row.steps / 2.0);
        const QPointF end(from, laneTop(gap.toLane));
        QPainterPath path(start);
        const double bend = (end.y() - start.y()) * 0.45;
        path.cubicTo(start + QPointF(0, bend), end - QPointF(0, bend), end);
        m_p.setPen(QPen(m_c.attribution, 1.6));
        m_p.setBrush(Qt::NoBrush);
        m_p.drawPath(path);
        m_p.setBrush(m_c.attribution);
        m_p.drawEllipse(start, 3.2, 3.2);
        m_p.drawPolygon(QPolygonF({end, end + QPointF(-4, -7), end + QPointF(4, -7)}));
    }
    m_p.setRenderHint(QPainter::Antialiasing, false);
    // The number beside a gap too short to hold it; the whole sentence where it is selected.
    const bool chosen = gap.seq > 0 && m_view.m_selection.seq() == gap.seq;
    const QString text = chosen ? gap.text : millisecondsText(gap.gapToMs - gap.gapFromMs);
    const int width = m_metrics.horizontalAdvance(text) + 10;
    if (to - from > width && !chosen)
        return;
    const QRect label(
        int(to) + 8, laneMiddle - m_metrics.height() / 2 - 1, width, m_metrics.height() + 2);
    m_p.setPen(QPen(m_c.failure, 1));
    m_p.setBrush(m_c.base);
    m_p.drawRect(label);
    m_p.setPen(m_c.text);
    m_p.drawText(label, Qt::AlignCenter, text);
}

void TimelinePainter::paintFocus()
{
    const int focused = m_view.m_focused;
    if (!m_view.hasFocus() || focused < 0 || focused >= m_view.m_items.size())
        return;
    m_p.setPen(QPen(m_c.accent, 2));
    m_p.setBrush(Qt::NoBrush);
    m_p.drawRect(m_view.rectOf(m_view.m_items[focused]).adjusted(-2, -1, 1, 1));
}

void TimelinePainter::paintTitles()
{
    m_p.fillRect(QRect(0, 0, m_left, m_bottom), m_c.window);
    m_p.setPen(m_c.line);
    m_p.drawLine(m_left - 1, 0, m_left - 1, m_bottom);
    m_p.save();
    m_p.setClipRect(QRect(0, m_view.lanesTop(), m_left, m_bottom));
    for (int i = 0; i < int(m_view.m_lanes.lanes.size()); ++i) {
        const Lane& lane = m_view.m_lanes.lanes[i];
        const Row& row = m_view.m_rows[i];
        const int top = laneTop(i);
        m_p.setPen(m_c.text);
        const bool http = lane.kind == Lane::Kind::Http;
        m_p.drawText(
            QRect(10, top, m_left - 16, http ? m_metrics.height() : row.height - row.steps),
            Qt::AlignLeft | Qt::AlignVCenter, lane.title);
        if (isOther(i) && (i == m_view.m_ownLanes)) {
            m_p.setPen(m_c.line);
            m_p.drawLine(0, top - 3, m_left, top - 3);
        }
        if (!http)
            continue;
        const LatencyScale latency {row.height - m_metrics.height() / 2 - 6};
        m_p.setPen(m_c.muted);
        int last = -1000;
        for (const double ms : LatencyScale::marks()) {
            const int y = top + latency.row(ms);
            if (last > -1000 && last - y < m_metrics.height())
                continue;
            if (y - m_metrics.height() / 2 < top + m_metrics.height())
                continue;
            last = y;
            m_p.drawText(QRect(10, y - m_metrics.height() / 2, m_left - 18, m_metrics.height()),
                Qt::AlignRight | Qt::AlignVCenter, millisecondsText(ms));
        }
    }
    m_p.restore();
}

void TimelinePainter::paintRuler()
{
    const QRect ruler(0, m_view.m_overviewHeight, m_right, m_view.m_rulerHeight);
    m_p.fillRect(ruler, m_c.window);
    m_p.setPen(m_c.line);
    m_p.drawLine(ruler.bottomLeft(), ruler.bottomRight());
    m_p.save();
    m_p.setClipRect(QRect(m_left, ruler.top(), m_right - m_left, ruler.height()));
    const int apart = m_metrics.horizontalAdvance(u"00:00:00"_s) + 24;
    const double step = m_scale.majorStepMs(apart);
    for (const TimeScale::Tick& tick : m_scale.ticks(m_view.m_lanes.fromMs, apart)) {
        if (!tick.major)
            continue;
        m_p.setPen(m_c.line);
        m_p.drawLine(QPointF(x(tick.ms), ruler.bottom() - 4), QPointF(x(tick.ms), ruler.bottom()));
        m_p.setPen(m_c.muted);
        m_p.drawText(QRectF(x(tick.ms) + 4, ruler.top(), apart * 2, ruler.height()),
            Qt::AlignLeft | Qt::AlignVCenter, tickText(tick.ms - m_view.m_lanes.fromMs, step));
    }
    m_p.restore();
}

void TimelinePainter::paintCursor()
{
    if (m_view.m_cursorX < m_left || m_view.m_drag == TimelineView::Drag::Measuring)
        return;
    const double ms = m_scale.ms(m_view.m_cursorX - m_left);
    m_p.setPen(QPen(m_c.muted, 1));
    m_p.drawLine(m_view.m_cursorX, m_view.m_overviewHeight, m_view.m_cursorX, m_bottom);
    // Every lane at this one instant.
    QStringList lines {tickText(ms - m_view.m_lanes.fromMs, m_scale.msPerPixel())};
    for (const Lane& lane : m_view.m_lanes.lanes) {
        if (const LaneSpan* span = lane.at(ms); span && !span->description.isEmpty())
            lines << (isOther(int(&lane - m_view.m_lanes.lanes.constData()))
                    ? u"‖ "_s + span->description
                    : span->description);
        else if (lane.kind == Lane::Kind::Http && m_view.m_feed) {
            const SampleSum sum = m_view.m_feed->samples().sum(ms - 50, ms + 50);
            if (sum.count > sum.failed)
                lines << TimelineView::tr("HTTP: %1 to %2, failed %3", "latencies within 0.1 s")
                             .arg(millisecondsText(sum.minUs / 1000.0),
                                 millisecondsText(sum.maxUs / 1000.0), countText(sum.failed));
            else if (sum.failed > 0)
                lines << TimelineView::tr("HTTP: failed %1").arg(countText(sum.failed));
        }
        if (lines.size() > 12)
            break;
    }
    int width = 0;
    for (QString& line : lines) {
        line = m_metrics.elidedText(line, Qt::ElideRight, 42 * m_metrics.averageCharWidth());
        width = std::max(width, m_metrics.horizontalAdvance(line));
    }
    const int height = m_metrics.lineSpacing() * int(lines.size()) + 10;
    const bool flips = m_view.m_cursorX + width + 32 > m_right;
    const int boxLeft = flips ? m_view.m_cursorX - width - 28 : m_view.m_cursorX + 10;
    const QRect box(
        boxLeft, std::max(m_view.lanesTop() + 4, m_bottom - height - 8), width + 18, height);
    m_p.setBrush(m_c.raised);
    m_p.setPen(m_c.line);
    m_p.drawRect(box);
    m_p.setPen(m_c.text);
    int y = box.top() + 5;
    for (const QString& line : lines) {
        m_p.drawText(QRect(box.left() + 9, y, width + 4, m_metrics.lineSpacing()),
            Qt::AlignLeft | Qt::AlignVCenter, line);
        y += m_metrics.lineSpacing();
    }
}

} // namespace gapless
