// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <functional>
#include <map>

namespace gapless {

/// The desktop's notifications (org.freedesktop.Notifications over D-Bus). Where there is no such
/// service nothing happens: the window says the same.
class Notifier : public QObject {
    Q_OBJECT
public:
    explicit Notifier(QObject* parent = nullptr);
    /// `urgent` stays until somebody closes it. `clicked` runs when it is clicked on.
    void say(const QString& title, const QString& text, bool urgent, std::function<void()> clicked);
    int said() const { return m_said; }

private Q_SLOTS:
    void actionInvoked(quint32 id, const QString& action);
    void closed(quint32 id);

private:
    std::map<quint32, std::function<void()>> m_clicked;
    int m_said = 0;
};

} // namespace gapless
