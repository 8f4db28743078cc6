// SPDX-License-Identifier: MIT
#include "tests/support/load/httpload.h"

#include <nlohmann/json.hpp>

#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace gapless::load {
namespace {

using namespace std::chrono_literals;

constexpr auto expiryInterval = 50ms;
constexpr auto restAfterFailure = 1s;
constexpr std::string_view postBody = "user=load&text=%E4%BD%A0%E5%A5%BD";

HttpLoad::Clock::duration intervalOf(double perSecond)
{
    if (perSecond <= 0)
        return {};
    return std::chrono::duration_cast<HttpLoad::Clock::duration>(
        std::chrono::duration<double>(1.0 / perSecond));
}

} // namespace

HttpLoad::HttpLoad(Users users)
    : m_users(std::move(users))
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_begun(Clock::now())
    , m_nextExpiry(m_begun)
    , m_getSchedule {intervalOf(m_users.getsPerSecond), m_begun}
    , m_postSchedule {intervalOf(m_users.postsPerSecond), m_begun}
{
    if (m_epoll < 0)
        throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

HttpLoad::~HttpLoad()
{
    for (const auto& [fd, connection] : m_connections)
        ::close(fd);
    ::close(m_epoll);
}

void HttpLoad::turn(std::chrono::milliseconds atMost)
{
    startDue();
    auto until = std::min(Clock::now() + atMost, m_nextExpiry);
    for (const auto* schedule : {&m_getSchedule, &m_postSchedule}) {
        if (!m_stopping && schedule->interval.count() > 0)
            until = std::min(until, schedule->next);
    }
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    std::array<epoll_event, 256> events;
    const int count = epoll_wait(
        m_epoll, events.data(), int(events.size()), int(std::max<std::int64_t>(wait.count(), 0)));
    for (int i = 0; i < count; ++i) {
        // A connection closed earlier in this round has no entry any more.
        const auto found = m_connections.find(events[std::size_t(i)].data.fd);
        if (found == m_connections.end())
            continue;
        auto& connection = *found->second;
        if (connection.phase == Phase::Connecting || connection.phase == Phase::Sending)
            send(connection);
        else
            receive(connection);
    }
    expire();
}

void HttpLoad::startDue()
{
    if (m_stopping)
        return;
    const auto now = Clock::now();
    const auto startAll = [&](Schedule& schedule, Kind kind) {
        for (; schedule.interval.count() > 0 && schedule.next <= now;
             schedule.next += schedule.interval)
            start(kind, schedule.next);
    };
    startAll(m_getSchedule, Kind::Get);
    startAll(m_postSchedule, Kind::Post);
    startLongPosts(now);
}

/// One whose POST failed rests a while first: a site that refuses at once would be flooded.
void HttpLoad::startLongPosts(Clock::time_point now)
{
    while (!m_resting.empty() && m_resting.front() <= now)
        m_resting.pop_front();
    const int missing = m_users.longPosts - m_longInFlight - int(m_resting.size());
    for (int i = 0; i < missing; ++i)
        start(Kind::LongPost, now);
}

void HttpLoad::start(Kind kind, Clock::time_point due)
{
    tally(kind).sent();
    ++m_inFlight;
    if (kind == Kind::LongPost)
        ++m_longInFlight;
    if (kind == Kind::Post) {
        if (auto* connection = takeIdle()) {
            connection->phase = Phase::Sending;
            connection->reused = true;
            connection->reader = {};
            connection->toSend = request(kind);
            connection->due = due;
            return send(*connection);
        }
    }
    open(kind, due);
}

HttpLoad::Connection* HttpLoad::takeIdle()
{
    if (m_idle.empty() || m_kept < m_users.postConnections)
        return nullptr;
    const int fd = m_idle.front();
    m_idle.pop_front();
    Connection& connection = *m_connections.at(fd);
    // Browsers and HTTP libraries look at a kept connection before they use it again: one whose end has
    // arrived by then costs its user nothing.
    char byte;
    if (recv(fd, &byte, 1, MSG_PEEK) >= 0 || errno != EAGAIN) {
        ++m_idleClosed;
        close(connection);
        return nullptr;
    }
    return &connection;
}

void HttpLoad::open(Kind kind, Clock::time_point due)
{
    auto owned = std::make_unique<Connection>();
    auto& connection = *owned;
    connection.kind = kind;
    connection.due = due;
    connection.toSend = request(kind);
    connection.fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (connection.fd < 0)
        throw std::system_error(errno, std::generic_category(), "socket");
    const int on = 1;
    setsockopt(connection.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (kind == Kind::Post)
        ++m_kept;
    m_connections.emplace(connection.fd, std::move(owned));
    watch(connection, EPOLLOUT, EPOLL_CTL_ADD);
    if (connect(connection.fd, reinterpret_cast<const sockaddr*>(&m_users.address),
            sizeof m_users.address)
            != 0
        && errno != EINPROGRESS)
        fail(connection, "refused");
}

void HttpLoad::send(Connection& connection)
{
    if (connection.phase == Phase::Connecting) {
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(connection.fd, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0)
            return fail(connection, error == ECONNREFUSED ? "refused" : "unreachable");
        connection.phase = Phase::Sending;
    }
    while (!connection.toSend.empty()) {
        const auto sent = ::send(
            connection.fd, connection.toSend.data(), connection.toSend.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN)
            return watch(connection, EPOLLOUT, EPOLL_CTL_MOD);
        if (sent < 0)
            return fail(connection, "reset");
        connection.toSend.erase(0, std::size_t(sent));
    }
    connection.phase = Phase::Reading;
    watch(connection, EPOLLIN, EPOLL_CTL_MOD);
}

void HttpLoad::receive(Connection& connection)
{
    std::array<char, 16384> buffer;
    while (true) {
        const auto got = recv(connection.fd, buffer.data(), buffer.size(), 0);
        if (got < 0 && errno == EAGAIN)
            return;
        if (connection.phase == Phase::Idle) {
            ++m_idleClosed;
            std::erase(m_idle, connection.fd);
            return close(connection);
        }
        auto& reader = connection.reader;
        if (got < 0)
            return fail(connection, reader.begun() ? "truncated" : "reset");
        if (got == 0)
            reader.peerClosed();
        else
            reader.feed({buffer.data(), std::size_t(got)});
        if (reader.state() == ResponseReader::State::Malformed)
            return fail(connection, "malformed");
        if (reader.state() == ResponseReader::State::Done)
            return finish(connection);
        if (got == 0)
            return fail(connection, reader.begun() ? "truncated" : "closed");
    }
}

void HttpLoad::finish(Connection& connection)
{
    const auto took = Clock::now() - connection.due;
    const int status = connection.reader.status();
    if (status >= 200 && status < 400)
        tally(connection.kind).succeeded(took, connection.reader.version());
    else
        tally(connection.kind)
            .failed(Clock::now() - m_begun, took, "status" + std::to_string(status));
    leave(connection.kind, status < 200 || status >= 400);
    if (connection.kind != Kind::Post || !connection.reader.keepsAlive())
        return close(connection);
    connection.phase = Phase::Idle;
    m_idle.push_back(connection.fd);
}

void HttpLoad::fail(Connection& connection, const std::string& why)
{
    // Perhaps no more than the server having closed the kept connection while this was on its way.
    const auto kind = connection.reused && (why == "closed" || why == "reset") ? why + "Kept" : why;
    const auto now = Clock::now();
    tally(connection.kind).failed(now - m_begun, now - connection.due, kind);
    leave(connection.kind, true);
    close(connection);
}

void HttpLoad::leave(Kind kind, bool failed)
{
    --m_inFlight;
    if (kind != Kind::LongPost)
        return;
    --m_longInFlight;
    if (failed)
        m_resting.push_back(Clock::now() + restAfterFailure);
}

void HttpLoad::close(Connection& connection)
{
    if (connection.kind == Kind::Post)
        --m_kept;
    const int fd = connection.fd;
    ::close(fd);
    m_connections.erase(fd);
}

void HttpLoad::expire()
{
    const auto now = Clock::now();
    if (now < m_nextExpiry)
        return;
    m_nextExpiry = now + expiryInterval;
    std::vector<Connection*> late;
    for (const auto& [fd, connection] : m_connections) {
        if (connection->phase != Phase::Idle && now - connection->due > m_users.timeout)
            late.push_back(connection.get());
    }
    for (auto* connection : late)
        fail(*connection, "timeout");
}

void HttpLoad::watch(const Connection& connection, std::uint32_t events, int operation)
{
    epoll_event event {};
    event.events = events;
    event.data.fd = connection.fd;
    epoll_ctl(m_epoll, operation, connection.fd, &event);
}

std::string HttpLoad::request(Kind kind) const
{
    const auto& path = kind == Kind::Get ? m_users.getPath
        : kind == Kind::Post             ? m_users.postPath
                                         : m_users.longPath;
    std::string text = (kind == Kind::Get ? "GET " : "POST ") + path
        + " HTTP/1.1\r\nHost: " + m_users.hostHeader + "\r\n";
    if (kind != Kind::Post)
        text += "Connection: close\r\n";
    if (kind == Kind::Get)
        return text + "\r\n";
    text += "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ";
    return text + std::to_string(postBody.size()) + "\r\n\r\n" + std::string(postBody);
}

Tally& HttpLoad::tally(Kind kind)
{
    switch (kind) {
    case Kind::Get:
        return m_gets;
    case Kind::Post:
        return m_posts;
    case Kind::LongPost:
        return m_longPosts;
    }
    return m_gets;
}

nlohmann::json HttpLoad::toJson() const
{
    auto posts = m_posts.toJson();
    posts["idleClosed"] = m_idleClosed;
    return {{"seconds", std::chrono::duration<double>(Clock::now() - m_begun).count()},
        {"gets", m_gets.toJson()}, {"posts", posts}, {"longPosts", m_longPosts.toJson()}};
}

} // namespace gapless::load
