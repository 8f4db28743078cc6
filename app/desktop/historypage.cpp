// SPDX-License-Identifier: MIT
#include "app/desktop/historypage.h"

#include "app/desktop/mainwindow.h"
#include "app/desktop/runexport.h"
#include "app/desktop/sheet.h"
#include "app/models/commandtext.h"
#include "app/wording/wording.h"

#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

const QStringList outcomes {u"succeeded"_s, u"restored"_s, u"partial"_s, u"cancelled"_s,
    u"refused"_s, QString()};
constexpr int daysOf[] = {0, 1, 7, 30, 365};
constexpr int mostRuns = 2000;

} // namespace

HistoryPage::HistoryPage(MainWindow& window, QWidget* parent)
    : QWidget(parent)
    , m_window(window)
{
    build();
    retranslate();
    m_later.setSingleShot(true);
    m_later.setInterval(150);
    connect(&m_later, &QTimer::timeout, this, &HistoryPage::reload);
    const auto later = [this] { m_later.start(); };
    connect(m_target, &QComboBox::currentIndexChanged, this, later);
    connect(m_outcome, &QComboBox::currentIndexChanged, this, later);
    connect(m_since, &QComboBox::currentIndexChanged, this, later);
    connect(m_by, &QLineEdit::textChanged, this, later);
    connect(m_text, &QLineEdit::textChanged, this, later);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &HistoryPage::refresh);
    connect(m_table, &QTableView::activated, this, [this] { m_open->click(); });
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (const QStringList runs = selected(); runs.size() == 1)
            m_window.showRun(runs.first());
    });
    connect(m_compare, &QPushButton::clicked, this, [this] {
        // The older one is what the newer is compared with.
        if (const QStringList runs = selected(); runs.size() == 2)
            Q_EMIT compareRequested(runs[1], runs[0]);
    });
    connect(m_export, &QPushButton::clicked, this, [this] {
        chooseExport(m_window.context(), this, selected().value(0),
            [this](const QString& file) { m_window.say(tr("Exported to %1.").arg(file)); });
    });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        copyText(commandText({u"report"_s, selected().value(0), u"--format"_s, u"html"_s}), m_copy);
    });
    connect(&window.context(), &DesktopContext::runsChanged, this, [this] {
        m_loaded = false;
        if (isVisible())
            m_later.start();
    });
    refresh();
}

void HistoryPage::build()
{
    m_target = new QComboBox(this);
    m_outcome = new QComboBox(this);
    m_since = new QComboBox(this);
    m_by = new QLineEdit(this);
    m_text = new QLineEdit(this);
    m_table = new QTableView(this);
    m_state = textLabel({}, this);
    m_open = new QPushButton(this);
    m_compare = new QPushButton(this);
    m_export = new QPushButton(this);
    m_copy = new QPushButton(this);
    m_text->setClearButtonEnabled(true);
    m_by->setMaximumWidth(160);
    auto* filters = new QHBoxLayout;
    for (QWidget* one : std::initializer_list<QWidget*> {m_target, m_outcome, m_since, m_by})
        filters->addWidget(one);
    filters->addWidget(m_text, 1);
    m_table->setModel(&m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_state, 1);
    for (QPushButton* one : {m_copy, m_export, m_compare, m_open})
        buttons->addWidget(one);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->addLayout(filters);
    column->addWidget(m_table, 1);
    column->addLayout(buttons);
    setFocusProxy(m_text);
}

void HistoryPage::fillChoices()
{
    const QSignalBlocker a(m_target), b(m_outcome), c(m_since);
    const QString target = m_target->currentData().toString();
    m_target->clear();
    m_target->addItem(tr("All targets"), QString());
    for (const QString& name : m_window.context().targets().names())
        m_target->addItem(name, name);
    m_target->setCurrentIndex(std::max(0, m_target->findData(target)));
    const int outcome = std::max(0, m_outcome->currentIndex());
    m_outcome->clear();
    m_outcome->addItem(tr("Every outcome"));
    for (const QString& id : outcomes)
        m_outcome->addItem(outcomeName(id.isEmpty() ? u"unfinished"_s : id));
    m_outcome->setCurrentIndex(outcome);
    const int since = std::max(0, m_since->currentIndex());
    m_since->clear();
    m_since->addItems({tr("At any time"), tr("In the last day"), tr("In the last 7 days"),
        tr("In the last 30 days"), tr("In the last year")});
    m_since->setCurrentIndex(since);
}

