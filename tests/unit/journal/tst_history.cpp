// SPDX-License-Identifier: MIT
#include "tests/unit/journal/journalroom.h"

using namespace Qt::StringLiterals;
using namespace gapless;
using namespace std::chrono_literals;

/// What the journal says of past runs.
class TestHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_room = std::make_unique<JournalRoom>(); }
    void listsRuns();
    void listsARunWithoutItsFirstEvent();
    void filtersRuns_data();
    void filtersRuns();
    void findsThePreviousRelease_data();
    void findsThePreviousRelease();
    void knowsUsualDurations();
    void importsOnce();

private:
    std::unique_ptr<JournalRoom> m_room;
};

void TestHistory::listsRuns()
{
    const auto journal = m_room->open();
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
    const QDateTime begun = m_room->clock.now();
    QCOMPARE(journal->runs().size(), 1);
    QCOMPARE(journal->runs()[0].outcome, QString());
    QVERIFY(!journal->runs()[0].finished.isValid());
    m_room->clock.advance(1min);
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
    QCOMPARE(run.finished, m_room->clock.now());
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

void TestHistory::listsARunWithoutItsFirstEvent()
{
    const auto journal = m_room->open();
    m_room->finishedRun(*journal, u"hash_1"_s);
    m_room->clock.advance(1min);
    journal->append(u"latest"_s, Gap {});
    QCOMPARE(journal->runs().value(0).run, u"latest"_s);
}

void TestHistory::filtersRuns_data()
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

void TestHistory::filtersRuns()
{
    QFETCH(QString, field);
    QFETCH(QString, value);
    QFETCH(QString, found);
    const auto journal = m_room->open();
    ManualClock clock("2026-11-23T10:00:00.000Z");
    Journal writer(m_room->folder, clock, systemRandom(), {.durable = false});
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

void TestHistory::findsThePreviousRelease_data()
{
    // clang-format off
    QTest::addColumn<QString>("history"); // kind:to:outcome:from
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
    QTest::newRow("found by the first run") << u"deploy:2:succeeded:1"_s << u"2"_s << u"1"_s;
    QTest::newRow("found without a tag") << u"deploy:2:succeeded:sha256"_s << u"2"_s << u""_s;
    QTest::newRow("put there by hand between") << u"deploy:1:succeeded deploy:3:succeeded:2"_s << u"3"_s << u"2"_s;
    QTest::newRow("put back by hand between") << u"deploy:1:succeeded deploy:2:succeeded:1 deploy:3:succeeded:1"_s << u"3"_s << u"1"_s;
    QTest::newRow("left half done before") << u"deploy:1:succeeded deploy:2:partial:1 deploy:3:succeeded:2"_s << u"3"_s << u"1"_s;
    QTest::newRow("half done, then finished") << u"deploy:1:succeeded deploy:2:partial:1 deploy:2:succeeded:2 deploy:3:succeeded:2"_s << u"3"_s << u"2"_s;
    QTest::newRow("back to what was found") << u"deploy:2:succeeded:1 rollback:1:succeeded:2"_s << u"1"_s << u""_s;
    QTest::newRow("and on again") << u"deploy:2:succeeded:1 rollback:1:succeeded:2 deploy:3:succeeded:1"_s << u"3"_s << u"1"_s;
    QTest::newRow("unlocked") << u"deploy:1:succeeded deploy:2:succeeded unlock:1:succeeded"_s << u"2"_s << u"1"_s;
    // clang-format on
}

void TestHistory::findsThePreviousRelease()
{
    QFETCH(QString, history);
    QFETCH(QString, serving);
    QFETCH(QString, previous);
    const auto journal = m_room->open();
    for (const QString& entry : history.split(u' ', Qt::SkipEmptyParts)) {
        const QStringList parts = entry.split(u':');
        QString from = parts.value(3);
        if (from == u"sha256")
            from = u"sha256:4f5e6d7c"_s;
        m_room->finishedRun(*journal, parts[1], parts[2], parts[0], u"chat"_s, from);
        m_room->finishedRun(*journal, u"x"_s, u"succeeded"_s, u"deploy"_s, u"another"_s);
    }
    QCOMPARE(journal->previousRelease(u"chat"_s, serving).value_or(QString()), previous);
}

void TestHistory::knowsUsualDurations()
{
    const auto journal = m_room->open();
    // The oldest of six runs that succeeded is left out, and so is what did not succeed.
    const QList<qint64> ms {90000, 10, 50, 20, 40, 30};
    for (int i = 0; i <= ms.size(); ++i) {
        m_room->clock.advance(1h);
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

void TestHistory::importsOnce()
{
    const auto theirs
        = std::make_unique<Journal>(m_room->temp.filePath(u"theirs"_s), m_room->clock);
    const QString run = m_room->finishedRun(*theirs, u"2"_s);
    const QList<Event> events = theirs->events(run);
    const auto journal = m_room->open();
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

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
