// SPDX-License-Identifier: MIT
#include "tests/live/desktop/screen.h"

using namespace Qt::StringLiterals;

namespace gapless {

bool Screen::begin(QProcess& process, const QString& program, const QStringList& words)
{
    process.setProcessChannelMode(QProcess::SeparateChannels);
    process.start(program, words);
    // Both say where they listen in one line.
    while (process.waitForStarted() && !process.canReadLine())
        if (!process.waitForReadyRead(30'000))
            break;
    if (process.canReadLine())
        return true;
    m_error = u"%1: %2 %3"_s.arg(program, process.errorString(), QString::fromLocal8Bit(process.readAllStandardError()));
    return false;
}

Screen::Screen(int width, int height)
{
    const QString size = u"%1x%2x24"_s.arg(width).arg(height);
    // Xvfb finds a display number that is free, and says which on its standard output.
    if (!begin(m_x, u"Xvfb"_s, {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, size, u"-nolisten"_s, u"tcp"_s}))
        return;
    qputenv("DISPLAY", ':' + m_x.readLine().trimmed());
    if (begin(m_bus, u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s}))
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
}

Screen::~Screen()
{
    for (QProcess* process : {&m_bus, &m_x}) {
        process->terminate();
        process->waitForFinished(10'000);
    }
}

} // namespace gapless
