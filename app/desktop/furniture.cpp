// SPDX-License-Identifier: MIT
#include "app/desktop/furniture.h"

#include "app/desktop/adoptsheet.h"
#include "app/desktop/decisionsheet.h"
#include "app/desktop/deploysheet.h"
#include "app/desktop/historypage.h"
#include "app/desktop/notifier.h"
#include "app/desktop/questiondesk.h"
#include "app/desktop/recoverysheet.h"
#include "app/desktop/releasespane.h"
#include "app/desktop/reportspage.h"
#include "app/desktop/rollbackdialog.h"
#include "app/desktop/runpane.h"
#include "app/desktop/scenariopane.h"
#include "app/desktop/settingspage.h"
#include "app/desktop/targetlist.h"
#include "app/desktop/testclient.h"
#include "app/desktop/wizardsheet.h"
#include "app/wording/wording.h"

using namespace Qt::StringLiterals;

namespace gapless {

Furniture::Furniture(MainWindow& window)
    : QObject(&window)
    , m_window(window)
    , m_targets(new TargetList(window))
    , m_history(new HistoryPage(window))
    , m_releases(new ReleasesPane(window))
    , m_client(new TestClient(window.context().clock()))
    , m_notifier(new Notifier(this))
{
    new QuestionDesk(window.context(), &window);
    plugPages();
    plugRuns();
}

void Furniture::plugPages()
{
    m_window.setTargetList(m_targets);
    m_window.setPage(Page::History, m_history);
    m_window.setPage(Page::Reports, new ReportsPage(m_window));
    m_window.setPage(Page::Settings, new SettingsPage(m_window));
    m_window.runPane().addTab(m_releases);
    m_window.runPane().addTab(m_client);
    auto* scenarios = new ScenarioPane(m_window, WizardSheet::demoStack());
    m_window.runPane().addTab(scenarios);
    m_window.runPane().setTabShown(scenarios, scenarios->isOffered());
    connect(scenarios, &ScenarioPane::offeredChanged, this,
        [this, scenarios](bool offered) { m_window.runPane().setTabShown(scenarios, offered); });
    connect(m_history, &HistoryPage::compareRequested, &m_window, &MainWindow::compareRuns);
    connect(m_targets, &TargetList::wizardRequested, this, &Furniture::openWizard);
    connect(m_releases, &ReleasesPane::deployRequested, this, &Furniture::openDeploySheet);
    connect(&m_window, &MainWindow::currentTargetChanged, this,
        [this] { m_client->setTarget(m_window.currentTarget()); });
}

void Furniture::plugRuns()
{
    connect(&m_window, &MainWindow::deployRequested, this, [this] { openDeploySheet(); });
    connect(&m_window, &MainWindow::rollbackRequested, this, &Furniture::openRollback);
    connect(&m_window, &MainWindow::recoveryRequested, this, &Furniture::openRecovery);
    connect(&m_window, &MainWindow::decisionRequested, this, [this](RunController* controller) {
        if (controller && controller->pendingQuestion())
            showDecision(controller, *controller->pendingQuestion());
    });
    connect(&m_window, &MainWindow::decisionAsked, this, &Furniture::ask);
    connect(&m_window, &MainWindow::decisionOver, this, [this](RunController* controller) {
        if (m_decision && m_decisionOf == controller && m_window.sheet() == m_decision)
            m_window.closeSheet();
    });
    connect(&m_window, &MainWindow::runFinished, this, &Furniture::tellEnd);
}

void Furniture::openWizard()
{
    auto* wizard = new WizardSheet(m_window);
    connect(wizard, &WizardSheet::formRequested, m_targets, &TargetList::addNew);
    connect(wizard, &WizardSheet::importRequested, m_targets, &TargetList::chooseImport);
    connect(wizard, &WizardSheet::playRequested, this, [this] {
        m_window.closeSheet();
        m_window.playDemo();
    });
    connect(wizard, &WizardSheet::adoptRequested, this, [this] {
        auto* sheet = new AdoptSheet(m_window);
        connect(sheet, &AdoptSheet::chosen, m_targets, &TargetList::addLike);
        m_window.openSheet(sheet);
    });
    connect(wizard, &WizardSheet::demoRequested, this, [this] {
        m_window.openSheet(new DemoSheet(m_window, WizardSheet::demoStack()));
    });
    connect(&m_window, &MainWindow::currentTargetChanged, wizard, [this, wizard] {
        if (m_window.currentTarget() && m_window.sheet() == wizard)
            m_window.closeSheet();
    });
    m_window.openSheet(wizard);
}

void Furniture::openDeploySheet(const QString& tag)
{
    if (const auto& target = m_window.currentTarget())
        m_window.openSheet(new DeploySheet(m_window, *target, tag));
}

void Furniture::openRollback(const QString& tag)
{
    const auto& target = m_window.currentTarget();
    if (!target || tag.isEmpty())
        return;
    auto* dialog = new RollbackDialog(m_window, *target, tag, true, {});
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void Furniture::openRecovery()
{
    if (const auto& target = m_window.currentTarget())
        m_window.openSheet(new RecoverySheet(m_window, *target));
}

void Furniture::showDecision(RunController* controller, const DecisionAsked& asked)
{
    m_decisionOf = controller;
    m_decision = new DecisionSheet(m_window, *controller, asked);
    m_window.openSheet(m_decision, MainWindow::Place::BelowTimeline);
}

void Furniture::ask(RunController* controller, const DecisionAsked& asked)
{
    const QString target = controller->request().target.name;
    if (m_window.currentTarget() && m_window.currentTarget()->name != target)
        m_window.showTarget(target);
    showDecision(controller, asked);
    m_window.activateWindow();
    m_notifier->say(tr("%1 waits for a decision").arg(target), questionText(asked), true, [this] {
        m_window.raise();
        m_window.activateWindow();
    });
}

void Furniture::tellEnd(RunController* controller, const RunFinished& finished)
{
    const QString target = controller->request().target.name;
    // It met the lock of a run whose owner is gone: that one is brought to an end first.
    const Error why = errorFromJson(finished.error);
    if (why.kind == ErrorKind::LockHeld && !finished.error.isEmpty()
        && !why.facts[u"alive"_s].toBool(true) && m_window.currentTarget()
        && m_window.currentTarget()->name == target)
        openRecovery();
    m_notifier->say(tr("%1: %2", "target, outcome").arg(target, outcomeName(finished.outcome)),
        sentence(finished), finished.outcome != "succeeded"_L1, [this, target] {
            m_window.showTarget(target);
            m_window.raise();
            m_window.activateWindow();
        });
}

} // namespace gapless
