// SPDX-License-Identifier: MIT
#include "app/desktop/timelinebar.h"

#include "app/desktop/runcontroller.h"
#include "app/desktop/timelineview.h"

#include <QEvent>
#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {
constexpr int speeds[] {1, 2, 5, 10, 30, 60};
}

TimelineBar::TimelineBar(TimelineView& view, RunSelection& selection, QWidget* parent)
    : QWidget(parent)
    , m_view(view)
    , m_whole(button({}))
    , m_follow(button({}))
    , m_in(button(u"+"_s))
    , m_out(button(u"−"_s))
    , m_before(button(u"◂"_s))
    , m_after(button(u"▸"_s))
    , m_play(button({}))
    , m_compare(button({}))
    , m_speed(new QComboBox(this))
    , m_measured(new QLabel(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 3, 8, 3);
    row->setSpacing(2);
    for (QToolButton* one : {m_whole, m_follow, m_out, m_in, m_before, m_after})
        row->addWidget(one);
    row->addSpacing(10);
    row->addWidget(m_measured, 1);
    row->addWidget(m_compare);
    row->addWidget(m_play);
    row->addWidget(m_speed);
    m_measured->setTextFormat(Qt::PlainText);
    m_measured->setMinimumWidth(40);
    for (const int times : speeds)
        m_speed->addItem(u"%1 ×"_s.arg(times), times);
    m_whole->setCheckable(true);
    m_follow->setCheckable(true);
    m_compare->setCheckable(true);

    connect(m_whole, &QToolButton::clicked, &view, &TimelineView::showWhole);
    connect(m_follow, &QToolButton::clicked, &view, &TimelineView::follow);
    connect(m_in, &QToolButton::clicked, &view, [&view] { view.zoom(0.6); });
    connect(m_out, &QToolButton::clicked, &view, [&view] { view.zoom(1 / 0.6); });
    connect(m_before, &QToolButton::clicked, &view, [&view] { view.goToFailure(-1); });
    connect(m_after, &QToolButton::clicked, &view, [&view] { view.goToFailure(1); });
    connect(&view, &TimelineView::modeChanged, this, &TimelineBar::refresh);
    connect(&selection, &RunSelection::changed, this, &TimelineBar::refresh);
    connect(m_compare, &QToolButton::clicked, this, &TimelineBar::compareRequested);
    connect(m_play, &QToolButton::clicked, this, [this] {
        if (!m_controller)
            return;
        if (m_controller->replayer().isLoaded())
            m_controller->replayer().setPaused(!m_controller->replayer().isPaused());
        else
            m_controller->replay();
    });
    connect(m_speed, &QComboBox::activated, this, [this] {
        if (m_controller)
            m_controller->replayer().setSpeed(m_speed->currentData().toInt());
    });
    retranslate();
}

QToolButton* TimelineBar::button(const QString& sign)
{
    auto* made = new QToolButton(this);
    made->setText(sign);
    made->setAutoRaise(true);
    return made;
}

void TimelineBar::setController(RunController* controller)
{
    if (m_controller) {
        m_controller->feed().disconnect(this);
        m_controller->replayer().disconnect(this);
    }
    m_controller = controller;
    if (controller) {
        connect(&controller->feed(), &RunFeed::kindChanged, this, &TimelineBar::refresh);
        connect(&controller->feed(), &RunFeed::begun, this, &TimelineBar::refresh);
        connect(&controller->feed(), &RunFeed::appended, this, &TimelineBar::refresh);
        connect(&controller->replayer(), &Replayer::stateChanged, this, &TimelineBar::refresh);
    }
    refresh();
}

void TimelineBar::refresh()
{
    m_whole->setChecked(m_view.mode() == TimelineView::Mode::Whole);
    m_follow->setChecked(m_view.mode() == TimelineView::Mode::Follow);
    m_compare->setChecked(m_view.isComparing());
    const RunFeed::Kind kind = m_controller ? m_controller->feed().kind() : RunFeed::Kind::None;
    const bool over
        = kind == RunFeed::Kind::Past || (m_controller && m_controller->feed().isRecorded());
    const bool something = m_controller && m_controller->feed().startMs() > 0;
    m_play->setVisible(over && something);
    m_speed->setVisible(over && something);
    m_compare->setVisible(kind == RunFeed::Kind::Past && something);
    if (m_controller) {
        const Replayer& replayer = m_controller->replayer();
        m_play->setText(!replayer.isLoaded() ? tr("Play again")
                : replayer.isPaused()        ? tr("Continue")
                                             : tr("Pause"));
        m_speed->setCurrentIndex(m_speed->findData(replayer.speed()));
    }
    m_measured->setText(m_view.measuredText());
    m_measured->setToolTip(m_measured->text());
}

void TimelineBar::retranslate()
{
    const auto name = [](QToolButton* one, const QString& text, const QString& tip) {
        one->setAccessibleName(text);
        one->setToolTip(tip);
    };
    m_whole->setText(tr("Whole run"));
    m_follow->setText(tr("Follow the end"));
    m_compare->setText(tr("Compare…"));
    name(m_whole, m_whole->text(), tr("Show the whole run (Home)"));
    name(m_follow, m_follow->text(), tr("Stay at the newest (End)"));
    name(m_in, tr("Zoom in"), tr("Zoom in (W, +, wheel)"));
    name(m_out, tr("Zoom out"), tr("Zoom out (S, −, wheel)"));
    name(m_before, tr("Previous failure"), tr("Previous failure (,)"));
    name(m_after, tr("Next failure"), tr("Next failure (.)"));
    name(m_compare, m_compare->text(),
        tr("Show a second run below, aligned at the first traffic switch"));
    name(m_play, tr("Play again"), tr("Play the run again from its start"));
    m_speed->setAccessibleName(tr("Speed"));
    refresh();
}

void TimelineBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace gapless
