// SPDX-License-Identifier: MIT
#include "app/desktop/mainwindow.h"

#include "app/desktop/actionbar.h"
#include "app/desktop/band.h"
#include "app/desktop/elidedlabel.h"
#include "app/desktop/presentationstrip.h"
#include "app/desktop/runpane.h"
#include "app/desktop/sheetframe.h"
#include "app/wording/wording.h"

#include <QKeyEvent>
#include <QMenu>
#include <QStatusBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

MainWindow::MainWindow(DesktopContext& context, QWidget* parent)
    : QMainWindow(parent)
    , m_context(context)
{
    build();
    retranslate();
    restoreLayout();
    connect(m_navigation, &Navigation::chosen, this, &MainWindow::goTo);
    connect(m_actions, &ActionBar::deployRequested, this, &MainWindow::deployRequested);
    connect(m_actions, &ActionBar::rollbackRequested, this,
        [this] { Q_EMIT rollbackRequested(m_actions->previousRelease()); });
    connect(m_actions, &ActionBar::recoveryRequested, this, &MainWindow::recoveryRequested);
    connect(m_actions, &ActionBar::decisionRequested, this,
        [this] { Q_EMIT decisionRequested(m_shown); });
    connect(m_runPane, &RunPane::compareRequested, this, &MainWindow::chooseComparison);
    connect(&context, &DesktopContext::runsChanged, this, &MainWindow::lookUpPrevious);
}

MainWindow::~MainWindow()
{
    showController(nullptr);
}

void MainWindow::build()
{
    auto* whole = new QWidget(this);
    auto* rows = new QVBoxLayout(whole);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    m_band = new Band(m_context.theme(), whole);
    rows->addWidget(m_band);

    m_columns = new QSplitter(Qt::Horizontal, whole);
    m_columns->setChildrenCollapsible(false);
    rows->addWidget(m_columns, 1);
    m_left = new QWidget(m_columns);
    auto* left = new QVBoxLayout(m_left);
    left->setContentsMargins(0, 0, 0, 0);
    m_navigation = new Navigation(m_left);
    left->addWidget(m_navigation);
    left->addStretch(1);

    m_pages = new QStackedWidget(m_columns);
    auto* run = new QWidget(m_pages);
    auto* column = new QVBoxLayout(run);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_actions = new ActionBar(run);
    column->addWidget(m_actions);
    m_strip = new PresentationStrip(m_context.theme(), run);
    m_strip->hide();
    column->addWidget(m_strip);
    m_central = new QStackedWidget(run);
    m_runPane = new RunPane(m_context, m_central);
    m_central->addWidget(m_runPane);
    column->addWidget(m_central, 1);
    m_pages->addWidget(run);
    m_pageOf[Page::Targets] = run;
    for (const Page page : {Page::History, Page::Reports, Page::Settings})
        m_pages->addWidget(m_pageOf[page] = new QWidget(m_pages));
    m_columns->setStretchFactor(1, 1);
    m_columns->setSizes({220, 1060});
    setCentralWidget(whole);
    m_message = new ElidedLabel(this);
    statusBar()->addWidget(m_message, 1);
    statusBar()->setSizeGripEnabled(false);
}

void MainWindow::setPage(Page page, QWidget* widget)
{
    Q_ASSERT(page != Page::Targets);
    QWidget*& slot = m_pageOf[page];
    const bool current = m_pages->currentWidget() == slot;
    m_pages->removeWidget(slot);
    slot->deleteLater();
    slot = widget;
    m_pages->addWidget(widget);
    if (current)
        m_pages->setCurrentWidget(widget);
}

void MainWindow::setTargetList(QWidget* widget)
{
    auto* left = qobject_cast<QVBoxLayout*>(m_left->layout());
    if (m_targetList)
        m_targetList->deleteLater();
    else
        delete left->takeAt(left->count() - 1); // the stretch in its place
    m_targetList = widget;
    left->addWidget(widget, 1);
}

void MainWindow::goTo(Page page)
{
    m_navigation->setPage(page);
    m_pages->setCurrentWidget(m_pageOf[page]);
}

void MainWindow::openSheet(QWidget* sheet, Place place)
{
    closeSheet();
    goTo(Page::Targets);
    m_sheet = sheet;
    m_sheetFrame = new SheetFrame(sheet);
    connect(m_sheetFrame, &SheetFrame::closeRequested, this, &MainWindow::closeSheet);
    if (place == Place::Whole) {
        m_central->addWidget(m_sheetFrame);
        m_central->setCurrentWidget(m_sheetFrame);
    } else {
        m_runPane->setBelow(m_sheetFrame);
    }
    sheet->setFocus();
}

