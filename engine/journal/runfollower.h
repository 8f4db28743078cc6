// SPDX-License-Identifier: MIT
#pragma once

#include "engine/journal/journal.h"

namespace gapless {

/// Follows what others write: another process's rollout, an import. One thread, which asks as often
/// as it likes; where nothing was written, asking costs microseconds.
class RunFollower {
public:
    explicit RunFollower(const Journal& journal, QString run = {}, qint64 afterSeq = 0)
        : m_journal(journal)
        , m_run(std::move(run))
        , m_seq(afterSeq)
    {
    }

    /// Whether anything was written to the journal since this was asked last; true the first time.
    /// What this very thread wrote does not count.
    bool changed()
    {
        const qint64 version = m_journal.dataVersion();
        return std::exchange(m_version, version) != version;
    }

    /// The events of the run that came since the last call.
    QList<Event> newEvents()
    {
        if (!changed())
            return {};
        QList<Event> events = m_journal.events(m_run, m_seq);
        if (!events.isEmpty())
            m_seq = events.last().seq;
        return events;
    }

private:
    const Journal& m_journal;
    QString m_run;
    qint64 m_seq;
    qint64 m_version = -1;
};

} // namespace gapless
