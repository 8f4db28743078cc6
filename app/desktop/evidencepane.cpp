// SPDX-License-Identifier: MIT
#include "app/desktop/evidencepane.h"

#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <QEvent>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

EvidencePane::EvidencePane(QWidget* parent)
    : QWidget(parent)
    , m_text(new QPlainTextEdit(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_text);
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_later.setSingleShot(true);
    m_later.setInterval(300);
    connect(&m_later, &QTimer::timeout, this, &EvidencePane::refresh);
    refresh();
}

void EvidencePane::setFeed(RunFeed* feed)
{
    if (m_feed)
        m_feed->disconnect(this);
    m_feed = feed;
    refresh();
    if (!feed)
        return;
    connect(feed, &RunFeed::begun, this, &EvidencePane::refresh);
    connect(feed, &RunFeed::appended, this, [this] {
        if (isVisible() && !m_later.isActive())
            m_later.start();
    });
}

void EvidencePane::refresh()
{
    setWindowTitle(tr("Evidence"));
    m_text->setAccessibleName(tr("Evidence"));
    const int at = m_text->verticalScrollBar()->value();
    m_text->setPlainText(m_feed && m_feed->state().started.isValid()
            ? evidenceLines(m_feed->state()).join(u'\n')
            : tr("Nothing has run yet, so nothing is proved."));
    m_text->verticalScrollBar()->setValue(at);
}

void EvidencePane::showEvent(QShowEvent*)
{
    refresh();
}

void EvidencePane::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QWidget::changeEvent(event);
}

QStringList evidenceLines(const RunState& state)
{
    QStringList lines;
    const auto heading = [&](const QString& text) {
        if (!lines.isEmpty())
            lines << QString();
        lines << text;
    };
    if (state.result) {
        heading(sentence(*state.result));
        lines << sentence(state.result->verdict) << noteTexts(state.result->verdict);
        if (!state.result->error.isEmpty()) {
            const Error error = errorFromJson(state.result->error);
            lines << sentence(error) << remedy(error);
            if (!error.detail.isEmpty())
                lines << printable(error.detail);
        }
    } else {
        heading(EvidencePane::tr("The run goes on; the verdict comes at its end."));
    }
    if (!state.gaps.isEmpty())
        heading(EvidencePane::tr("Gaps"));
    for (const GapSeen& seen : state.gaps)
        lines << u"  "_s + sentence(EventBody(seen.gap));
    if (!state.warnings.isEmpty())
        heading(EvidencePane::tr("Warnings before it began"));
    for (const Warned& warned : state.warnings)
        lines << u"  "_s + sentence(EventBody(warned));
    for (const SlotState& slot : state.slots) {
        if (!slot.evidence)
            continue;
        heading(EvidencePane::tr("Slot %1 failed: its last health answers")
                    .arg(printableLine(slot.name)));
        for (const QString& line : slot.evidence->health)
            lines << u"  "_s + printableLine(line);
        heading(EvidencePane::tr("Slot %1 failed: the last lines of its container")
                    .arg(printableLine(slot.name)));
        for (const QString& line : slot.evidence->log)
            lines << u"  "_s + printableLine(line, 4000);
    }
    return lines;
}

} // namespace gapless
