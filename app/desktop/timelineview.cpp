// SPDX-License-Identifier: MIT
#include "app/desktop/timelineview.h"

#include "app/desktop/theme.h"
#include "app/desktop/timelineaccessible.h"
#include "app/wording/text.h"

#include <QEvent>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace gapless {

TimelineView::TimelineView(const Theme& theme, RunSelection& selection, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_selection(selection)
{
    installTimelineAccessibility();
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumHeight(120);
    connect(&theme, &Theme::changed, this, [this] {
        layOut();
        viewport()->update();
    });
    connect(&selection, &RunSelection::changed, this, [this] {
        m_measuredStale = true;
        viewport()->update();
    });
    changeEvent(nullptr);
}

void TimelineView::setFeed(RunFeed* feed)
{
    if (m_feed)
        m_feed->disconnect(this);
    m_feed = feed;
    m_other = nullptr;
    m_mode = Mode::Whole;
    m_density.forget();
    if (feed) {
        for (const auto signal : {&RunFeed::nowChanged, &RunFeed::samplesArrived})
            connect(feed, signal, this, &TimelineView::timeMoved);
        for (const auto signal : {&RunFeed::begun, &RunFeed::kindChanged})
            connect(feed, signal, this, &TimelineView::dataChanged);
        connect(feed, &RunFeed::begun, this, [this] {
            m_density.forget();
            showWhole();
        });
        connect(feed, &RunFeed::appended, this, &TimelineView::dataChanged);
    }
    m_focused = -1;
    dataChanged();
    Q_EMIT modeChanged();
}

void TimelineView::setComparison(RunFeed* feed)
{
    if (m_other)
        m_other->disconnect(this);
    m_other = feed;
    m_otherDensity.forget();
    if (feed) {
        connect(feed, &RunFeed::appended, this, &TimelineView::dataChanged);
        connect(feed, &RunFeed::samplesArrived, this, &TimelineView::timeMoved);
    }
    showWhole();
    dataChanged();
    Q_EMIT modeChanged(); // also what is compared is part of it
}

void TimelineView::dataChanged()
{
    m_stale = true;
    m_measuredStale = true;
    viewport()->update();
}

/// Many times a second: nothing is built anew for it.
void TimelineView::timeMoved()
{
    m_moved = true;
    m_measuredStale = true;
    viewport()->update();
}

const Lanes& TimelineView::lanes()
{
    rebuild();
    return m_lanes;
}

void TimelineView::rebuild()
{
    const bool moved = std::exchange(m_moved, false);
    if (!std::exchange(m_stale, false)) {
        if (moved && m_feed) {
            m_lanes.extendTo(double(m_feed->endMs()));
            fitMode();
        }
        return;
    }
    m_lanes
        = m_feed ? Lanes::of(m_feed->state(), m_feed->events(), double(m_feed->endMs())) : Lanes();
    m_ownLanes = int(m_lanes.lanes.size());
    if (m_other && m_other->startMs() > 0) {
        Lanes other = Lanes::of(m_other->state(), m_other->events(), double(m_other->endMs()));
        m_otherShiftMs = m_lanes.firstSwitchMs && other.firstSwitchMs
            ? *m_lanes.firstSwitchMs - *other.firstSwitchMs
            : m_lanes.fromMs - other.fromMs;
        other.shift(m_otherShiftMs);
        for (Lane& lane : other.lanes)
            lane.title = tr("‖ %1", "a lane of the run that is compared").arg(lane.title);
        for (GapLine& gap : other.gaps) {
            gap.toLane += m_ownLanes;
            gap.fromLane += gap.fromLane < 0 ? 0 : m_ownLanes;
        }
        m_lanes.lanes += other.lanes;
        m_lanes.gaps += other.gaps;
        m_lanes.fromMs = std::min(m_lanes.fromMs, other.fromMs);
        m_lanes.toMs = std::max(m_lanes.toMs, other.toMs);
    }
    m_items.clear();
    for (int lane = 0; lane < int(m_lanes.lanes.size()); ++lane) {
        for (int i = 0; i < int(m_lanes.lanes[lane].spans.size()); ++i)
            m_items.append({lane, i, false});
        for (int i = 0; i < int(m_lanes.lanes[lane].steps.size()); ++i)
            m_items.append({lane, i, true});
    }
    m_focused = std::min(m_focused, int(m_items.size()) - 1);
    layOut();
    fitMode();
}

void TimelineView::layOut()
{
    const QFontMetrics metrics = fontMetrics();
    const int line = metrics.height();
    m_overviewHeight = line * 2 + 4;
    m_rulerHeight = line + 6;
    int widest = metrics.horizontalAdvance(u"0,000 ms"_s);
    for (const Lane& lane : m_lanes.lanes)
        widest = std::max(widest, metrics.horizontalAdvance(lane.title));
    m_titleWidth = widest + 24;
    // What HTTP's lanes do not get: they share the rest.
    int fixed = 0, http = 0;
    m_rows.clear();
    for (const Lane& lane : m_lanes.lanes) {
        Row row;
        switch (lane.kind) {
        case Lane::Kind::Gateway:
            row.height = line + 8 + (row.steps = line / 2 + 4);
            break;
        case Lane::Kind::Traffic:
            row.height = line + 6;
            break;
        case Lane::Kind::Slot:
            row.height = line + 12 + (row.steps = line / 2 + 4);
            break;
        case Lane::Kind::Http:
            ++http;
            break;
        case Lane::Kind::Session:
            row.height = line;
            break;
        case Lane::Kind::Hub:
            row.height = line + 8;
            break;
        }
        fixed += row.height + 6;
        m_rows.append(row);
    }
    const int space = viewport()->height() - lanesTop();
    const int forHttp
        = http == 0 ? 0 : std::clamp((space - fixed - 10) / http, 4 * line, 16 * line);
    int top = 4;
    for (int i = 0; i < int(m_rows.size()); ++i) {
        m_rows[i].top = top;
        if (m_lanes.lanes[i].kind == Lane::Kind::Http)
            m_rows[i].height = forHttp;
        top += m_rows[i].height + 6;
    }
    verticalScrollBar()->setPageStep(space);
    verticalScrollBar()->setSingleStep(line * 2);
    verticalScrollBar()->setRange(0, std::max(0, top - space));
    if (const int width = viewport()->width() - m_titleWidth; width != m_scale.width())
        m_scale = m_scale.resized(width);
}

void TimelineView::fitMode()
{
    const bool runs = m_feed && m_feed->state().running();
    if (m_mode == Mode::Whole && m_lanes.toMs > m_lanes.fromMs) {
        const double lasted = m_lanes.toMs - m_lanes.fromMs;
        const double room = runs ? roomFor(lasted) : lasted * 1.02;
        m_scale = TimeScale(m_lanes.fromMs - room * 0.01, m_lanes.fromMs + room, m_scale.width());
    } else if (m_mode == Mode::Follow) {
        // By whole dots, so that the density image moves instead of being made anew.
        const double pixel = m_scale.msPerPixel() * 2;
        const TimeScale wanted = m_scale.following(m_lanes.toMs, m_scale.spanMs() * 0.08);
        const double from
            = m_scale.fromMs() + std::round((wanted.fromMs() - m_scale.fromMs()) / pixel) * pixel;
        m_scale = TimeScale(from, from + m_scale.spanMs(), m_scale.width());
    }
}

void TimelineView::setScale(const TimeScale& scale)
{
    m_scale = scale;
    viewport()->update();
}

void TimelineView::setMode(Mode mode)
{
    if (std::exchange(m_mode, mode) != mode)
        Q_EMIT modeChanged();
}

void TimelineView::showWhole()
{
    setMode(Mode::Whole);
    m_stale = true;
    viewport()->update();
}

void TimelineView::follow()
{
    setMode(Mode::Follow);
    m_stale = true;
    viewport()->update();
}

void TimelineView::zoom(double factor)
{
    const bool atEnd = m_mode != Mode::Free && m_feed && m_feed->state().running();
    setMode(atEnd ? Mode::Follow : Mode::Free);
    setScale(m_scale.zoomed(
        factor, m_cursorX >= lanesLeft() ? m_cursorX - lanesLeft() : m_scale.width() / 2.0));
}

void TimelineView::focusSelection()
{
    if (m_selection.isEmpty()) {
        showWhole();
        return;
    }
    setMode(Mode::Free);
    setScale(m_scale.focusedOn(double(m_selection.fromMs()), double(m_selection.toMs()), 0.25));
}

QList<double> TimelineView::failureMoments() const
{
    QList<double> moments = m_lanes.troubles();
    if (m_feed)
        for (const SampleTrack::Failure& failure : m_feed->samples().failures())
            moments.append(failure.atMs);
    std::sort(moments.begin(), moments.end());
    return moments;
}

bool TimelineView::goToFailure(int by)
{
    rebuild();
    const QList<double> moments = failureMoments();
    const double from = m_selection.isEmpty() ? (by > 0 ? m_lanes.fromMs - 1 : m_lanes.toMs + 1)
                                              : double(m_selection.fromMs());
    // Selections are whole milliseconds: those of the same one are one.
    std::optional<double> found;
    for (const double moment : moments)
        if (by > 0 && std::floor(moment) > from) {
            found = moment;
            break;
        } else if (by < 0 && std::floor(moment) < from) {
            found = moment;
        }
    if (!found)
        return false;
    setMode(Mode::Free);
    const double span = std::min(m_scale.spanMs(), 10'000.0);
    setScale({*found - span / 2, *found + span / 2, m_scale.width()});
    m_selection.selectSpan(qint64(std::floor(*found)), qint64(std::floor(*found)) + 1);
    return true;
}

QString TimelineView::measuredText() const
{
    if (!std::exchange(m_measuredStale, false))
        return m_measured;
    m_measured.clear();
    if (m_selection.isEmpty() || !m_feed)
        return m_measured;
    const double from = double(m_selection.fromMs()), to = double(m_selection.toMs());
    QStringList parts {millisecondsText(to - from)};
    if (m_feed->samples().count() > 0) {
        const Measured measured = m_feed->samples().measure(from, to);
        parts << tr("requests %1, failed %2")
                     .arg(countText(measured.count), countText(measured.failed));
        if (measured.count > measured.failed)
            parts << tr("p50 %1, p99 %2")
                         .arg(millisecondsText(measured.p50Ms), millisecondsText(measured.p99Ms));
    } else {
        qint64 sent = 0, failed = 0;
        for (const SummaryPoint& point : m_lanes.summaries)
            if (point.toMs > from && point.fromMs < to) {
                sent += point.sent;
                failed += point.failed;
            }
        if (sent > 0)
            parts << tr("requests %1, failed %2").arg(countText(sent), countText(failed));
    }
    double longest = 0;
    for (const GapLine& gap : m_lanes.gaps)
        if (gap.toLane < m_ownLanes && gap.gapToMs >= from && gap.gapFromMs <= to)
            longest = std::max(longest, gap.gapToMs - gap.gapFromMs);
    parts << (longest > 0 ? tr("longest gap %1").arg(millisecondsText(longest)) : tr("no gap"));
    m_measured = parts.join(u" · "_s);
    return m_measured;
}

QList<TimelineView::Item> TimelineView::items()
{
    rebuild();
    return m_items;
}

const LaneSpan& TimelineView::span(const Item& item) const
{
    const Lane& lane = m_lanes.lanes[item.lane];
    return item.step ? lane.steps[item.index] : lane.spans[item.index];
}

QRect TimelineView::rectOf(const Item& item) const
{
    const LaneSpan& bar = span(item);
    const Row& row = m_rows[item.lane];
    const int left = lanesLeft() + int(std::clamp(m_scale.x(bar.fromMs), -1e4, 1e5));
    const int right = lanesLeft() + int(std::clamp(m_scale.x(bar.toMs), -1e4, 1e5));
    const int top = lanesTop() + row.top - verticalScrollBar()->value();
    return item.step
        ? QRect(left, top + row.height - row.steps, std::max(1, right - left), row.steps)
        : QRect(left, top, std::max(1, right - left), row.height - row.steps);
}

void TimelineView::selectItem(const Item& item)
{
    const LaneSpan& bar = span(item);
    const qint64 from = qint64(bar.fromMs), to = qint64(std::ceil(bar.toMs));
    if (bar.step >= 0)
        m_selection.selectStep(bar.step, from, to);
    else if (bar.seq > 0)
        m_selection.selectEvent(bar.seq, from, to);
    else
        m_selection.selectSpan(from, to);
}

void TimelineView::resizeEvent(QResizeEvent*)
{
    layOut();
    fitMode();
}

void TimelineView::scrollContentsBy(int, int)
{
    viewport()->update();
}

void TimelineView::changeEvent(QEvent* event)
{
    if (!event || event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Timeline"));
        setAccessibleDescription(tr(
            "Lanes of the gateway, the slots and the probes; the table of events says the same"));
        m_stale = true;
    }
    if (event) {
        if (event->type() == QEvent::FontChange)
            layOut();
        QAbstractScrollArea::changeEvent(event);
    }
}

} // namespace gapless
