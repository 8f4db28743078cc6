// SPDX-License-Identifier: MIT
#include "engine/remote/tcpconnect.h"

#include "engine/model/error.h"

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <mutex>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

using Clock = std::chrono::steady_clock;
using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

/// A lookup that may outlive who asked for it: getaddrinfo has no deadline and cannot be stopped.
struct Lookup {
    std::mutex mutex;
    std::condition_variable_any done;
    bool finished = false;
    int status = 0;
    Addresses addresses {nullptr, &::freeaddrinfo};
};

int lookUp(const std::string& address, const std::string& port, int flags, Addresses& found)
{
    addrinfo hints {};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    addrinfo* list = nullptr;
    const int status = ::getaddrinfo(address.c_str(), port.c_str(), &hints, &list);
    found.reset(list);
    return status;
}

/// Null with `problem` filled in where there is none. Throws Cancelled.
Addresses resolve(const QString& address, int port, Clock::time_point deadline,
    const std::stop_token& stop, QString& problem)
{
    const std::string host = address.toStdString();
    const std::string service = std::to_string(port);
    Addresses numeric {nullptr, &::freeaddrinfo};
    if (lookUp(host, service, AI_NUMERICHOST, numeric) == 0)
        return numeric;

    const auto lookup = std::make_shared<Lookup>();
    std::thread([lookup, host, service] {
        Addresses found {nullptr, &::freeaddrinfo};
        const int status = lookUp(host, service, 0, found);
        const std::lock_guard lock(lookup->mutex);
        lookup->status = status;
        lookup->addresses = std::move(found);
        lookup->finished = true;
        lookup->done.notify_all();
    }).detach();
    std::unique_lock lock(lookup->mutex);
    lookup->done.wait_until(lock, stop, deadline, [&] { return lookup->finished; });
    if (stop.stop_requested())
        throw Cancelled {};
    if (!lookup->finished)
        problem = u"the name was not resolved in time"_s;
    else if (lookup->status != 0)
        problem = QString::fromLocal8Bit(::gai_strerror(lookup->status));
    return std::move(lookup->addresses);
}

void setOption(int fd, int level, int option, int value)
{
    ::setsockopt(fd, level, option, &value, sizeof value);
}

void tune(int fd)
{
    setOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    setOption(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
    setOption(fd, IPPROTO_TCP, TCP_KEEPIDLE, 15);
    setOption(fd, IPPROTO_TCP, TCP_KEEPINTVL, 5);
    setOption(fd, IPPROTO_TCP, TCP_KEEPCNT, 3);
    setOption(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, 30'000);
}

/// 0, or the errno. Throws Cancelled.
int connectOne(int fd, const addrinfo& to, Clock::time_point deadline, const std::stop_token& stop)
{
    if (::connect(fd, to.ai_addr, to.ai_addrlen) == 0)
        return 0;
    if (errno != EINPROGRESS)
        return errno;
    while (Clock::now() < deadline) {
        if (stop.stop_requested())
            throw Cancelled {};
        pollfd waiting {fd, POLLOUT, 0};
        if (::poll(&waiting, 1, 50) > 0) {
            int status = 0;
            socklen_t size = sizeof status;
            ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &status, &size);
            return status;
        }
    }
    return ETIMEDOUT;
}

} // namespace

FileDescriptor connectTcp(
    const QString& address, int port, std::chrono::milliseconds deadline, std::stop_token stop)
{
    const Clock::time_point end = Clock::now() + deadline;
    QString problem;
    const Addresses addresses = resolve(address, port, end, stop, problem);
    for (const addrinfo* each = addresses.get(); each; each = each->ai_next) {
        FileDescriptor fd(::socket(
            each->ai_family, each->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, each->ai_protocol));
        if (!fd)
            continue;
        tune(fd.get());
        // With others still to try, one that swallows packets must not use up the whole deadline.
        const Clock::time_point now = Clock::now();
        const int status
            = connectOne(fd.get(), *each, each->ai_next ? now + (end - now) / 2 : end, stop);
        if (status == 0)
            return fd;
        problem = QString::fromLocal8Bit(std::strerror(status));
    }
    throw Error(ErrorKind::HostUnreachable, {{u"address"_s, address}, {u"port"_s, port}}, problem);
}

} // namespace gapless
