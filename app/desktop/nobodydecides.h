// SPDX-License-Identifier: MIT
#pragma once

#include "engine/rollout/rollout.h"

namespace gapless {

/// For what only looks, such as a plan: nobody is asked anything.
class NobodyDecides final : public Decider {
public:
    DecisionMade decide(const DecisionAsked& asked, std::stop_token) override
    {
        return {asked.question, asked.fallback, QStringLiteral("fallback"), {}};
    }
};

} // namespace gapless
