// SPDX-License-Identifier: MIT
#pragma once

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

Q_SIGNALS:
    void deployRequested();
    void rollbackRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void refreshProgress();

    RunController* m_controller = nullptr;
    bool m_hasTarget = false;
    QString m_previous;
    QPushButton *m_deploy, *m_rollback, *m_stop;
    QLabel* m_progress;
};

/// A tag short enough for a button: `hash_2f9c1e77` of a full hash.
QString shortTag(const QString& tag);

} // namespace gapless
