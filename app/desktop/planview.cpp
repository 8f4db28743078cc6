// SPDX-License-Identifier: MIT
#include "app/desktop/planview.h"

#include "app/desktop/sheet.h"
#include "app/desktop/theme.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <QEvent>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QString diffHtml(const QString& diff, const Colors& colors)
{
    QString html;
    for (const QString& line : printable(diff).split(u'\n', Qt::SkipEmptyParts)) {
        // The sign stands in front, so the colour is not the only one.
        const QColor color = line.startsWith(u'+') ? colors.newVersion
            : line.startsWith(u'-')                ? colors.failure
                                                   : colors.muted;
        html += u"<span style='color:%1'>%2</span>\n"_s.arg(color.name(), line.toHtmlEscaped());
    }
    return u"<pre>%1</pre>"_s.arg(html.chopped(html.isEmpty() ? 0 : 1));
}

} // namespace

PlanView::PlanView(const Theme& theme, QWidget* parent)
    : QTextBrowser(parent)
    , m_theme(theme)
{
    setOpenLinks(false);
    setTextInteractionFlags(Qt::TextSelectableByKeyboard | Qt::TextSelectableByMouse);
    setTabChangesFocus(true);
    connect(&theme, &Theme::changed, this, &PlanView::refresh);
    refresh();
}

void PlanView::setPlan(const Plan& plan)
{
    m_plan = plan;
    m_error.reset();
    refresh();
}

void PlanView::setError(const Error& error)
{
    m_error = error;
    m_plan.reset();
    refresh();
}

void PlanView::setNote(const QString& text)
{
    m_note = text;
    m_plan.reset();
    m_error.reset();
    refresh();
}

void PlanView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QTextBrowser::changeEvent(event);
}

QString PlanView::htmlOf(const PlanStep& step, int number) const
{
    const Colors& colors = m_theme.colors();
    const QString name = step.slot.isEmpty()
        ? stepName(step.step)
        : tr("Slot %1: %2", "slot, step").arg(printableLine(step.slot), stepName(step.step));
    QString html = u"<p style='margin-top:8px'><b>%1. %2</b></p>"_s.arg(number).arg(
        name.toHtmlEscaped());
    for (const PlanLine& line : step.lines) {
        if (line.kind == "command"_L1) {
            html += u"<p style='margin-left:18px'><code><span style='color:%1'>%2 $</span> %3</code></p>"_s
                        .arg(colors.muted.name(), printableLine(line.host).toHtmlEscaped(),
                            printableLine(line.text, 4000).toHtmlEscaped());
        } else if (line.kind == "wait"_L1) {
            WaitingFor waiting;
            waiting.step = step.step, waiting.slot = step.slot, waiting.what = line.text;
            html += u"<p style='margin-left:18px;color:%1'>%2</p>"_s.arg(
                colors.muted.name(), sentence(waiting).toHtmlEscaped());
        } else if (const QString note = planNote(line); !note.isEmpty()) {
            html += u"<p style='margin-left:18px;color:%1'>%2</p>"_s.arg(
                colors.muted.name(), note.toHtmlEscaped());
        } else {
            html += u"<div style='margin-left:18px'>%1</div>"_s.arg(diffHtml(line.text, colors));
        }
    }
    return html;
}

void PlanView::refresh()
{
    setAccessibleName(tr("Plan"));
    if (m_error) {
        setHtml(errorHtml(*m_error));
        return;
    }
    if (!m_plan) {
        setPlainText(m_note);
        return;
    }
    QString html;
    int number = 0;
    for (const PlanStep& step : m_plan->steps)
        html += htmlOf(step, ++number);
    setHtml(html);
}

} // namespace gapless
