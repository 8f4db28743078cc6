// SPDX-License-Identifier: MIT
#pragma once

#include "engine/journal/journal.h"
#include "engine/remote/host.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace gapless {

/// Where a site's runs are recorded on its gateway.
struct RecordPlace {
    Host& gateway;
    QString stateDir; ///< resolved
    QString key; ///< siteKey()
};

/// The gateway's copy of a run, written as the run goes: `stateDir`/runs/`key`/RUN.jsonl, an event a
/// line, and the target beside it. The journal on this machine is what counts; the copy lets another
/// desktop follow, resume and remember. So a step never waits for it: its start is sent at once, the
/// rest at most a second later, in batches, and what could not be sent is sent again. Events that may
/// hold a site's own text (output lines, health answers, container logs) and samples stay here; a run
/// gets 2 MB at most, a site the last fifty runs. `add` from one thread; the writing has one of its own.
class RunRecord {
public:
    explicit RunRecord(QString run);
    ~RunRecord();
    /// Called, on the record's own thread, with what somebody at another desktop asks of the run (an answer
    /// to the question `control`); looked for about once a second. Before begin().
    void onWish(std::function<void(DecisionMade)> heard) { m_onWish = std::move(heard); }
    /// What was added before goes too. `target`: its JSON, which holds no secret.
    void begin(const RecordPlace& place, const QByteArray& target);
    void add(const Event& event);
    /// Sends what is left; false when it did not arrive before the deadline.
    bool finish(std::chrono::milliseconds deadline);

private:
    void write(const std::stop_token& stop);
    void lookForWish(const std::stop_token& stop);
    bool send(const QByteArray& lines, const std::stop_token& stop);

    const QString m_run;
    std::optional<RecordPlace> m_place;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    QByteArray m_lines;
    qint64 m_bytes = 0;
    bool m_urgent = false, m_idle = true, m_ending = false;
    std::function<void(DecisionMade)> m_onWish;
    std::jthread m_thread;
};

/// What stands in the record of a run from `offset` on, which moves to its end; what the owner-lost
/// guard has added has numbers far above the run's own.
QList<Event> readRunRecord(
    const RecordPlace& place, const QString& run, qint64& offset, std::stop_token stop);

/// The runs that are recorded for the site, oldest first.
QStringList recordedRuns(const RecordPlace& place, std::stop_token stop);

/// The target of the newest recorded run that got as far as changing something; empty: none is known.
struct RecordedTarget {
    QString run;
    QByteArray json;
};
std::optional<RecordedTarget> lastRecordedTarget(const RecordPlace& place, std::stop_token stop);

/// Takes the runs that `journal` does not know whole into it, under the name that the target has
/// here. Returns how many events were new.
int importRunRecords(
    Journal& journal, const RecordPlace& place, const QString& target, std::stop_token stop);

/// Answers the question with the sequence number `question` of a run that somebody else owns; the
/// first answer stands: false when there is one.
bool answerQuestion(const RecordPlace& place, const QString& run, qint64 question,
    const DecisionMade& answer, std::stop_token stop);
/// Somebody's answer; nothing as long as there is none.
std::optional<DecisionMade> readAnswer(
    const RecordPlace& place, const QString& run, qint64 question, std::stop_token stop);

/// `event` as the record keeps it; nothing where it keeps none of the kind.
std::optional<Event> recordable(const Event& event);

/// The first sequence number of what the guard adds.
inline constexpr qint64 guardSeq = 1'000'000;

} // namespace gapless
