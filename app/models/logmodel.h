// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/runfeed.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>
#include <vector>

namespace gapless {

/// The log of a run, whole or one step's; a million lines are no trouble, since a row is made when
/// it is looked at. New lines come in at most ten times a second.
class LogModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { KindRole = Qt::UserRole, AtRole, StepRole }; ///< LogLine::Kind, UTC ms, step

    explicit LogModel(QObject* parent = nullptr);
    void setFeed(RunFeed* feed);
    /// -1: every step's.
    void setStep(int step);
    int step() const { return m_step; }
    /// The row of the next line that has `text`, from row `from` on upwards (-1) or downwards (1),
    /// going round; -1: none has.
    int find(const QString& text, int from, int by) const;
    /// The first row at or after a moment; the last where all are before.
    int rowAt(qint64 utcMs) const;

    /// Addresses of hosts are shown as dots.
    void hideAddresses(bool hide);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    bool m_hidesAddresses = false;
    qsizetype lineOf(int row) const { return m_step < 0 ? row : m_rows[size_t(row)]; }
    void reset();
    void takeNew();

    QPointer<RunFeed> m_feed;
    int m_step = -1;
    qsizetype m_taken = 0; ///< lines of the log that have been looked at
    std::vector<qint32> m_rows; ///< for one step: its lines
    QTimer m_batch;
};

} // namespace gapless
