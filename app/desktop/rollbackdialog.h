// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/protection.h"
#include "engine/rollout/rollout.h"

#include <QDialog>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace gapless {

class MainWindow;

/// The one confirmation of a rollback: from what to what, how long it took last time, what has
/// changed in configuration since that release last ran, and a reason that is already filled in.
/// Nothing is typed for the previous release.
class RollbackDialog : public QDialog {
    Q_OBJECT
public:
    /// `previous`: the release is the previous one. `serving`: slot -> tag, as last known.
    RollbackDialog(MainWindow& window, const Target& target, const QString& tag, bool previous,
        const QMap<QString, QString>& serving);
    RolloutRequest request() const;
    QString reason() const;
    /// Why it cannot be confirmed now; empty: it can.
    QString whyNot() const;

Q_SIGNALS:
    /// The facts that the background looked up are on the screen.
    void settled();

private:
    void lookUp();
    void refresh();
    void go();

    MainWindow& m_window;
    const Target m_target;
    const QString m_tag;
    const bool m_previous;
    const Demand m_demand;
    QMap<QString, QString> m_serving;
    QLabel *m_heading, *m_took, *m_ran, *m_changed, *m_why;
    QComboBox* m_reason;
    QLineEdit* m_name = nullptr;
    QPushButton* m_go;
};

/// The three reasons that a rollback offers.
QStringList rollbackReasons();

} // namespace gapless
