// SPDX-License-Identifier: MIT
#include "engine/rollout/undo.h"

namespace gapless {

void Undo::push(QString what, QString slot, std::function<void()> act)
{
    m_entries.push_back({ std::move(what), std::move(slot), std::move(act) });
}

void Undo::rollBackTo(Mark mark, const std::function<void(const Entry&)>& runOne)
{
    while (m_entries.size() > mark) {
        const Entry entry = std::move(m_entries.back());
        m_entries.pop_back();
        runOne(entry);
    }
}

} // namespace gapless
