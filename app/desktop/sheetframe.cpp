// SPDX-License-Identifier: MIT
#include "app/desktop/sheetframe.h"

#include "app/desktop/sheet.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

SheetFrame::SheetFrame(QWidget* sheet, QWidget* parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_close(new QToolButton(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 8, 16, 12);
    auto* row = new QHBoxLayout;
    row->addWidget(m_title, 1);
    row->addWidget(m_close);
    column->addLayout(row);
    column->addWidget(scrolled(sheet), 1);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setText(sheet->windowTitle());
    QFont heading = m_title->font();
    heading.setPointSizeF(heading.pointSizeF() * 1.25);
    heading.setBold(true);
    m_title->setFont(heading);
    m_close->setAutoRaise(true);
    connect(sheet, &QWidget::windowTitleChanged, m_title, &QLabel::setText);
    connect(m_close, &QToolButton::clicked, this, &SheetFrame::closeRequested);
    retranslate();
}

void SheetFrame::retranslate()
{
    m_close->setText(u"✕"_s);
    m_close->setAccessibleName(tr("Close"));
    m_close->setToolTip(tr("Close (Esc)"));
}

void SheetFrame::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

} // namespace gapless
