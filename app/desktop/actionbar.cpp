// SPDX-License-Identifier: MIT
#include "app/desktop/actionbar.h"

#include "app/desktop/rollbackdialog.h"
#include "app/desktop/runcontroller.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// What it does on the first line and what comes of it on the second, so that three of them have room.
void label(QPushButton* button, const QString& text, QChar mnemonic)
{
    QString shown = text;
    for (const QString& colon : {u": "_s, u"："_s})
        if (const qsizetype at = shown.indexOf(colon); at >= 0) {
            shown.replace(at, colon.size(), colon.trimmed() + u'\n');
            break;
        }
    // The letter where the word has it, and in brackets behind a Chinese one.
    const qsizetype at = shown.indexOf(mnemonic, 0, Qt::CaseInsensitive);
    const qsizetype line = shown.indexOf(u'\n');
    if (at >= 0 && (line < 0 || at < line))
        shown.insert(at, u'&');
    else
        shown.insert(line < 0 ? shown.size() : line - 1, u"(&%1)"_s.arg(mnemonic.toUpper()));
    button->setText(shown);
    button->setAccessibleName(text);
}

} // namespace

ActionBar::ActionBar(QWidget* parent)
    : QWidget(parent)
    , m_deploy(new QPushButton(this))
    , m_rollback(new QPushButton(this))
    , m_recover(new QPushButton(this))
    , m_decide(new QPushButton(this))
    , m_pause(new QPushButton(this))
    , m_keep(new QPushButton(this))
    , m_stop(new QPushButton(this))
    , m_progress(new QLabel(this))
    , m_reasonTitle(new QLabel(this))
    , m_reason(new QComboBox(this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(12, 8, 12, 8);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    rows->addLayout(row);
    auto* second = new QHBoxLayout;
    second->addWidget(m_reasonTitle);
    second->addWidget(m_reason, 1);
    rows->addLayout(second);
    m_reasonTitle->setBuddy(m_reason);
    m_reason->setEditable(true);
    m_reason->setInsertPolicy(QComboBox::NoInsert);
    connect(m_reason->lineEdit(), &QLineEdit::editingFinished, this, &ActionBar::giveReason);
    connect(m_reason, &QComboBox::activated, this, &ActionBar::giveReason);
    for (QPushButton* button : {m_deploy, m_rollback, m_recover, m_decide, m_pause, m_keep, m_stop})
        row->addWidget(button);
    row->addStretch(1);
    row->addWidget(m_progress);
    m_progress->setTextFormat(Qt::PlainText);
    connect(m_deploy, &QPushButton::clicked, this, &ActionBar::deployRequested);
    connect(m_rollback, &QPushButton::clicked, this, &ActionBar::rollbackRequested);
    connect(m_recover, &QPushButton::clicked, this, &ActionBar::recoveryRequested);
    connect(m_decide, &QPushButton::clicked, this, &ActionBar::decisionRequested);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        const bool goesOn = m_controller->isPaused() || m_controller->isPausing();
        goesOn ? m_controller->goOn() : m_controller->pauseBeforeNext();
    });
    connect(m_keep, &QPushButton::clicked, this, [this] { m_controller->stopAndKeep(); });
    connect(m_stop, &QPushButton::clicked, this, [this] { m_controller->stopAndRollBack(); });
    refresh();
}

void ActionBar::setController(RunController* controller)
{
    if (m_controller) {
        m_controller->disconnect(this);
        m_controller->feed().disconnect(this);
    }
    m_controller = controller;
    if (controller) {
        connect(controller, &RunController::runningChanged, this, &ActionBar::refresh);
        connect(controller, &RunController::decisionAsked, this, &ActionBar::refresh);
        connect(controller, &RunController::decisionOver, this, &ActionBar::refresh);
        connect(&controller->feed(), &RunFeed::begun, this, &ActionBar::refresh);
        connect(&controller->feed(), &RunFeed::appended, this, &ActionBar::refresh);
        connect(&controller->feed(), &RunFeed::kindChanged, this, &ActionBar::refresh);
        connect(&controller->feed(), &RunFeed::nowChanged, this, &ActionBar::refreshProgress);
    }
    refresh();
}

void ActionBar::setHasTarget(bool has)
{
    m_hasTarget = has;
    refresh();
}

