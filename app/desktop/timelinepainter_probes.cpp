// SPDX-License-Identifier: MIT
#include "app/desktop/timelinepainter.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace gapless {

/// The HTTP lane: latencies above, failures in a strip at its foot.
void TimelinePainter::paintHttp(int index, const QRect& rect)
{
    const int stripHeight = m_metrics.height() / 2 + 4;
    const QRect chart = rect.adjusted(0, 0, 0, -stripHeight - 2);
    const QRect strip(rect.left(), chart.bottom() + 3, rect.width(), stripHeight);
    const LatencyScale latency {chart.height()};
    for (const double ms : LatencyScale::marks()) {
        QColor faint = m_c.line;
        faint.setAlphaF(0.8f);
        m_p.setPen(QPen(faint, 1, Qt::DotLine));
        const int y = chart.top() + latency.row(ms);
        m_p.drawLine(chart.left(), y, chart.right(), y);
    }
    const bool other = isOther(index);
    const RunFeed* feed = other ? m_view.m_other : m_view.m_feed;
    if (feed && feed->samples().count() > 0) {
        const double shift = other ? m_view.m_otherShiftMs : 0;
        DensityImage& density = other ? m_view.m_otherDensity : m_view.m_density;
        paintDensity(feed->samples(), density, shift, chart);
        paintOutliers(feed->samples(), shift, chart);
    } else if (!other) {
        paintSummaries(chart);
    }
    paintFailures(index, strip);
}

/// A dot is two pixels wide and high: one alone could hardly be seen.
void TimelinePainter::paintDensity(
    const SampleTrack& track, DensityImage& density, double shiftMs, const QRect& rect)
{
    constexpr int dot = 2;
    const int columns = (m_scale.width() + dot - 1) / dot;
    const double to = m_scale.ms(columns * dot);
    density.setColor(m_c.dark ? m_c.oldVersion : m_c.oldVersion.darker(115));
    density.update(track, TimeScale(m_scale.fromMs() - shiftMs, to - shiftMs, columns),
        (rect.height() + dot - 1) / dot);
    m_p.drawImage(QRect(rect.topLeft(), density.image().size() * dot), density.image());
}

/// Runs whose samples are not at hand: what each second's summary says, from the median to the
/// longest, with the 99th percentile as a line.
void TimelinePainter::paintSummaries(const QRect& rect)
{
    const LatencyScale latency {rect.height()};
    for (const SummaryPoint& point : m_view.m_lanes.summaries) {
        const double from = x(point.fromMs), to = x(point.toMs);
        if (to < m_left || from > m_right || point.sent == 0 || point.maxMs <= 0)
            continue;
        const int median = rect.top() + latency.row(point.p50Ms);
        const int most = rect.top() + latency.row(point.maxMs);
        const int p99 = rect.top() + latency.row(point.p99Ms);
        const double width = std::max(2.0, to - from - 1);
        m_p.fillRect(QRectF(from, most, width, median - most), m_c.tint(m_c.oldVersion));
        m_p.fillRect(QRectF(from, p99 - 1, width, 2), m_c.oldVersion);
        m_p.fillRect(QRectF(from, median - 1, width, 3), m_c.oldVersion);
    }
}

