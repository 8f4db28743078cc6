// SPDX-License-Identifier: MIT
#pragma once

#include "engine/journal/journal.h"

#include <QAbstractTableModel>

namespace gapless {

/// Past runs as a table, the newest first. The window's thread.
class HistoryModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Started, Target, Kind, From, To, Took, By, Outcome, VerdictWord, Reason, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void setRuns(const QList<RunSummary>& runs);
    const QList<RunSummary>& runs() const { return m_runs; }
    /// Null where there is no such row.
    const RunSummary* at(int row) const;
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const RunSummary& run, Column column) const;
    QList<RunSummary> m_runs;
};

/// Search aliases of the glossary: what a person types in the history's search, as the words that
/// the history's records use.
QStringList searchKinds(const QString& typed);

} // namespace gapless
