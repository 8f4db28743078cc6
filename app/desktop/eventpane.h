// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/eventmodel.h"
#include "app/models/selection.h"

#include <QTreeView>
#include <QWidget>

namespace gapless {

class Theme;

/// Every event of a run as a table, linked with the timeline both ways.
class EventPane : public QWidget {
    Q_OBJECT
public:
    EventPane(const Theme& theme, RunSelection& selection, QWidget* parent = nullptr);
    void setFeed(RunFeed* feed);
    void hideAddresses(bool hide) { m_model.hideAddresses(hide); }

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void selectionChanged();
    RunSelection& m_selection;
    EventModel m_model;
    QTreeView* m_table;
    bool m_choosing = false;
};

} // namespace gapless
