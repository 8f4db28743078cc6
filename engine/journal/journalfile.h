// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/error.h"

#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <chrono>

namespace gapless {

/// How much a write survives: the end of the process, or a power failure too. `None` is for tests.
enum class Durability { None, Process, Power };

/// The journal's database as one thread sees it. Everything throws what Journal says it throws.
class JournalFile {
public:
    static constexpr int version = 1;
    static QString pathIn(const QString& folder);

    /// Creates the folder (0700), the file (0600) and its tables where they are missing, and puts a
    /// damaged file aside (see Journal). Once a Journal, before any thread opens it.
    static void prepare(const QString& folder, std::chrono::milliseconds busyTimeout);

    /// Error StoreNewer where they are a newer version's.
    static void createTables(JournalFile& file, const QString& path);

    JournalFile(const QString& path, std::chrono::milliseconds busyTimeout);
    ~JournalFile();
    JournalFile(const JournalFile&) = delete;
    JournalFile& operator=(const JournalFile&) = delete;

    /// Runs a statement that is kept prepared: its text has to be a literal. The result is valid
    /// until the same statement runs again.
    QSqlQuery& run(const char* sql, const QVariantList& values = {});
    /// Runs one that is put together by a caller, or that others may run meanwhile.
    QSqlQuery runOnce(const QString& sql, const QVariantList& values = {});
    /// query.next(), which may meet damage too.
    bool next(QSqlQuery& query);

    void setDurability(Durability durability);
    qint64 dataVersion();

private:
    friend class JournalTransaction;
    void exec(QSqlQuery& query, const QVariantList& values);
    [[noreturn]] void fail(const QSqlError& error);

    const QString m_path;
    const QString m_name;
    QSqlDatabase m_database;
    QHash<const char*, QSqlQuery> m_prepared;
    Durability m_durability = Durability::Power;
};

/// Takes the write lock at once and gives it back: what was written is undone unless commit() was
/// reached.
class JournalTransaction {
public:
    explicit JournalTransaction(JournalFile& file);
    ~JournalTransaction();
    JournalTransaction(const JournalTransaction&) = delete;
    JournalTransaction& operator=(const JournalTransaction&) = delete;
    void commit();

private:
    JournalFile& m_file;
    bool m_open = true;
};

} // namespace gapless
