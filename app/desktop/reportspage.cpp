// SPDX-License-Identifier: MIT
#include "app/desktop/reportspage.h"

#include "app/desktop/mainwindow.h"
#include "app/desktop/runexport.h"
#include "app/desktop/sheet.h"
#include "app/models/commandtext.h"
#include "app/report/report.h"
#include "app/wording/wording.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QTextBrowser>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {
constexpr int mostRuns = 500;
}

ReportsPage::ReportsPage(MainWindow& window, QWidget* parent)
    : QWidget(parent)
    , m_window(window)
    , m_table(new QTableView)
    , m_text(new QTextBrowser)
    , m_title(headingLabel({}))
    , m_export(new QPushButton(this))
    , m_copy(new QPushButton(this))
{
    build();
    retranslate();
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ReportsPage::read);
    connect(m_export, &QPushButton::clicked, this, [this] {
        chooseExport(m_window.context(), this, run(), [this](const QString& file) {
            m_window.say(tr("Exported to %1.").arg(file));
            Q_EMIT settled();
        });
    });
    connect(m_copy, &QPushButton::clicked, this,
        [this] { copyText(commandText({u"report"_s, run(), u"--format"_s, u"md"_s}), m_copy); });
    connect(&window.context(), &DesktopContext::runsChanged, this, [this] {
        m_loaded = false;
        if (isVisible())
            reload();
    });
}

void ReportsPage::build()
{
    m_table->setModel(&m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    for (int column = 0; column < HistoryModel::ColumnCount; ++column)
        m_table->setColumnHidden(column,
            column != HistoryModel::Started && column != HistoryModel::Target && column != HistoryModel::Kind
                && column != HistoryModel::VerdictWord);
    m_text->setOpenLinks(false);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->document()->setDocumentMargin(14);
    auto* right = new QWidget;
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_title, 1);
    buttons->addWidget(m_copy);
    buttons->addWidget(m_export);
    auto* reading = new QVBoxLayout(right);
    reading->setContentsMargins(0, 0, 0, 0);
    reading->addLayout(buttons);
    reading->addWidget(m_text, 1);
    auto* halves = new QSplitter(Qt::Horizontal, this);
    halves->setChildrenCollapsible(false);
    halves->addWidget(m_table);
    halves->addWidget(right);
    halves->setSizes({400, 600});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->addWidget(halves);
    setFocusProxy(m_table);
}

void ReportsPage::retranslate()
{
    m_model.retranslate();
    m_table->setAccessibleName(tr("Runs with a report"));
    m_text->setAccessibleName(tr("Report"));
    m_export->setText(tr("&Export…"));
    m_copy->setText(tr("&Copy as command line"));
    read();
}

void ReportsPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void ReportsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_loaded)
        reload();
}

void ReportsPage::reload()
{
    m_loaded = true;
    runInBackground(
        this, [&context = m_window.context()](std::stop_token) { return context.journal().runs({.limit = mostRuns}); },
        [this](const Outcome<QList<RunSummary>>& runs) {
            const QString before = run();
            m_model.setRuns(runs.value.value_or(QList<RunSummary>()));
            m_table->resizeColumnsToContents();
            select(before);
            if (run().isEmpty() && m_model.rowCount() > 0)
                m_table->selectRow(0);
            if (runs.error)
                m_window.complain(*runs.error);
            read();
            Q_EMIT settled();
        });
}

void ReportsPage::select(const QString& run)
{
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (m_model.at(row)->run == run)
            m_table->selectRow(row);
}

QString ReportsPage::run() const
{
    const RunSummary* chosen = m_model.at(m_table->currentIndex().row());
    return chosen ? chosen->run : QString();
}

QString ReportsPage::text() const
{
    return m_text->toPlainText();
}

void ReportsPage::read()
{
    const int round = ++m_round;
    const QString chosen = run();
    m_title->setText(chosen);
    m_export->setEnabled(!chosen.isEmpty());
    m_copy->setEnabled(!chosen.isEmpty());
    if (chosen.isEmpty()) {
        m_text->setPlainText(m_loaded ? tr("No rollout has run yet, so there is nothing to report.") : QString());
        return;
    }
    runInBackground(
        this,
        [&context = m_window.context(), chosen, language = m_window.context().language().code()](
            std::stop_token) { return recordOf(context, chosen, language); },
        [this, round](const Outcome<ReportRecord>& record) {
            if (round != m_round)
                return;
            if (record.error)
                m_text->setPlainText(sentence(*record.error) + u' ' + remedy(*record.error));
            else if (record.value) // what hosts and people wrote is text in it: no HTML is taken from it
                m_text->document()->setMarkdown(QString::fromUtf8(writeReport(*record.value, u"md"_s)),
                    QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub)
                        | QTextDocument::MarkdownNoHTML);
            Q_EMIT settled();
        });
}

} // namespace gapless
