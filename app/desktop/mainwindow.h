// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/context.h"
#include "app/desktop/navigation.h"
#include "app/desktop/runcontroller.h"

#include <QLabel>
#include <QMainWindow>
#include <QSplitter>
#include <QStackedWidget>
#include <map>
#include <memory>

namespace gapless {

class ActionBar;
class Band;
class ElidedLabel;
class PresentationStrip;
class RunPane;
class SheetFrame;

/// The window: band on top, navigation and targets at the left, the chosen page at the right. On
/// the page of targets: action bar, timeline, tabs.
///
/// How a page or a sheet is plugged in (furnish.cpp is where all of them are):
/// - a page: `window.setPage(Page::History, new HistoryPage(window))`; the list of targets:
///   `window.setTargetList(widget)`, which calls `window.showTarget(name)` when one is chosen and
///   follows `currentTargetChanged` and `context().targetsChanged`.
/// - a sheet: `window.openSheet(new DeploySheet(window, target))`. It covers the central part (or
///   the tabs alone, so that the timeline stays in view), shows its windowTitle as its heading, and
///   is deleted when it is closed: by Esc, its close button, or `window.closeSheet()`.
/// - a further tab below the timeline: `window.runPane().addTab(widget)`.
/// - dialogs for secrets and host keys: `context().prompts()`.
/// - what the buttons do: connect to `deployRequested`, `rollbackRequested`, `decisionAsked`; then
///   call `window.startRun(request)`, `controller->decide(choice)`.
///
/// Every widget retranslates itself on QEvent::LanguageChange and takes its colours from
/// `context().theme()` (signal `changed`). Nothing that waits for a disk or a network runs on the
/// window's thread: `runInBackground` (background.h).
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(DesktopContext& context, QWidget* parent = nullptr);
    ~MainWindow() override;

    DesktopContext& context() { return m_context; }
    RunPane& runPane() { return *m_runPane; }

    /// Takes the widget over. A page that is set again replaces the one before.
    void setPage(Page page, QWidget* widget);
    void setTargetList(QWidget* widget);
    void goTo(Page page);

    enum class Place { Whole, BelowTimeline };
    /// Takes the sheet over. One at a time: an open one is closed first.
    void openSheet(QWidget* sheet, Place place = Place::Whole);
    void closeSheet();
    QWidget* sheet() const { return m_sheet; }

    /// The target whose run, state and buttons are shown; nothing where none is chosen.
    const std::optional<Target>& currentTarget() const { return m_target; }
    /// Loads it from the store and shows its running or last run. Empty: none.
    void showTarget(const QString& name);
    /// Shows a run of the journal, and its target.
    void showRun(const QString& run);
    /// Shows a run and another of the history beneath it, aligned at the first switch of traffic.
    void compareRuns(const QString& run, const QString& other);
    /// Plays the recorded run that comes with the program.
    void playDemo();
    /// Larger text, light colours, addresses hidden, and a strip with what users felt (F5).
    void setPresenting(bool presenting);
    /// Starts a rollout and shows it. False where one of the same target is under way here.
    bool startRun(const RolloutRequest& request, bool watched = true);
    /// The same for what mends a run that was cut off.
    bool startRecovery(const RecoveryRequest& request);
    /// The run that is shown; null: none.
    RunController* shownRun() const { return m_shown; }
    /// The rollout of this target that runs in this process; null where none does.
    RunController* runningOf(const QString& target) const;
    /// Rollouts of this process that are under way.
    int runningCount() const;

    /// One sentence at the bottom of the window, for as long as it matters.
    void say(const QString& text);
    /// An error as a person can act on it, with its remedy.
    void complain(const Error& error);

Q_SIGNALS:
    void currentTargetChanged();
    /// The button was pressed; for the current target.
    void deployRequested();
    /// The last run of the current target was cut off, or ended half done: its ways on.
    void recoveryRequested();
    /// The open question of the run that is shown, once more.
    void decisionRequested(gapless::RunController* controller);
    /// To the previous release of the current target.
    void rollbackRequested(const QString& tag);
    /// A rollout of this process asks.
    void decisionAsked(gapless::RunController* controller, const gapless::DecisionAsked& question);
    void decisionOver(gapless::RunController* controller);
    void runFinished(gapless::RunController* controller, const gapless::RunFinished& finished);

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void build();
    void retranslate();
    void restoreLayout();
    void keepLayout();
    void showController(RunController* controller);
    void lookUpPrevious();
    void setTarget(const std::optional<Target>& target);
    void chooseComparison(bool compare);
    void showBeside(const QString& run);
    void closeWhenOver();
    std::unique_ptr<RunController> makeController();
    bool startBy(const Target& target, const std::function<void(RunController&)>& start);

    DesktopContext& m_context;
    std::optional<Target> m_target;
    std::map<QString, std::unique_ptr<RunController>> m_runs; ///< by target: those of this process
    std::unique_ptr<RunController> m_viewer; ///< whatever else is shown
    RunController* m_shown = nullptr;

    Band* m_band;
    Navigation* m_navigation;
    QSplitter* m_columns;
    QWidget* m_left;
    QWidget* m_targetList = nullptr;
    QStackedWidget* m_pages;
    std::map<Page, QWidget*> m_pageOf;
    ActionBar* m_actions;
    PresentationStrip* m_strip;
    QStackedWidget* m_central; ///< the run, or a sheet that covers it
    RunPane* m_runPane;
    QWidget* m_sheet = nullptr;
    SheetFrame* m_sheetFrame = nullptr;
    ElidedLabel* m_message;
    bool m_closing = false; ///< once the rollouts of this process are over
};

} // namespace gapless
