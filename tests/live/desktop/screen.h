// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>
#include <QString>

namespace gapless {

/// A screen (Xvfb) and a session bus of the test's own, as a person's desktop has them; DISPLAY and
/// DBUS_SESSION_BUS_ADDRESS of this process and of those it starts are theirs. Ended with the object.
class Screen {
public:
    Screen(int width, int height);
    ~Screen();
    /// What could not be started; empty: all of it runs.
    const QString& error() const { return m_error; }

private:
    bool begin(QProcess& process, const QString& program, const QStringList& words);
    QProcess m_x, m_bus;
    QString m_error;
};

} // namespace gapless
