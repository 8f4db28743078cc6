// SPDX-License-Identifier: MIT
#include "engine/journal/journal.h"
#include "engine/model/error.h"
#include "engine/model/eventjson.h"
#include "tests/support/manualclock.h"

#include <QDir>
#include <QJsonDocument>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <sys/stat.h>
#include <thread>

using namespace Qt::StringLiterals;
using namespace gapless;
using namespace std::chrono_literals;

namespace {

/// A row of numbers that begins again when it is through.
Random randomOf(QList<quint32> numbers)
{
    return [numbers, next = std::make_shared<qsizetype>(0)] {
        return numbers[(*next)++ % numbers.size()];
    };
}

mode_t modeOf(const QString& path)
{
    struct stat found { };
    return ::stat(qPrintable(path), &found) == 0 ? found.st_mode & 0777 : 0;
}

std::optional<Error> thrownBy(const std::function<void()>& act)
{
    try {
        act();
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}

/// Statements on the file itself, as another program would.
void sql(const QString& file, const QStringList& statements)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
        database.setDatabaseName(file);
        QVERIFY(database.open());
        for (const QString& statement : statements)
            QVERIFY2(QSqlQuery(database).exec(statement), qPrintable(statement));
    }
    QSqlDatabase::removeDatabase(u"test"_s);
}

QByteArrayList linesOf(const QList<Event>& events)
{
    QByteArrayList lines;
    for (const Event& event : events)
        lines.append(QJsonDocument(toJson(event)).toJson(QJsonDocument::Compact));
    return lines;
}

} // namespace

class TestJournal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void namesRuns();
    void givesSequenceAndTime();
    void liveEqualsReplay();
    void tellsSinksAfterTheFile();
    void keepsWhatANewerVersionSaid();
    void goesOnWhereAnotherObjectStopped();
    void isPrivate();
    void listsRuns();
    void filtersRuns_data();
    void filtersRuns();
    void findsThePreviousRelease_data();
    void findsThePreviousRelease();
    void knowsUsualDurations();
    void takesManyThreads();
    void seesOthersWrite();
    void importsOnce();
    void doesNotKnowARun();
    void refusesANewerFile();
    void refusesABadFolder();
    void keepsAndReplacesADamagedFile();
    void keepsADamagedFileFoundLater();
    void saysWhenItIsBusy();
    void saysWhenTheDiskIsFull();

private:
    std::unique_ptr<Journal> open(JournalOptions options = {.durable = false})
    {
        return std::make_unique<Journal>(m_folder, m_clock, systemRandom(), options);
    }
    /// A finished run of `chat`, an hour after the one before.
    QString finishedRun(Journal& journal, const QString& to,
        const QString& outcome = u"succeeded"_s, const QString& kind = u"deploy"_s,
        const QString& target = u"chat"_s)
    {
        m_clock.advance(1h);
        const QString run = journal.newRun();
        RunStarted started;
        started.target = target;
        started.kind = kind;
        started.to = to;
        started.by = u"kim"_s;
        journal.append(run, started);
        RunFinished finished;
        finished.outcome = outcome;
        journal.append(run, finished);
        return run;
    }

    std::unique_ptr<QTemporaryDir> m_temp;
    QString m_folder;
    ManualClock m_clock;
};

void TestJournal::init()
{
    m_temp = std::make_unique<QTemporaryDir>();
    m_folder = m_temp->filePath(u"data"_s);
}

void TestJournal::namesRuns()
{
    Journal journal(m_folder, m_clock, randomOf({0, 1, 2, 31, 0, 1, 2, 31, 4, 5, 6, 7}));
    const QString first = journal.newRun();
    QCOMPARE(first, u"20261123-213045-abca"_s);
    journal.append(first, RunStarted {});
    QCOMPARE(journal.newRun(), u"20261123-213045-efgh"_s); // the one before is taken
    m_clock.advance(1s);
    QVERIFY(journal.newRun() > first);
}

