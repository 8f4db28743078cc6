// SPDX-License-Identifier: MIT
#include "tests/live/desktop/watchdog.h"

#include <QByteArray>
#include <QDateTime>
#include <QElapsedTimer>
#include <csignal>
#include <execinfo.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

constexpr double worthALineMs = 20, tooLongMs = 50;

/// Processor time, and time ready without a processor, in ms.
struct Schedule {
    double ranMs = 0, queuedMs = 0;
};

Schedule scheduleOf(int thread)
{
    QFile file(u"/proc/self/task/%1/schedstat"_s.arg(thread));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QList<QByteArray> words = file.readAll().split(' ');
    return {words.value(0).toDouble() / 1e6, words.value(1).toDouble() / 1e6};
}

int whereTo = -1;

void sayFrames(int)
{
    void* frames[48];
    const int count = ::backtrace(frames, 48);
    ::backtrace_symbols_fd(frames, count, whereTo);
}

} // namespace

Watchdog::Watchdog(const QString& file)
    : m_file(file)
    , m_thread(::gettid())
{
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered))
        qFatal("cannot write %s", qPrintable(file));
    whereTo = m_file.handle();
    void* first[1];
    ::backtrace(first, 1); // loads what it needs; a signal's handler must not
    std::signal(SIGUSR1, sayFrames);
    m_watch = std::jthread([this](std::stop_token stop) { watch(stop); });
}

Watchdog::~Watchdog() = default;

void Watchdog::sayWhere()
{
    m_file.write("# the window's thread is here:\n");
    ::tgkill(::getpid(), m_thread, SIGUSR1);
}

void Watchdog::watch(std::stop_token stop)
{
    int posted = 0, said = 0;
    QElapsedTimer second;
    second.start();
    while (!stop.stop_requested()) {
        const qint64 begin = QDateTime::currentMSecsSinceEpoch();
        const Schedule before = scheduleOf(m_thread);
        QElapsedTimer waits;
        waits.start();
        const qint64 postedAtNs = std::chrono::steady_clock::now().time_since_epoch().count();
        QMetaObject::invokeMethod(
            this,
            [this] {
                // Here and not when this thread has noticed: it may have had to queue itself.
                m_takenAtNs = std::chrono::steady_clock::now().time_since_epoch().count();
                ++m_taken;
            },
            Qt::QueuedConnection);
        ++posted;
        bool told = false;
        while (m_taken < posted && !stop.stop_requested()) {
            ::usleep(500);
            if (waits.elapsed() > tooLongMs && !std::exchange(told, true))
                sayWhere();
        }
        const double ms = double(m_takenAtNs - postedAtNs) / 1e6;
        const Schedule after = scheduleOf(m_thread);
        if (ms >= worthALineMs)
            m_file.write("%1 %2 %3 %4\n"_ba.replace("%1", QByteArray::number(begin))
                             .replace("%2", QByteArray::number(ms, 'f', 1))
                             .replace("%3", QByteArray::number(std::max(0., ms - (after.queuedMs - before.queuedMs)), 'f', 1))
                             .replace("%4", QByteArray::number(after.ranMs - before.ranMs, 'f', 1)));
        if (second.hasExpired(1000)) {
            m_file.write("beats " + QByteArray::number(begin) + ' ' + QByteArray::number(posted - said) + '\n');
            said = posted;
            second.restart();
        }
        ::usleep(2000);
    }
}

} // namespace gapless
