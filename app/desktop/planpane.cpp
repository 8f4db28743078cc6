// SPDX-License-Identifier: MIT
#include "app/desktop/planpane.h"

#include "app/desktop/marking.h"

#include <QEvent>
#include <QFontDatabase>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

PlanPane::PlanPane(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_head(new QLabel(this))
    , m_tree(plainTree(&m_model, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->addWidget(m_head);
    column->addWidget(m_tree, 1);
    m_head->setWordWrap(true);
    m_head->setMargin(4);
    m_tree->setHeaderHidden(true);
    m_tree->setRootIsDecorated(true);
    m_tree->setItemsExpandable(true);
    m_tree->setItemDelegate(new MarkingDelegate(theme, MarkingDelegate::What::Plan, m_tree));
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setFamilies({fixed.family(), u"Noto Sans Mono CJK TC"_s, u"Noto Sans CJK TC"_s});
    m_tree->setFont(fixed);
    m_later.setSingleShot(true);
    m_later.setInterval(500);
    connect(&m_later, &QTimer::timeout, this, &PlanPane::fromEvents);
    retranslate();
}

void PlanPane::setFeed(RunFeed* feed)
{
    if (m_feed)
        m_feed->disconnect(this);
    m_feed = feed;
    m_approved = false;
    fromEvents();
    if (!feed)
        return;
    connect(feed, &RunFeed::begun, this, &PlanPane::fromEvents);
    connect(feed, &RunFeed::appended, this, [this] {
        if (!m_approved && isVisible() && !m_later.isActive())
            m_later.start();
    });
}

void PlanPane::setPlan(const Plan& plan)
{
    m_approved = true;
    m_model.setPlan(plan);
    m_tree->expandAll();
    retranslate();
}

void PlanPane::fromEvents()
{
    if (m_approved)
        return;
    m_model.setPlan(m_feed ? planOfRun(m_feed->state(), m_feed->events()) : Plan());
    m_tree->expandAll();
    retranslate();
}

void PlanPane::showEvent(QShowEvent*)
{
    fromEvents();
}

void PlanPane::retranslate()
{
    setWindowTitle(tr("Plan and nginx"));
    m_tree->setAccessibleName(tr("Plan"));
    m_head->setText(m_model.plan().steps.isEmpty() ? tr("No plan: nothing has run.")
            : m_approved                           ? tr("The plan that was approved.")
                                                   : tr("What was done, step by step."));
}

void PlanPane::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_model.retranslate();
        m_tree->expandAll();
        retranslate();
    }
    QWidget::changeEvent(event);
}

Plan planOfRun(const RunState& state, const QList<Event>& events)
{
    Plan plan;
    plan.target = state.request.target;
    plan.kind = state.request.kind;
    plan.strategy = state.request.strategy;
    plan.from = state.request.from;
    plan.to = state.request.to;
    for (const Event& event : events) {
        if (const auto* started = std::get_if<StepStarted>(&event.body)) {
            plan.steps.append({started->step, started->slot, {}});
        } else if (plan.steps.isEmpty()) {
            continue;
        } else if (const auto* ran = std::get_if<CommandRan>(&event.body)) {
            plan.steps.last().lines.append({u"command"_s, ran->host, ran->command});
        } else if (const auto* file = std::get_if<FileChanged>(&event.body)) {
            plan.steps.last().lines.append({u"diff"_s, file->host,
                u"@@ %1\n- sha256 %2\n+ sha256 %3"_s.arg(
                    file->file, file->sha256Before, file->sha256After)});
        }
    }
    return plan;
}

} // namespace gapless
