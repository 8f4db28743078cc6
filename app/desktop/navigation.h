// SPDX-License-Identifier: MIT
#pragma once

#include <QButtonGroup>
#include <QWidget>

namespace gapless {

enum class Page { Targets, History, Reports, Settings };

/// The column at the left: the four pages, Ctrl+1 to Ctrl+4.
class Navigation : public QWidget {
    Q_OBJECT
public:
    explicit Navigation(QWidget* parent = nullptr);
    void setPage(Page page);

Q_SIGNALS:
    void chosen(gapless::Page page);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void paint();
    QButtonGroup m_buttons;
};

} // namespace gapless
