// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/theme.h"
#include "app/desktop/timelineview.h"

#include <QPainter>

namespace gapless {

/// One paint of a TimelineView: everything is drawn from its models, nothing is kept.
class TimelinePainter {
public:
    TimelinePainter(TimelineView& view, QPainter& painter);
    void paint();

private:
    using Row = TimelineView::Row;
    void paintEmpty();
    void paintGrid();
    void paintSelection();
    void paintLane(int index);
    void paintBar(const QRect& rect, const LaneSpan& span, int indent);
    void paintShare(const QRect& rect, const LaneSpan& span);
    void paintDensity(
        const SampleTrack& track, DensityImage& density, double shiftMs, const QRect& rect);
    void paintBarText(const QRect& rect, const LaneSpan& span);
    void paintSteps(const Lane& lane, int top, int height);
    void paintHttp(int index, const QRect& rect);
    void paintSummaries(const QRect& rect);
    void paintOutliers(const SampleTrack& track, double shiftMs, const QRect& rect);
    void paintFailures(int index, const QRect& strip);
    void paintSession(int index, const QRect& rect);
    void paintGap(const GapLine& gap);
    void paintTitles();
    void paintRuler();
    void paintOverview();
    void paintCursor();
    void paintFocus();

    QColor colorOf(LaneSpan::Mark mark) const;
    double x(double ms) const { return m_left + m_scale.x(ms); }
    int laneTop(int index) const;
    bool isOther(int lane) const { return lane >= m_view.m_ownLanes; }

    TimelineView& m_view;
    QPainter& m_p;
    const Colors& m_c;
    const TimeScale& m_scale;
    const QFontMetrics m_metrics;
    const int m_left, m_right, m_bottom;
};

} // namespace gapless