void ActionBar::setPreviousRelease(const QString& tag)
{
    m_previous = tag;
    refresh();
}

void ActionBar::setUnfinished(Unfinished unfinished)
{
    m_unfinished = unfinished;
    refresh();
}

void ActionBar::refresh()
{
    const bool running = m_controller && m_controller->isRunning();
    m_deploy->setText(tr("&Deploy…"));
    m_rollback->setText(m_previous.isEmpty() ? tr("&Roll back…")
                                             : tr("&Roll back to %1…").arg(shortTag(m_previous)));
    m_deploy->setEnabled(m_hasTarget && !running);
    m_rollback->setEnabled(m_hasTarget && !running && !m_previous.isEmpty());
    // While a run is under way there is room for what can be done to it.
    m_deploy->setVisible(!running);
    m_rollback->setVisible(!running);
    m_recover->setVisible(!running && m_hasTarget && m_unfinished != Unfinished::No);
    m_recover->setText(m_unfinished == Unfinished::CutOff ? tr("&Finish or restore the cut-off run…")
                                                          : tr("&Finish or restore the half-done run…"));
    for (QPushButton* button : {m_pause, m_keep, m_stop})
        button->setVisible(running);
    m_reasonTitle->setVisible(running);
    m_reason->setVisible(running);
    m_decide->setVisible(running && m_controller->pendingQuestion());
    m_decide->setText(tr("&Decide…"));
    if (running)
        refreshRunning();
    refreshProgress();
}

void ActionBar::refreshRunning()
{
    const RunState& state = m_controller->feed().state();
    const bool stoppable = !m_controller->isStopping() && !state.pointOfNoReturn && !state.result;
    m_pause->setText(m_controller->isPaused() ? tr("&Continue with the next step")
            : m_controller->isPausing()       ? tr("Do not &pause")
                                              : tr("&Pause before the next step"));
    m_pause->setEnabled(stoppable);
    m_keep->setVisible(hasSomethingToKeep(state) && !state.pointOfNoReturn);
    m_keep->setEnabled(stoppable);
    label(m_keep, stopText(state, u"keep"_s), u'k');
    m_stop->setEnabled(!m_controller->isStopping());
    label(m_stop, stopText(state, u"rollback"_s), u's');
    refreshReason();
}

void ActionBar::refreshReason()
{
    m_reasonTitle->setText(tr("&Reason:"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->lineEdit()->setPlaceholderText(tr("Why this run? It stands in the report."));
    const bool rollsBack = m_controller->request().kind == "rollback"_L1;
    if (const QStringList presets = rollsBack ? rollbackReasons() : QStringList();
        m_reason->count() != presets.size()
        || (!presets.isEmpty() && m_reason->itemText(0) != presets.first())) {
        m_reason->clear();
        m_reason->addItems(presets);
    }
    // What a person is typing is not written over.
    if (const QString reason = m_controller->reason();
        !m_reason->lineEdit()->hasFocus() && m_reason->currentText() != reason)
        m_reason->setEditText(reason);
}

void ActionBar::giveReason()
{
    const QString reason = m_reason->currentText().trimmed();
    if (m_controller && m_controller->isRunning() && !reason.isEmpty()
        && reason != m_controller->reason())
        m_controller->changeReason(reason);
}

void ActionBar::refreshProgress()
{
    if (!m_controller || !m_controller->feed().state().running()) {
        m_progress->clear();
        return;
    }
    const RunFeed& feed = m_controller->feed();
    const StepState* step = feed.state().currentStep();
    if (m_controller->isPaused()) {
        m_progress->setText(tr("Paused before the next step"));
        return;
    }
    if (m_controller->isPausing()) {
        m_progress->setText(
            step ? tr("Pauses after “%1”", "step").arg(stepName(step->step)) : tr("Pauses"));
        return;
    }
    const QString lasts
        = durationText(std::chrono::milliseconds((feed.endMs() - feed.startMs()) / 1000 * 1000));
    if (!step)
        m_progress->setText(lasts);
    else if (step->slot.isEmpty())
        m_progress->setText(tr("%1 · %2", "step, duration").arg(stepName(step->step), lasts));
    else
        m_progress->setText(tr("Slot %1: %2 · %3", "slot, step, duration")
                                .arg(printableLine(step->slot), stepName(step->step), lasts));
}

void ActionBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace gapless
