// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>
#include <QTreeView>

namespace gapless {

class Theme;

/// Colours rows by what they are, in the palette of now: failed steps, error output, commands, the
/// lines of a diff.
class MarkingDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    enum class What { Steps, Log, Events, Plan };
    MarkingDelegate(const Theme& theme, What what, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
        , m_what(what)
    {
    }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
    const What m_what;
};

/// A list or table in the style of this window: rows of one height, whole rows selected.
QTreeView* plainTree(QAbstractItemModel* model, QWidget* parent);

} // namespace gapless
