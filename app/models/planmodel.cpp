// SPDX-License-Identifier: MIT
#include "app/models/planmodel.h"

#include "app/models/addresses.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"

using namespace Qt::StringLiterals;

namespace gapless {

void PlanModel::setPlan(const Plan& plan)
{
    beginResetModel();
    m_plan = plan;
    layOut();
    endResetModel();
}

void PlanModel::hideAddresses(bool hide)
{
    m_hidesAddresses = hide;
    retranslate();
}

void PlanModel::retranslate()
{
    setPlan(Plan(m_plan));
}

void PlanModel::layOut()
{
    m_lines.clear();
    for (const PlanStep& step : m_plan.steps) {
        QList<Line> lines;
        for (const PlanLine& line : step.lines) {
            if (line.kind == "command"_L1) {
                lines.append({Command,
                    u"%1 $ %2"_s.arg(printableLine(line.host), printableLine(line.text, 4000))});
            } else if (line.kind == "wait"_L1) {
                WaitingFor waiting;
                waiting.step = step.step;
                waiting.slot = step.slot;
                waiting.what = line.text;
                lines.append({Wait, sentence(waiting)});
            } else if (const QString note = planNote(line); !note.isEmpty()) {
                lines.append({Wait, note});
            } else {
                for (const QString& text : printable(line.text).split(u'\n', Qt::SkipEmptyParts))
                    lines.append({text.startsWith(u'+') ? DiffAdded
                            : text.startsWith(u'-')     ? DiffRemoved
                                                        : Diff,
                        text});
            }
        }
        m_lines.append(lines);
    }
}

/// A line's internal id is its step's row and one; a step's is 0.
QModelIndex PlanModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : quintptr(0));
}

QModelIndex PlanModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    return createIndex(int(child.internalId() - 1), 0, quintptr(0));
}

int PlanModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return int(m_plan.steps.size());
    return parent.internalId() == 0 && parent.column() == 0 ? int(m_lines[parent.row()].size()) : 0;
}

int PlanModel::columnCount(const QModelIndex&) const
{
    return 1;
}

QVariant PlanModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() == 0) {
        const PlanStep& step = m_plan.steps[index.row()];
        if (role == KindRole)
            return int(Step);
        if (role != Qt::DisplayRole)
            return {};
        return step.slot.isEmpty()
            ? stepName(step.step)
            : tr("Slot %1: %2", "slot, step").arg(printableLine(step.slot), stepName(step.step));
    }
    const Line& line = m_lines[int(index.internalId() - 1)][index.row()];
    if (role == KindRole)
        return int(line.kind);
    return role == Qt::DisplayRole || role == Qt::ToolTipRole
        ? QVariant(shownText(line.text, m_hidesAddresses))
        : QVariant();
}

} // namespace gapless
