// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QProcess;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace gapless {

class MainWindow;

/// The way to a first target, or one more: adopt what already runs, read a file, fill in a form; or
/// see a recorded rollout, or start the demo on this machine.
class WizardSheet : public QWidget {
    Q_OBJECT
public:
    explicit WizardSheet(MainWindow& window, QWidget* parent = nullptr);
    /// `packaging/demo/stack`, where this program can find it; empty: it cannot.
    static QString demoStack();
    /// What the offers are called, in order.
    QStringList offers() const;

Q_SIGNALS:
    void adoptRequested();
    void importRequested();
    void formRequested();
    void playRequested();
    void demoRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Offer {
        QPushButton* button;
        QLabel* text;
    };
    void add(QVBoxLayout* column, void (WizardSheet::*signal)());
    void retranslate();

    MainWindow& m_window;
    QLabel* m_heading;
    QList<Offer> m_offers;
};

/// Starts the demo stack on this machine after saying what that does; imports its target when it is
/// up. What the script says is shown as it comes; closing the sheet ends nothing that has begun.
class DemoSheet : public QWidget {
    Q_OBJECT
public:
    explicit DemoSheet(MainWindow& window, const QString& stack, QWidget* parent = nullptr);
    ~DemoSheet() override;
    void start();
    bool isRunning() const;
    QString output() const;

Q_SIGNALS:
    void ended(bool ok);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void take();
    void finish(int exit);
    static QString folder();

    MainWindow& m_window;
    const QString m_stack;
    QLabel *m_says, *m_state;
    QPlainTextEdit* m_output;
    QPushButton* m_start;
    QPointer<QProcess> m_process;
    QByteArray m_line;
};

} // namespace gapless
