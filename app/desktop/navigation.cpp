// SPDX-License-Identifier: MIT
#include "app/desktop/navigation.h"

#include <QEvent>
#include <QPushButton>
#include <QVBoxLayout>

namespace gapless {

Navigation::Navigation(QWidget* parent)
    : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(2);
    for (int i = 0; i < 4; ++i) {
        auto* button = new QPushButton(this);
        button->setCheckable(true);
        button->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + i)));
        m_buttons.addButton(button, i);
        column->addWidget(button);
    }
    m_buttons.button(0)->setChecked(true);
    paint();
    connect(
        &m_buttons, &QButtonGroup::idClicked, this, [this](int id) { Q_EMIT chosen(Page(id)); });
    retranslate();
}

void Navigation::setPage(Page page)
{
    m_buttons.button(int(page))->setChecked(true);
}

void Navigation::paint()
{
    // A style sheet keeps the colours of the palette that it was first shown with, until it is set anew.
    for (QAbstractButton* button : m_buttons.buttons())
        button->setStyleSheet(QStringLiteral(
            "QPushButton { text-align: left; padding: 6px 12px; border: 2px solid "
            "transparent; border-radius: 5px; color: palette(window-text); }"
            "QPushButton:checked { background: palette(midlight); font-weight: bold; }"
            "QPushButton:hover:!checked { background: palette(button); }"
            "QPushButton:focus { border-color: palette(highlight); }"));
}

void Navigation::retranslate()
{
    const QString names[] {tr("Targets"), tr("History"), tr("Reports"), tr("Settings")};
    for (int i = 0; i < 4; ++i) {
        QAbstractButton* button = m_buttons.button(i);
        const QKeySequence keys = button->shortcut();
        button->setText(names[i]);
        button->setShortcut(keys); // setText may have taken it away
        button->setAccessibleName(names[i]);
        button->setToolTip(keys.toString(QKeySequence::NativeText));
    }
}

void Navigation::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange)
        paint();
    QWidget::changeEvent(event);
}

} // namespace gapless
