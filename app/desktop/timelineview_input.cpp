// SPDX-License-Identifier: MIT
#include "app/desktop/timelinepainter.h"
#include "app/desktop/timelineview.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>
#include <cmath>

using namespace Qt::StringLiterals;

namespace gapless {

void TimelineView::paintEvent(QPaintEvent*)
{
    rebuild();
    QPainter painter(viewport());
    painter.setFont(font());
    TimelinePainter(*this, painter).paint();
}

QRect TimelineView::overviewRect() const
{
    return {m_titleWidth, 3, viewport()->width() - m_titleWidth - 4, m_overviewHeight - 6};
}

double TimelineView::overviewMs(int x) const
{
    const QRect rect = overviewRect();
    const double to = std::max(m_lanes.toMs, m_lanes.fromMs + 1);
    return m_lanes.fromMs
        + (x - rect.left()) / double(std::max(1, rect.width())) * (to - m_lanes.fromMs);
}

int TimelineView::overviewX(double ms) const
{
    const QRect rect = overviewRect();
    const double to = std::max(m_lanes.toMs, m_lanes.fromMs + 1);
    return rect.left()
        + int(std::clamp((ms - m_lanes.fromMs) / (to - m_lanes.fromMs), -1.0, 2.0) * rect.width());
}

std::optional<TimelineView::Item> TimelineView::itemAt(QPoint at) const
{
    const int y = at.y() - lanesTop() + verticalScrollBar()->value();
    if (at.y() < lanesTop() || at.x() < lanesLeft())
        return std::nullopt;
    const double ms = m_scale.ms(at.x() - lanesLeft());
    for (int lane = 0; lane < int(m_rows.size()); ++lane) {
        const Row& row = m_rows[lane];
        if (y < row.top || y >= row.top + row.height)
            continue;
        const bool steps = row.steps > 0 && y >= row.top + row.height - row.steps;
        const QList<LaneSpan>& spans
            = steps ? m_lanes.lanes[lane].steps : m_lanes.lanes[lane].spans;
        // The last that begins before the pointer (plus a little: short bars are widened).
        const auto after = std::upper_bound(spans.begin(), spans.end(), ms,
            [](double when, const LaneSpan& span) { return when < span.fromMs; });
        const double slack = 4 * m_scale.msPerPixel();
        for (auto span = after; span != spans.begin();) {
            --span;
            if (span->open || span->toMs + slack >= ms)
                return Item {lane, int(span - spans.begin()), steps};
            if (after - span > 3)
                break;
        }
        return std::nullopt;
    }
    return std::nullopt;
}

void TimelineView::wheelEvent(QWheelEvent* event)
{
    const QPoint turned = event->angleDelta();
    if (event->position().x() < lanesLeft()) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    event->accept();
    const bool pans
        = event->modifiers() & Qt::ShiftModifier || std::abs(turned.x()) > std::abs(turned.y());
    if (pans) {
        setMode(Mode::Free);
        const int by = turned.x() != 0 ? turned.x() : turned.y();
        setScale(m_scale.panned(std::round(-by / 120.0 * m_scale.width() / 12)));
        return;
    }
    m_cursorX = int(event->position().x());
    zoom(std::pow(0.8, turned.y() / 120.0));
}

void TimelineView::mousePressEvent(QMouseEvent* event)
{
    m_pressed = m_lastMouse = event->position().toPoint();
    if (m_pressed.y() < m_overviewHeight && m_pressed.x() >= lanesLeft()) {
        m_drag = Drag::Overview;
        dragTo(m_pressed);
    } else if (event->button() == Qt::MiddleButton
        || (event->button() == Qt::LeftButton && event->modifiers() & Qt::ShiftModifier)) {
        m_drag = Drag::Panning;
    } else if (event->button() == Qt::LeftButton && m_pressed.x() >= lanesLeft()) {
        m_drag = Drag::Pending;
        m_pressedMs = m_scale.ms(m_pressed.x() - lanesLeft());
    }
}

void TimelineView::dragTo(QPoint at)
{
    switch (m_drag) {
    case Drag::None:
        return;
    case Drag::Overview: {
        setMode(Mode::Free);
        const double middle = overviewMs(at.x()), half = m_scale.spanMs() / 2;
        setScale({middle - half, middle + half, m_scale.width()});
        return;
    }
    case Drag::Panning:
        setMode(Mode::Free);
        setScale(m_scale.panned(m_lastMouse.x() - at.x()));
        return;
    case Drag::Pending:
        if ((at - m_pressed).manhattanLength() < 5)
            return;
        m_drag = Drag::Measuring;
        [[fallthrough]];
    case Drag::Measuring: {
        const double ms = m_scale.ms(at.x() - lanesLeft());
        m_selection.selectSpan(
            qint64(std::min(ms, m_pressedMs)), qint64(std::ceil(std::max(ms, m_pressedMs))));
        return;
    }
    }
}

void TimelineView::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    m_cursorX = at.y() >= m_overviewHeight ? at.x() : -1;
    dragTo(at);
    m_lastMouse = at;
    viewport()->update();
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_drag == Drag::Pending) {
        rebuild();
        if (const auto item = itemAt(event->position().toPoint())) {
            selectItem(*item);
            for (int i = 0; i < int(m_items.size()); ++i)
                if (m_items[i].lane == item->lane && m_items[i].index == item->index
                    && m_items[i].step == item->step)
                    focusItem(i);
        } else {
            m_selection.clear();
        }
    }
    m_drag = Drag::None;
    viewport()->update();
}

