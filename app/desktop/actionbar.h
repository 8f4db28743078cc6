// SPDX-License-Identifier: MIT
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QWidget>

namespace gapless {

class RunController;

/// What can be done to the target now, each button labelled by its outcome, and how far the run has
/// come.
class ActionBar : public QWidget {
    Q_OBJECT
public:
    explicit ActionBar(QWidget* parent = nullptr);
    /// The run that is shown; null: none.
    void setController(RunController* controller);
    /// A target is chosen, so that something can be deployed to it.
    void setHasTarget(bool has);
    /// The release that its own button rolls back to; empty: none is known.
    void setPreviousRelease(const QString& tag);
    const QString& previousRelease() const { return m_previous; }
    /// Whether the target's last run waits for somebody to bring it to an end.
    enum class Unfinished { No, CutOff, HalfDone };
    void setUnfinished(Unfinished unfinished);

Q_SIGNALS:
    void deployRequested();
    void rollbackRequested();
    void recoveryRequested();
    void decisionRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void refreshRunning();
    void refreshReason();
    void giveReason();
    void refreshProgress();

    RunController* m_controller = nullptr;
    bool m_hasTarget = false;
    QString m_previous;
    Unfinished m_unfinished = Unfinished::No;
    QPushButton *m_deploy, *m_rollback, *m_recover, *m_decide, *m_pause, *m_keep, *m_stop;
    QLabel *m_progress, *m_reasonTitle;
    QComboBox* m_reason; ///< of the run, as long as it runs
};

} // namespace gapless
