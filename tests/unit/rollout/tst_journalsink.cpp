// SPDX-License-Identifier: MIT
// A run whose journal cannot be written any more: it learns of it once, and can still be brought to an end.
#include "engine/rollout/journalsink.h"
#include "tests/support/fakesite/stage.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;
using namespace std::chrono_literals;

class TestJournalSink : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysOnceThatTheJournalIsBroken()
    {
        QTemporaryDir folder;
        SystemClock clock;
        Journal journal(folder.path(), clock, systemRandom(), { .durable = false, .busyTimeout = 20ms });
        QList<qint64> told;
        journal.addSink([&](const Event& event) { told.append(event.seq); });
        RunRecord record(u"r"_s);
        JournalSink sink(journal, u"r"_s, nullptr, record);
        sink.say(RunStarted {});
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"holder"_s);
            database.setDatabaseName(journal.file());
            QVERIFY(database.open());
            QVERIFY(QSqlQuery(database).exec(u"BEGIN IMMEDIATE"_s));
            QVERIFY_EXCEPTION_THROWN(sink.say(StepStarted {}), Error);
            sink.say(UndoRan {});
            sink.say(RunFinished {});
        }
        QSqlDatabase::removeDatabase(u"holder"_s);
        QCOMPARE(told, (QList<qint64> { 1, 2, 3, 4 })); // whoever follows the run misses nothing
        QCOMPARE(journal.events(u"r"_s).size(), 1);
    }

    /// Whenever it happens: what was taken out comes back, and the lock is given up.
    void theRunIsTakenBack()
    {
        for (int at = 0;; ++at) {
            Stage stage;
            int said = 0;
            stage.observer.onSay = [&](const EventBody&) {
                if (said++ == at)
                    throw Error(ErrorKind::StoreUnusable, { { u"why"_s, u"full"_s } });
            };
            const RunFinished finished = stage.roll();
            const QByteArray when = "at event " + QByteArray::number(at) + ": " + finished.outcome.toUtf8();
            QVERIFY2(!stage.site.lockTaken, when.constData());
            QVERIFY2(stage.site.readyAndUp().size() == 2, when.constData());
            QVERIFY2(stage.tagsServing().size() == 1, when.constData());
            QVERIFY2(stage.tidy(), when.constData());
            QVERIFY2(!stage.dark, when.constData());
            if (said <= at)
                break; // it never happened
            QVERIFY2(finished.outcome != u"partial", when.constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestJournalSink)
#include "tst_journalsink.moc"
