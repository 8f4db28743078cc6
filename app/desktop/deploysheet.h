// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/background.h"
#include "app/desktop/sitelook.h"
#include "app/models/protection.h"
#include "engine/rollout/rollout.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QTableView;

namespace gapless {

class MainWindow;
class PlanView;
class SourceForm;

/// Picks what is deployed (an image on the hosts, or one that is built or sent first) and how, shows exactly what would be done, and runs that or nothing: the
/// button works only for the plan that is on the screen, and the run refuses when the site no longer
/// gives that plan's hash.
class DeploySheet : public QWidget {
    Q_OBJECT
public:
    /// `tag`: what is chosen first; empty: the newest that does not serve.
    DeploySheet(MainWindow& window, const Target& target, const QString& tag = {});

    /// What the form asks for now.
    RolloutRequest request() const;
    bool watched() const;
    /// The plan on the screen is that of the form.
    bool isFresh() const { return m_plan && !m_stale; }
    const std::optional<Plan>& plan() const { return m_plan; }
    void choose(const QString& tag);
    SourceForm& source() { return *m_source; }
    /// Makes plans from now on: a test's.
    using MakePlan = std::function<Plan(const RolloutRequest&, std::stop_token)>;
    void usePlanner(MakePlan make) { m_makePlan = std::move(make); }

Q_SIGNALS:
    /// The site was looked at, or a plan was made, or either failed.
    void settled();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    QWidget* buildChoice();
    QWidget* buildAgreement();
    void retranslate();
    void retranslateStrategies();
    void look();
    void takeLook(const Outcome<SiteLook>& look);
    void changed();
    void makePlan();
    void refresh();
    QString whyNot() const;
    bool isNamed() const;
    void go();
    void start();

    MainWindow& m_window;
    const Target m_target;
    const Demand m_demand;
    MakePlan m_makePlan;
    QString m_wanted;
    ReleaseModel m_releases;
    std::optional<SiteLook> m_look;
    std::optional<Plan> m_plan;
    bool m_stale = true, m_looking = false, m_planning = false;
    int m_round = 0;
    BackgroundTask m_task;
    QTimer m_later;

    SourceForm* m_source;
    QTableView* m_images;
    QComboBox *m_strategy, *m_partial;
    QLineEdit *m_reason, *m_name;
    QSpinBox* m_pace;
    QCheckBox *m_strict, *m_watched;
    QLabel *m_imagesTitle, *m_strategyTitle, *m_strategyText, *m_partialTitle, *m_reasonTitle,
        *m_nameTitle, *m_paceTitle, *m_summary, *m_why;
    QProgressBar* m_busy;
    PlanView* m_view;
    QPushButton *m_go, *m_copy, *m_again;
};

/// A strategy in two lines: what it does, and what it needs.
QString strategyText(Strategy strategy);

} // namespace gapless
