// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/selection.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QWidget>
#include <memory>

namespace gapless {

class DesktopContext;
class EventPane;
class EvidencePane;
class LogPane;
class PlanPane;
class RunController;
class TimelineBar;
class TimelineView;
struct Plan;

/// One run: the timeline, and below it the tabs (steps and log, events, plan and nginx diff,
/// evidence). Selecting in one of them selects in all.
class RunPane : public QWidget {
    Q_OBJECT
public:
    explicit RunPane(DesktopContext& context, QWidget* parent = nullptr);
    ~RunPane() override;
    /// The run that is shown; null: none. It outlives being shown.
    void setController(RunController* controller);
    RunSelection& selection() { return m_selection; }
    TimelineView& timeline() { return *m_timeline; }
    /// The plan that was approved for the run that is shown.
    void setPlan(const Plan& plan);
    /// Lays a second run under the one that is shown; null: none. Takes it over.
    void compareWith(std::unique_ptr<RunController> other);
    /// Addresses of hosts are shown as dots, for a room full of people.
    void hideAddresses(bool hide);
    /// One more tab at the end; its title is the widget's windowTitle, also when that changes.
    void addTab(QWidget* tab);
    /// A tab that does not concern the target at hand is not there.
    void setTabShown(QWidget* tab, bool shown);
    /// Shows `widget` in place of the tabs, the timeline staying in view; null: the tabs again.
    void setBelow(QWidget* widget);

Q_SIGNALS:
    void compareRequested(bool compare);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    DesktopContext& m_context;
    RunController* m_controller = nullptr;
    std::unique_ptr<RunController> m_other;
    RunSelection m_selection;
    QSplitter* m_splitter;
    TimelineView* m_timeline;
    TimelineBar* m_bar;
    LogPane* m_log;
    EventPane* m_events;
    PlanPane* m_plan;
    EvidencePane* m_evidence;
    QStackedWidget* m_lower;
    QTabWidget* m_tabs;
};

} // namespace gapless
