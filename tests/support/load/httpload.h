// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/load/responsereader.h"
#include "tests/support/load/tally.h"

#include <nlohmann/json_fwd.hpp>

#include <netinet/in.h>

#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>

namespace gapless::load {

/// What a site's users do, in numbers. A rate or count of 0 turns that kind of request off.
struct Users {
    sockaddr_in address {};
    std::string hostHeader;
    double getsPerSecond = 0; ///< each on a connection of its own
    std::string getPath = "/";
    double postsPerSecond = 0; ///< on connections that are kept alive
    std::string postPath = "/work?ms=0";
    int postConnections = 16;
    int longPosts = 0; ///< in flight at any time, each on a connection of its own
    std::string longPath = "/work?ms=4000";
    std::chrono::milliseconds timeout {15000}; ///< of one request
};

/// Plays those users on one thread until told to stop: an open loop, so a site that hangs is asked
/// no less. Never asks a second time: each failure is one that a user would have seen.
class HttpLoad {
public:
    using Clock = std::chrono::steady_clock;

    explicit HttpLoad(Users users);
    ~HttpLoad();
    HttpLoad(const HttpLoad&) = delete;
    HttpLoad& operator=(const HttpLoad&) = delete;

    /// Does what is due and waits for answers, for `atMost` or a little longer.
    void turn(std::chrono::milliseconds atMost);
    /// Starts nothing from now on. What is in flight ends by its answer or its timeout.
    void stop() { m_stopping = true; }
    bool isIdle() const { return m_inFlight == 0; }

    const Tally& gets() const { return m_gets; }
    const Tally& posts() const { return m_posts; }
    const Tally& longPosts() const { return m_longPosts; }
    /// Kept connections that the server closed while nothing was on them: no user saw it.
    std::uint64_t idleClosed() const { return m_idleClosed; }

    nlohmann::json toJson() const;

private:
    enum class Kind { Get, Post, LongPost };
    enum class Phase { Connecting, Sending, Reading, Idle };

    struct Connection {
        int fd = -1;
        Kind kind = Kind::Get;
        Phase phase = Phase::Connecting;
        bool reused = false; ///< it has carried a request before this one
        std::string toSend;
        ResponseReader reader;
        Clock::time_point due;
    };

    /// A stream of requests at even intervals.
    struct Schedule {
        Clock::duration interval {};
        Clock::time_point next;
    };

    void startDue();
    void start(Kind kind, Clock::time_point due);
    void open(Kind kind, Clock::time_point due);
    void send(Connection& connection);
    void receive(Connection& connection);
    void finish(Connection& connection);
    void fail(Connection& connection, const std::string& why);
    void leave(Kind kind, bool failed);
    void close(Connection& connection);
    void startLongPosts(Clock::time_point now);
    void expire();
    void watch(const Connection& connection, std::uint32_t events, int operation);
    std::string request(Kind kind) const;
    Tally& tally(Kind kind);
    Connection* takeIdle();

    Users m_users;
    int m_epoll = -1;
    Clock::time_point m_begun;
    Clock::time_point m_nextExpiry;
    Schedule m_getSchedule;
    Schedule m_postSchedule;
    std::unordered_map<int, std::unique_ptr<Connection>> m_connections;
    std::deque<int> m_idle; ///< kept connections by descriptor, the longest idle first
    int m_kept = 0; ///< kept connections, idle or not
    int m_inFlight = 0;
    int m_longInFlight = 0;
    std::deque<Clock::time_point>
        m_resting; ///< until when users whose long POST failed wait before the next
    std::uint64_t m_idleClosed = 0;
    bool m_stopping = false;
    Tally m_gets;
    Tally m_posts;
    Tally m_longPosts;
};

} // namespace gapless::load
