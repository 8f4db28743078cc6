// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/failure.h"

#include <chrono>
#include <optional>
#include <vector>

namespace gapless::signalr {

struct RetryContext {
    int previousRetries = 0; ///< failed attempts of this outage
    std::chrono::milliseconds elapsed {}; ///< since the connection was lost
    Failure reason; ///< of the loss, then of the latest attempt
};

/// Says when to try again. What it throws means "no more".
class ReconnectPolicy {
public:
    virtual ~ReconnectPolicy() = default;
    /// Nothing: give up.
    virtual std::optional<std::chrono::milliseconds> nextDelay(const RetryContext& context) = 0;
};

/// One delay for each attempt, then no more. The default is the official clients': with attempts
/// refused at once they fall at 0, 2, 12 and 42 s.
class DelayListPolicy final : public ReconnectPolicy {
public:
    using Delays = std::vector<std::chrono::milliseconds>;
    static Delays defaultDelays()
    {
        using namespace std::chrono_literals;
        return {0s, 2s, 10s, 30s};
    }
    explicit DelayListPolicy(Delays delays = defaultDelays())
        : m_delays(std::move(delays))
    {
    }
    std::optional<std::chrono::milliseconds> nextDelay(const RetryContext& context) override
    {
        const auto i = std::size_t(context.previousRetries);
        return i < m_delays.size() ? std::optional(m_delays[i]) : std::nullopt;
    }

private:
    Delays m_delays;
};

} // namespace gapless::signalr