void HistoryPage::retranslate()
{
    fillChoices();
    m_model.retranslate();
    m_target->setAccessibleName(tr("Target"));
    m_outcome->setAccessibleName(tr("Outcome"));
    m_since->setAccessibleName(tr("Time"));
    m_by->setPlaceholderText(tr("Person"));
    m_by->setAccessibleName(tr("Person"));
    m_text->setPlaceholderText(tr("Search tags, reasons, people, runs"));
    m_text->setAccessibleName(tr("Search the history"));
    m_table->setAccessibleName(tr("Past runs"));
    m_open->setText(tr("&Open"));
    m_compare->setText(tr("Co&mpare the two"));
    m_export->setText(tr("&Export…"));
    m_copy->setText(tr("Copy as command li&ne"));
    refresh();
}

void HistoryPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void HistoryPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_loaded)
        reload();
}

RunFilter HistoryPage::filter() const
{
    RunFilter filter;
    filter.target = m_target->currentData().toString();
    if (m_outcome->currentIndex() > 0)
        filter.outcomes = {outcomes[m_outcome->currentIndex() - 1]};
    filter.by = m_by->text().trimmed();
    if (const int days = daysOf[std::max(0, m_since->currentIndex())]; days > 0)
        filter.since = m_window.context().clock().now().addDays(-days);
    // A word for a kind of run narrows by kind, in reload().
    if (searchKinds(m_text->text()).isEmpty())
        filter.text = m_text->text().trimmed();
    filter.limit = mostRuns;
    return filter;
}

void HistoryPage::reload()
{
    m_later.stop();
    m_loaded = true;
    fillChoices();
    const int round = ++m_round;
    runInBackground(
        this,
        [&context = m_window.context(), filter = filter(), kinds = searchKinds(m_text->text())](
            std::stop_token) {
            QList<RunSummary> runs = context.journal().runs(filter);
            if (!kinds.isEmpty())
                runs.removeIf([&](const RunSummary& run) { return !kinds.contains(run.kind); });
            return runs;
        },
        [this, round](const Outcome<QList<RunSummary>>& outcome) {
            if (round != m_round)
                return;
            m_error = outcome.error ? sentence(*outcome.error) + u' ' + remedy(*outcome.error)
                                    : QString();
            const QStringList before = selected();
            m_model.setRuns(outcome.value.value_or(QList<RunSummary>()));
            m_table->resizeColumnsToContents();
            if (before.size() == 1)
                select(before.first());
            refresh();
            Q_EMIT settled();
        });
}

void HistoryPage::select(const QString& run)
{
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (m_model.at(row)->run == run)
            m_table->selectRow(row);
}

QStringList HistoryPage::selected() const
{
    QList<int> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    QStringList runs;
    for (const int row : rows)
        if (const RunSummary* run = m_model.at(row))
            runs.append(run->run);
    return runs;
}

void HistoryPage::refresh()
{
    const qsizetype count = selected().size();
    m_open->setEnabled(count == 1);
    m_compare->setEnabled(count == 2);
    m_export->setEnabled(count == 1);
    m_copy->setEnabled(count == 1);
    if (!m_error.isEmpty())
        m_state->setText(u"✗ "_s + m_error);
    else if (m_loaded)
        m_state->setText(m_model.rowCount() == 0 ? tr("No run matches.")
                                                 : tr("%n run(s)", nullptr, m_model.rowCount()));
}

void HistoryPage::exportTo(const QString& run, const QString& format, const QString& file)
{
    exportRun(m_window.context(), this, run, format, file, [this](const QString& written) {
        if (!written.isEmpty())
            m_window.say(tr("Exported to %1.").arg(written));
        Q_EMIT settled();
    });
}

} // namespace gapless
