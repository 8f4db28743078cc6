// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/event.h"

#include <mutex>
#include <utility>

namespace gapless {

/// What people ask of a rollout that is under way, from this desktop or another one. Between two steps
/// the rollout looks in here: `pauseRun` holds before the next step, `continue` goes on, `keep` ends the
/// run and keeps what serves, `rollback` takes everything back, `reason` gives it another reason (the
/// wish's note). The last two stops are heard while a step waits, too. After the point of no return
/// there is nothing left to hold or to take back, and only a reason is heard.
class RunWishes {
public:
    /// Any thread.
    void add(DecisionMade wish)
    {
        const std::lock_guard lock(m_mutex);
        m_wishes.append(std::move(wish));
    }
    /// In the order in which they came. The rollout's thread.
    QList<DecisionMade> take()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_wishes, {});
    }

private:
    std::mutex m_mutex;
    QList<DecisionMade> m_wishes; ///< guarded
};

} // namespace gapless
