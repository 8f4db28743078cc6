// SPDX-License-Identifier: MIT
#include "app/desktop/marking.h"

#include "app/desktop/theme.h"
#include "app/models/eventmodel.h"
#include "app/models/logmodel.h"
#include "app/models/planmodel.h"
#include "app/models/stepmodel.h"

namespace gapless {

namespace {

QColor logColor(const Colors& colors, LogLine::Kind kind)
{
    switch (kind) {
    case LogLine::Kind::FailedCommand:
    case LogLine::Kind::Failure:
    case LogLine::Kind::ErrorOutput:
        return colors.failure;
    case LogLine::Kind::Command:
        return colors.accent.lightness() < 128 && colors.dark ? colors.oldVersion : colors.accent;
    case LogLine::Kind::Health:
        return colors.muted;
    case LogLine::Kind::Output:
    case LogLine::Kind::Step:
        break;
    }
    return colors.text;
}

QColor planColor(const Colors& colors, int kind)
{
    switch (kind) {
    case PlanModel::DiffAdded:
        return colors.newVersion;
    case PlanModel::DiffRemoved:
        return colors.failure;
    case PlanModel::Wait:
    case PlanModel::Diff:
        return colors.muted;
    default:
        return colors.text;
    }
}

} // namespace

void MarkingDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const Colors& colors = m_theme.colors();
    QColor color = colors.text;
    switch (m_what) {
    case What::Steps:
        if (index.siblingAtColumn(0).data(StepModel::StateRole).toInt()
            == int(StepState::State::Failed))
            color = colors.failure;
        else if (index.column() != StepModel::Name)
            color = colors.muted;
        break;
    case What::Log: {
        const auto kind = LogLine::Kind(index.data(LogModel::KindRole).toInt());
        color = logColor(colors, kind);
        option->font.setBold(kind == LogLine::Kind::Step || kind == LogLine::Kind::Failure);
        break;
    }
    case What::Events:
        if (index.data(EventModel::TroubleRole).toBool())
            color = colors.failure;
        else if (index.column() == EventModel::Time)
            color = colors.muted;
        break;
    case What::Plan: {
        const int kind = index.data(PlanModel::KindRole).toInt();
        color = planColor(colors, kind);
        option->font.setBold(kind == PlanModel::Step);
        break;
    }
    }
    option->palette.setColor(QPalette::Text, color);
}

QTreeView* plainTree(QAbstractItemModel* model, QWidget* parent)
{
    auto* tree = new QTreeView(parent);
    tree->setModel(model);
    tree->setUniformRowHeights(true);
    tree->setRootIsDecorated(false);
    tree->setItemsExpandable(false);
    tree->setAllColumnsShowFocus(true);
    tree->setSelectionBehavior(QAbstractItemView::SelectRows);
    tree->setFrameShape(QFrame::NoFrame);
    return tree;
}

} // namespace gapless
