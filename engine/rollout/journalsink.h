// SPDX-License-Identifier: MIT
#pragma once

#include "engine/guard/runrecord.h"
#include "engine/journal/journal.h"
#include "engine/rollout/run.h"
#include "engine/witness/witness.h"

#include <atomic>

namespace gapless {

/// To the journal first, then to the witness, which says what happened just before a gap. Where the
/// journal cannot be written that is said once, as its Error, and stops the run; what follows then (the
/// slot comes back, the lock is given up) is told to the others alone: the gateway's record has all of it.
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
        if (m_broken) {
            pass(m_journal.tell(m_run, ++m_lastSeq, std::move(body)));
            return;
        }
        try {
            pass(m_journal.append(m_run, body));
        } catch (const Error&) {
            m_broken = true;
            pass(m_journal.tell(m_run, ++m_lastSeq, std::move(body)));
            throw;
        }
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
    void pass(const Event& event)
    {
        m_record.add(event);
        m_lastSeq = event.seq;
        if (std::holds_alternative<DecisionAsked>(event.body))
            m_lastQuestion = event.seq;
        if (m_witness)
            m_witness->observe(event);
    }

    Journal& m_journal;
    QString m_run;
    Witness* m_witness;
    RunRecord& m_record;
    std::atomic<qint64> m_lastSeq = 0, m_lastQuestion = 0;
    std::atomic<bool> m_broken = false;
};

/// For what looks and is not recorded.
class SilentSink final : public RunSink {
    void say(EventBody) override { }
};

/// A run has ended: what has not reached the gateway's copy by then stays here.
inline constexpr auto recordDeadline = std::chrono::seconds(10);

} // namespace gapless