bool TimelineView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave) {
        m_cursorX = -1;
        viewport()->update();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TimelineView::focusItem(int index)
{
    if (m_items.isEmpty())
        return;
    m_focused = std::clamp(index, 0, int(m_items.size()) - 1);
    const LaneSpan& bar = span(m_items[m_focused]);
    if (bar.toMs < m_scale.fromMs() || bar.fromMs > m_scale.toMs()) {
        setMode(Mode::Free);
        const double half = m_scale.spanMs() / 2;
        setScale({bar.fromMs - half, bar.fromMs + half, m_scale.width()});
    }
    viewport()->update();
#if QT_CONFIG(accessibility)
    QAccessibleEvent focus(this, QAccessible::Focus);
    focus.setChild(m_focused);
    QAccessible::updateAccessibility(&focus);
#endif
}

void TimelineView::keyPressEvent(QKeyEvent* event)
{
    rebuild();
    const auto pan = [this](double share) {
        setMode(Mode::Free);
        setScale(m_scale.panned(std::round(m_scale.width() * share)));
    };
    /// The nearest bar of the next lane that has one.
    const auto toLane = [this](int by) {
        if (m_focused < 0)
            return focusItem(0);
        const int lane = m_items[m_focused].lane;
        for (int i = m_focused; i >= 0 && i < int(m_items.size()); i += by)
            if (m_items[i].lane != lane)
                return focusItem(i);
    };
    switch (event->key()) {
    case Qt::Key_W:
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(0.7);
    case Qt::Key_S:
    case Qt::Key_Minus:
        return zoom(1 / 0.7);
    case Qt::Key_A:
        return pan(-0.15);
    case Qt::Key_D:
        return pan(0.15);
    case Qt::Key_F:
        return focusSelection();
    case Qt::Key_Home:
    case Qt::Key_0:
        return showWhole();
    case Qt::Key_End:
        return follow();
    case Qt::Key_Period:
        goToFailure(1);
        return;
    case Qt::Key_Comma:
        goToFailure(-1);
        return;
    case Qt::Key_Right:
        return focusItem(m_focused + 1);
    case Qt::Key_Left:
        return focusItem(m_focused - 1);
    case Qt::Key_Down:
        return toLane(1);
    case Qt::Key_Up:
        return toLane(-1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_focused >= 0)
            selectItem(m_items[m_focused]);
        return;
    case Qt::Key_Escape:
        if (!m_selection.isEmpty()) {
            m_selection.clear();
            return;
        }
        break;
    default:
        break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

} // namespace gapless