void TestJournal::givesSequenceAndTime()
{
    const auto journal = open();
    const Event first = journal->append(u"r"_s, RunStarted {});
    m_clock.advance(1500ms);
    const Event second = journal->append(u"r"_s, StepStarted {u"lock"_s, {}, 0});
    const Event other = journal->append(u"s"_s, RunStarted {});
    QCOMPARE(first.seq, 1);
    QCOMPARE(second.seq, 2);
    QCOMPARE(other.seq, 1);
    QCOMPARE(second.run, u"r"_s);
    QCOMPARE(second.at, m_clock.now());
    QCOMPARE(linesOf(journal->events(u"r"_s)), linesOf({first, second}));
    QCOMPARE(linesOf(journal->events(u"r"_s, 1)), linesOf({second}));
    QCOMPARE(linesOf(journal->events(u"r"_s, 0, 1)), linesOf({first}));
    QVERIFY(journal->events(u"r"_s, 0, 0).isEmpty());
}

void TestJournal::liveEqualsReplay()
{
    const auto journal = open();
    RunState live;
    journal->addSink([&](const Event& event) { live = apply(std::move(live), event); });
    RunStarted started;
    started.target = u"chat"_s;
    started.serving = {{u"A"_s, u"hash_1"_s}};
    RunFinished finished;
    finished.outcome = u"succeeded"_s;
    finished.verdict.word = Verdict::Word::Recovered;
    finished.verdict.http = Verdict::Http {18204, 0, 1.5, 9.25, 38.125, 0, 0};
    Gap gap;
    gap.ms = 38.1234567;
    const QList<EventBody> bodies {started, StepStarted {u"down"_s, u"A"_s, 12}, CommandRan {},
        OutputLine {u"down"_s, u"A"_s, u"web"_s, u"out"_s, u"\u0001 聊天 \"\\"_s},
        TrafficChanged {u"A"_s, u"down"_s, 1}, StepFinished {u"down"_s, u"A"_s, 1LL << 53}, gap,
        SlotChanged {u"A"_s, u"hash_2"_s, u"ready"_s, u"c"_s}, finished};
    for (const EventBody& body : bodies) {
        m_clock.advance(7ms);
        journal->append(u"r"_s, body);
        QCOMPARE(toJson(journal->state(u"r"_s)), toJson(live));
    }
    QCOMPARE(toJson(open()->state(u"r"_s)), toJson(live)); // and in another process
    QCOMPARE(live.lastSeq, bodies.size());
}

void TestJournal::tellsSinksAfterTheFile()
{
    const auto journal = open();
    const auto other = open();
    QStringList told;
    const int id = journal->addSink([&](const Event& event) {
        told.append(typeOf(event.body));
        QCOMPARE(other->events(event.run).last().seq, event.seq);
    });
    journal->append(u"r"_s, RunStarted {});
    journal->append(u"r"_s, PointOfNoReturn {});
    journal->removeSink(id);
    journal->append(u"r"_s, RunFinished {});
    QCOMPARE(told, QStringList({u"runStarted"_s, u"pointOfNoReturn"_s}));
}

void TestJournal::keepsWhatANewerVersionSaid()
{
    const auto journal = open();
    journal->append(u"r"_s, RunStarted {});
    sql(journal->file(),
        {u"INSERT INTO events VALUES ('r', 2, 'teleported', '{\"type\":\"teleported\",\"seq\":2}')"_s,
            u"UPDATE runs SET last_seq = 2"_s});
    QCOMPARE(journal->append(u"r"_s, PointOfNoReturn {}).seq, 3);
    QCOMPARE(journal->events(u"r"_s).size(), 2);
    QVERIFY(journal->state(u"r"_s).pointOfNoReturn);
}

void TestJournal::goesOnWhereAnotherObjectStopped()
{
    const auto first = open();
    const auto second = open();
    first->append(u"r"_s, RunStarted {});
    QCOMPARE(second->append(u"r"_s, PointOfNoReturn {}).seq, 2);
    QCOMPARE(first->append(u"r"_s, CommandRan {}).seq, 3);
    QCOMPARE(second->append(u"r"_s, CommandRan {}).seq, 4);
    QCOMPARE(first->summary(u"r"_s)->lastSeq, 4);
    QCOMPARE(second->state(u"r"_s).commands, 2);
}

