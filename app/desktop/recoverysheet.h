// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/background.h"
#include "app/models/protection.h"
#include "engine/rollout/recovery.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTextBrowser;

namespace gapless {

class MainWindow;

/// A run that was cut off: what was found of it and of each slot, and the three ways on, each with its
/// outcome: finish, restore, leave as it is. It looks first and changes nothing; what is chosen runs as
/// a run of its own. Refused while the run's owner gives signs of life.
class RecoverySheet : public QWidget {
    Q_OBJECT
public:
    /// Looks at the site: a test's.
    using Look = std::function<Recovery(std::stop_token)>;
    RecoverySheet(MainWindow& window, const Target& target, Look itsLook = {});
    /// What was found; nothing as long as the site is being looked at, or where that failed.
    const std::optional<Recovery>& found() const { return m_found; }
    QString text() const;

Q_SIGNALS:
    /// The site was looked at, or could not be.
    void settled();

protected:
    void changeEvent(QEvent* event) override;

private:
    void look();
    void refresh();
    QString headline() const;
    QString foundHtml() const;
    QString outcome(const QString& choice) const;
    bool canDo(const QString& choice) const;
    void start(const QString& choice);

    MainWindow& m_window;
    const Target m_target;
    const Demand m_demand;
    Look m_look;
    std::optional<Recovery> m_found;
    std::optional<Error> m_error;
    bool m_looking = false;
    BackgroundTask m_task;

    QLabel *m_head, *m_reasonTitle, *m_why;
    QTextBrowser* m_slots;
    QProgressBar* m_busy;
    QLineEdit* m_reason;
    QPushButton *m_finish, *m_restore, *m_leave, *m_again;
};

} // namespace gapless
