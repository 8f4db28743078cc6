// SPDX-License-Identifier: MIT
#include "engine/journal/journal.h"

#include "engine/journal/journalfile.h"
#include "engine/journal/runtable.h"
#include "engine/model/error.h"
#include "engine/model/eventjson.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QUuid>
#include <QVariant>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

using Files = std::map<QString, std::unique_ptr<JournalFile>>;

/// This thread's connections, by the journal they belong to. QtSql binds a connection to the thread
/// that made it.
Files& filesOfThisThread()
{
    thread_local Files files;
    return files;
}

template <typename... Kinds> bool isOneOf(const EventBody& body)
{
    return (std::holds_alternative<Kinds>(body) || ...);
}

Durability durabilityOf(const EventBody& body)
{
    const bool isChatter = isOneOf<OutputLine, HealthAnswered, WaitingFor, ProbeSummary>(body);
    // What a step has done is followed by the next step's start, which is on disk before that one
    // acts; after a power failure in between, the hosts are looked at anyway. An fsync for each of
    // them (6 ms on a common disk) was a third of a rollout's own time.
    const bool isDone = isOneOf<CommandRan, StepFinished, SlotChanged, TrafficChanged, FileChanged,
        ReloadProven, ConnectionsDrained, ContainerStopped>(body);
    const auto* started = std::get_if<StepStarted>(&body);
    const bool onlyLooks = started
        && QStringList {u"baseline"_s, u"drain"_s, u"check"_s, u"warmUp"_s, u"watch"_s}.contains(
            started->step);
    return isChatter || isDone || onlyLooks ? Durability::Process : Durability::Power;
}

QString lineOf(const Event& event)
{
    return QString::fromUtf8(QJsonDocument(toJson(event)).toJson(QJsonDocument::Compact));
}

