// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/density.h"
#include "app/models/lanes.h"
#include "app/models/selection.h"
#include "app/models/timescale.h"

#include <QAbstractScrollArea>
#include <QPointer>
#include <QTimer>

namespace gapless {

class Theme;
struct Colors;

/// The timeline of a run, painted by ourselves: lanes for the gateway, each slot, HTTP, session and
/// each hub connection on one axis; an overview of the whole run above them.
///
/// Wheel: zoom at the pointer. Shift and wheel, or a middle drag: pan. Wheel over the titles:
/// scroll the lanes. Drag: measure. Click: select a span. Keys: W/S or +/- zoom, A/D pan, F focus
/// on the selection, Home the whole run, End follow, `.` and `,` the next and previous failure,
/// arrows from span to span, Enter selects, Esc clears.
class TimelineView : public QAbstractScrollArea {
    Q_OBJECT
public:
    enum class Mode {
        Whole, ///< all of the run, also as it grows
        Follow, ///< the newest, as wide as it is
        Free, ///< where somebody moved it
    };
    Q_ENUM(Mode)

    TimelineView(const Theme& theme, RunSelection& selection, QWidget* parent = nullptr);

    void setFeed(RunFeed* feed);
    /// A second run below the first, moved so that the first traffic switches coincide; null: none.
    void setComparison(RunFeed* feed);
    bool isComparing() const { return m_other; }

    Mode mode() const { return m_mode; }
    void showWhole();
    void follow();
    void zoom(double factor);
    void focusSelection();
    /// By +1 to the next failure, by -1 to the one before; false where there is none.
    bool goToFailure(int by);

    const TimeScale& scale() const { return m_scale; }
    const Lanes& lanes();
    /// What the selected span measures, as a sentence; empty: nothing is selected.
    QString measuredText() const;

    /// A bar that can be focused and read, for the keyboard and for screen readers.
    struct Item {
        int lane = 0, index = 0;
        bool step = false;
    };
    QList<Item> items();
    const LaneSpan& span(const Item& item) const;
    /// In the viewport's coordinates.
    QRect rectOf(const Item& item) const;
    int focusedItem() const { return m_focused; }
    void focusItem(int index);
    void selectItem(const Item& item);

Q_SIGNALS:
    void modeChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    QSize sizeHint() const override { return {900, 360}; }

private:
    friend class TimelinePainter;
    struct Row {
        int top = 0, height = 0, steps = 0; ///< steps: of `height`, at the bottom
    };
    void dataChanged();
    void timeMoved();
    void rebuild();
    void layOut();
    void fitMode();
    void setScale(const TimeScale& scale);
    void setMode(Mode mode);
    int lanesLeft() const { return m_titleWidth; }
    int lanesTop() const { return m_overviewHeight + m_rulerHeight; }
    QRect overviewRect() const;
    double overviewMs(int x) const;
    int overviewX(double ms) const;
    std::optional<Item> itemAt(QPoint at) const;
    void dragTo(QPoint at);
    QList<double> failureMoments() const;

    const Theme& m_theme;
    RunSelection& m_selection;
    QPointer<RunFeed> m_feed, m_other;
    double m_otherShiftMs = 0;
    Lanes m_lanes;
    int m_ownLanes = 0; ///< of m_lanes; the rest are the other run's
    bool m_stale = true; ///< m_lanes is to be built anew
    bool m_moved = false; ///< time went on, or samples came
    QList<Row> m_rows;
    QList<Item> m_items;
    TimeScale m_scale;
    Mode m_mode = Mode::Whole;
    DensityImage m_density, m_otherDensity;
    int m_titleWidth = 90, m_overviewHeight = 36, m_rulerHeight = 22;
    int m_focused = -1;

    enum class Drag { None, Pending, Measuring, Panning, Overview };
    Drag m_drag = Drag::None;
    QPoint m_pressed, m_lastMouse;
    double m_pressedMs = 0;
    int m_cursorX = -1; ///< of the pointer, -1: outside
    mutable QString m_measured; ///< of the selection, made when it is asked for
    mutable bool m_measuredStale = true;
};

} // namespace gapless
