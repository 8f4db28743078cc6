// SPDX-License-Identifier: MIT
#include "engine/guard/runrecord.h"

#include "engine/guard/answer.h"
#include "engine/model/eventjson.h"
#include "engine/remote/quoting.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

    constexpr qint64 mostBytes = 2 << 20;
    constexpr int mostRuns = 50;
    constexpr auto batchEvery = 1s;
    constexpr auto sendAgainAfter = 2s;
    constexpr auto wishesEvery = 1s;

    template <typename... Bodies> bool isAnyOf(const EventBody& body)
    {
        return (std::holds_alternative<Bodies>(body) || ...);
    }

    QByteArray names(const RecordPlace& place, const QString& run)
    {
        return "umask 077; d=" + quote(place.stateDir + u"/runs/"_s + place.key) + "; r=$d/" + quote(run)
            + "\n";
    }

    Command gatewayCommand(QByteArray script)
    {
        Command command;
        command.script = std::move(script);
        command.privilege = Privilege::Gateway;
        return command;
    }

    QByteArray lineOf(const QJsonObject& json)
    {
        return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
    }

    /// Whole lines only: the last one may be under way.
    QList<Event> eventsIn(const QByteArray& lines, const QString& run)
    {
        QList<Event> events;
        for (const QByteArray& line : lines.left(lines.lastIndexOf('\n') + 1).split('\n'))
            if (auto event = eventFromJson(QJsonDocument::fromJson(line).object()); event) {
                event->run = run; // the file's name counts
                events.append(*std::move(event));
            }
        return events;
    }

    void appendGuards(QList<Event>& events, const QByteArray& lines, const QString& run)
    {
        qint64 seq = guardSeq;
        for (Event& event : eventsIn(lines, run)) {
            event.seq = seq++;
            events.append(event);
        }
    }

}

std::optional<Event> recordable(const Event& event)
{
    if (isAnyOf<OutputLine, HealthAnswered, ProbeSummary, WaitingFor, ConnectionChanged>(event.body))
        return std::nullopt;
    Event kept = event;
    if (auto* evidence = std::get_if<SlotEvidence>(&kept.body)) {
        evidence->log.clear();
        evidence->health.clear();
    }
    return kept;
}

RunRecord::RunRecord(QString run)
    : m_run(std::move(run))
{
}

RunRecord::~RunRecord() = default;

void RunRecord::begin(const RecordPlace& place, const QByteArray& target)
{
    if (m_place)
        return;
    m_place.emplace(place);
    // The oldest go first: names sort by time.
    m_thread = std::jthread([this, target](const std::stop_token& stop) {
        const QByteArray script = names(*m_place, m_run)
            + "mkdir -p \"$d\" || exit 74\nprintf %s " + quote(target)
            + " >\"$r.target.new\" && mv \"$r.target.new\" \"$r.target\"\n"
              "cd \"$d\" && ls | sed -n 's/\\.jsonl$//p' | grep -v '\\.guard$' | sort -r | tail -n +"
            + QByteArray::number(mostRuns)
            + " | while read -r old; do rm -f -- \"$old.jsonl\" \"$old.target\" \"$old\".guard.jsonl \"$old\".answer-*; done\n";
        while (!stop.stop_requested()) {
            try {
                m_place->gateway.run(gatewayCommand(script), stop).orThrow();
                break;
            } catch (const Error&) {
                std::unique_lock lock(m_mutex);
                m_changed.wait_for(lock, stop, sendAgainAfter, [] { return false; });
            } catch (const Cancelled&) {
                return;
            }
        }
        write(stop);
    });
}

void RunRecord::add(const Event& event)
{
    const auto kept = recordable(event);
    if (!kept)
        return;
    const QByteArray line = lineOf(toJson(*kept));
    const std::lock_guard lock(m_mutex);
    // What is left out when there is too much is what a follower can do without; the end never is.
    const bool needed = isAnyOf<RunStarted, StepStarted, StepFinished, StepFailed, DecisionAsked,
        DecisionMade, PointOfNoReturn, RunFinished>(event.body);
    if (m_bytes + line.size() > mostBytes && !needed)
        return;
    m_bytes += line.size();
    m_lines += line;
    m_urgent = m_urgent || isAnyOf<StepStarted, DecisionAsked, RunFinished>(event.body);
    m_changed.notify_all();
}

void RunRecord::write(const std::stop_token& stop)
{
    auto looked = std::chrono::steady_clock::now();
    std::unique_lock lock(m_mutex);
    for (;;) {
        const auto news = [this] { return !m_lines.isEmpty(); };
        if (m_onWish)
            m_changed.wait_for(lock, stop, wishesEvery, news);
        else
            m_changed.wait(lock, stop, news);
        const auto now = std::chrono::steady_clock::now();
        if (m_onWish && !m_ending && !m_urgent && now - looked >= wishesEvery) {
            looked = now;
            lock.unlock();
            lookForWish(stop);
            lock.lock();
        }
        if (stop.stop_requested())
            return;
        if (m_lines.isEmpty())
            continue;
        if (!m_urgent)
            m_changed.wait_for(lock, stop, batchEvery, [this] { return m_urgent; });
        if (stop.stop_requested())
            return;
        m_urgent = false;
        const QByteArray lines = std::exchange(m_lines, {});
        m_idle = false;
        lock.unlock();
        const bool sent = send(lines, stop);
        lock.lock();
        m_idle = true;
        if (!sent) {
            m_lines = lines + m_lines;
            m_changed.wait_for(lock, stop, sendAgainAfter, [] { return false; });
        }
        m_changed.notify_all();
    }
}