qint64 median(QList<qint64> values)
{
    if (values.isEmpty())
        return 0;
    const auto middle = values.begin() + values.size() / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

Random systemRandom()
{
    return [] { return QRandomGenerator::system()->generate(); };
}

void StepDurations::add(const QString& step, const QString& slot, qint64 ms)
{
    m_ms[step + u'/' + slot].append(ms);
    if (!slot.isEmpty())
        m_ms[step + u'/'].append(ms);
}

qint64 StepDurations::expectedMs(const QString& step, const QString& slot) const
{
    const auto own = m_ms.constFind(step + u'/' + slot);
    return median(own != m_ms.constEnd() ? *own : m_ms.value(step + u'/'));
}

Journal::Journal(const QString& folder, Clock& clock, Random random, JournalOptions options)
    : m_folder(folder)
    , m_id(QUuid::createUuid().toString())
    , m_clock(clock)
    , m_random(std::move(random))
    , m_options(options)
{
    JournalFile::prepare(folder, options.busyTimeout);
}

Journal::~Journal()
{
    filesOfThisThread().erase(m_id);
}

QString Journal::file() const
{
    return JournalFile::pathIn(m_folder);
}

JournalFile& Journal::db() const
{
    std::unique_ptr<JournalFile>& own = filesOfThisThread()[m_id];
    if (!own)
        own = std::make_unique<JournalFile>(file(), m_options.busyTimeout);
    return *own;
}

QString Journal::newRun()
{
    // Without the letters and digits that are mistaken for each other on paper.
    static constexpr QLatin1StringView letters("abcdefghjkmnpqrstuvwxyz23456789");
    for (;;) {
        QString run = m_clock.now().toUTC().toString(u"yyyyMMdd-HHmmss-"_s);
        for (int i = 0; i < 4; ++i)
            run += letters[qsizetype(m_random() % uint(letters.size()))];
        if (!summary(run))
            return run;
    }
}

Event Journal::append(const QString& run, EventBody body)
{
    const std::lock_guard lock(m_appendMutex);
    JournalFile& file = db();
    file.setDurability(m_options.durable ? durabilityOf(body) : Durability::None);
    Event event {0, m_clock.now(), run, std::move(body)};
    try {
        JournalTransaction transaction(file);
        RunState& state = stateToAppendTo(run);
        event.seq = state.lastSeq + 1;
        file.run("INSERT INTO events (run, seq, type, event) VALUES (?, ?, ?, ?)",
            {run, event.seq, typeOf(event.body), lineOf(event)});
        state = apply(std::move(state), event);
        writeSummary(file, state, {});
        transaction.commit();
    } catch (...) {
        m_states.erase(run); // it may have gone ahead of the file
        throw;
    }
    if (std::holds_alternative<RunFinished>(event.body))
        m_states.erase(run);
    for (const auto& [id, sink] : m_sinks)
        sink(event);
    return event;
}

Event Journal::tell(const QString& run, qint64 seq, EventBody body)
{
    const std::lock_guard lock(m_appendMutex);
    Event event {seq, m_clock.now(), run, std::move(body)};
    for (const auto& [id, sink] : m_sinks)
        sink(event);
    return event;
}

RunState& Journal::stateToAppendTo(const QString& run)
{
    RunState& state = m_states[run];
    QSqlQuery& row = db().run("SELECT last_seq FROM runs WHERE run = ?", {run});
    const qint64 lastSeq = db().next(row) ? row.value(0).toLongLong() : 0;
    row.finish();
    // Another process may have written to it: a resume, an import.
    if (lastSeq > state.lastSeq)
        state = foldRun(db(), run, std::move(state));
    // Kinds of a newer version are passed over by the fold, and their numbers are taken all the
    // same.
    state.lastSeq = std::max(state.lastSeq, lastSeq);
    return state;
}

int Journal::addSink(Sink sink)
{
    const std::lock_guard lock(m_appendMutex);
    m_sinks.emplace(++m_lastSink, std::move(sink));
    return m_lastSink;
}

void Journal::removeSink(int id)
{
    const std::lock_guard lock(m_appendMutex);
    m_sinks.erase(id);
}

QList<Event> Journal::events(const QString& run, qint64 afterSeq, qint64 limit) const
{
    QList<Event> found;
    if (limit == 0)
        return found;
    visitEvents(db(), run, afterSeq, [&](const Event& event) {
        found.append(event);
        return limit < 0 || found.size() < limit;
    });
    return found;
}

void Journal::eachEvent(
    const QString& run, qint64 afterSeq, const std::function<bool(const Event&)>& visit) const
{
    visitEvents(db(), run, afterSeq, visit);
}

RunState Journal::state(const QString& run) const
{
    RunState state = foldRun(db(), run, {});
    if (state.lastSeq == 0)
        throw Error(ErrorKind::RunUnknown, {{u"run"_s, run}});
    return state;
}

std::optional<RunSummary> Journal::summary(const QString& run) const
{
    return readSummary(db(), run);
}

QList<RunSummary> Journal::runs(const RunFilter& filter) const
{
    return readSummaries(db(), filter);
}

std::optional<QString> Journal::previousRelease(const QString& target, const QString& serving) const
{
    const QStringList served = servedReleases(db(), target);
    // What serves may have come there by another hand: then the last known release came before it.
    qsizetype at = served.lastIndexOf(serving);
    if (at < 0)
        at = served.size();
    return at > 0 ? std::optional(served[at - 1]) : std::nullopt;
}

std::optional<ContainerRecorded> Journal::lastRecord(
    const QString& target, const QString& slot, const QString& tag) const
{
    QSqlQuery row = db().runOnce(
        u"SELECT e.event FROM runs r JOIN events e ON e.run = r.run AND e.type = 'containerRecorded' "
        "WHERE r.run IN (SELECT run FROM runs WHERE target = ? ORDER BY started DESC LIMIT 50) "
        "ORDER BY r.started DESC, e.seq DESC"_s,
        {target});
    std::optional<ContainerRecorded> newest;
    while (db().next(row)) {
        const std::optional<Event> event
            = eventFromJson(QJsonDocument::fromJson(row.value(0).toString().toUtf8()).object());
        const auto* one = event ? std::get_if<ContainerRecorded>(&event->body) : nullptr;
        if (!one || one->slot != slot || one->image != tag)
            continue;
        if (!newest)
            newest = *one;
        // What was made of it and what its files held may have been said one after the other.
        if (one->container != newest->container)
            continue;
        if (newest->inspect.isEmpty())
            newest->inspect = one->inspect;
        if (newest->files.isEmpty())
            newest->files = one->files;
        if (!newest->inspect.isEmpty() && !newest->files.isEmpty())
            break;
    }
    return newest;
}

StepDurations Journal::stepDurations(const QString& target) const
{
    StepDurations durations;
    QSqlQuery row = db().runOnce(
        u"SELECT e.event FROM events e WHERE e.type = 'stepFinished' AND e.run IN (SELECT run FROM "
        u"runs "
        "WHERE target = ? AND outcome = 'succeeded' ORDER BY started DESC LIMIT 5)"_s,
        {target});
    while (db().next(row)) {
        const std::optional<Event> event
            = eventFromJson(QJsonDocument::fromJson(row.value(0).toString().toUtf8()).object());
        if (const StepFinished* step = event ? std::get_if<StepFinished>(&event->body) : nullptr)
            durations.add(step->step, step->slot, step->ms);
    }
    return durations;
}

qint64 Journal::dataVersion() const
{
    return db().dataVersion();
}

int Journal::importEvents(const QList<Event>& events, const QString& origin)
{
    const std::lock_guard lock(m_appendMutex);
    JournalFile& file = db();
    file.setDurability(m_options.durable ? Durability::Power : Durability::None);
    JournalTransaction transaction(file);
    int added = 0;
    QStringList changed;
    for (const Event& event : events) {
        const QSqlQuery& insert
            = file.run("INSERT OR IGNORE INTO events (run, seq, type, event) VALUES (?, ?, ?, ?)",
                {event.run, event.seq, typeOf(event.body), lineOf(event)});
        if (insert.numRowsAffected() == 0)
            continue;
        ++added;
        if (!changed.contains(event.run))
            changed.append(event.run);
    }
    for (const QString& run : changed) {
        writeSummary(file, foldRun(file, run, {}), origin);
        m_states.erase(run);
    }
    transaction.commit();
    return added;
}

} // namespace gapless
