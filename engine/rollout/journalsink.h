// SPDX-License-Identifier: MIT
#pragma once

#include "engine/guard/runrecord.h"
#include "engine/journal/journal.h"
#include "engine/rollout/run.h"
#include "engine/witness/witness.h"

#include <atomic>

namespace gapless {

/// To the journal first, then to the witness, which says what happened just before a gap.
class JournalSink final : public RunSink {
public:
    JournalSink(Journal& journal, QString run, Witness* witness, RunRecord& record)
        : m_journal(journal)
        , m_run(std::move(run))
        , m_witness(witness)
        , m_record(record)
    {
    }
    void say(EventBody body) override
    {
        const Event event = m_journal.append(m_run, std::move(body));
        m_record.add(event);
        m_lastSeq = event.seq;
        if (std::holds_alternative<DecisionAsked>(event.body))
            m_lastQuestion = event.seq;
        if (m_witness)
            m_witness->observe(event);
    }
    QString abortReason() const override
    {
        return m_witness ? m_witness->abortReason() : QString();
    }

    /// The number of what was said last.
    qint64 lastSeq() const override { return m_lastSeq; }
    /// The number of the question that was asked last; 0: none was.
    qint64 lastQuestion() const { return m_lastQuestion; }

private:
    Journal& m_journal;
    QString m_run;
    Witness* m_witness;
    RunRecord& m_record;
    std::atomic<qint64> m_lastSeq = 0, m_lastQuestion = 0;
};

/// For what looks and is not recorded.
class SilentSink final : public RunSink {
    void say(EventBody) override { }
};

/// A run has ended: what has not reached the gateway's copy by then stays here.
inline constexpr auto recordDeadline = std::chrono::seconds(10);

} // namespace gapless
