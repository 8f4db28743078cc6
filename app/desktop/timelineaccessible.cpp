// SPDX-License-Identifier: MIT
#include "app/desktop/timelineaccessible.h"

#include "app/desktop/timelineview.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <map>

namespace gapless {

namespace {

/// One bar. Which one is its place in TimelineView::items(), so it stays the same object while the
/// run grows at its end.
class BarAccessible : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    BarAccessible(TimelineView* view, int index)
        : m_view(view)
        , m_index(index)
    {
    }
    bool isValid() const override { return m_view && m_index < m_view->items().size(); }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_view.data());
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text what) const override
    {
        if (!isValid() || what != QAccessible::Name)
            return {};
        return m_view->span(m_view->items()[m_index]).description;
    }
    void setText(QAccessible::Text, const QString&) override { }
    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect inside = m_view->rectOf(m_view->items()[m_index]);
        return {m_view->viewport()->mapToGlobal(inside.topLeft()), inside.size()};
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = state.selectable = true;
        state.focused = m_view && m_view->hasFocus() && m_view->focusedItem() == m_index;
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                    : nullptr;
    }
    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    void doAction(const QString& action) override
    {
        if (!isValid())
            return;
        if (action == setFocusAction())
            m_view->focusItem(m_index);
        else if (action == pressAction())
            m_view->selectItem(m_view->items()[m_index]);
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QPointer<TimelineView> m_view;
    int m_index;
};

class TimelineAccessible : public QAccessibleWidget {
public:
    explicit TimelineAccessible(TimelineView* view)
        : QAccessibleWidget(view, QAccessible::List)
    {
    }
    ~TimelineAccessible() override
    {
        for (const auto& [index, id] : m_bars)
            QAccessible::deleteAccessibleInterface(id);
    }
    int childCount() const override { return int(view()->items().size()); }
    QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        const auto known = m_bars.find(index);
        if (known != m_bars.end())
            return QAccessible::accessibleInterface(known->second);
        auto* made = new BarAccessible(view(), index);
        m_bars[index] = QAccessible::registerAccessibleInterface(made);
        return made;
    }
    int indexOfChild(const QAccessibleInterface* child) const override
    {
        for (const auto& [index, id] : m_bars)
            if (QAccessible::accessibleInterface(id) == child)
                return index;
        return -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i)
            if (child(i)->rect().contains(x, y))
                return child(i);
        return nullptr;
    }
    QAccessibleInterface* focusChild() const override
    {
        return view()->hasFocus() ? child(view()->focusedItem()) : nullptr;
    }

private:
    TimelineView* view() const { return static_cast<TimelineView*>(object()); }
    mutable std::map<int, QAccessible::Id> m_bars;
};

QAccessibleInterface* makeTimeline(const QString& className, QObject* object)
{
    auto* view = className == QLatin1StringView("gapless::TimelineView")
        ? qobject_cast<TimelineView*>(object)
        : nullptr;
    return view ? new TimelineAccessible(view) : nullptr;
}

} // namespace

void installTimelineAccessibility()
{
    static const bool once = [] {
        QAccessible::installFactory(makeTimeline);
        return true;
    }();
    (void)once;
}

} // namespace gapless
