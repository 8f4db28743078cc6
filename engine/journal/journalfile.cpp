// SPDX-License-Identifier: MIT
#include "engine/journal/journalfile.h"

#include "engine/journal/salvage.h"
#include "engine/model/privatefile.h"

#include <QLockFile>
#include <QSqlError>
#include <QUuid>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// SQLite's own numbers, without the extension in their upper bits.
enum SqliteCode {
    Wrong = 1,
    Perm = 3,
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    Corrupt = 11,
    Full = 13,
    CantOpen = 14,
    Constraint = 19,
    Mismatch = 20,
    NotADatabase = 26
};

int codeOf(const QSqlError& error)
{
    return error.nativeErrorCode().toInt() & 0xff;
}

QString whyOf(int sqliteCode)
{
    switch (sqliteCode) {
    case Busy:
    case Locked:
        return u"busy"_s;
    case ReadOnly:
        return u"readOnly"_s;
    case Full:
        return u"full"_s;
    case Perm:
    case CantOpen:
        return u"permission"_s;
    default:
        return u"other"_s;
    }
}

/// Statements of ours are right and keep the tables' rules: where SQLite finds them wrong, the
/// tables are not ours any more.
bool saysDamage(int code, const QString& text)
{
    const bool otherTables = code == Wrong
        && (text.contains(u"no such") || text.contains(u"malformed") || text.contains(u"column")
            || text.contains(u"file format"));
    return code == Corrupt || code == NotADatabase || code == Constraint || code == Mismatch
        || otherTables;
}

Error unusable(const QString& file, const QString& why, const QString& detail)
{
    return Error(ErrorKind::StoreUnusable, {{u"file"_s, file}, {u"why"_s, why}}, detail);
}

constexpr const char* tables[] = {
    R"(CREATE TABLE IF NOT EXISTS runs (
        run TEXT PRIMARY KEY NOT NULL, target TEXT, kind TEXT, strategy TEXT, from_tag TEXT, to_tag TEXT,
        by TEXT, machine TEXT, reason TEXT, started INTEGER, finished INTEGER,
        last_seq INTEGER NOT NULL, last_at INTEGER, outcome TEXT NOT NULL, serving TEXT, verdict TEXT,
        error TEXT, gaps INTEGER, longest_gap_ms REAL, requests_failed INTEGER, origin TEXT NOT NULL
    ) WITHOUT ROWID)",
    // `event` is the whole event as `--json` prints it.
    R"(CREATE TABLE IF NOT EXISTS events (
        run TEXT NOT NULL, seq INTEGER NOT NULL, type TEXT NOT NULL, event TEXT NOT NULL,
        PRIMARY KEY (run, seq)
    ) WITHOUT ROWID)",
    "CREATE INDEX IF NOT EXISTS runs_by_target ON runs (target, started)",
    "CREATE INDEX IF NOT EXISTS runs_by_time ON runs (started)",
    "CREATE INDEX IF NOT EXISTS finished_steps ON events (run) WHERE type = 'stepFinished'",
};

} // namespace

QString JournalFile::pathIn(const QString& folder)
{
    return folder + u"/journal.sqlite"_s;
}

void JournalFile::createTables(JournalFile& file, const QString& path)
{
    JournalTransaction transaction(file);
    QSqlQuery query = file.runOnce(u"PRAGMA user_version"_s);
    const int found = file.next(query) ? query.value(0).toInt() : 0;
    query.finish();
    if (found > JournalFile::version)
        throw Error(ErrorKind::StoreNewer, {{u"file"_s, path}, {u"version"_s, found}});
    if (found < JournalFile::version) {
        for (const char* table : tables)
            file.runOnce(QString::fromLatin1(table));
        file.runOnce(u"PRAGMA user_version = %1"_s.arg(JournalFile::version));
    }
    transaction.commit();
}

