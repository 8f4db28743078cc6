// SPDX-License-Identifier: MIT
#include "app/desktop/decisionsheet.h"

#include "app/desktop/mainwindow.h"
#include "app/desktop/sheet.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

DecisionSheet::DecisionSheet(
    MainWindow& window, RunController& controller, const DecisionAsked& asked)
    : m_window(window)
    , m_controller(&controller)
    , m_asked(asked)
    , m_question(headingLabel({}, this))
    , m_unanswered(textLabel({}, this))
    , m_noteTitle(new QLabel(this))
    , m_facts(new QTextBrowser(this))
    , m_log(codeView({}, this))
    , m_note(new QLineEdit(this))
{
    m_facts->setTabChangesFocus(true);
    m_noteTitle->setBuddy(m_note);
    auto* halves = new QSplitter(Qt::Horizontal, this);
    halves->addWidget(m_facts);
    halves->addWidget(m_log);
    halves->setSizes({500, 500});
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_noteTitle);
    buttons->addWidget(m_note, 1);
    for (const QString& choice : asked.choices) {
        auto* button = new QPushButton(this);
        m_choices.append(button);
        buttons->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, choice] {
            for (QPushButton* one : std::as_const(m_choices))
                one->setEnabled(false); // the click is seen at once
            if (m_controller)
                m_controller->decide(choice, m_note->text().trimmed());
        });
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_question);
    column->addWidget(halves, 1);
    column->addWidget(m_unanswered);
    column->addLayout(buttons);
    connect(&controller.feed(), &RunFeed::appended, this, &DecisionSheet::fill);
    connect(&window.context().theme(), &Theme::changed, this, &DecisionSheet::fill);
    fill();
    if (!m_choices.isEmpty())
        setFocusProxy(m_choices.first());
}

void DecisionSheet::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        fill();
    QWidget::changeEvent(event);
}

QString DecisionSheet::factsHtml(const RunState& state) const
{
    const auto row = [](const QString& name, const QString& value) {
        return u"<tr><td style='padding-right:12px'><b>%1</b></td><td>%2</td></tr>"_s.arg(
            name.toHtmlEscaped(), value.toHtmlEscaped());
    };
    QString rows;
    int serving = 0;
    for (const SlotState& slot : state.slots) {
        const bool serves = slot.traffic != "down"_L1 && slot.name != m_asked.slot
            && (slot.state.isEmpty() || slot.state == "serving"_L1);
        serving += serves;
        rows += row(tr("Slot %1").arg(printableLine(slot.name)),
            tr("%1, %2", "version, state of a slot")
                .arg(printableLine(slot.image.isEmpty() ? slot.imageBefore : slot.image),
                    slot.state.isEmpty() ? slotStateName(u"serving"_s) : slotStateName(slot.state)));
    }
    rows += row(tr("Capacity"),
        tr("%1 of %n slot(s) serve", nullptr, int(state.slots.size())).arg(serving));
    for (qsizetype i = state.steps.size(); i-- > 0;) {
        if (state.steps[i].state != StepState::State::Failed || state.steps[i].error.isEmpty())
            continue;
        const Error error = errorFromJson(state.steps[i].error);
        rows += row(tr("Why"), sentence(error)) + row(tr("What helps"), remedy(error));
        break;
    }
    if (const SlotState* failed = state.slot(m_asked.slot); failed && failed->evidence) {
        QStringList answers;
        for (const QString& answer : failed->evidence->health)
            answers.append(printableLine(answer));
        if (!answers.isEmpty())
            rows += row(tr("Last health answers"), answers.join(u" · "_s));
    }
    return u"<table>%1</table>"_s.arg(rows) + differencesHtml(state);
}

/// Configuration of the slot that failed beside that of one which works: the usual cause.
QString DecisionSheet::differencesHtml(const RunState& state) const
{
    const ConfigurationDiffers* found = nullptr;
    for (const ConfigurationDiffers& one : state.differences)
        if (one.slot == m_asked.slot && !one.other.isEmpty())
            found = &one;
    if (m_asked.question != "partialFailure"_L1)
        return {};
    if (!found)
        return u"<p>%1</p>"_s.arg(
            tr("As far as could be seen, slot %1 is configured like the slot that works.")
                .arg(printableLine(m_asked.slot))
                .toHtmlEscaped());
    const auto line = [](const QString& cell, const QStringList& texts) {
        QString cells;
        for (const QString& text : texts)
            cells += u"<%1 align='left' style='padding-right:12px'>%2</%1>"_s.arg(
                cell, text.toHtmlEscaped());
        return u"<tr>%1</tr>"_s.arg(cells);
    };
    QString rows = line(u"th"_s,
        {QString(), tr("Slot %1, which works").arg(printableLine(found->other)),
            tr("Slot %1").arg(printableLine(found->slot))});
    for (const QJsonValue each : found->differences)
        rows += line(u"td"_s,
            {differenceName(each.toObject()), differenceValue(each.toObject(), u"before"_s),
                differenceValue(each.toObject(), u"after"_s)});
    return u"<p><b>%1</b></p><table>%2</table>"_s.arg(
        tr("How they differ").toHtmlEscaped(), rows);
}

void DecisionSheet::fill()
{
    if (!m_controller)
        return;
    const RunState& state = m_controller->feed().state();
    setWindowTitle(tr("Waiting for a decision"));
    m_question->setText(questionText(m_asked));
    m_facts->setAccessibleName(tr("What serves and what failed"));
    // Only what is new: who reads is not thrown back to the top.
    if (const QString html = factsHtml(state); html != m_html)
        m_facts->setHtml(m_html = html);
    const SlotState* failed = state.slot(m_asked.slot);
    m_log->setAccessibleName(tr("Last lines of the failed container"));
    m_log->setPlaceholderText(tr("The failed container said nothing."));
    const QString log = failed && failed->evidence
        ? printable(failed->evidence->log.join(u'\n'))
        : QString();
    if (log != m_log->toPlainText())
        m_log->setPlainText(log);
    m_noteTitle->setText(tr("&Note for the report:"));
    m_note->setAccessibleName(tr("Note for the report"));
    const QString fallback = choiceText(state, m_asked, m_asked.fallback);
    m_unanswered->setText(m_asked.question == "partialFailure"_L1
            ? tr("Unanswered, nothing more is done: %1. The lock says that the run waits.")
                  .arg(fallback)
            : tr("Unanswered for three days: %1. The lock says that the run waits.").arg(fallback));
    m_log->setVisible(m_asked.question == "partialFailure"_L1);
    for (qsizetype i = 0; i < m_choices.size(); ++i)
        m_choices[i]->setText(
            u"&%1  %2"_s.arg(i + 1).arg(choiceText(state, m_asked, m_asked.choices[i])));
}

QString DecisionSheet::text() const
{
    return m_question->text() + u'\n' + m_facts->toPlainText() + u'\n' + m_log->toPlainText();
}

} // namespace gapless
