// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>
#include <QLabel>
#include <QToolButton>

namespace gapless {

/// A sheet with its heading (the sheet's windowTitle) and a button that closes it.
class SheetFrame : public QFrame {
    Q_OBJECT
public:
    explicit SheetFrame(QWidget* sheet, QWidget* parent = nullptr);

Q_SIGNALS:
    void closeRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    QLabel* m_title;
    QToolButton* m_close;
};

} // namespace gapless
