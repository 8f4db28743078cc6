// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/planmodel.h"
#include "app/models/runfeed.h"

#include <QLabel>
#include <QPointer>
#include <QTimer>
#include <QTreeView>
#include <QWidget>

namespace gapless {

class Theme;

/// The plan of a run with its commands and nginx's diff: the one that was approved where it is at
/// hand, else what was done, from the run's own events.
class PlanPane : public QWidget {
    Q_OBJECT
public:
    explicit PlanPane(const Theme& theme, QWidget* parent = nullptr);
    void setFeed(RunFeed* feed);
    void hideAddresses(bool hide) { m_model.hideAddresses(hide); }
    /// Of the feed's run, as it was approved.
    void setPlan(const Plan& plan);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void retranslate();
    void fromEvents();
    QPointer<RunFeed> m_feed;
    bool m_approved = false;
    PlanModel m_model;
    QLabel* m_head;
    QTreeView* m_tree;
    QTimer m_later;
};

/// What was done, in the shape of a plan: each step with its commands and the files it changed.
Plan planOfRun(const RunState& state, const QList<Event>& events);

} // namespace gapless
