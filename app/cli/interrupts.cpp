// SPDX-License-Identifier: MIT
#include "app/cli/interrupts.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace gapless {

namespace {

constexpr std::array caught {SIGINT, SIGTERM, SIGHUP};

// A signal handler can reach nothing but a global: the write end of a pipe.
std::array<int, 2> wakePipe {-1, -1};

void onSignal(int)
{
    const int before = errno;
    const char byte = 0;
    (void)!::write(wakePipe[1], &byte, 1);
    errno = before;
}

int openPipe()
{
    (void)!::pipe2(wakePipe.data(), O_CLOEXEC | O_NONBLOCK);
    return wakePipe[0];
}

} // namespace

Interrupts::Interrupts()
    : m_notifier(openPipe(), QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &Interrupts::read);
    struct sigaction action { };
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (int signal : caught) {
        struct sigaction before { };
        ::sigaction(signal, nullptr, &before);
        // nohup and background jobs of a shell have it ignored: leave it so.
        if (before.sa_handler != SIG_IGN)
            ::sigaction(signal, &action, nullptr);
    }
    action.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &action, nullptr);
}

Interrupts::~Interrupts()
{
    struct sigaction action { };
    action.sa_handler = SIG_DFL;
    for (int signal : caught)
        ::sigaction(signal, &action, nullptr);
    ::sigaction(SIGPIPE, &action, nullptr);
    m_notifier.setEnabled(false);
    for (int& end : wakePipe) {
        ::close(end);
        end = -1;
    }
}

void Interrupts::read()
{
    char byte = 0;
    while (::read(wakePipe[0], &byte, 1) == 1) {
        if (m_stop.request_stop())
            Q_EMIT requested();
        else
            Q_EMIT demanded();
    }
}

} // namespace gapless