void MainWindow::closeSheet()
{
    if (!m_sheetFrame)
        return;
    m_central->setCurrentWidget(m_runPane);
    m_runPane->setBelow(nullptr);
    m_sheetFrame->hide();
    m_sheetFrame->deleteLater();
    m_sheetFrame = nullptr;
    m_sheet = nullptr;
}

RunController* MainWindow::runningOf(const QString& target) const
{
    const auto found = m_runs.find(target);
    return found != m_runs.end() && found->second->isRunning() ? found->second.get() : nullptr;
}

int MainWindow::runningCount() const
{
    return int(std::count_if(
        m_runs.begin(), m_runs.end(), [](const auto& run) { return run.second->isRunning(); }));
}

std::unique_ptr<RunController> MainWindow::makeController()
{
    auto made = std::make_unique<RunController>(m_context);
    RunController* controller = made.get();
    connect(controller, &RunController::decisionAsked, this,
        [this, controller](
            const DecisionAsked& asked) { Q_EMIT decisionAsked(controller, asked); });
    connect(controller, &RunController::decisionOver, this,
        [this, controller] { Q_EMIT decisionOver(controller); });
    connect(controller, &RunController::finished, this, [this, controller](const RunFinished& end) {
        say(sentence(end));
        Q_EMIT runFinished(controller, end);
    });
    connect(controller, &RunController::failed, this, &MainWindow::complain);
    connect(controller, &RunController::runningChanged, this, &MainWindow::closeWhenOver,
        Qt::QueuedConnection);
    return made;
}

bool MainWindow::startRun(const RolloutRequest& request, bool watched)
{
    return startBy(
        request.target, [&](RunController& controller) { controller.start(request, watched); });
}

bool MainWindow::startRecovery(const RecoveryRequest& request)
{
    return startBy(request.target, [&](RunController& controller) { controller.recover(request); });
}

bool MainWindow::startBy(const Target& target, const std::function<void(RunController&)>& start)
{
    const QString name = target.name; // it may be the sheet's, which goes
    if (runningOf(name))
        return false;
    if (!m_target || m_target->name != name)
        showTarget(name);
    std::unique_ptr<RunController> made = makeController();
    start(*made);
    showController(made.get());
    m_runs[name] = std::move(made);
    closeSheet();
    return true;
}

void MainWindow::showTarget(const QString& name)
{
    goTo(Page::Targets);
    std::optional<Target> target;
    try {
        if (!name.isEmpty())
            target = m_context.targets().load(name);
    } catch (const Error& error) {
        complain(error);
    }
    setTarget(target);
    if (!m_target) {
        showController(nullptr);
    } else if (const auto ours = m_runs.find(name); ours != m_runs.end()) {
        showController(ours->second.get());
    } else {
        runInBackground(
            this,
            [&context = m_context, name](
                std::stop_token) { return context.journal().runs({.target = name, .limit = 1}); },
            [this, name](const Outcome<QList<RunSummary>>& runs) {
                if (!m_target || m_target->name != name || m_runs.contains(name))
                    return;
                if (runs.error)
                    complain(*runs.error);
                if (!runs.value || runs.value->isEmpty()) {
                    showController(nullptr);
                    return;
                }
                auto viewer = makeController();
                viewer->open(runs.value->first().run);
                showController(viewer.get());
                m_viewer = std::move(viewer);
            });
    }
}

void MainWindow::setTarget(const std::optional<Target>& target)
{
    m_target = target;
    m_band->setTarget(target);
    m_actions->setHasTarget(target.has_value());
    lookUpPrevious();
    Q_EMIT currentTargetChanged();
}

void MainWindow::showRun(const QString& run)
{
    goTo(Page::Targets);
    auto viewer = makeController();
    viewer->open(run);
    showController(viewer.get());
    m_viewer = std::move(viewer);
    // Its target, where that is still saved.
    runInBackground(
        this,
        [&context = m_context, run](std::stop_token) -> std::optional<Target> {
            const auto summary = context.journal().summary(run);
            if (!summary || !context.targets().names().contains(summary->target))
                return std::nullopt;
            return context.targets().load(summary->target);
        },
        [this, shown = m_shown](const Outcome<std::optional<Target>>& target) {
            if (m_shown == shown)
                setTarget(target.value.value_or(std::nullopt));
        });
}

void MainWindow::playDemo()
{
    goTo(Page::Targets);
    auto viewer = makeController();
    viewer->playDemo();
    showController(viewer.get());
    m_viewer = std::move(viewer);
    setTarget(std::nullopt);
}

