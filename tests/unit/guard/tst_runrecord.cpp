// SPDX-License-Identifier: MIT
// The gateway's copy of a run: written as it goes, read by another desktop.
#include "engine/guard/answer.h"
#include "engine/guard/runrecord.h"
#include "engine/model/error.h"
#include "tests/support/fakehost/localhost.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;
using namespace std::chrono_literals;

namespace {

Event numbered(qint64 seq, EventBody body, const QString& run = u"run1"_s)
{
    return { seq, QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + seq, Qt::UTC), run, std::move(body) };
}

RunStarted started(const QString& target)
{
    RunStarted body;
    body.target = target;
    body.kind = u"deploy"_s;
    body.from = u"hash_v1"_s;
    body.to = u"hash_v2"_s;
    body.by = u"ann"_s;
    return body;
}

RunFinished finished(const QString& outcome)
{
    RunFinished body;
    body.outcome = outcome;
    body.serving = { { u"A"_s, u"hash_v2"_s } };
    return body;
}

} // namespace

class TestRunRecord : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_host.emplace(u"web"_s); }

    void isReadBackAsItWasSaid()
    {
        {
            RunRecord record(u"run1"_s);
            record.add(numbered(1, started(u"chat"_s)));
            record.begin(place(), "{\"name\":\"chat\"}");
            record.add(numbered(2, StepStarted { u"create"_s, u"A"_s }));
            record.add(numbered(3, OutputLine { u"create"_s, u"A"_s, u"web"_s, u"out"_s, u"secret"_s }));
            SlotEvidence evidence;
            evidence.slot = u"A"_s;
            evidence.log = { u"secret"_s };
            record.add(numbered(4, evidence));
            record.add(numbered(5, finished(u"succeeded"_s)));
            QVERIFY(record.finish(20s));
        }
        qint64 offset = 0;
        const QList<Event> read = readRunRecord(place(), u"run1"_s, offset, {});
        QList<qint64> seqs;
        for (const Event& one : read)
            seqs.append(one.seq);
        QCOMPARE(seqs, (QList<qint64> { 1, 2, 4, 5 }));
        QVERIFY(std::get<SlotEvidence>(read[2].body).log.isEmpty());
        QCOMPARE(readRunRecord(place(), u"run1"_s, offset, {}).size(), 0);
        QCOMPARE(recordedRuns(place(), {}), QStringList { u"run1"_s });
        QCOMPARE(lastRecordedTarget(place(), {})->json, "{\"name\":\"chat\"}");
    }

    /// What could not be sent is sent again; a batch that is there twice counts once.
    void aLostConnectionLosesNothing()
    {
        RunRecord record(u"run1"_s);
        record.begin(place(), "{}");
        record.add(numbered(1, started(u"chat"_s)));
        qint64 offset = 0;
        QTRY_COMPARE(readRunRecord(place(), u"run1"_s, offset = 0, {}).size(), 1);
        m_host->breakWith(Error(ErrorKind::ConnectionLost));
        record.add(numbered(2, StepStarted { u"create"_s, u"A"_s }));
        QVERIFY(!record.finish(300ms));
        // finish() ended it: another writer of the same run begins where it was.
        m_host->breakWith(std::nullopt);
        RunRecord again(u"run1"_s);
        again.begin(place(), "{}");
        again.add(numbered(1, started(u"chat"_s)));
        again.add(numbered(2, StepStarted { u"create"_s, u"A"_s }));
        QVERIFY(again.finish(20s));
        SystemClock clock;
        QTemporaryDir folder;
        Journal journal(folder.path(), clock);
        QCOMPARE(importRunRecords(journal, place(), u"chat"_s, {}), 2);
    }

    void anotherDesktopKnowsThePreviousRelease()
    {
        {
            RunRecord record(u"run1"_s);
            record.begin(place(), "{}");
            record.add(numbered(1, started(u"chat-production"_s)));
            record.add(numbered(2, finished(u"succeeded"_s)));
            QVERIFY(record.finish(20s));
        }
        SystemClock clock;
        QTemporaryDir folder;
        Journal journal(folder.path(), clock);
        QVERIFY(!journal.previousRelease(u"my-chat"_s, u"hash_v2"_s));
        QCOMPARE(importRunRecords(journal, place(), u"my-chat"_s, {}), 2);
        QCOMPARE(importRunRecords(journal, place(), u"my-chat"_s, {}), 0);
        QCOMPARE(journal.previousRelease(u"my-chat"_s, u"hash_v2"_s), u"hash_v1"_s);
        const RunSummary seen = journal.runs({ .target = u"my-chat"_s }).first();
        QCOMPARE(seen.by, u"ann"_s);
        QVERIFY(!seen.origin.isEmpty());
    }

    void theFirstAnswerStands()
    {
        RunRecord record(u"run1"_s);
        record.begin(place(), "{}");
        record.add(numbered(1, started(u"chat"_s)));
        QVERIFY(record.finish(20s));
        QVERIFY(!readAnswer(place(), u"run1"_s, 7, {}));
        QVERIFY(answerQuestion(place(), u"run1"_s, 7, { u"q"_s, u"hold"_s, u"bob"_s, {} }, {}));
        QVERIFY(!answerQuestion(place(), u"run1"_s, 7, { u"q"_s, u"retry"_s, u"eve"_s, {} }, {}));
        QCOMPARE(readAnswer(place(), u"run1"_s, 7, {})->by, u"bob"_s);
        QVERIFY(!readAnswer(place(), u"run1"_s, 8, {}));
    }

    void hearsWhatAnotherDesktopAsks()
    {
        std::mutex mutex;
        QStringList heard;
        RunRecord record(u"run1"_s);
        record.onWish([&](const DecisionMade& wish) {
            const std::lock_guard lock(mutex);
            heard.append(wish.choice + u' ' + wish.by);
        });
        record.begin(place(), "{}");
        const auto all = [&] {
            const std::lock_guard lock(mutex);
            return heard;
        };
        const QString state = place().stateDir;
        QVERIFY(leaveAnswer(*m_host, state, u"run1"_s, {u"control"_s, u"pauseRun"_s, u"bob"_s, {}}, {}));
        QTRY_COMPARE_WITH_TIMEOUT(all(), QStringList {u"pauseRun bob"_s}, 60'000);
        // It was taken, so that the next one is heard, and only once.
        QVERIFY(leaveAnswer(*m_host, state, u"run1"_s, {u"control"_s, u"continue"_s, u"eve"_s, {}}, {}));
        QTRY_COMPARE_WITH_TIMEOUT(
            all(), (QStringList {u"pauseRun bob"_s, u"continue eve"_s}), 60'000);
        record.add(numbered(1, started(u"chat"_s)));
        QVERIFY(record.finish(20s));
    }

    void onlyTheLastFiftyRunsStay()
    {
        const QString runs = m_host->home() + u"/state/runs/key"_s;
        QVERIFY(QDir().mkpath(runs));
        for (int i = 0; i < 60; ++i) {
            QFile file(runs + u"/20261127-10%1.jsonl"_s.arg(i, 4, 10, QLatin1Char('0')));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        RunRecord record(u"20261127-200000-abcd"_s);
        record.begin(place(), "{}");
        record.add(numbered(1, started(u"chat"_s), u"20261127-200000-abcd"_s));
        QVERIFY(record.finish(20s));
        const QStringList kept = recordedRuns(place(), {});
        QVERIFY2(kept.size() >= 50 && kept.size() <= 51, qPrintable(QString::number(kept.size())));
        QCOMPARE(kept.last(), u"20261127-200000-abcd"_s);
    }

private:
    RecordPlace place() { return { *m_host, m_host->home() + u"/state"_s, u"key"_s }; }
    std::optional<LocalHost> m_host;
};

QTEST_GUILESS_MAIN(TestRunRecord)
#include "tst_runrecord.moc"
