// SPDX-License-Identifier: MIT
#include "app/desktop/actionbar.h"

#include "app/desktop/runcontroller.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <QEvent>
#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

ActionBar::ActionBar(QWidget* parent)
    : QWidget(parent)
    , m_deploy(new QPushButton(this))
    , m_rollback(new QPushButton(this))
    , m_stop(new QPushButton(this))
    , m_progress(new QLabel(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(8);
    for (QPushButton* button : {m_deploy, m_rollback, m_stop})
        row->addWidget(button);
    row->addStretch(1);
    row->addWidget(m_progress);
    m_progress->setTextFormat(Qt::PlainText);
    connect(m_deploy, &QPushButton::clicked, this, &ActionBar::deployRequested);
    connect(m_rollback, &QPushButton::clicked, this, &ActionBar::rollbackRequested);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        if (m_controller)
            m_controller->stopAndRollBack();
        refresh();
    });
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

void ActionBar::refresh()
{
    const bool running = m_controller && m_controller->isRunning();
    m_deploy->setText(tr("&Deploy…"));
    m_rollback->setText(m_previous.isEmpty() ? tr("&Roll back…")
                                             : tr("&Roll back to %1…").arg(shortTag(m_previous)));
    m_deploy->setEnabled(m_hasTarget && !running);
    m_rollback->setEnabled(m_hasTarget && !running && !m_previous.isEmpty());
    m_stop->setVisible(running);
    const bool past = running && m_controller->feed().state().pointOfNoReturn;
    m_stop->setText(
        past ? tr("&Stop: finish tidily, the new version serves") : tr("&Stop and roll back"));
    m_stop->setEnabled(running && !m_controller->isStopping());
    refreshProgress();
}

void ActionBar::refreshProgress()
{
    if (!m_controller || !m_controller->feed().state().running()) {
        m_progress->clear();
        return;
    }
    const RunFeed& feed = m_controller->feed();
    const StepState* step = feed.state().currentStep();
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

QString shortTag(const QString& tag)
{
    const qsizetype underscore = tag.lastIndexOf(u'_');
    return printableLine(tag.left(underscore + 9), 40);
}

} // namespace gapless