/// A lone sample of one pixel cannot be seen: what is slower than 999 of 1,000 is a diamond.
void TimelinePainter::paintOutliers(const SampleTrack& track, double shiftMs, const QRect& rect)
{
    const quint32 limit = std::max<quint32>(track.quantileUs(0.999), 1000);
    const LatencyScale latency {rect.height()};
    // At most one a column: the slowest.
    std::vector<quint32> slowest(size_t(m_scale.width()), 0);
    track.visit(m_scale.fromMs() - shiftMs, m_scale.toMs() - shiftMs, [&](const Sample& sample) {
        if (sample.latencyUs <= limit || sample.failed() || sample.probe > Sample::Probe::Post)
            return;
        const int column = m_scale.column(track.atMs(sample) + shiftMs);
        if (column >= 0 && column < m_scale.width())
            slowest[size_t(column)] = std::max(slowest[size_t(column)], sample.latencyUs);
    });
    m_p.setRenderHint(QPainter::Antialiasing);
    m_p.setPen(QPen(m_c.base, 1));
    m_p.setBrush(m_c.oldVersion);
    for (int column = 0; column < m_scale.width(); ++column)
        if (const quint32 us = slowest[size_t(column)]) {
            const QPointF at(m_left + column + 0.5, rect.top() + latency.row(us / 1000.0));
            m_p.drawPolygon(QPolygonF({at + QPointF(0, -4), at + QPointF(4, 0), at + QPointF(0, 4),
                at + QPointF(-4, 0)}));
        }
    m_p.setRenderHint(QPainter::Antialiasing, false);
}

/// Every failure, however many: the strip does not thin out.
void TimelinePainter::paintFailures(int index, const QRect& strip)
{
    m_p.fillRect(strip, m_c.window);
    const bool other = isOther(index);
    const RunFeed* feed = other ? m_view.m_other : m_view.m_feed;
    const double shift = other ? m_view.m_otherShiftMs : 0;
    const auto mark = [&](double left, double right, bool fresh) {
        const double width = std::max(4.0, right - left);
        if (left + width < m_left || left > m_right)
            return;
        const QRectF bar(left - 1, strip.top(), width, strip.height());
        // Of kept connections: hollow, since a browser sends those again by itself.
        if (fresh) {
            m_p.fillRect(bar, m_c.failure);
        } else {
            m_p.setPen(QPen(m_c.failure, 1));
            m_p.setBrush(Qt::NoBrush);
            m_p.drawRect(bar.adjusted(0, 0, -1, -1));
        }
    };
    if (feed && feed->samples().count() > 0) {
        for (const SampleTrack::Failure& failure : feed->samples().failures())
            if (failure.sample.probe <= Sample::Probe::Post)
                mark(x(failure.atMs + shift), x(failure.atMs + shift),
                    failure.sample.probe == Sample::Probe::Fresh);
    } else if (!other) {
        for (const SummaryPoint& point : m_view.m_lanes.summaries)
            if (point.failed > 0)
                mark(x(point.fromMs), x(point.toMs), true);
    }
    for (const GapLine& gap : m_view.m_lanes.gaps)
        if (gap.toLane == index)
            mark(x(gap.gapFromMs), x(gap.gapToMs), true);
}

/// As high as its share: the new release from below, the old one above it.
void TimelinePainter::paintShare(const QRect& rect, const LaneSpan& span)
{
    const int ofNew = int(std::lround(rect.height() * span.share));
    const QRect above(rect.left(), rect.top(), rect.width(), rect.height() - ofNew);
    const QRect below(rect.left(), rect.bottom() + 1 - ofNew, rect.width(), ofNew);
    const QColor oldColor = colorOf(span.mark), newColor = colorOf(LaneSpan::Mark::New);
    m_p.fillRect(above, m_c.tint(oldColor));
    m_p.fillRect(below, m_c.tint(newColor));
    m_p.fillRect(QRect(rect.left(), below.top(), rect.width(), 2), span.share > 0 ? newColor : oldColor);
    m_p.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), m_c.line);
    paintBarText(rect, span);
}

