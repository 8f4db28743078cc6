// SPDX-License-Identifier: MIT
#include "engine/journal/runtable.h"

#include "engine/model/eventjson.h"

#include <QJsonDocument>
#include <QSet>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QVariant millis(const QDateTime& time)
{
    return time.isValid() ? QVariant(time.toMSecsSinceEpoch())
                          : QVariant(QMetaType::fromType<qint64>());
}

QDateTime timeOf(const QVariant& millis)
{
    return millis.isNull() ? QDateTime()
                           : QDateTime::fromMSecsSinceEpoch(millis.toLongLong(), Qt::UTC);
}

/// "" and not NULL: a text that is not known equals itself.
QString orEmpty(const QString& text)
{
    return text.isNull() ? u""_s : text;
}

QString compact(const QJsonObject& json)
{
    return json.isEmpty() ? u""_s
                          : QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

QJsonObject objectOf(const QVariant& text)
{
    return QJsonDocument::fromJson(text.toString().toUtf8()).object();
}

constexpr const char* columns
    = "run, target, kind, strategy, from_tag, to_tag, by, machine, reason, started, finished, "
      "last_seq, last_at, outcome, serving, verdict, error, gaps, longest_gap_ms, requests_failed, "
      "origin";

RunSummary summaryOf(const QSqlQuery& row)
{
    RunSummary run;
    int column = 0;
    const auto text = [&] { return row.value(column++).toString(); };
    for (QString* field : {&run.run, &run.target, &run.kind, &run.strategy, &run.from, &run.to,
             &run.by, &run.machine, &run.reason})
        *field = text();
    run.started = timeOf(row.value(column++));
    run.finished = timeOf(row.value(column++));
    run.lastSeq = row.value(column++).toLongLong();
    run.lastAt = timeOf(row.value(column++));
    run.outcome = text();
    const QJsonObject serving = objectOf(row.value(column++));
    for (auto slot = serving.begin(); slot != serving.end(); ++slot)
        run.serving[slot.key()] = slot.value().toString();
    run.verdict = verdictFromJson(objectOf(row.value(column++)));
    run.error = objectOf(row.value(column++));
    run.gaps = row.value(column++).toLongLong();
    run.longestGapMs = row.value(column++).toDouble();
    run.requestsFailed = row.value(column++).toLongLong();
    run.origin = text();
    return run;
}

/// `%` and `_` in what somebody typed are themselves.
QString containing(QString text)
{
    for (const QChar special : u"\\%_"_s)
        text.replace(special, u"\\"_s + special);
    return u'%' + text + u'%';
}

/// Which releases served, one after the other, as the runs of a target tell it.
class ServedReleases {
public:
    void add(const QString& kind, const QString& from, const QString& to, const QString& outcome)
    {
        if (outcome != u"succeeded") {
            m_halfDone.insert(to);
            return;
        }
        m_halfDone.remove(to);
        if (from != to)
            foundServing(from);
        if (to.isEmpty())
            return;
        const qsizetype before = m_served.indexOf(to);
        const bool back = kind == u"rollback" || (kind == u"resume" && before >= 0);
        if (back) // everything that came after it was rolled back from
            m_served.resize(before >= 0 ? before : qMax(m_served.size() - 1, 0));
        else
            m_served.removeAll(to);
        m_served.append(to);
    }

    QStringList inOrder() const { return m_served; }

private:
    /// What a run found there may have come by another hand, and counts as a release that served
    /// unless it is what a run left half done. An image without a tag is none.
    void foundServing(const QString& tag)
    {
        if (const qsizetype at = m_served.indexOf(tag); at >= 0)
            m_served.resize(at + 1);
        else if (!tag.isEmpty() && !tag.startsWith(u"sha256:") && !m_halfDone.contains(tag))
            m_served.append(tag);
    }

    QStringList m_served;
    QSet<QString> m_halfDone;
};

} // namespace

void visitEvents(JournalFile& file, const QString& run, qint64 afterSeq,
    const std::function<bool(const Event&)>& visit)
{
    // Not a kept statement: `visit` may read the journal itself.
    QSqlQuery row = file.runOnce(
        u"SELECT seq, event FROM events WHERE run = ? AND seq > ? ORDER BY seq"_s, {run, afterSeq});
    while (file.next(row)) {
        std::optional<Event> event = eventFromJson(objectOf(row.value(1)));
        if (!event)
            continue;
        // The row's own key counts: a salvaged text may claim another.
        event->run = run;
        event->seq = row.value(0).toLongLong();
        if (!visit(*event))
            return;
    }
}

