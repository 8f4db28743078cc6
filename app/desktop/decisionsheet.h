// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/event.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTextBrowser;

namespace gapless {

class MainWindow;
class RunController;
struct RunState;

/// A run waits for a decision, as when a slot failed after another one was replaced: what serves, what
/// is left to carry the site, what the failed slot last said and how it differs from the one that
/// works, and the ways on, each button named by its outcome. Unanswered, the new version serves on.
class DecisionSheet : public QWidget {
    Q_OBJECT
public:
    DecisionSheet(MainWindow& window, RunController& controller, const DecisionAsked& asked);
    QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    QString factsHtml(const RunState& state) const;
    QString differencesHtml(const RunState& state) const;

    MainWindow& m_window;
    QPointer<RunController> m_controller;
    const DecisionAsked m_asked;
    QLabel *m_question, *m_unanswered, *m_noteTitle;
    QTextBrowser* m_facts;
    QString m_html; ///< of m_facts
    QPlainTextEdit* m_log;
    QLineEdit* m_note;
    QList<QPushButton*> m_choices;
};

} // namespace gapless