void TestJournal::isPrivate()
{
    const auto journal = open();
    journal->append(u"r"_s, RunStarted {});
    QCOMPARE(modeOf(m_folder), mode_t(0700));
    const QStringList files = QDir(m_folder).entryList(QDir::Files);
    QVERIFY(files.contains(u"journal.sqlite-wal"_s));
    for (const QString& file : files)
        if (!file.endsWith(u".lock"))
            QVERIFY2((modeOf(m_folder + u'/' + file) & 0077) == 0, qPrintable(file));
}

void TestJournal::listsRuns()
{
    const auto journal = open();
    RunStarted started;
    started.target = u"chat"_s;
    started.kind = u"deploy"_s;
    started.strategy = u"rolling"_s;
    started.from = u"hash_1"_s;
    started.to = u"hash_2"_s;
    started.by = u"kim"_s;
    started.machine = u"desk"_s;
    started.reason = u"because"_s;
    journal->append(u"r"_s, started);
    const QDateTime begun = m_clock.now();
    QCOMPARE(journal->runs().size(), 1);
    QCOMPARE(journal->runs()[0].outcome, QString());
    QVERIFY(!journal->runs()[0].finished.isValid());
    m_clock.advance(1min);
    Gap gap;
    gap.ms = 38;
    journal->append(u"r"_s, gap);
    ProbeSummary probes;
    probes.failed = 2;
    journal->append(u"r"_s, probes);
    RunFinished finished;
    finished.outcome = u"partial"_s;
    finished.serving = {{u"A"_s, u"hash_2"_s}, {u"B"_s, {}}};
    finished.verdict.word = Verdict::Word::Broken;
    finished.verdict.session = Verdict::Session {3, 1};
    finished.error = {{u"kind"_s, u"healthFailed"_s}};
    journal->append(u"r"_s, finished);

    const RunSummary run = journal->runs().value(0);
    QCOMPARE(run.target, u"chat"_s);
    QCOMPARE(run.kind, u"deploy"_s);
    QCOMPARE(run.strategy, u"rolling"_s);
    QCOMPARE(run.from, u"hash_1"_s);
    QCOMPARE(run.to, u"hash_2"_s);
    QCOMPARE(run.by, u"kim"_s);
    QCOMPARE(run.machine, u"desk"_s);
    QCOMPARE(run.reason, u"because"_s);
    QCOMPARE(run.started, begun);
    QCOMPARE(run.finished, m_clock.now());
    QCOMPARE(run.lastSeq, 4);
    QCOMPARE(run.outcome, u"partial"_s);
    QCOMPARE(run.serving, finished.serving);
    QVERIFY(run.verdict == finished.verdict);
    QCOMPARE(run.error, finished.error);
    QCOMPARE(run.gaps, 1);
    QCOMPARE(run.longestGapMs, 38);
    QCOMPARE(run.requestsFailed, 2);
    QCOMPARE(run.origin, QString());
    QVERIFY(journal->summary(u"r"_s) == run);
    QVERIFY(!journal->summary(u"s"_s));
}

void TestJournal::filtersRuns_data()
{
    // clang-format off
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("found"); // the releases, newest first
    QTest::newRow("all") << u""_s << u""_s << u"5 4 3 2 1"_s;
    QTest::newRow("target") << u"target"_s << u"shop"_s << u"4 2"_s;
    QTest::newRow("another target") << u"target"_s << u"none"_s << u""_s;
    QTest::newRow("outcome") << u"outcome"_s << u"succeeded"_s << u"3 1"_s;
    QTest::newRow("two outcomes") << u"outcome"_s << u"succeeded,restored"_s << u"3 2 1"_s;
    QTest::newRow("not finished") << u"outcome"_s << u""_s << u"5"_s;
    QTest::newRow("person") << u"by"_s << u"lee"_s << u"5"_s;
    QTest::newRow("since") << u"since"_s << u"2026-11-23T12:00:00Z"_s << u"5 4 3"_s;
    QTest::newRow("until") << u"until"_s << u"2026-11-23T12:00:00Z"_s << u"2 1"_s;
    QTest::newRow("text in a reason") << u"text"_s << u"HOT fix"_s << u"5"_s;
    QTest::newRow("text in a tag") << u"text"_s << u"hash_4"_s << u"4"_s;
    QTest::newRow("text with %") << u"text"_s << u"100%"_s << u"5"_s;
    QTest::newRow("text with _") << u"text"_s << u"1_0"_s << u""_s;
    QTest::newRow("text with a quote") << u"text"_s << u"' OR '1"_s << u""_s;
    QTest::newRow("limit") << u"limit"_s << u"2"_s << u"5 4"_s;
    QTest::newRow("offset") << u"offset"_s << u"3"_s << u"2 1"_s;
    // clang-format on
}

