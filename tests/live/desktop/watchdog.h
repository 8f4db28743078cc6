// SPDX-License-Identifier: MIT
#pragma once

#include <QFile>
#include <QObject>
#include <atomic>
#include <thread>

namespace gapless {

/// Sees how long the window's thread lets an event wait: a thread of its own posts one, and the next when that one was
/// taken. A wait is said as three numbers: as long as it was, without the time in which the thread was ready and had no
/// processor (a busy machine's share), and the processor time of the thread alone.
///
/// Each wait of 20 ms or more is a line in the file: UTC ms of its begin, and the three in ms; after 50 ms a line that
/// begins with # says where the thread stands. The last line of every second is `beats`, UTC ms, how many were taken.
class Watchdog : public QObject {
    Q_OBJECT
public:
    /// On the window's thread, once there is an application.
    explicit Watchdog(const QString& file);
    ~Watchdog() override;

private:
    void watch(std::stop_token stop);
    void sayWhere();
    QFile m_file;
    const int m_thread; ///< the window's, as the kernel numbers it
    std::atomic<qint64> m_takenAtNs = 0;
    std::atomic<int> m_taken = 0;
    std::jthread m_watch;
};

} // namespace gapless
