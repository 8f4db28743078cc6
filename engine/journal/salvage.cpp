// SPDX-License-Identifier: MIT
#include "engine/journal/salvage.h"

#include "engine/journal/journalfile.h"
#include "engine/journal/runtable.h"
#include "engine/model/eventjson.h"
#include "engine/model/privatefile.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QSqlError>
#include <QUuid>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace gapless::salvage {

namespace {

QString markOf(const QString& path)
{
    return path + u".damaged"_s;
}

/// Takes over each row until one cannot be read; from the other end too, since damage is in the
/// middle.
void copyRows(QSqlDatabase& damaged, JournalFile& fresh, const QString& order)
{
    QSqlQuery query(damaged);
    query.setForwardOnly(true);
    if (!query.exec(
            u"SELECT run, seq, type, event FROM events ORDER BY run %1, seq %1"_s.arg(order)))
        return;
    while (query.next())
        fresh.run("INSERT OR IGNORE INTO events (run, seq, type, event) VALUES (?, ?, ?, ?)",
            {query.value(0), query.value(1), query.value(2), query.value(3)});
}

void copyEvents(const QString& from, JournalFile& fresh)
{
    const QString name = u"gapless-salvage-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
    {
        QSqlDatabase damaged = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        damaged.setDatabaseName(from);
        if (damaged.open())
            for (const QString& order : {u"ASC"_s, u"DESC"_s})
                copyRows(damaged, fresh, order);
    }
    QSqlDatabase::removeDatabase(name);
}

int summarise(JournalFile& fresh)
{
    QStringList runs;
    QSqlQuery query = fresh.runOnce(u"SELECT DISTINCT run FROM events"_s);
    while (fresh.next(query))
        runs.append(query.value(0).toString());
    query.finish();
    int readable = 0;
    for (const QString& run : runs) {
        const RunState state = foldRun(fresh, run, {});
        if (state.lastSeq == 0)
            continue; // none of its events can be read
        writeSummary(fresh, state, {});
        ++readable;
    }
    return readable;
}

} // namespace

QString keepCopy(const QString& path)
{
    QFile mark(markOf(path));
    if (mark.open(QIODevice::ReadOnly))
        return QString::fromUtf8(mark.readAll());
    const QString copy = u"%1.damaged-%2"_s.arg(
        path, QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s));
    if (!QFile::copy(path, copy))
        return {};
    QFile::copy(path + u"-wal"_s, copy + u"-wal"_s);
    if (mark.open(QIODevice::WriteOnly))
        mark.write(copy.toUtf8());
    return copy;
}

bool wasFoundDamaged(const QString& path)
{
    return QFile::exists(markOf(path));
}

int replace(const QString& path)
{
    const QString next = path + u".next"_s;
    for (const QString& rest : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(next + rest);
    createPrivateFile(next);
    int runs = 0;
    {
        JournalFile fresh(next, std::chrono::seconds(1));
        JournalFile::createTables(fresh, next);
        JournalTransaction transaction(fresh);
        copyEvents(path, fresh);
        runs = summarise(fresh);
        transaction.commit();
    }
    for (const QString& rest : {u"-wal"_s, u"-shm"_s})
        QFile::remove(path + rest);
    QFile::remove(path);
    if (!QFile::rename(next, path))
        throw Error(ErrorKind::StoreUnusable, {{u"file"_s, path}, {u"why"_s, u"other"_s}});
    QFile::remove(markOf(path));
    return runs;
}

} // namespace gapless::salvage
