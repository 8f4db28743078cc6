// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/selection.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QWidget>

namespace gapless {

class DesktopContext;
class RunController;

/// One run: the timeline, and below it the tabs (steps and logs, events, plan and nginx diff,
/// selection, evidence). Selecting in one of them selects in all.
class RunPane : public QWidget {
    Q_OBJECT
public:
    explicit RunPane(DesktopContext& context, QWidget* parent = nullptr);
    /// The run that is shown; null: none. It outlives being shown.
    void setController(RunController* controller);
    RunSelection& selection() { return m_selection; }
    /// One more tab at the end; its title is the widget's windowTitle, also when that changes.
    void addTab(QWidget* tab);
    /// Shows `widget` in place of the tabs, the timeline staying in view; null: the tabs again.
    void setBelow(QWidget* widget);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    DesktopContext& m_context;
    RunController* m_controller = nullptr;
    RunSelection m_selection;
    QSplitter* m_splitter;
    QStackedWidget* m_lower;
    QTabWidget* m_tabs;
};

} // namespace gapless
