// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/runfeed.h"

#include <QAbstractTableModel>
#include <QPointer>
#include <QTimer>

namespace gapless {

/// The events of a run as a table, linked with the timeline: also its equivalent for the keyboard
/// and for screen readers.
class EventModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, What, columns };
    enum Role {
        SeqRole = Qt::UserRole,
        FromRole,
        ToRole,
        TroubleRole
    }; ///< trouble: a gap, a failure

    explicit EventModel(QObject* parent = nullptr);
    void setFeed(RunFeed* feed);
    void retranslate();
    /// -1: none of that number.
    int rowOf(qint64 seq) const;
    /// The last one at or before a moment.
    int rowAt(qint64 utcMs) const;

    /// Addresses of hosts are shown as dots.
    void hideAddresses(bool hide);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool m_hidesAddresses = false;
    void reset();
    void takeNew();
    QPointer<RunFeed> m_feed;
    int m_rows = 0;
    QTimer m_batch;
};

/// When what an event tells of began, UTC ms: a finished step's start, a gap's.
qint64 beginningOf(const Event& event);
/// A gap, a failed step, a refusal, a failed undo.
bool isTrouble(const Event& event);

} // namespace gapless
