// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/error.h"

#include <QStringList>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>

namespace gapless {

/// Work on several hosts at once, each on a thread of its own. What they have to say is said on the
/// caller's thread, one at a time: that is where the journal lives.
class HostWorkers {
public:
    using Work = std::function<void(const QString& host, std::stop_token stop)>;

    /// Any worker's thread: `what` runs on the caller's, soon.
    void post(std::function<void()> what);
    /// Runs all and returns when all have ended. The first that fails stops the others, and its
    /// Error is thrown; Cancelled where `stop` was requested.
    void run(const QStringList& hosts, const Work& work, std::stop_token stop);

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_posted;
    qsizetype m_running = 0;
    std::optional<Error> m_failure;
};

} // namespace gapless
