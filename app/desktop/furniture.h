// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/mainwindow.h"

#include <QObject>
#include <QPointer>

namespace gapless {

class DecisionSheet;
class HistoryPage;
class Notifier;
class ReleasesPane;
class TargetList;
class TestClient;

/// The pages, sheets and dialogs of a window, and what leads from one to the next.
class Furniture : public QObject {
    Q_OBJECT
public:
    explicit Furniture(MainWindow& window);

    void openWizard();
    void openDeploySheet(const QString& tag = {});
    /// The one confirmation for the previous release.
    void openRollback(const QString& tag);
    /// What can be done about a run of the current target that was cut off.
    void openRecovery();

private:
    void plugPages();
    void plugRuns();
    void showDecision(RunController* controller, const DecisionAsked& asked);
    void ask(RunController* controller, const DecisionAsked& asked);
    void tellEnd(RunController* controller, const RunFinished& finished);

    MainWindow& m_window;
    TargetList* m_targets;
    HistoryPage* m_history;
    ReleasesPane* m_releases;
    TestClient* m_client;
    Notifier* m_notifier;
    QPointer<DecisionSheet> m_decision;
    QPointer<RunController> m_decisionOf;
};

} // namespace gapless
