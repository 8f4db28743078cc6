// SPDX-License-Identifier: MIT
#include "app/desktop/releasespane.h"

#include "app/desktop/mainwindow.h"
#include "app/desktop/rollbackdialog.h"
#include "app/desktop/sheet.h"
#include "app/wording/wording.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

ReleasesPane::ReleasesPane(MainWindow& window, QWidget* parent)
    : QWidget(parent)
    , m_window(window)
    , m_table(new QTableView(this))
    , m_state(textLabel({}, this))
    , m_busy(new QProgressBar(this))
    , m_back(new QPushButton(this))
    , m_deploy(new QPushButton(this))
    , m_look(new QPushButton(this))
{
    m_table->setModel(&m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setMaximumHeight(6);
    m_busy->hide();
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_state, 1);
    buttons->addWidget(m_look);
    buttons->addWidget(m_deploy);
    buttons->addWidget(m_back);
    auto* column = new QVBoxLayout(this);
    column->addLayout(buttons);
    column->addWidget(m_busy);
    column->addWidget(m_table, 1);
    connect(m_look, &QPushButton::clicked, this, &ReleasesPane::look);
    connect(m_back, &QPushButton::clicked, this, &ReleasesPane::rollBack);
    connect(m_deploy, &QPushButton::clicked, this, [this] {
        if (const Release* release = selected())
            Q_EMIT deployRequested(release->tag);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        &ReleasesPane::refresh);
    connect(&window, &MainWindow::currentTargetChanged, this, &ReleasesPane::forget);
    connect(&window, &MainWindow::runFinished, this, &ReleasesPane::forget);
    retranslate();
}

void ReleasesPane::retranslate()
{
    setWindowTitle(tr("Releases"));
    m_table->setAccessibleName(tr("Releases on the hosts"));
    m_look->setText(tr("&Look again"));
    m_deploy->setText(tr("De&ploy this one…"));
    m_back->setText(tr("Roll &back to this one…"));
    m_busy->setAccessibleName(tr("Looking at the hosts"));
    m_model.retranslate();
    refresh();
}

void ReleasesPane::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void ReleasesPane::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_seen && !m_looking)
        look();
}

/// What was seen is of another target, or of before a run.
void ReleasesPane::forget()
{
    m_task.cancel();
    ++m_round;
    m_looking = false;
    m_seen.reset();
    m_error.reset();
    m_model.setReleases({});
    refresh();
    if (isVisible())
        look();
}

void ReleasesPane::look()
{
    const auto target = m_window.currentTarget();
    if (!target)
        return;
    const int round = ++m_round;
    m_looking = true;
    refresh();
    m_task = runInBackground(
        this,
        [&context = m_window.context(), target = *target](
            std::stop_token stop) { return lookAtSite(context, target, stop); },
        [this, round](const Outcome<SiteLook>& outcome) {
            if (round != m_round)
                return;
            m_looking = false;
            m_error = outcome.error;
            if (outcome.value) {
                m_seen = outcome.value;
                m_at = m_window.context().clock().now();
                m_model.setReleases(m_seen->releases);
                m_table->resizeColumnsToContents();
            }
            refresh();
            Q_EMIT settled();
        });
}

const Release* ReleasesPane::selected() const
{
    return m_model.at(m_table->currentIndex().row());
}

void ReleasesPane::select(const QString& tag)
{
    if (const int row = m_model.rowOf(tag); row >= 0)
        m_table->selectRow(row);
}

void ReleasesPane::refresh()
{
    const Release* release = selected();
    m_busy->setVisible(m_looking);
    m_look->setEnabled(!m_looking && m_window.currentTarget());
    m_deploy->setEnabled(release);
    m_back->setEnabled(release && !release->serves && release->missingOn.isEmpty());
    if (!m_window.currentTarget())
        m_state->setText(tr("Choose a target at the left."));
    else if (m_error)
        m_state->setText(u"✗ "_s + sentence(*m_error) + u' ' + remedy(*m_error));
    else if (m_looking)
        m_state->setText(tr("Looking at the hosts …"));
    else if (m_seen)
        m_state->setText(tr("%n release(s), as of %1", nullptr, m_model.rowCount())
                             .arg(QLocale().toString(m_at.toLocalTime(), QLocale::ShortFormat)));
    else
        m_state->setText({});
}

void ReleasesPane::rollBack()
{
    const Release* release = selected();
    const auto& target = m_window.currentTarget();
    if (!release || !target || !m_seen)
        return;
    auto* dialog = new RollbackDialog(
        m_window, *target, release->tag, release->isPrevious, m_seen->serving);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace gapless
