// SPDX-License-Identifier: MIT
#include "app/desktop/eventpane.h"

#include "app/desktop/marking.h"

#include <QEvent>
#include <QHeaderView>
#include <QScrollBar>
#include <QVBoxLayout>

namespace gapless {

EventPane::EventPane(const Theme& theme, RunSelection& selection, QWidget* parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_table(plainTree(&m_model, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table);
    m_table->setItemDelegate(new MarkingDelegate(theme, MarkingDelegate::What::Events, m_table));
    m_table->header()->resizeSection(EventModel::Time, fontMetrics().averageCharWidth() * 14);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& row) {
            if (!m_choosing && row.isValid())
                m_selection.selectEvent(row.data(EventModel::SeqRole).toLongLong(),
                    row.data(EventModel::FromRole).toLongLong(),
                    row.data(EventModel::ToRole).toLongLong());
        });
    connect(&m_model, &QAbstractItemModel::rowsAboutToBeInserted, this, [this] {
        const QScrollBar* bar = m_table->verticalScrollBar();
        if (bar->value() >= bar->maximum())
            QMetaObject::invokeMethod(m_table, &QTreeView::scrollToBottom, Qt::QueuedConnection);
    });
    connect(&selection, &RunSelection::changed, this, &EventPane::selectionChanged);
    retranslate();
}

void EventPane::setFeed(RunFeed* feed)
{
    m_model.setFeed(feed);
}

void EventPane::selectionChanged()
{
    if (m_selection.isEmpty())
        return;
    const int row = m_selection.seq() > 0 ? m_model.rowOf(m_selection.seq())
                                          : m_model.rowAt(m_selection.fromMs());
    if (row < 0)
        return;
    m_choosing = true;
    m_table->setCurrentIndex(m_model.index(row, 0));
    m_choosing = false;
}

void EventPane::retranslate()
{
    setWindowTitle(tr("Events"));
    m_table->setAccessibleName(tr("Events"));
    m_model.retranslate();
}

void EventPane::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace gapless
