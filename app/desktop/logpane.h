// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/logmodel.h"
#include "app/models/selection.h"
#include "app/models/stepmodel.h"

#include <QLineEdit>
#include <QPointer>
#include <QSplitter>
#include <QToolButton>
#include <QTreeView>
#include <QWidget>

namespace gapless {

class Theme;

/// The steps of a run at the left, the log at the right: of the step that is chosen, or whole.
/// Follows the end until somebody scrolls up; a step that fails opens by itself.
class LogPane : public QWidget {
    Q_OBJECT
public:
    LogPane(const Theme& theme, RunSelection& selection, QWidget* parent = nullptr);
    void setFeed(RunFeed* feed);
    void hideAddresses(bool hide) { m_logModel.hideAddresses(hide); }
    /// Opens one step's log; -1: the whole.
    void showStep(int step);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void search(int by);
    void selectionChanged();
    QWidget* buildLog();

    RunSelection& m_selection;
    QPointer<RunFeed> m_feed;
    StepModel m_stepModel;
    LogModel m_logModel;
    QTreeView *m_steps, *m_log;
    QLineEdit* m_search;
    QToolButton *m_previous, *m_next, *m_whole, *m_follow;
    bool m_choosing = false;
};

} // namespace gapless