void RunRecord::lookForWish(const std::stop_token& stop)
{
    try {
        if (auto wish = takeAnswer(m_place->gateway, m_place->stateDir, m_run, u"control"_s, stop))
            m_onWish(*std::move(wish));
    } catch (const Error&) {
        // It lies there until the connection is back.
    } catch (const Cancelled&) {
    }
}

/// A batch that arrived although we heard nothing is sent twice: readers go by the numbers.
bool RunRecord::send(const QByteArray& lines, const std::stop_token& stop)
{
    try {
        return m_place->gateway
            .run(gatewayCommand(names(*m_place, m_run) + "printf %s " + quote(lines)
                     + " >>\"$r.jsonl\"\n"),
                stop)
            .ok();
    } catch (const Error&) {
        return false;
    } catch (const Cancelled&) {
        return false;
    }
}

bool RunRecord::finish(std::chrono::milliseconds deadline)
{
    if (!m_place)
        return false;
    std::unique_lock lock(m_mutex);
    m_urgent = m_ending = true;
    m_changed.notify_all();
    const bool sent = m_changed.wait_for(
        lock, std::stop_token(), deadline, [this] { return m_idle && m_lines.isEmpty(); });
    lock.unlock();
    m_thread = {};
    return sent;
}

QList<Event> readRunRecord(
    const RecordPlace& place, const QString& run, qint64& offset, std::stop_token stop)
{
    const QByteArray out
        = place.gateway
              .run(gatewayCommand(names(place, run) + "[ -e \"$r.jsonl\" ] && tail -c +"
                       + QByteArray::number(offset + 1)
                       + " \"$r.jsonl\"\nprintf '\\n=\\n'\n[ -e \"$r.guard.jsonl\" ] && cat \"$r.guard.jsonl\"\n:\n"),
                  stop)
              .orThrow()
              .out;
    const qsizetype end = out.indexOf("\n=\n");
    const QByteArray lines = out.left(end);
    offset += lines.lastIndexOf('\n') + 1;
    QList<Event> events = eventsIn(lines, run);
    appendGuards(events, out.mid(end + 3), run);
    return events;
}

QStringList recordedRuns(const RecordPlace& place, std::stop_token stop)
{
    const QByteArray out
        = place.gateway
              .run(gatewayCommand(names(place, {})
                       + "cd \"$d\" 2>/dev/null && ls | sed -n 's/\\.jsonl$//p' | grep -v '\\.guard$' | sort\n:\n"),
                  stop)
              .orThrow()
              .out;
    return QString::fromUtf8(out).split(u'\n', Qt::SkipEmptyParts);
}

std::optional<RecordedTarget> lastRecordedTarget(const RecordPlace& place, std::stop_token stop)
{
    const QByteArray out
        = place.gateway
              .run(gatewayCommand(names(place, {})
                       + "cd \"$d\" 2>/dev/null || exit 0\n"
                         "last=$(grep -l '\"step\":\"create\"' -- *.jsonl 2>/dev/null | sort | tail -n 1)\n"
                         "[ -n \"$last\" ] || exit 0\nlast=${last%.jsonl}; echo \"$last\"; cat \"$last.target\" 2>/dev/null\n:\n"),
                  stop)
              .orThrow()
              .out;
    const qsizetype end = out.indexOf('\n');
    if (end < 0 || out.size() == end + 1)
        return std::nullopt;
    return RecordedTarget { QString::fromUtf8(out.left(end)), out.mid(end + 1) };
}

int importRunRecords(
    Journal& journal, const RecordPlace& place, const QString& target, std::stop_token stop)
{
    int added = 0;
    for (const QString& run : recordedRuns(place, stop)) {
        const auto known = journal.summary(run);
        // One that was made here is whole here, unless a guard had to act for it.
        if (known && !known->outcome.isEmpty())
            continue;
        qint64 offset = 0;
        QList<Event> events = readRunRecord(place, run, offset, stop);
        if (known && known->origin.isEmpty())
            events.removeIf([](const Event& event) { return event.seq < guardSeq; });
        for (Event& event : events)
            if (auto* started = std::get_if<RunStarted>(&event.body))
                started->target = target; // the site's name here may be another one
        added += journal.importEvents(events, place.key);
    }
    return added;
}

bool answerQuestion(const RecordPlace& place, const QString& run, qint64 question,
    const DecisionMade& answer, std::stop_token stop)
{
    // A link to a name that exists fails: of two answers one stands.
    const QByteArray script = names(place, run) + "a=$r.answer-" + QByteArray::number(question)
        + "; n=$a.$$\nprintf %s " + quote(lineOf(toJson(EventBody(answer))))
        + " >\"$n\" || exit 74\nln \"$n\" \"$a\" 2>/dev/null; rc=$?; rm -f \"$n\"; exit $rc\n";
    return place.gateway.run(gatewayCommand(script), stop).ok();
}

std::optional<DecisionMade> readAnswer(
    const RecordPlace& place, const QString& run, qint64 question, std::stop_token stop)
{
    const QByteArray out = place.gateway
                               .run(gatewayCommand(names(place, run) + "cat \"$r.answer-"
                                        + QByteArray::number(question) + "\" 2>/dev/null\n:\n"),
                                   stop)
                               .orThrow()
                               .out;
    QJsonObject json = QJsonDocument::fromJson(out).object();
    if (json.isEmpty())
        return std::nullopt;
    json[u"type"_s] = QLatin1String(DecisionMade::type);
    const auto event = eventFromJson(json);
    const auto* made = event ? std::get_if<DecisionMade>(&event->body) : nullptr;
    return made ? std::optional(*made) : std::nullopt;
}

} // namespace gapless
