// SPDX-License-Identifier: MIT
#include "app/desktop/recoverysheet.h"

#include "app/desktop/mainwindow.h"
#include "app/desktop/nobodydecides.h"
#include "app/desktop/sheet.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"
#include "engine/store/person.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

Recovery lookAt(DesktopContext& context, const Target& target, std::stop_token stop)
{
    const std::shared_ptr<Hosts> hosts = context.hosts(target);
    NobodyDecides nobody;
    return lookForInterruptedRun(target,
        {.hosts = *hosts,
            .journal = context.journal(),
            .clock = context.clock(),
            .decider = nobody},
        stop);
}

QString rowOf(const QString& cell, const QStringList& texts)
{
    QString cells;
    for (const QString& text : texts)
        cells += u"<%1 align='left' style='padding-right:16px'>%2</%1>"_s.arg(
            cell, text.toHtmlEscaped());
    return u"<tr>%1</tr>"_s.arg(cells);
}

} // namespace

RecoverySheet::RecoverySheet(MainWindow& window, const Target& target, Look itsLook)
    : m_window(window)
    , m_target(target)
    , m_demand(demandOf(target, true))
    , m_look(itsLook ? std::move(itsLook) : [&context = window.context(), target](std::stop_token stop) {
        return lookAt(context, target, stop);
    })
    , m_head(headingLabel({}, this))
    , m_reasonTitle(new QLabel(this))
    , m_why(textLabel({}, this))
    , m_slots(new QTextBrowser(this))
    , m_busy(new QProgressBar(this))
    , m_reason(new QLineEdit(this))
    , m_finish(new QPushButton(this))
    , m_restore(new QPushButton(this))
    , m_leave(new QPushButton(this))
    , m_again(new QPushButton(this))
{
    m_slots->setTabChangesFocus(true);
    m_reasonTitle->setBuddy(m_reason);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setMaximumHeight(6);
    auto* reason = new QHBoxLayout;
    reason->addWidget(m_reasonTitle);
    reason->addWidget(m_reason, 1);
    reason->addWidget(m_again);
    auto* ways = new QVBoxLayout; // one beneath the other: their outcomes are read, not guessed
    for (QPushButton* button : {m_finish, m_restore, m_leave}) {
        ways->addWidget(button);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_head);
    column->addWidget(m_busy);
    column->addWidget(m_slots, 1);
    column->addWidget(m_why);
    column->addLayout(reason);
    column->addLayout(ways);
    connect(m_finish, &QPushButton::clicked, this, [this] { start(u"finish"_s); });
    connect(m_restore, &QPushButton::clicked, this, [this] { start(u"restore"_s); });
    connect(m_leave, &QPushButton::clicked, this, [this] { start(u"leave"_s); });
    connect(m_again, &QPushButton::clicked, this, &RecoverySheet::look);
    connect(&window.context().theme(), &Theme::changed, this, &RecoverySheet::refresh);
    setFocusProxy(m_again);
    look();
}

void RecoverySheet::look()
{
    m_looking = true;
    m_found.reset();
    m_error.reset();
    refresh();
    m_task = runInBackground(
        this, [look = m_look](std::stop_token stop) { return look(stop); },
        [this](const Outcome<Recovery>& outcome) {
            m_looking = false;
            m_found = outcome.value;
            m_error = outcome.error;
            refresh();
            // What is proposed is the button that Enter presses.
            const QString proposal = m_found ? m_found->proposal : QString();
            for (const auto& [choice, button] : {std::pair(u"finish"_s, m_finish),
                     std::pair(u"restore"_s, m_restore), std::pair(u"leave"_s, m_leave)})
                if (choice == proposal && button->isEnabled())
                    button->setFocus();
            Q_EMIT settled();
        });
}

QString RecoverySheet::headline() const
{
    if (m_looking)
        return tr("Looking at the site …");
    if (!m_found)
        return tr("The site could not be looked at.");
    const InterruptedRun& run = m_found->interrupted;
    const QString who = printableLine(run.owner.by), where = printableLine(run.owner.machine);
    if (m_found->ownerLives())
        return tr("The run %1 of %2 on %3 is under way, not cut off.")
            .arg(printableLine(run.owner.run), who, where);
    if (m_found->nothingToDo())
        return tr("No run was cut off: nothing is to be done.");
    if (run.outcome == "partial"_L1)
        return tr("The run %1 of %2 on %3 ended half done.").arg(printableLine(run.run), who, where);
    if (run.step.isEmpty())
        return tr("The run %1 of %2 on %3 was cut off.").arg(printableLine(run.run), who, where);
    const QString step = run.slot.isEmpty()
        ? stepName(run.step)
        : tr("Slot %1: %2", "slot, step").arg(printableLine(run.slot), stepName(run.step));
    return tr("The run %1 of %2 on %3 was cut off in the step “%4”.")
        .arg(printableLine(run.run), who, where, step);
}

