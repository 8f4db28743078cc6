// SPDX-License-Identifier: MIT
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QToolButton>
#include <QWidget>

namespace gapless {

class RunController;
class RunSelection;
class TimelineView;

/// The buttons above the timeline: what it shows, the next failure, play again; and what the
/// selected span measures.
class TimelineBar : public QWidget {
    Q_OBJECT
public:
    TimelineBar(TimelineView& view, RunSelection& selection, QWidget* parent = nullptr);
    void setController(RunController* controller);

Q_SIGNALS:
    /// A second run is to be chosen for comparison, or (false) the comparison ends.
    void compareRequested(bool compare);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void refresh();
    QToolButton* button(const QString& sign);

    TimelineView& m_view;
    RunController* m_controller = nullptr;
    QToolButton *m_whole, *m_follow, *m_in, *m_out, *m_before, *m_after, *m_play, *m_compare;
    QComboBox* m_speed;
    QLabel* m_measured;
};

} // namespace gapless
