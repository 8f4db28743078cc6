// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

namespace gapless {

/// One line that is cut with … where there is no room, and never makes its window wider. Screen readers and the tool tip
/// have all of it.
class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    /// Plain text.
    void setLine(const QString& text);
    const QString& line() const { return m_line; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_line;
};

} // namespace gapless
