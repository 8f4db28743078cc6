// SPDX-License-Identifier: MIT
#include "app/desktop/mapeditor.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace gapless {

MapEditor::MapEditor(QWidget* parent)
    : QWidget(parent)
    , m_table(new QTableWidget(0, 2, this))
    , m_remove(new QPushButton(tr("Remove row"), this))
{
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Value")});
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->verticalHeader()->hide();
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    auto* addButton = new QPushButton(tr("Add row"), this);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(addButton);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table);
    column->addLayout(buttons);
    setFocusProxy(m_table);
    connect(m_table, &QTableWidget::itemChanged, this, &MapEditor::changed);
    connect(m_table, &QTableWidget::currentCellChanged, this,
        [this] { m_remove->setEnabled(m_table->currentRow() >= 0); });
    connect(addButton, &QPushButton::clicked, this, [this] {
        add({}, {});
        m_table->setCurrentCell(m_table->rowCount() - 1, 0);
        m_table->editItem(m_table->currentItem());
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        m_table->removeRow(m_table->currentRow());
        fit();
        Q_EMIT changed();
    });
    fit();
}

QList<std::pair<QString, QString>> MapEditor::rows() const
{
    QList<std::pair<QString, QString>> found;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const QString name = m_table->item(row, 0)->text(), value = m_table->item(row, 1)->text();
        if (!name.isEmpty() || !value.isEmpty())
            found.append({name, value});
    }
    return found;
}

void MapEditor::setRows(const QJsonObject& values)
{
    m_table->setRowCount(0);
    for (auto value = values.begin(); value != values.end(); ++value)
        add(value.key(), value.value().toString());
    fit();
}

void MapEditor::add(const QString& name, const QString& value)
{
    const QSignalBlocker quiet(m_table); // a row is one change, not two, and whole before it is told
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    m_table->setItem(row, 0, new QTableWidgetItem(name));
    m_table->setItem(row, 1, new QTableWidgetItem(value));
    fit();
}

void MapEditor::fit()
{
    m_remove->setEnabled(m_table->currentRow() >= 0);
    m_table->setVisible(m_table->rowCount() > 0);
    const int shown = std::min(6, m_table->rowCount());
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() + 4
        + shown * m_table->verticalHeader()->defaultSectionSize());
}

} // namespace gapless
