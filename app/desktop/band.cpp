// SPDX-License-Identifier: MIT
#include "app/desktop/band.h"

#include "app/desktop/actionbar.h"
#include "app/desktop/elidedlabel.h"
#include "app/desktop/theme.h"
#include "app/models/runfeed.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace gapless {

Band::Band(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_environment(new ElidedLabel(this))
    , m_name(new ElidedLabel(this))
    , m_what(new ElidedLabel(this))
    , m_probes(new ElidedLabel(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 16, 8);
    row->setSpacing(14);
    row->addWidget(m_environment);
    row->addWidget(m_name);
    row->addWidget(m_what);
    row->addStretch(1);
    row->addWidget(m_probes);
    connect(&theme, &Theme::changed, this, &Band::refresh);
    refresh();
}

void Band::setTarget(const std::optional<Target>& target)
{
    m_target = target;
    refresh();
}

void Band::setFeed(const RunFeed* feed)
{
    if (m_feed)
        m_feed->disconnect(this);
    m_feed = feed;
    if (feed) {
        connect(feed, &RunFeed::begun, this, &Band::refresh);
        connect(feed, &RunFeed::appended, this, &Band::refresh);
        connect(feed, &RunFeed::kindChanged, this, &Band::refresh);
    }
    refresh();
}

void Band::refresh()
{
    QPalette colors = palette();
    for (const auto role : {QPalette::WindowText, QPalette::Text})
        colors.setColor(role, m_theme.colors().bandText);
    for (ElidedLabel* label : {m_environment, m_name, m_what, m_probes})
        label->setPalette(colors);
    QFont strong = font();
    strong.setBold(true);
    m_environment->setFont(strong);
    m_name->setFont(strong);
    m_environment->setLine(m_target ? environmentName(m_target->environment).toUpper() : QString());
    m_environment->setVisible(!m_environment->line().isEmpty());
    const QString seen = m_feed ? printableLine(m_feed->state().request.target, 60) : QString();
    m_name->setLine(m_target ? m_target->name : seen.isEmpty() ? tr("No target yet") : seen);
    m_what->setLine(m_feed ? servingText(m_feed->state()) : QString());
    if (m_feed && m_feed->isRecorded()) {
        m_environment->setLine(m_feed->kind() == RunFeed::Kind::Demo
                ? tr("RECORDED DEMO: no server is touched")
                : tr("RECORDED: played again"));
        m_environment->show();
    }
    const ProbeTotals probes = m_feed ? m_feed->state().probes : ProbeTotals();
    m_probes->setLine(probes.sent == 0
            ? QString()
            : tr("Probes %1, failed %2").arg(countText(probes.sent), countText(probes.failed)));
    update();
}

/// `A serves hash_2f9c1e77 (sha256:5d1c…)`; one word for all where all serve the same.
QString Band::servingText(const RunState& state)
{
    QMap<QString, QStringList> byImage;
    for (const SlotState& slot : state.slots)
        if (slot.state == "serving"_L1 || (slot.state.isEmpty() && slot.traffic != "down"_L1))
            byImage[slot.image.isEmpty() ? slot.imageBefore : slot.image].append(printableLine(slot.name));
    QStringList parts;
    for (auto one = byImage.cbegin(); one != byImage.cend(); ++one) {
        if (one.key().isEmpty())
            continue;
        QString digest;
        for (const ImageSeen& seen : state.images)
            if (seen.image.endsWith(one.key()) && digest.isEmpty())
                digest = printableLine(seen.id.left(19));
        const QString what = digest.isEmpty()
            ? shortTag(one.key())
            : tr("%1 (%2…)", "tag, digest").arg(shortTag(one.key()), digest);
        parts << (one->size() == 1 ? tr("%1 serves %2", "slot, tag").arg(one->first(), what)
                                   : tr("%1 serve %2", "slots, tag").arg(one->join(u", "_s), what));
    }
    return parts.join(u" · "_s);
}

void Band::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange)
        refresh();
    QWidget::changeEvent(event);
}

void Band::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(
        rect(), m_theme.colors().environment(m_target ? m_target->environment : QString()));
}

QString environmentName(const QString& environment)
{
    const QString word = environment.toLower();
    if (word == "production"_L1 || word == "prod"_L1)
        return Band::tr("Production");
    if (word == "staging"_L1)
        return Band::tr("Staging");
    if (word == "development"_L1 || word == "dev"_L1)
        return Band::tr("Development");
    if (word == "test"_L1 || word == "testing"_L1)
        return Band::tr("Test");
    return printableLine(environment, 40);
}

} // namespace gapless
