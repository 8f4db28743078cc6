// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/runfeed.h"

#include <QAbstractTableModel>
#include <QPointer>

namespace gapless {

/// The steps of a run, one row each, in the order in which they began.
class StepModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Lasted, Usual, columns };
    enum Role { StateRole = Qt::UserRole, FromRole, ToRole }; ///< StepState::State, UTC ms

    using QAbstractTableModel::QAbstractTableModel;
    void setFeed(RunFeed* feed);
    /// Texts are made anew.
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// A step has failed; panes open it.
    void stepFailed(int row);

private:
    void update();
    void tick();
    QPointer<RunFeed> m_feed;
    int m_rows = 0;
    int m_failuresTold = 0;
};

} // namespace gapless
