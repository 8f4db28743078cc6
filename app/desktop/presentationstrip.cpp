// SPDX-License-Identifier: MIT
#include "app/desktop/presentationstrip.h"

#include "app/desktop/elidedlabel.h"
#include "app/desktop/theme.h"
#include "app/models/runfeed.h"
#include "app/wording/text.h"

#include <QEvent>
#include <QHBoxLayout>

namespace gapless {

PresentationStrip::PresentationStrip(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_failed(new ElidedLabel(this))
    , m_gap(new ElidedLabel(this))
    , m_lost(new ElidedLabel(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 6, 16, 6);
    for (ElidedLabel* label : {m_failed, m_gap, m_lost}) {
        label->setAlignment(Qt::AlignCenter);
        row->addWidget(label, 1);
    }
    connect(&theme, &Theme::changed, this, &PresentationStrip::refresh);
    refresh();
}

void PresentationStrip::setFeed(const RunFeed* feed)
{
    if (m_feed)
        m_feed->disconnect(this);
    m_feed = feed;
    if (feed) {
        connect(feed, &RunFeed::begun, this, &PresentationStrip::refresh);
        connect(feed, &RunFeed::appended, this, &PresentationStrip::refresh);
    }
    refresh();
}

void PresentationStrip::refresh()
{
    const RunState state = m_feed ? m_feed->state() : RunState();
    const auto show = [this](ElidedLabel* label, const QString& text, bool good) {
        label->setLine((good ? QStringLiteral("✓ ") : QStringLiteral("✕ ")) + text);
        QPalette colors = palette();
        colors.setColor(
            QPalette::WindowText, good ? m_theme.colors().newVersion : m_theme.colors().failure);
        label->setPalette(colors);
        QFont large = font();
        large.setBold(true);
        large.setPointSizeF(font().pointSizeF() * 1.15);
        label->setFont(large);
    };
    show(m_failed, tr("Failed: %1").arg(countText(state.probes.failed)), state.probes.failed == 0);
    show(m_gap, tr("Longest gap: %1").arg(millisecondsText(state.longestGapMs())),
        state.longestGapMs() < 5000);
    show(m_lost, tr("Lost messages: %1").arg(countText(state.probes.hubLost)),
        state.probes.hubLost == 0);
}

void PresentationStrip::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace gapless
