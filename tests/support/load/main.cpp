// SPDX-License-Identifier: MIT
#include "tests/support/load/httpload.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <netdb.h>
#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <optional>
#include <regex>

using namespace gapless::load;
using namespace std::chrono_literals;

namespace {

volatile std::sig_atomic_t s_stopped = 0;

/// Fills in the address of `http://host[:port]`; false where it is none or is not known.
bool resolve(const std::string& url, Users& users)
{
    static const std::regex form(R"(http://([^:/]+)(?::(\d+))?/?)");
    std::smatch match;
    if (!std::regex_match(url, match, form))
        return false;
    const std::string port = match[2].matched ? match[2].str() : "80";
    addrinfo hints {};
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(match[1].str().c_str(), port.c_str(), &hints, &found) != 0)
        return false;
    users.address = *reinterpret_cast<const sockaddr_in*>(found->ai_addr);
    freeaddrinfo(found);
    users.hostHeader = match[1].str() + ":" + port;
    return true;
}

/// Whether whoever held our standard input has let go of it.
bool inputEnded()
{
    pollfd input {STDIN_FILENO, POLLIN, 0};
    if (poll(&input, 1, 0) <= 0)
        return false;
    char buffer[256];
    return read(STDIN_FILENO, buffer, sizeof buffer) <= 0;
}

/// A site that hangs for a while holds some thousand connections of an open loop.
void allowManyConnections()
{
    rlimit limit {};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

int main(int argc, char* argv[])
{
    CLI::App app {"Plays a site's users, and prints as one JSON object what they saw."};
    Users users;
    std::string url;
    std::optional<double> seconds;
    int timeoutMs = int(users.timeout.count());
    double everySeconds = 0;
    bool untilEof = false;
    app.add_option("--url", url, "the site, http://host:port")->required();
    app.add_option("--gets", users.getsPerSecond, "GETs a second, each on a fresh connection");
    app.add_option("--get-path", users.getPath, "what they ask for")->capture_default_str();
    app.add_option("--posts", users.postsPerSecond, "POSTs a second, on kept connections");
    app.add_option("--post-path", users.postPath, "what they post to")->capture_default_str();
    app.add_option("--post-connections", users.postConnections, "how many connections are kept")
        ->capture_default_str();
    app.add_option("--long-posts", users.longPosts, "long POSTs in flight at any time");
    app.add_option("--long-path", users.longPath, "what they post to")->capture_default_str();
    app.add_option("--timeout", timeoutMs, "ms until a request has failed")->capture_default_str();
    app.add_option("--for", seconds, "seconds; without it until SIGTERM or SIGINT");
    app.add_flag("--until-eof", untilEof, "or until standard input ends");
    app.add_option("--every", everySeconds, "also print where it stands, every so many seconds");
    CLI11_PARSE(app, argc, argv);
    users.timeout = std::chrono::milliseconds(timeoutMs);
    if (!resolve(url, users)) {
        std::cerr << "gapless-load: not an http:// address, or not known: " << url << '\n';
        return 2;
    }
    allowManyConnections();
    for (const int signal : {SIGTERM, SIGINT})
        std::signal(signal, [](int) { s_stopped = 1; });

    using Clock = HttpLoad::Clock;
    HttpLoad load(users);
    const auto begun = Clock::now();
    const auto every
        = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(everySeconds));
    auto nextReport = begun + every;
    while (!s_stopped && !(untilEof && inputEnded())
        && !(seconds && Clock::now() - begun >= std::chrono::duration<double>(*seconds))) {
        load.turn(100ms);
        if (every.count() > 0 && Clock::now() >= nextReport) {
            nextReport += every;
            std::cout << load.toJson().dump() << std::endl;
        }
    }
    load.stop();
    while (!load.isIdle())
        load.turn(100ms);
    std::cout << load.toJson().dump() << std::endl;
    return 0;
}
