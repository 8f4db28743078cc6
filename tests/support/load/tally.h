// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gapless::load {

/// What became of the requests of one kind: how many, how fast, and what failed when.
class Tally {
public:
    using Duration = std::chrono::steady_clock::duration;

    void sent() { ++m_sent; }
    /// One that was answered as it should be. `took` counts from when it was due, not from when it
    /// got its turn.
    void succeeded(Duration took, const std::string& version);
    /// One that was not. `at` is the time since the load began; `kind` is a word such as `refused`
    /// or `status502`.
    void failed(Duration at, Duration took, const std::string& kind);

    std::uint64_t sentCount() const { return m_sent; }
    std::uint64_t failedCount() const { return m_failed; }
    const std::map<std::string, std::uint64_t>& failures() const { return m_failures; }

    nlohmann::json toJson() const;

private:
    static constexpr std::size_t keptFailures = 20;

    struct Failure {
        std::int64_t atMs;
        std::string kind;
    };

    std::uint64_t m_sent = 0;
    std::uint64_t m_failed = 0;
    std::vector<std::uint32_t> m_tookUs;
    std::map<std::string, std::uint64_t> m_failures;
    std::map<std::string, std::uint64_t> m_versions;
    std::vector<Failure> m_first; ///< the first of them, for whoever must explain them
    std::int64_t m_firstFailedMs = 0;
    std::int64_t m_lastFailedMs = 0;
};

} // namespace gapless::load
