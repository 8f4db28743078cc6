// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/background.h"
#include "app/desktop/sitelook.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;

namespace gapless {

class MainWindow;

/// Every tagged image on the hosts of the window's target: where it is, where it runs, what its last
/// verdict was; and the ways from here to any of them.
class ReleasesPane : public QWidget {
    Q_OBJECT
public:
    explicit ReleasesPane(MainWindow& window, QWidget* parent = nullptr);
    const ReleaseModel& model() const { return m_model; }
    /// Looks at the hosts; done by itself when the pane is shown first.
    void look();
    void select(const QString& tag);
    /// Opens the one confirmation for the selected release; it may not be shown any more.
    void rollBack();

Q_SIGNALS:
    void deployRequested(const QString& tag);
    void settled();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void retranslate();
    void forget();
    void refresh();
    const Release* selected() const;

    MainWindow& m_window;
    ReleaseModel m_model;
    QTableView* m_table;
    QLabel* m_state;
    QProgressBar* m_busy;
    QPushButton *m_back, *m_deploy, *m_look;
    std::optional<SiteLook> m_seen;
    QDateTime m_at; ///< when the hosts were looked at
    std::optional<Error> m_error;
    BackgroundTask m_task;
    int m_round = 0;
    bool m_looking = false;
};

} // namespace gapless
