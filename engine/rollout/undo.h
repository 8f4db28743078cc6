// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <algorithm>
#include <functional>
#include <vector>

namespace gapless {

/// What has to be done, last first, to take back what a rollout did. Each entry is pushed before its
/// act and is idempotent. Nothing runs in a destructor.
class Undo {
public:
    struct Entry {
        QString what; ///< an identifier: `removeNew`, `putUp`, `startOld`, `killNew`, `takeDown`
        QString slot;
        std::function<void()> act;
    };
    using Mark = std::size_t;

    void push(QString what, QString slot, std::function<void()> act);
    Mark mark() const { return m_entries.size(); }
    /// Hands what was pushed since `mark` to `runOne`, last first. `runOne` must not throw: a failed
    /// entry is reported and does not keep the others from running.
    void rollBackTo(Mark mark, const std::function<void(const Entry&)>& runOne);
    /// What was pushed since `mark` has been taken back by other means.
    void forget(Mark mark) { m_entries.resize(std::min(mark, m_entries.size())); }
    /// Point of no return: nothing will be taken back any more.
    void commit() { m_entries.clear(); }
    bool empty() const { return m_entries.empty(); }

private:
    std::vector<Entry> m_entries;
};

} // namespace gapless