QString RecoverySheet::foundHtml() const
{
    if (m_error)
        return errorHtml(*m_error);
    if (!m_found)
        return {};
    QString rows = rowOf(u"th"_s,
        {tr("Slot"), tr("Found"), tr("In nginx"), tr("Answers as expected"),
            tr("Old container kept")});
    const auto yes = [](bool is) { return is ? tr("yes") : tr("no"); };
    for (const SlotFinding& slot : m_found->slots)
        rows += rowOf(u"td"_s,
            {printableLine(slot.slot), checkSentence(u"found"_s, u"info"_s, factsOf(slot)),
                yes(slot.routed), yes(slot.ready), yes(slot.oldKept)});
    QString html = u"<table cellspacing='4'>%1</table>"_s.arg(rows);
    const InterruptedRun& run = m_found->interrupted;
    if (!run.to.isEmpty())
        html += u"<p>%1</p>"_s.arg((run.from.isEmpty()
                ? tr("It was to bring the site to %1.").arg(printableLine(run.to))
                : tr("It was to bring the site from %1 to %2.")
                      .arg(printableLine(run.from), printableLine(run.to)))
                                       .toHtmlEscaped());
    return html;
}

QString RecoverySheet::outcome(const QString& choice) const
{
    if (!m_found)
        return choiceName(choice);
    const InterruptedRun& run = m_found->interrupted;
    if (choice == "finish"_L1)
        return run.to.isEmpty()
            ? choiceName(choice)
            : tr("&Finish: every slot serves %1; if that fails, it is restored").arg(shortTag(run.to));
    if (choice == "restore"_L1)
        return run.from.isEmpty() ? tr("&Restore: what the run created is removed")
                                  : tr("&Restore: every slot serves %1 again").arg(shortTag(run.from));
    QMap<QString, QString> serving;
    for (const SlotFinding& slot : m_found->slots)
        serving[slot.slot] = slot.routed ? shortTag(slot.runningTag) : QString();
    return tr("&Leave it as it is: %1; only the lock is taken away", "what serves")
        .arg(servingText(serving));
}

bool RecoverySheet::canDo(const QString& choice) const
{
    if (!m_found || m_found->ownerLives() || m_found->nothingToDo() || m_demand.forbidden
        || m_window.runningOf(m_target.name))
        return false;
    return choice == "leave"_L1 || (choice == "finish"_L1 ? m_found->canFinish : m_found->canRestore);
}

void RecoverySheet::refresh()
{
    setWindowTitle(tr("A run that was cut off"));
    m_head->setText(headline());
    m_busy->setVisible(m_looking);
    m_busy->setAccessibleName(tr("Looking at the site"));
    m_slots->setAccessibleName(tr("What was found"));
    m_slots->setHtml(foundHtml());
    m_reasonTitle->setText(tr("R&eason"));
    m_reason->setAccessibleName(tr("Reason"));
    m_again->setText(tr("Look &again"));
    m_again->setEnabled(!m_looking);
    for (const auto& [choice, button] : {std::pair(u"finish"_s, m_finish),
             std::pair(u"restore"_s, m_restore), std::pair(u"leave"_s, m_leave)}) {
        const bool proposed = m_found && m_found->proposal == choice;
        button->setStyleSheet(u"text-align:left"_s); // anew: it keeps the palette it was set with
        button->setText(proposed ? tr("%1 (proposed)").arg(outcome(choice)) : outcome(choice));
        button->setEnabled(canDo(choice));
        button->setVisible(m_found && !m_found->ownerLives() && !m_found->nothingToDo());
    }
    QString why;
    if (m_demand.forbidden)
        why = tr("This target is read-only: nothing can be changed on it.");
    else if (m_found && m_found->ownerLives())
        why = tr("As long as its owner gives signs of life, nobody else may touch the site.");
    else if (m_found && !m_found->nothingToDo() && !m_found->canFinish)
        why = tr("It cannot be finished: the new image is not on every host.");
    else if (m_found && !m_found->nothingToDo() && !m_found->canRestore)
        why = tr("It cannot be restored: neither the old containers nor their image are there.");
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty());
}

void RecoverySheet::start(const QString& choice)
{
    if (!canDo(choice))
        return;
    // The window deletes this sheet when the run has begun.
    m_window.startRecovery({.target = m_target,
        .choice = choice,
        .by = userName(),
        .machine = machineName(),
        .reason = m_reason->text().trimmed()});
}

QString RecoverySheet::text() const
{
    return m_head->text() + u'\n' + m_slots->toPlainText() + u'\n' + m_why->text();
}

void RecoverySheet::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace gapless
