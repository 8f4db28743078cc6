// SPDX-License-Identifier: MIT
#include "app/desktop/elidedlabel.h"

#include <QPainter>
#include <QStyleOption>

namespace gapless {

ElidedLabel::ElidedLabel(QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
}

void ElidedLabel::setLine(const QString& text)
{
    if (m_line == text)
        return;
    m_line = text;
    setText(text); // what a screen reader reads
    setToolTip(text);
    updateGeometry();
    update();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_line) + 2, fontMetrics().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), 6 * fontMetrics().averageCharWidth()), fontMetrics().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(
        rect(), int(alignment()), fontMetrics().elidedText(m_line, Qt::ElideRight, width()));
}

} // namespace gapless