void TestJournal::filtersRuns()
{
    QFETCH(QString, field);
    QFETCH(QString, value);
    QFETCH(QString, found);
    const auto journal = open();
    ManualClock clock("2026-11-23T10:00:00.000Z");
    Journal writer(m_folder, clock, systemRandom(), {.durable = false});
    const QStringList outcomes {u"succeeded"_s, u"restored"_s, u"succeeded"_s, u"refused"_s, {}};
    for (int i = 1; i <= 5; ++i) {
        const QString run = writer.newRun();
        RunStarted started;
        started.target = i % 2 ? u"chat"_s : u"shop"_s;
        started.to = u"hash_%1"_s.arg(i);
        started.by = i == 5 ? u"lee"_s : u"kim"_s;
        started.reason = i == 5 ? u"hot fix, 100% sure"_s : QString();
        writer.append(run, started);
        RunFinished finished;
        finished.outcome = outcomes[i - 1];
        if (!finished.outcome.isEmpty())
            writer.append(run, finished);
        clock.advance(1h);
    }
    RunFilter filter;
    if (field == u"target")
        filter.target = value;
    else if (field == u"outcome")
        filter.outcomes = value.split(u',');
    else if (field == u"by")
        filter.by = value;
    else if (field == u"since")
        filter.since = QDateTime::fromString(value, Qt::ISODate);
    else if (field == u"until")
        filter.until = QDateTime::fromString(value, Qt::ISODate);
    else if (field == u"text")
        filter.text = value;
    else if (field == u"limit")
        filter.limit = value.toInt();
    else if (field == u"offset")
        filter.offset = value.toInt();
    QStringList tags;
    for (const RunSummary& run : journal->runs(filter))
        tags.append(run.to.section(u'_', 1));
    QCOMPARE(tags.join(u' '), found);
}