void TimelinePainter::paintSession(int index, const QRect& rect)
{
    const bool other = isOther(index);
    const RunFeed* feed = other ? m_view.m_other : m_view.m_feed;
    if (!feed)
        return;
    const double shift = other ? m_view.m_otherShiftMs : 0;
    const int middle = rect.center().y();
    m_p.setPen(QPen(m_c.neutral, 1));
    m_p.drawLine(QPointF(std::max(double(m_left), x(m_view.m_lanes.fromMs)), middle),
        QPointF(std::min(double(m_right), x(m_view.m_lanes.toMs)), middle));
    int last = -1;
    feed->samples().visit(
        m_scale.fromMs() - shift, m_scale.toMs() - shift, [&](const Sample& sample) {
            if (sample.probe != Sample::Probe::Session || sample.failed())
                return;
            const int column = int(x(feed->samples().atMs(sample) + shift));
            if (column == last)
                return;
            last = column;
            m_p.fillRect(QRect(column - 1, middle - 3, 2, 7), m_c.neutral);
        });
    for (const SampleTrack::Failure& failure : feed->samples().failures())
        if (failure.sample.probe == Sample::Probe::Session)
            m_p.fillRect(QRectF(x(failure.atMs + shift) - 2, rect.top() + 1, 5, rect.height() - 2),
                m_c.failure);
    for (const GapLine& gap : m_view.m_lanes.gaps)
        if (gap.toLane == index)
            m_p.fillRect(QRectF(x(gap.gapFromMs), rect.top() + 1,
                             std::max(5.0, x(gap.gapToMs) - x(gap.gapFromMs)), rect.height() - 2),
                m_c.failure);
}

/// The whole run in one strip: slots as lines, latencies from the pyramid, failures at full
/// height, and which part of it the lanes show.
void TimelinePainter::paintOverview()
{
    const QRect rect = m_view.overviewRect();
    m_p.fillRect(QRect(0, 0, m_right, m_view.m_overviewHeight), m_c.window);
    m_p.fillRect(rect, m_c.base);
    if (!m_view.m_feed)
        return;
    const auto at = [&](double ms) { return m_view.overviewX(ms); };
    int y = rect.top() + 2;
    for (int i = 0; i < m_view.m_ownLanes; ++i) {
        const Lane& lane = m_view.m_lanes.lanes[i];
        if (lane.kind != Lane::Kind::Slot || y > rect.center().y())
            continue;
        for (const LaneSpan& span : lane.spans)
            if (span.fill != LaneSpan::Fill::Empty)
                m_p.fillRect(QRect(QPoint(at(span.fromMs), y), QPoint(at(span.toMs), y + 2)),
                    span.fill == LaneSpan::Fill::Solid ? colorOf(span.mark) : m_c.neutral);
        y += 5;
    }
    const QRect chart(rect.left(), y, rect.width(), rect.bottom() - y);
    const LatencyScale latency {std::max(1, chart.height())};
    const SampleTrack& track = m_view.m_feed->samples();
    for (int column = rect.left(); column < rect.right() && track.count() > 0; ++column) {
        const SampleSum sum = track.sum(m_view.overviewMs(column), m_view.overviewMs(column + 1));
        if (sum.count > sum.failed) {
            const int top = chart.top() + latency.row(sum.maxUs / 1000.0);
            const int bottom = chart.top() + latency.row(sum.minUs / 1000.0);
            m_p.fillRect(QRect(column, top, 1, std::max(1, bottom - top)), m_c.oldVersion);
        }
        if (sum.failed > 0)
            m_p.fillRect(QRect(column - 1, chart.top(), 3, chart.height()), m_c.failure);
    }
    for (const GapLine& gap : m_view.m_lanes.gaps)
        m_p.fillRect(QRect(at(gap.gapFromMs) - 1, rect.top(), 3, rect.height()), m_c.failure);
    const int from = std::clamp(at(m_scale.fromMs()), rect.left(), rect.right());
    const int to = std::clamp(at(m_scale.toMs()), rect.left(), rect.right());
    QColor veil = m_c.window;
    veil.setAlphaF(0.65f);
    m_p.fillRect(QRect(rect.topLeft(), QPoint(from - 1, rect.bottom())), veil);
    m_p.fillRect(QRect(QPoint(to + 1, rect.top()), rect.bottomRight()), veil);
    m_p.setPen(QPen(m_c.accent, 1.5));
    m_p.setBrush(Qt::NoBrush);
    m_p.drawRect(
        QRect(QPoint(from, rect.top()), QPoint(std::max(from + 3, to), rect.bottom() - 1)));
}

} // namespace gapless
