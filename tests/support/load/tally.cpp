// SPDX-License-Identifier: MIT
#include "tests/support/load/tally.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace gapless::load {
namespace {

std::uint32_t microseconds(Tally::Duration duration)
{
    return std::uint32_t(std::chrono::duration_cast<std::chrono::microseconds>(duration).count());
}

std::int64_t milliseconds(Tally::Duration duration)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

/// The smallest value that at least `share` of the sorted values do not exceed.
double quantileMs(const std::vector<std::uint32_t>& sorted, double share)
{
    if (sorted.empty())
        return 0;
    const auto rank = std::size_t(std::ceil(share * double(sorted.size())));
    return sorted[std::max<std::size_t>(rank, 1) - 1] / 1000.0;
}

} // namespace

void Tally::succeeded(Duration took, const std::string& version)
{
    m_tookUs.push_back(microseconds(took));
    if (!version.empty())
        ++m_versions[version];
}

void Tally::failed(Duration at, Duration took, const std::string& kind)
{
    const auto atMs = milliseconds(at);
    if (m_failed == 0)
        m_firstFailedMs = atMs;
    m_lastFailedMs = atMs;
    ++m_failed;
    ++m_failures[kind];
    m_tookUs.push_back(microseconds(took));
    if (m_first.size() < keptFailures)
        m_first.push_back({atMs, kind});
}

nlohmann::json Tally::toJson() const
{
    auto sorted = m_tookUs;
    std::ranges::sort(sorted);
    nlohmann::json json {{"sent", m_sent}, {"failed", m_failed}, {"failures", m_failures},
        {"versions", m_versions}, {"p50Ms", quantileMs(sorted, 0.5)},
        {"p99Ms", quantileMs(sorted, 0.99)}, {"maxMs", quantileMs(sorted, 1.0)}};
    if (m_failed > 0) {
        json["firstFailedMs"] = m_firstFailedMs;
        json["lastFailedMs"] = m_lastFailedMs;
        for (const auto& failure : m_first)
            json["first"].push_back({{"atMs", failure.atMs}, {"kind", failure.kind}});
    }
    return json;
}

} // namespace gapless::load