RunState foldRun(JournalFile& file, const QString& run, RunState state)
{
    visitEvents(file, run, state.lastSeq, [&](const Event& event) {
        state = apply(std::move(state), event);
        return true;
    });
    return state;
}

void writeSummary(JournalFile& file, const RunState& state, const QString& origin)
{
    QJsonObject serving;
    if (state.result)
        for (auto slot = state.result->serving.begin(); slot != state.result->serving.end(); ++slot)
            serving[slot.key()] = slot.value();
    const RunStarted& request = state.request;
    file.run(
        "INSERT INTO runs (run, target, kind, strategy, from_tag, to_tag, by, machine, reason, "
        "started, "
        "finished, last_seq, last_at, outcome, serving, verdict, error, gaps, longest_gap_ms, "
        "requests_failed, origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?) "
        "ON CONFLICT (run) DO UPDATE SET target = excluded.target, kind = excluded.kind, "
        "strategy = excluded.strategy, from_tag = excluded.from_tag, to_tag = excluded.to_tag, "
        "by = excluded.by, machine = excluded.machine, reason = excluded.reason, "
        "started = excluded.started, finished = excluded.finished, last_seq = excluded.last_seq, "
        "last_at = excluded.last_at, outcome = excluded.outcome, serving = excluded.serving, "
        "verdict = excluded.verdict, error = excluded.error, gaps = excluded.gaps, "
        "longest_gap_ms = excluded.longest_gap_ms, requests_failed = excluded.requests_failed",
        {state.run, orEmpty(request.target), orEmpty(request.kind), orEmpty(request.strategy),
            orEmpty(request.from), orEmpty(request.to), orEmpty(request.by),
            orEmpty(request.machine), orEmpty(request.reason), millis(state.started),
            millis(state.finished), state.lastSeq, millis(state.lastAt),
            state.result ? orEmpty(state.result->outcome) : u""_s, compact(serving),
            state.result ? compact(toJson(state.result->verdict)) : u""_s,
            state.result ? compact(state.result->error) : u""_s, qint64(state.gaps.size()),
            state.longestGapMs(), state.probes.failed, orEmpty(origin)});
}

QList<RunSummary> readSummaries(JournalFile& file, const RunFilter& filter)
{
    QStringList conditions {u"1"_s};
    QVariantList values;
    const auto also = [&](const QString& condition, const QVariant& value) {
        conditions.append(condition);
        values.append(value);
    };
    if (!filter.target.isEmpty())
        also(u"target = ?"_s, filter.target);
    if (!filter.by.isEmpty())
        also(u"by = ?"_s, filter.by);
    if (filter.since.isValid())
        also(u"started >= ?"_s, millis(filter.since));
    if (filter.until.isValid())
        also(u"started < ?"_s, millis(filter.until));
    if (!filter.outcomes.isEmpty()) {
        conditions.append(
            u"outcome IN (%1)"_s.arg(QStringList(filter.outcomes.size(), u"?"_s).join(u',')));
        for (const QString& outcome : filter.outcomes)
            values.append(orEmpty(outcome));
    }
    if (!filter.text.isEmpty())
        also(u"(run || char(10) || target || char(10) || from_tag || char(10) || to_tag || "
             u"char(10) || "
             "by || char(10) || reason) LIKE ? ESCAPE '\\'"_s,
            containing(filter.text));
    values.append({filter.limit, filter.offset});

    QList<RunSummary> runs;
    // One whose first event was lost has its place by what is left of it.
    QSqlQuery row = file.runOnce(
        u"SELECT %1 FROM runs WHERE %2 ORDER BY coalesce(started, last_at) DESC, run DESC LIMIT ? OFFSET ?"_s.arg(
            QString::fromLatin1(columns), conditions.join(u" AND ")),
        values);
    while (file.next(row))
        runs.append(summaryOf(row));
    return runs;
}

std::optional<RunSummary> readSummary(JournalFile& file, const QString& run)
{
    QSqlQuery row = file.runOnce(
        u"SELECT %1 FROM runs WHERE run = ?"_s.arg(QString::fromLatin1(columns)), {run});
    return file.next(row) ? std::optional(summaryOf(row)) : std::nullopt;
}

QStringList servedReleases(JournalFile& file, const QString& target)
{
    ServedReleases served;
    QSqlQuery& row = file.run("SELECT kind, from_tag, to_tag, outcome FROM runs WHERE target = ? "
                              "AND kind <> 'unlock' ORDER BY coalesce(finished, started), run",
        {target});
    while (file.next(row))
        served.add(row.value(0).toString(), row.value(1).toString(), row.value(2).toString(),
            row.value(3).toString());
    row.finish();
    return served.inOrder();
}

} // namespace gapless