void MainWindow::setPresenting(bool presenting)
{
    m_context.theme().setPresenting(presenting);
    m_strip->setVisible(presenting);
    m_left->setVisible(!presenting); // a room needs the width
    m_runPane->hideAddresses(presenting);
}

void MainWindow::chooseComparison(bool compare)
{
    m_runPane->compareWith(nullptr);
    if (!compare || !m_shown)
        return;
    runInBackground(
        this,
        [&context = m_context, name = m_shown->feed().state().request.target](
            std::stop_token) { return context.journal().runs({.target = name, .limit = 20}); },
        [this, shown = m_shown](const Outcome<QList<RunSummary>>& runs) {
            if (m_shown != shown || !runs.value)
                return;
            auto* menu = new QMenu(this);
            menu->setAttribute(Qt::WA_DeleteOnClose);
            for (const RunSummary& run : *runs.value) {
                if (run.run == m_shown->feed().run())
                    continue;
                menu->addAction(
                    tr("%1 · %2 · %3", "time, tag, outcome")
                        .arg(QLocale().toString(run.started.toLocalTime(), QLocale::ShortFormat),
                            shortTag(run.to), outcomeName(run.outcome)),
                    this, [this, name = run.run] { showBeside(name); });
            }
            if (menu->isEmpty())
                menu->addAction(tr("No other run of this target"))->setEnabled(false);
            menu->popup(QCursor::pos());
        });
}

void MainWindow::showBeside(const QString& run)
{
    auto other = std::make_unique<RunController>(m_context);
    connect(other.get(), &RunController::failed, this, &MainWindow::complain);
    other->open(run);
    m_runPane->compareWith(std::move(other));
}

void MainWindow::compareRuns(const QString& run, const QString& other)
{
    showRun(run);
    showBeside(other);
}

void MainWindow::showController(RunController* controller)
{
    m_shown = controller;
    m_band->setFeed(controller ? &controller->feed() : nullptr);
    m_actions->setController(controller);
    m_strip->setFeed(controller ? &controller->feed() : nullptr);
    m_runPane->setController(controller);
}

void MainWindow::lookUpPrevious()
{
    m_actions->setPreviousRelease({});
    m_actions->setUnfinished(ActionBar::Unfinished::No);
    if (!m_target)
        return;
    struct Last {
        QString previous;
        std::optional<RunSummary> run;
    };
    runInBackground(
        this,
        [&context = m_context, name = m_target->name](std::stop_token) {
            const QList<RunSummary> runs = context.journal().runs({.target = name, .limit = 1});
            Last last;
            if (!runs.isEmpty())
                last.run = runs.first();
            const QString serving = last.run && !last.run->serving.isEmpty()
                ? last.run->serving.first()
                : QString();
            last.previous
                = context.journal().previousRelease(name, serving).value_or(QString());
            return last;
        },
        [this, name = m_target->name](const Outcome<Last>& outcome) {
            if (!m_target || m_target->name != name || !outcome.value)
                return;
            m_actions->setPreviousRelease(outcome.value->previous);
            const auto& run = outcome.value->run;
            using Unfinished = ActionBar::Unfinished;
            m_actions->setUnfinished(!run          ? Unfinished::No
                    : run->outcome.isEmpty()       ? Unfinished::CutOff
                    : run->outcome == "partial"_L1 ? Unfinished::HalfDone
                                                   : Unfinished::No);
        });
}

void MainWindow::say(const QString& text)
{
    m_message->setLine(text);
}

void MainWindow::complain(const Error& error)
{
    say(tr("%1 %2", "what failed, what to do").arg(sentence(error), remedy(error)));
}

void MainWindow::retranslate()
{
    setWindowTitle(u"Gapless"_s);
    m_pages->setAccessibleName(tr("Page"));
    m_left->setAccessibleName(tr("Navigation"));
}

void MainWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_message->setLine({}); // it was said in the language before
        retranslate();
    }
    QMainWindow::changeEvent(event);
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_sheet)
        closeSheet();
    else if (event->matches(QKeySequence::Quit))
        close();
    else if (event->key() == Qt::Key_F5)
        setPresenting(!m_context.theme().isPresenting());
    else if (event->modifiers() == Qt::ControlModifier && event->key() >= Qt::Key_1
        && event->key() <= Qt::Key_4) // where the column with the pages' buttons is hidden
        goTo(Page(event->key() - Qt::Key_1));
    else
        QMainWindow::keyPressEvent(event);
}

} // namespace gapless