void TestJournal::findsThePreviousRelease_data()
{
    // clang-format off
    QTest::addColumn<QString>("history"); // kind:tag:outcome
    QTest::addColumn<QString>("serving");
    QTest::addColumn<QString>("previous");
    QTest::newRow("nothing known") << u""_s << u"1"_s << u""_s;
    QTest::newRow("only this one") << u"deploy:1:succeeded"_s << u"1"_s << u""_s;
    QTest::newRow("the one before") << u"deploy:1:succeeded deploy:2:succeeded"_s << u"2"_s << u"1"_s;
    QTest::newRow("a failed one between") << u"deploy:1:succeeded deploy:2:restored deploy:3:succeeded"_s << u"3"_s << u"1"_s;
    QTest::newRow("a partial one between") << u"deploy:1:succeeded deploy:2:partial deploy:3:succeeded"_s << u"3"_s << u"1"_s;
    QTest::newRow("a half-done one serves") << u"deploy:1:succeeded deploy:2:partial"_s << u"2"_s << u"1"_s;
    QTest::newRow("rolled back from") << u"deploy:1:succeeded deploy:2:succeeded deploy:3:succeeded rollback:2:succeeded"_s << u"2"_s << u"1"_s;
    QTest::newRow("rolled back twice") << u"deploy:1:succeeded deploy:2:succeeded deploy:3:succeeded rollback:2:succeeded rollback:1:succeeded"_s << u"1"_s << u""_s;
    QTest::newRow("a new one after a rollback") << u"deploy:1:succeeded deploy:2:succeeded rollback:1:succeeded deploy:3:succeeded"_s << u"3"_s << u"1"_s;
    QTest::newRow("rolled back from, then good") << u"deploy:1:succeeded deploy:2:succeeded rollback:1:succeeded deploy:2:succeeded deploy:3:succeeded"_s << u"3"_s << u"2"_s;
    QTest::newRow("a failed rollback") << u"deploy:1:succeeded deploy:2:succeeded rollback:1:restored"_s << u"2"_s << u"1"_s;
    QTest::newRow("rolled back past one") << u"deploy:1:succeeded deploy:2:succeeded deploy:3:succeeded rollback:1:succeeded"_s << u"1"_s << u""_s;
    QTest::newRow("rolled back to an unknown one") << u"deploy:1:succeeded deploy:2:succeeded rollback:0:succeeded"_s << u"0"_s << u"1"_s;
    QTest::newRow("deployed again") << u"deploy:1:succeeded deploy:2:succeeded deploy:2:succeeded"_s << u"2"_s << u"1"_s;
    QTest::newRow("an old one as a new one") << u"deploy:1:succeeded deploy:2:succeeded deploy:1:succeeded"_s << u"1"_s << u"2"_s;
    QTest::newRow("by another hand") << u"deploy:1:succeeded deploy:2:succeeded"_s << u"9"_s << u"2"_s;
    QTest::newRow("another hand put back the one before") << u"deploy:1:succeeded deploy:2:succeeded deploy:3:succeeded"_s << u"2"_s << u"1"_s;
    QTest::newRow("finished by a resume") << u"deploy:1:succeeded resume:2:succeeded"_s << u"2"_s << u"1"_s;
    QTest::newRow("rollback finished by a resume") << u"deploy:1:succeeded deploy:2:succeeded deploy:3:succeeded resume:2:succeeded"_s << u"2"_s << u"1"_s;
    QTest::newRow("unlocked") << u"deploy:1:succeeded deploy:2:succeeded unlock:1:succeeded"_s << u"2"_s << u"1"_s;
    // clang-format on
}

void TestJournal::findsThePreviousRelease()
{
    QFETCH(QString, history);
    QFETCH(QString, serving);
    QFETCH(QString, previous);
    const auto journal = open();
    for (const QString& entry : history.split(u' ', Qt::SkipEmptyParts)) {
        const QStringList parts = entry.split(u':');
        finishedRun(*journal, parts[1], parts[2], parts[0]);
        finishedRun(*journal, u"x"_s, u"succeeded"_s, u"deploy"_s, u"another"_s);
    }
    QCOMPARE(journal->previousRelease(u"chat"_s, serving).value_or(QString()), previous);
}

void TestJournal::knowsUsualDurations()
{
    const auto journal = open();
    // The oldest of six runs that succeeded is left out, and so is what did not succeed.
    const QList<qint64> ms {90000, 10, 50, 20, 40, 30};
    for (int i = 0; i <= ms.size(); ++i) {
        m_clock.advance(1h);
        const QString run = journal->newRun();
        RunStarted started;
        started.target = u"chat"_s;
        journal->append(run, started);
        journal->append(run, StepFinished {u"stop"_s, u"A"_s, ms.value(i, 90000)});
        journal->append(run, StepFinished {u"lock"_s, {}, 5});
        RunFinished finished;
        finished.outcome = i == ms.size() ? u"restored"_s : u"succeeded"_s;
        journal->append(run, finished);
    }
    const StepDurations durations = journal->stepDurations(u"chat"_s);
    QCOMPARE(durations.expectedMs(u"stop"_s, u"A"_s), 30);
    QCOMPARE(durations.expectedMs(u"stop"_s, u"B"_s), 30); // as long as on another slot
    QCOMPARE(durations.expectedMs(u"lock"_s, {}), 5);
    QCOMPARE(durations.expectedMs(u"start"_s, u"A"_s), 0);
    QCOMPARE(journal->stepDurations(u"shop"_s).expectedMs(u"stop"_s, u"A"_s), 0);
}

