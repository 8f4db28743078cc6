// SPDX-License-Identifier: MIT
#include "app/desktop/logpane.h"

#include "app/desktop/marking.h"

#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

LogPane::LogPane(const Theme& theme, RunSelection& selection, QWidget* parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_logModel(this)
{
    auto* split = new QSplitter(this);
    m_steps = plainTree(&m_stepModel, split);
    m_steps->header()->setSectionResizeMode(StepModel::Name, QHeaderView::Stretch);
    m_steps->header()->setSectionResizeMode(StepModel::Lasted, QHeaderView::ResizeToContents);
    m_steps->header()->setSectionResizeMode(StepModel::Usual, QHeaderView::ResizeToContents);
    m_steps->header()->setStretchLastSection(false);
    m_steps->setItemDelegate(new MarkingDelegate(theme, MarkingDelegate::What::Steps, m_steps));
    split->addWidget(m_steps);
    split->addWidget(buildLog());
    m_log->setItemDelegate(new MarkingDelegate(theme, MarkingDelegate::What::Log, m_log));
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 3);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(split);

    connect(m_steps->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& row) {
            if (m_choosing || !row.isValid())
                return;
            m_logModel.setStep(row.row());
            m_selection.selectStep(row.row(), row.data(StepModel::FromRole).toLongLong(),
                row.data(StepModel::ToRole).toLongLong());
        });
    connect(&m_stepModel, &StepModel::stepFailed, this, &LogPane::showStep);
    connect(&m_stepModel, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_follow->isChecked())
            m_steps->scrollToBottom();
    });
    connect(&selection, &RunSelection::changed, this, &LogPane::selectionChanged);
    retranslate();
}

QWidget* LogPane::buildLog()
{
    auto* right = new QWidget(this);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(6, 4, 6, 0);
    m_search = new QLineEdit(right);
    m_search->setClearButtonEnabled(true);
    m_previous = new QToolButton(right);
    m_next = new QToolButton(right);
    m_whole = new QToolButton(right);
    m_follow = new QToolButton(right);
    row->addWidget(m_search, 1);
    for (QToolButton* button : {m_previous, m_next, m_whole, m_follow}) {
        button->setAutoRaise(true);
        row->addWidget(button);
    }
    m_whole->setCheckable(true);
    m_whole->setChecked(true);
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    column->addLayout(row);
    m_log = plainTree(&m_logModel, right);
    m_log->setHeaderHidden(true);
    m_log->setSelectionMode(QAbstractItemView::ExtendedSelection);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setFamilies({fixed.family(), u"Noto Sans Mono CJK TC"_s, u"Noto Sans CJK TC"_s});
    m_log->setFont(fixed);
    column->addWidget(m_log, 1);

    connect(m_search, &QLineEdit::returnPressed, this, [this] { search(1); });
    connect(m_next, &QToolButton::clicked, this, [this] { search(1); });
    connect(m_previous, &QToolButton::clicked, this, [this] { search(-1); });
    connect(m_whole, &QToolButton::clicked, this, [this] { showStep(-1); });
    connect(&m_logModel, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_follow->isChecked())
            m_log->scrollToBottom();
    });
    connect(&m_logModel, &QAbstractItemModel::modelReset, this, [this] {
        m_whole->setChecked(m_logModel.step() < 0);
        if (m_follow->isChecked())
            m_log->scrollToBottom();
    });
    // Whoever scrolls up reads; at the end again, it follows again.
    connect(m_log->verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        const QScrollBar* bar = m_log->verticalScrollBar();
        m_follow->setChecked(bar->sliderPosition() >= bar->maximum());
    });
    connect(m_follow, &QToolButton::toggled, this, [this](bool on) {
        if (on)
            m_log->scrollToBottom();
    });
    return right;
}

void LogPane::setFeed(RunFeed* feed)
{
    if (m_feed)
        m_feed->disconnect(this);
    m_feed = feed;
    m_stepModel.setFeed(feed);
    m_logModel.setFeed(feed);
    m_follow->setChecked(true);
    m_whole->setChecked(true);
    if (!feed)
        return;
    connect(feed, &RunFeed::begun, this, [this] { showStep(-1); });
    // A past run's failed step is what somebody opens it for.
    for (int row = 0; row < m_stepModel.rowCount(); ++row)
        if (m_stepModel.index(row, 0).data(StepModel::StateRole).toInt()
            == int(StepState::State::Failed))
            return showStep(row);
}

void LogPane::showStep(int step)
{
    m_choosing = true;
    m_steps->setCurrentIndex(step < 0 ? QModelIndex() : m_stepModel.index(step, 0));
    if (step < 0)
        m_steps->clearSelection();
    m_choosing = false;
    m_logModel.setStep(step);
    m_whole->setChecked(step < 0);
}

void LogPane::selectionChanged()
{
    if (m_selection.step() >= 0) {
        if (m_selection.step() != m_logModel.step())
            showStep(m_selection.step());
        return;
    }
    if (m_selection.isEmpty() || !m_feed)
        return;
    if (m_logModel.step() >= 0)
        showStep(-1);
    if (const int row = m_logModel.rowAt(m_selection.fromMs()); row >= 0) {
        m_follow->setChecked(false);
        m_log->setCurrentIndex(m_logModel.index(row, 0));
    }
}

void LogPane::search(int by)
{
    const QModelIndex at = m_log->currentIndex();
    const int from = at.isValid() ? at.row() + by : by > 0 ? 0 : m_logModel.rowCount() - 1;
    const int row = m_logModel.find(m_search->text(), from, by);
    if (row < 0)
        return;
    m_follow->setChecked(false);
    m_log->setCurrentIndex(m_logModel.index(row, 0));
    m_log->scrollTo(m_logModel.index(row, 0), QAbstractItemView::PositionAtCenter);
}

void LogPane::retranslate()
{
    setWindowTitle(tr("Steps and log"));
    m_steps->setAccessibleName(tr("Steps"));
    m_log->setAccessibleName(tr("Log"));
    m_search->setPlaceholderText(tr("Search the log"));
    m_search->setAccessibleName(tr("Search the log"));
    m_previous->setText(u"▲"_s);
    m_previous->setAccessibleName(tr("Previous match"));
    m_previous->setToolTip(tr("Previous match"));
    m_next->setText(u"▼"_s);
    m_next->setAccessibleName(tr("Next match"));
    m_next->setToolTip(tr("Next match"));
    m_whole->setText(tr("Whole log"));
    m_follow->setText(tr("Follow"));
    m_follow->setToolTip(tr("Stay at the end while lines come in"));
    m_stepModel.retranslate();
}

void LogPane::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace gapless
