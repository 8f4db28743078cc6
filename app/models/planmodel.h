// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/plan.h"

#include <QAbstractItemModel>
#include <QStringList>

namespace gapless {

/// A plan as a tree: steps, and below each its commands, the lines of its nginx diff and what it
/// waits for.
class PlanModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Kind { Step, Command, Wait, Diff, DiffAdded, DiffRemoved };
    enum Role { KindRole = Qt::UserRole };

    using QAbstractItemModel::QAbstractItemModel;
    void setPlan(const Plan& plan);
    const Plan& plan() const { return m_plan; }
    /// Addresses of hosts are shown as dots.
    void hideAddresses(bool hide);
    void retranslate();

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    bool m_hidesAddresses = false;
    struct Line {
        Kind kind;
        QString text;
    };
    void layOut();
    Plan m_plan;
    QList<QList<Line>> m_lines; ///< by step
};

} // namespace gapless