void TestJournal::takesManyThreads()
{
    const auto journal = open();
    const auto other = open();
    QList<qint64> told;
    journal->addSink([&](const Event& event) { told.append(event.seq); });
    std::atomic<int> failed = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&, i] {
                try {
                    for (int n = 0; n < 50; ++n) {
                        (i % 2 ? *journal : *other).append(u"r"_s, CommandRan {});
                        journal->state(u"r"_s);
                    }
                } catch (const Error&) {
                    ++failed;
                }
            });
    }
    QCOMPARE(failed.load(), 0);
    const QList<Event> events = journal->events(u"r"_s);
    QCOMPARE(events.size(), 200);
    for (qsizetype i = 0; i < events.size(); ++i)
        QCOMPARE(events[i].seq, i + 1);
    QCOMPARE(told.size(), 100);
    QVERIFY(std::is_sorted(told.begin(), told.end()));
    QCOMPARE(journal->state(u"r"_s).commands, 200);
}

void TestJournal::seesOthersWrite()
{
    const auto journal = open();
    const auto other = open();
    journal->append(u"r"_s, RunStarted {});
    const qint64 before = journal->dataVersion();
    QCOMPARE(journal->dataVersion(), before);
    journal->append(u"r"_s, CommandRan {});
    QCOMPARE(journal->dataVersion(), before); // our own
    other->append(u"r"_s, CommandRan {});
    QVERIFY(journal->dataVersion() != before);
}

void TestJournal::importsOnce()
{
    const auto theirs = std::make_unique<Journal>(m_temp->filePath(u"theirs"_s), m_clock);
    const QString run = finishedRun(*theirs, u"2"_s);
    const QList<Event> events = theirs->events(run);
    const auto journal = open();
    bool told = false;
    journal->addSink([&](const Event&) { told = true; });
    QCOMPARE(journal->importEvents({events[0]}, u"gateway"_s), 1);
    QCOMPARE(journal->summary(run)->outcome, QString());
    QCOMPARE(journal->importEvents(events, u"gateway"_s), 1);
    QCOMPARE(journal->importEvents(events, u"somewhere"_s), 0);
    QCOMPARE(linesOf(journal->events(run)), linesOf(events));
    QCOMPARE(journal->summary(run)->origin, u"gateway"_s);
    QCOMPARE(journal->summary(run)->outcome, u"succeeded"_s);
    QVERIFY(!told);
    QCOMPARE(theirs->importEvents(events, u"gateway"_s), 0);
    QCOMPARE(theirs->summary(run)->origin, QString()); // it stays its own
}

void TestJournal::doesNotKnowARun()
{
    const auto journal = open();
    const std::optional<Error> error = thrownBy([&] { journal->state(u"r"_s); });
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::RunUnknown);
    QVERIFY(journal->events(u"r"_s).isEmpty());
}

void TestJournal::refusesANewerFile()
{
    const QString file = open()->file();
    sql(file, {u"PRAGMA user_version = 99"_s});
    const std::optional<Error> error = thrownBy([&] { open(); });
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::StoreNewer);
    QCOMPARE(error->facts[u"version"_s].toInt(), 99);
}

void TestJournal::refusesABadFolder()
{
    QFile file(m_folder);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const std::optional<Error> error = thrownBy([&] { open(); });
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::StoreUnusable);
}

void TestJournal::keepsAndReplacesADamagedFile()
{
    QString path;
    QStringList runs;
    {
        const auto journal = open();
        path = journal->file();
        for (int i = 0; i < 40; ++i) {
            runs.append(finishedRun(*journal, QString::number(i)));
            for (int n = 0; n < 20; ++n)
                journal->append(
                    runs.last(), OutputLine {u"build"_s, {}, {}, {}, QString(100, u'x')});
        }
    }
    sql(path, {u"PRAGMA wal_checkpoint(TRUNCATE)"_s});
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    const qsizetype middle = bytes.size() / 2 / 4096 * 4096;
    // One page in the middle is beyond reading.
    bytes.replace(middle, 4096, QByteArray(4096, '\xa5'));
    file.seek(0);
    file.write(bytes);
    file.close();

    // Reading meets it.
    {
        const auto journal = open();
        std::optional<Error> error;
        for (const QString& run : runs)
            if (!error)
                error = thrownBy([&] { journal->events(run); });
        QVERIFY(error);
        QCOMPARE(error->kind, ErrorKind::StoreDamaged);
        QFile copy(error->facts[u"copy"_s].toString());
        QVERIFY(copy.open(QIODevice::ReadOnly));
        QCOMPARE(copy.readAll(), bytes);
    }
    // The next start goes on with what can be read.
    const auto journal = open();
    const qsizetype kept = journal->runs().size();
    QVERIFY2(kept >= 20 && kept <= 40, qPrintable(QString::number(kept)));
    for (const RunSummary& run : journal->runs())
        QVERIFY(!journal->events(run.run).isEmpty());
    QCOMPARE(modeOf(path), mode_t(0600));
    journal->append(u"new"_s, RunStarted {});
    QCOMPARE(open()->runs().size(), kept + 1); // once
}

