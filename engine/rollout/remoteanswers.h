// SPDX-License-Identifier: MIT
#pragma once

#include "engine/guard/runrecord.h"
#include "engine/rollout/rollout.h"

#include <functional>

namespace gapless {

/// Asks whoever is here, and meanwhile looks in the run's record on the gateway, once a second, whether
/// somebody at another desktop has answered. The first answer counts.
class RemoteAnswers final : public Decider {
public:
    /// `place` and `question` are asked for when a question is open: where the record is, and the
    /// number of the event that asked.
    RemoteAnswers(Decider& here, QString run, std::function<RecordPlace()> place,
        std::function<qint64()> question);
    DecisionMade decide(const DecisionAsked& question, std::stop_token stop) override;
    std::optional<DecisionMade> answered(const DecisionAsked& question) override;

private:
    Decider& m_here;
    const QString m_run;
    const std::function<RecordPlace()> m_place;
    const std::function<qint64()> m_question;
};

} // namespace gapless
