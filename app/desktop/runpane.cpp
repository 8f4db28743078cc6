// SPDX-License-Identifier: MIT
#include "app/desktop/runpane.h"

#include "app/desktop/context.h"
#include "app/desktop/eventpane.h"
#include "app/desktop/evidencepane.h"
#include "app/desktop/logpane.h"
#include "app/desktop/planpane.h"
#include "app/desktop/runcontroller.h"
#include "app/desktop/sheet.h"
#include "app/desktop/timelinebar.h"
#include "app/desktop/timelineview.h"

#include <QEvent>
#include <QScrollArea>
#include <QVBoxLayout>

namespace gapless {

RunPane::RunPane(DesktopContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_timeline(new TimelineView(context.theme(), m_selection))
    , m_bar(new TimelineBar(*m_timeline, m_selection))
    , m_log(new LogPane(context.theme(), m_selection))
    , m_events(new EventPane(context.theme(), m_selection))
    , m_plan(new PlanPane(context.theme()))
    , m_evidence(new EvidencePane)
    , m_lower(new QStackedWidget)
    , m_tabs(new QTabWidget)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_splitter);
    auto* upper = new QWidget(m_splitter);
    auto* rows = new QVBoxLayout(upper);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_bar);
    rows->addWidget(m_timeline, 1);
    m_splitter->addWidget(upper);
    m_splitter->addWidget(m_lower);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setSizes({470, 210});
    m_lower->addWidget(m_tabs);
    m_tabs->setDocumentMode(true);
    for (QWidget* tab : std::initializer_list<QWidget*> {m_log, m_events, m_plan, m_evidence})
        addTab(tab);
    connect(m_bar, &TimelineBar::compareRequested, this, &RunPane::compareRequested);
    retranslate();
}

RunPane::~RunPane() = default;

void RunPane::setController(RunController* controller)
{
    m_controller = controller;
    m_selection.clear();
    RunFeed* feed = controller ? &controller->feed() : nullptr;
    m_timeline->setFeed(feed);
    m_other.reset();
    m_bar->setController(controller);
    m_log->setFeed(feed);
    m_events->setFeed(feed);
    m_plan->setFeed(feed);
    m_evidence->setFeed(feed);
}

void RunPane::setPlan(const Plan& plan)
{
    m_plan->setPlan(plan);
}

void RunPane::compareWith(std::unique_ptr<RunController> other)
{
    m_timeline->setComparison(other ? &other->feed() : nullptr);
    m_other = std::move(other);
}

void RunPane::hideAddresses(bool hide)
{
    m_log->hideAddresses(hide);
    m_events->hideAddresses(hide);
    m_plan->hideAddresses(hide);
}

void RunPane::addTab(QWidget* tab)
{
    QScrollArea* area = scrolled(tab);
    m_tabs->addTab(area, tab->windowTitle());
    connect(tab, &QWidget::windowTitleChanged, this, [this, area](const QString& title) {
        if (const int index = m_tabs->indexOf(area); index >= 0)
            m_tabs->setTabText(index, title);
    });
}

void RunPane::setTabShown(QWidget* tab, bool shown)
{
    for (int index = 0; index < m_tabs->count(); ++index)
        if (m_tabs->widget(index)->isAncestorOf(tab))
            m_tabs->setTabVisible(index, shown);
}

void RunPane::setBelow(QWidget* widget)
{
    if (!widget) {
        m_lower->setCurrentWidget(m_tabs);
        return;
    }
    m_lower->addWidget(widget);
    m_lower->setCurrentWidget(widget);
}

void RunPane::retranslate()
{
    m_tabs->setAccessibleName(tr("Details of the run"));
}

void RunPane::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace gapless
