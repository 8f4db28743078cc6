// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/scenarios.h"

#include <QWidget>
#include <array>

class QLabel;
class QPushButton;
class QSpinBox;

namespace gapless {

class MainWindow;

/// For showing it to a room, over the demo stack alone: each scenario with one click, at the pace that is chosen.
class ScenarioPane : public QWidget {
    Q_OBJECT
public:
    /// `stack`: the demo's script; empty: it was not found, and nothing can be shown.
    ScenarioPane(MainWindow& window, QString stack, QWidget* parent = nullptr);
    /// The current target is a demo's, and the demo's folder is here.
    bool isOffered() const;
    /// What the buttons do.
    void play(Scenario scenario);

Q_SIGNALS:
    void offeredChanged(bool offered);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void refresh();
    void begin(Scenario scenario, const QString& serving);
    void beginScript(const Target& target, const QString& serving);
    void setAffinity(const QString& kind, std::function<void()> then);

    MainWindow& m_window;
    const QString m_stack;
    DemoImages m_images;
    bool m_busy = false;
    QString m_affinity; ///< as the last scenario left it; empty: the stack's own
    std::array<QPushButton*, 6> m_buttons;
    std::array<QLabel*, 6> m_texts;
    QLabel *m_paceTitle, *m_state;
    QSpinBox* m_pace;
};

} // namespace gapless
