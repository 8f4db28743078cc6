// SPDX-License-Identifier: MIT
#include "engine/model/privatefile.h"
#include "tests/unit/journal/journalroom.h"

#include <QDir>
#include <QProcess>

using namespace Qt::StringLiterals;
using namespace gapless;
using namespace std::chrono_literals;

/// Files and folders that a journal cannot live in.
class TestJournalTrouble : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_room = std::make_unique<JournalRoom>(); }
    void refusesANewerFile();
    void refusesABadFolder();
    void keepsAndReplacesADamagedFile();
    void keepsADamagedFileFoundLater();
    void salvagesWhatCanBeRead();
    void replacesAFileWithoutItsTables();
    void saysWhenItIsBusy();
    void saysWhenTheDiskIsFull();

private:
    std::unique_ptr<JournalRoom> m_room;
};

void TestJournalTrouble::refusesANewerFile()
{
    const QString file = m_room->open()->file();
    sql(file, {u"PRAGMA user_version = 99"_s});
    const std::optional<Error> error = thrownBy([&] { m_room->open(); });
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::StoreNewer);
    QCOMPARE(error->facts[u"version"_s].toInt(), 99);
}

void TestJournalTrouble::refusesABadFolder()
{
    QFile file(m_room->folder);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const std::optional<Error> error = thrownBy([&] { m_room->open(); });
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::StoreUnusable);
}

void TestJournalTrouble::keepsAndReplacesADamagedFile()
{
    QString path;
    QStringList runs;
    {
        const auto journal = m_room->open();
        path = journal->file();
        for (int i = 0; i < 40; ++i) {
            runs.append(m_room->finishedRun(*journal, QString::number(i)));
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
        const auto journal = m_room->open();
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
    const auto journal = m_room->open();
    const qsizetype kept = journal->runs().size();
    QVERIFY2(kept >= 20 && kept <= 40, qPrintable(QString::number(kept)));
    for (const RunSummary& run : journal->runs())
        QVERIFY(!journal->events(run.run).isEmpty());
    QCOMPARE(modeOf(path), mode_t(0600));
    journal->append(u"new"_s, RunStarted {});
    QCOMPARE(m_room->open()->runs().size(), kept + 1); // once
}

void TestJournalTrouble::keepsADamagedFileFoundLater()
{
    const QString path = m_room->open()->file();
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("This is not a database, and it is longer than a hundred bytes, so that SQLite "
               "takes it for "
               "a file with a header.");
    file.close();
    const std::optional<Error> error = thrownBy([&] { m_room->open(); });
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::StoreDamaged);
    QCOMPARE(error->facts[u"runs"_s].toInt(-1), 0);
    QFile copy(error->facts[u"copy"_s].toString());
    QVERIFY(copy.open(QIODevice::ReadOnly));
    QVERIFY(copy.readAll().startsWith("This is not"));
    QVERIFY(m_room->open()->runs().isEmpty());
}

void TestJournalTrouble::salvagesWhatCanBeRead()
{
    QString path, good, unreadable, misleading;
    {
        const auto journal = m_room->open();
        path = journal->file();
        good = m_room->finishedRun(*journal, u"1"_s);
        unreadable = m_room->finishedRun(*journal, u"2"_s);
        misleading = m_room->finishedRun(*journal, u"3"_s);
    }
    sql(path,
        {u"UPDATE events SET event = '{' WHERE run = '%1'"_s.arg(unreadable),
            u"UPDATE events SET event = replace(event, '%1', '') WHERE run = '%1'"_s.arg(
                misleading)});
    writePrivateFile(path + u".damaged"_s, "the copy's name");
    const auto journal = m_room->open();
    QStringList runs;
    for (const RunSummary& run : journal->runs())
        runs.append(run.run);
    QCOMPARE(runs, QStringList({misleading, good}));
    QCOMPARE(journal->events(misleading).first().run, misleading); // by its place, not by its words
    QVERIFY(!QFile::exists(path + u".damaged"_s));
}

void TestJournalTrouble::replacesAFileWithoutItsTables()
{
    const QString path = m_room->open()->file();
    sql(path, {u"DROP TABLE runs"_s});
    const std::optional<Error> error = thrownBy([&] { m_room->open()->runs(); });
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::StoreDamaged);
    QVERIFY(m_room->open()->runs().isEmpty());
}

void TestJournalTrouble::saysWhenItIsBusy()
{
    const auto journal = m_room->open({.durable = false, .busyTimeout = 20ms});
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
void TestJournalTrouble::saysWhenTheDiskIsFull()
{
    if (const QString folder = qEnvironmentVariable("GAPLESS_TEST_SMALL_DISK"); !folder.isEmpty()) {
        Journal journal(folder, m_room->clock);
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
    environment.insert(u"GAPLESS_TEST_SMALL_DISK"_s, m_room->temp.filePath(u"small"_s));
    inside.setProcessEnvironment(environment);
    QVERIFY(QDir().mkpath(m_room->temp.filePath(u"small"_s)));
    inside.start(u"unshare"_s,
        {u"-rm"_s, u"sh"_s, u"-c"_s,
            u"mount -t tmpfs -o size=512k none \"$GAPLESS_TEST_SMALL_DISK\" || exit 77; exec \"$0\" saysWhenTheDiskIsFull"_s,
            QCoreApplication::applicationFilePath()});
    QVERIFY(inside.waitForFinished());
    if (inside.exitCode() == 77 || inside.error() == QProcess::FailedToStart)
        QSKIP("no mount namespace here");
    QVERIFY2(inside.exitCode() == 0, inside.readAllStandardOutput().constData());
}

QTEST_GUILESS_MAIN(TestJournalTrouble)
#include "tst_journaltrouble.moc"