void JournalFile::prepare(const QString& folder, std::chrono::milliseconds busyTimeout)
{
    const QString path = pathIn(folder);
    createPrivateFolder(folder);
    createPrivateFile(path);
    // SQLite switches a file to WAL without waiting for others that do the same.
    QLockFile lock(path + u".lock"_s);
    lock.setStaleLockTime(0); // a dead owner is recognised by its process id
    if (!lock.tryLock(int(busyTimeout.count())))
        throw unusable(
            path, lock.error() == QLockFile::LockFailedError ? u"busy"_s : u"permission"_s, {});
    if (salvage::wasFoundDamaged(path))
        salvage::replace(path);
    try {
        JournalFile file(path, busyTimeout);
        createTables(file, path);
    } catch (Error& error) {
        if (error.kind != ErrorKind::StoreDamaged)
            throw;
        error.facts[u"runs"_s] = salvage::replace(path);
        throw;
    }
}

JournalFile::JournalFile(const QString& path, std::chrono::milliseconds busyTimeout)
    : m_path(path)
    , m_name(u"gapless-journal-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_database(QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name))
{
    m_database.setDatabaseName(path);
    m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(busyTimeout.count()));
    try {
        if (!m_database.open())
            fail(m_database.lastError());
        runOnce(u"PRAGMA journal_mode = WAL"_s);
        runOnce(u"PRAGMA synchronous = FULL"_s);
        runOnce(u"PRAGMA journal_size_limit = 16777216"_s);
    } catch (...) {
        m_database = {};
        QSqlDatabase::removeDatabase(m_name);
        throw;
    }
}

JournalFile::~JournalFile()
{
    m_prepared.clear();
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_name);
}

QSqlQuery& JournalFile::run(const char* sql, const QVariantList& values)
{
    auto found = m_prepared.find(sql);
    if (found == m_prepared.end()) {
        QSqlQuery query(m_database);
        query.setForwardOnly(true);
        if (!query.prepare(QString::fromLatin1(sql)))
            fail(query.lastError());
        found = m_prepared.insert(sql, std::move(query));
    }
    exec(*found, values);
    return *found;
}

QSqlQuery JournalFile::runOnce(const QString& sql, const QVariantList& values)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        fail(query.lastError());
    exec(query, values);
    return query;
}

void JournalFile::exec(QSqlQuery& query, const QVariantList& values)
{
    for (int i = 0; i < values.size(); ++i)
        query.bindValue(i, values[i]);
    if (!query.exec())
        fail(query.lastError());
}

bool JournalFile::next(QSqlQuery& query)
{
    if (query.next())
        return true;
    if (query.lastError().isValid())
        fail(query.lastError());
    return false;
}

void JournalFile::setDurability(Durability durability)
{
    if (m_durability == durability)
        return;
    // In WAL mode NORMAL leaves out the fsync after a commit; the next FULL one makes up for it.
    runOnce(durability == Durability::Power     ? u"PRAGMA synchronous = FULL"_s
            : durability == Durability::Process ? u"PRAGMA synchronous = NORMAL"_s
                                                : u"PRAGMA synchronous = OFF"_s);
    m_durability = durability;
}

qint64 JournalFile::dataVersion()
{
    QSqlQuery query = runOnce(u"PRAGMA data_version"_s);
    return next(query) ? query.value(0).toLongLong() : 0;
}

void JournalFile::fail(const QSqlError& error)
{
    const int code = codeOf(error);
    if (saysDamage(code, error.databaseText()))
        throw Error(ErrorKind::StoreDamaged,
            {{u"file"_s, m_path}, {u"copy"_s, salvage::keepCopy(m_path)}}, error.databaseText());
    throw unusable(m_path, whyOf(code), error.databaseText());
}

JournalTransaction::JournalTransaction(JournalFile& file)
    : m_file(file)
{
    m_file.runOnce(u"BEGIN IMMEDIATE"_s);
}

JournalTransaction::~JournalTransaction()
{
    // Not through the file: what ended the transaction is already on its way up.
    if (m_open)
        QSqlQuery(m_file.m_database).exec(u"ROLLBACK"_s);
}

void JournalTransaction::commit()
{
    m_file.runOnce(u"COMMIT"_s);
    m_open = false;
}

} // namespace gapless
