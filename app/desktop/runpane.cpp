// SPDX-License-Identifier: MIT
#include "app/desktop/runpane.h"

#include "app/desktop/context.h"
#include "app/desktop/runcontroller.h"

#include <QEvent>
#include <QVBoxLayout>

namespace gapless {

RunPane::RunPane(DesktopContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_lower(new QStackedWidget(m_splitter))
    , m_tabs(new QTabWidget(m_lower))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_splitter);
    m_lower->addWidget(m_tabs);
    m_splitter->addWidget(m_lower);
    m_tabs->setDocumentMode(true);
    retranslate();
}

void RunPane::setController(RunController* controller)
{
    m_controller = controller;
    m_selection.clear();
}

void RunPane::addTab(QWidget* tab)
{
    m_tabs->addTab(tab, tab->windowTitle());
    connect(tab, &QWidget::windowTitleChanged, this, [this, tab](const QString& title) {
        if (const int index = m_tabs->indexOf(tab); index >= 0)
            m_tabs->setTabText(index, title);
    });
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
