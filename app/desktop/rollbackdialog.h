// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/background.h"
#include "app/models/protection.h"
#include "engine/rollout/creation.h"

#include <QDialog>

class QCheckBox;
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
    /// Finds out how the release was configured when it last ran: a test's.
    using LookBack = std::function<ReleaseThen(std::stop_token)>;
    void useLookBack(LookBack look);

Q_SIGNALS:
    /// The facts of the journal are on the screen.
    void settled();
    /// So is what has changed in configuration, or that it could not be found out.
    void lookedBack();

private:
    void lookUp();
    void lookBack();
    void showChanges();
    void refresh();
    void go();

    MainWindow& m_window;
    const Target m_target;
    const QString m_tag;
    const bool m_previous;
    const Demand m_demand;
    QMap<QString, QString> m_serving;
    LookBack m_lookBack;
    BackgroundTask m_looking;
    std::optional<ReleaseThen> m_then;
    QLabel *m_heading, *m_took, *m_ran, *m_changed, *m_why;
    QCheckBox* m_recorded;
    QComboBox* m_reason;
    QLineEdit* m_name = nullptr;
    QPushButton* m_go;
};

/// The three reasons that a rollback offers.
QStringList rollbackReasons();

} // namespace gapless
