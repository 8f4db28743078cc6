// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/console.h"
#include "engine/rollout/rollout.h"

namespace gapless {

/// Asks the person at the terminal; where nobody is there, or they leave it unanswered, the
/// question's own fallback holds.
class TerminalDecider : public Decider {
public:
    explicit TerminalDecider(Console& console)
        : m_console(console)
    {
    }
    DecisionMade decide(const DecisionAsked& question, std::stop_token stop) override;

private:
    Console& m_console;
};

} // namespace gapless