void TestJournal::keepsADamagedFileFoundLater()
{
    const QString path = open()->file();
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("This is not a database, and it is longer than a hundred bytes, so that SQLite "
               "takes it for "
               "a file with a header.");
    file.close();
    const std::optional<Error> error = thrownBy([&] { open(); });
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::StoreDamaged);
    QCOMPARE(error->facts[u"runs"_s].toInt(-1), 0);
    QFile copy(error->facts[u"copy"_s].toString());
    QVERIFY(copy.open(QIODevice::ReadOnly));
    QVERIFY(copy.readAll().startsWith("This is not"));
    QVERIFY(open()->runs().isEmpty());
}

void TestJournal::saysWhenItIsBusy()
{
    const auto journal = open({.durable = false, .busyTimeout = 20ms});
    journal->append(u"r"_s, RunStarted {});
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"holder"_s);
        database.setDatabaseName(journal->file());
        QVERIFY(database.open());
        QVERIFY(QSqlQuery(database).exec(u"BEGIN IMMEDIATE"_s));
        const std::optional<Error> error
            = thrownBy([&] { journal->append(u"r"_s, CommandRan {}); });
        QVERIFY(error);
        QCOMPARE(error->kind, ErrorKind::StoreUnusable);
        QCOMPARE(error->facts[u"why"_s].toString(), u"busy"_s);
    }
    QSqlDatabase::removeDatabase(u"holder"_s);
    QCOMPARE(journal->append(u"r"_s, CommandRan {}).seq, 2); // nothing was left half-done
    QCOMPARE(journal->state(u"r"_s).commands, 1);
}

// In a file system of a few pages of its own, which takes a mount namespace.
void TestJournal::saysWhenTheDiskIsFull()
{
    if (const QString folder = qEnvironmentVariable("GAPLESS_TEST_SMALL_DISK"); !folder.isEmpty()) {
        Journal journal(folder, m_clock);
        qint64 written = 0;
        const std::optional<Error> error = thrownBy([&] {
            for (;; ++written)
                journal.append(u"r"_s, OutputLine {{}, {}, {}, {}, QString(1000, u'x')});
        });
        QCOMPARE(error->kind, ErrorKind::StoreUnusable);
        QCOMPARE(error->facts[u"why"_s].toString(), u"full"_s);
        QCOMPARE(
            journal.events(u"r"_s).size(), written); // what was told is there, and nothing else
        return;
    }
    QProcess inside;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"GAPLESS_TEST_SMALL_DISK"_s, m_temp->filePath(u"small"_s));
    inside.setProcessEnvironment(environment);
    QVERIFY(QDir().mkpath(m_temp->filePath(u"small"_s)));
    inside.start(u"unshare"_s,
        {u"-rm"_s, u"sh"_s, u"-c"_s,
            u"mount -t tmpfs -o size=512k none \"$GAPLESS_TEST_SMALL_DISK\" || exit 77; exec \"$0\" saysWhenTheDiskIsFull"_s,
            QCoreApplication::applicationFilePath()});
    QVERIFY(inside.waitForFinished());
    if (inside.exitCode() == 77 || inside.error() == QProcess::FailedToStart)
        QSKIP("no mount namespace here");
    QVERIFY2(inside.exitCode() == 0, inside.readAllStandardOutput().constData());
}

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"
