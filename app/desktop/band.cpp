// SPDX-License-Identifier: MIT
#include "app/desktop/band.h"

#include "app/desktop/theme.h"
#include "app/models/runfeed.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QLabel* bandLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setAutoFillBackground(false);
    return label;
}

} // namespace

Band::Band(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_environment(bandLabel(this))
    , m_name(bandLabel(this))
    , m_what(bandLabel(this))
    , m_probes(bandLabel(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 16, 8);
    row->setSpacing(14);
    row->addWidget(m_environment);
    row->addWidget(m_name);
    row->addWidget(m_what, 1);
    row->addWidget(m_probes);
    m_what->setMinimumWidth(80);
    connect(&theme, &Theme::changed, this, &Band::refresh);
    refresh();
}

void Band::setTarget(const std::optional<Target>& target)
{
    m_target = target;
    refresh();
}

void Band::setServing(const QString& text)
{
    m_serving = text;
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
    for (QLabel* label : {m_environment, m_name, m_what, m_probes})
        label->setPalette(colors);
    QFont strong = font();
    strong.setBold(true);
    m_environment->setFont(strong);
    m_name->setFont(strong);
    m_environment->setText(m_target ? environmentName(m_target->environment).toUpper() : QString());
    m_environment->setVisible(!m_environment->text().isEmpty());
    const QString seen = m_feed ? printableLine(m_feed->state().request.target, 60) : QString();
    m_name->setText(m_target ? m_target->name : seen.isEmpty() ? tr("No target yet") : seen);
    QStringList serving;
    if (m_feed)
        for (const SlotState& slot : m_feed->state().slots)
            if (slot.state == "serving"_L1)
                serving << tr("%1 serves %2", "slot, tag")
                               .arg(slot.name, printableLine(slot.image, 24));
    m_what->setText(serving.isEmpty() ? m_serving : serving.join(u" · "_s));
    if (m_feed && m_feed->isRecorded()) {
        m_environment->setText(m_feed->kind() == RunFeed::Kind::Demo
                ? tr("RECORDED DEMO: no server is touched")
                : tr("RECORDED: played again"));
        m_environment->show();
    }
    const ProbeTotals probes = m_feed ? m_feed->state().probes : ProbeTotals();
    m_probes->setText(probes.sent == 0
            ? QString()
            : tr("Probes %1, failed %2").arg(countText(probes.sent), countText(probes.failed)));
    update();
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
