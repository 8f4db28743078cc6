// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QStringList>
#include <QVariantMap>

namespace gapless {

/// The desktop's notifications, as the service that shows them gets them.
class Notices : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    QStringList said; ///< their titles, in order

public Q_SLOTS:
    // The protocol's name and arguments.
    uint Notify(const QString& program, uint replaced, const QString& icon, const QString& title, const QString& text,
        const QStringList& actions, const QVariantMap& hints, int forMs)
    {
        Q_UNUSED(program) Q_UNUSED(replaced) Q_UNUSED(icon) Q_UNUSED(text) Q_UNUSED(actions) Q_UNUSED(hints)
        Q_UNUSED(forMs)
        said.append(title);
        return uint(said.size());
    }
};

} // namespace gapless
