// SPDX-License-Identifier: MIT
#include "engine/journal/runfollower.h"
#include "tests/unit/journal/journalroom.h"

#include <QDir>
#include <atomic>
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

} // namespace

class TestJournal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_room = std::make_unique<JournalRoom>(); }
    void namesRuns();
    void givesSequenceAndTime();
    void liveEqualsReplay();
    void tellsSinksAfterTheFile();
    void keepsWhatANewerVersionSaid();
    void goesOnWhereAnotherObjectStopped();
    void isPrivate();
    void takesManyThreads();
    void seesOthersWrite();
    void followsARun();
    void doesNotKnowARun();

private:
    std::unique_ptr<JournalRoom> m_room;
};

void TestJournal::namesRuns()
{
    Journal journal(
        m_room->folder, m_room->clock, randomOf({0, 1, 2, 31, 0, 1, 2, 31, 4, 5, 6, 7}));
    const QString first = journal.newRun();
    QCOMPARE(first, u"20261123-213045-abca"_s);
    journal.append(first, RunStarted {});
    QCOMPARE(journal.newRun(), u"20261123-213045-efgh"_s); // the one before is taken
    m_room->clock.advance(1s);
    QVERIFY(journal.newRun() > first);
}

void TestJournal::givesSequenceAndTime()
{
    const auto journal = m_room->open();
    const Event first = journal->append(u"r"_s, RunStarted {});
    m_room->clock.advance(1500ms);
    const Event second = journal->append(u"r"_s, StepStarted {u"lock"_s, {}, 0});
    const Event other = journal->append(u"s"_s, RunStarted {});
    QCOMPARE(first.seq, 1);
    QCOMPARE(second.seq, 2);
    QCOMPARE(other.seq, 1);
    QCOMPARE(second.run, u"r"_s);
    QCOMPARE(second.at, m_room->clock.now());
    QCOMPARE(linesOf(journal->events(u"r"_s)), linesOf({first, second}));
    QCOMPARE(linesOf(journal->events(u"r"_s, 1)), linesOf({second}));
    QCOMPARE(linesOf(journal->events(u"r"_s, 0, 1)), linesOf({first}));
    QVERIFY(journal->events(u"r"_s, 0, 0).isEmpty());
}

void TestJournal::liveEqualsReplay()
{
    const auto journal = m_room->open();
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
        m_room->clock.advance(7ms);
        journal->append(u"r"_s, body);
        QCOMPARE(toJson(journal->state(u"r"_s)), toJson(live));
    }
    QCOMPARE(toJson(m_room->open()->state(u"r"_s)), toJson(live)); // and in another process
    QCOMPARE(live.lastSeq, bodies.size());
}

void TestJournal::tellsSinksAfterTheFile()
{
    const auto journal = m_room->open();
    const auto other = m_room->open();
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
    const auto journal = m_room->open();
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
    const auto first = m_room->open();
    const auto second = m_room->open();
    first->append(u"r"_s, RunStarted {});
    QCOMPARE(second->append(u"r"_s, PointOfNoReturn {}).seq, 2);
    QCOMPARE(first->append(u"r"_s, CommandRan {}).seq, 3);
    QCOMPARE(second->append(u"r"_s, CommandRan {}).seq, 4);
    QCOMPARE(first->summary(u"r"_s)->lastSeq, 4);
    QCOMPARE(second->state(u"r"_s).commands, 2);
}

void TestJournal::isPrivate()
{
    const auto journal = m_room->open();
    journal->append(u"r"_s, RunStarted {});
    QCOMPARE(modeOf(m_room->folder), mode_t(0700));
    const QStringList files = QDir(m_room->folder).entryList(QDir::Files);
    QVERIFY(files.contains(u"journal.sqlite-wal"_s));
    for (const QString& file : files)
        if (!file.endsWith(u".lock"))
            QVERIFY2((modeOf(m_room->folder + u'/' + file) & 0077) == 0, qPrintable(file));
}

void TestJournal::takesManyThreads()
{
    const auto journal = m_room->open();
    const auto other = m_room->open();
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
    const auto journal = m_room->open();
    const auto other = m_room->open();
    journal->append(u"r"_s, RunStarted {});
    const qint64 before = journal->dataVersion();
    QCOMPARE(journal->dataVersion(), before);
    journal->append(u"r"_s, CommandRan {});
    QCOMPARE(journal->dataVersion(), before); // our own
    other->append(u"r"_s, CommandRan {});
    QVERIFY(journal->dataVersion() != before);
}

void TestJournal::doesNotKnowARun()
{
    const auto journal = m_room->open();
    const std::optional<Error> error = thrownBy([&] { journal->state(u"r"_s); });
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::RunUnknown);
    QVERIFY(journal->events(u"r"_s).isEmpty());
}

void TestJournal::followsARun()
{
    const auto journal = m_room->open();
    const auto other = m_room->open();
    other->append(u"r"_s, RunStarted {});
    RunFollower follower(*journal, u"r"_s);
    QCOMPARE(follower.newEvents().size(), 1);
    QVERIFY(follower.newEvents().isEmpty());
    other->append(u"another"_s, RunStarted {});
    QVERIFY(follower.newEvents().isEmpty());
    other->append(u"r"_s, CommandRan {});
    other->append(u"r"_s, PointOfNoReturn {});
    const QList<Event> events = follower.newEvents();
    QCOMPARE(events.size(), 2);
    QCOMPARE(events.last().seq, 3);
    QVERIFY(follower.newEvents().isEmpty());
}

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"
