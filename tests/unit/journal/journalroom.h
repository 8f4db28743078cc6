// SPDX-License-Identifier: MIT
#pragma once

#include "engine/journal/journal.h"
#include "engine/model/error.h"
#include "engine/model/eventjson.h"
#include "tests/support/manualclock.h"

#include <QJsonDocument>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

namespace gapless {

/// A data folder of its own for each test, and a clock that the test moves.
class JournalRoom {
public:
    QTemporaryDir temp;
    QString folder = temp.filePath(QStringLiteral("data"));
    ManualClock clock;

    std::unique_ptr<Journal> open(JournalOptions options = {.durable = false})
    {
        return std::make_unique<Journal>(folder, clock, systemRandom(), options);
    }

    /// A finished run of `chat`, an hour after the one before.
    QString finishedRun(Journal& journal, const QString& to,
        const QString& outcome = QStringLiteral("succeeded"),
        const QString& kind = QStringLiteral("deploy"),
        const QString& target = QStringLiteral("chat"), const QString& from = {})
    {
        clock.advance(std::chrono::hours(1));
        const QString run = journal.newRun();
        RunStarted started;
        started.target = target;
        started.kind = kind;
        started.to = to;
        started.from = from;
        started.by = QStringLiteral("kim");
        journal.append(run, started);
        RunFinished finished;
        finished.outcome = outcome;
        journal.append(run, finished);
        return run;
    }
};

inline mode_t modeOf(const QString& path)
{
    struct stat found { };
    return ::stat(qPrintable(path), &found) == 0 ? found.st_mode & 0777 : 0;
}

inline std::optional<Error> thrownBy(const std::function<void()>& act)
{
    try {
        act();
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}

/// Statements on the file itself, as another program would.
inline void sql(const QString& file, const QStringList& statements)
{
    const QString name = QStringLiteral("test");
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(file);
        QVERIFY(database.open());
        for (const QString& statement : statements)
            QVERIFY2(QSqlQuery(database).exec(statement), qPrintable(statement));
    }
    QSqlDatabase::removeDatabase(name);
}

inline QByteArrayList linesOf(const QList<Event>& events)
{
    QByteArrayList lines;
    for (const Event& event : events)
        lines.append(QJsonDocument(toJson(event)).toJson(QJsonDocument::Compact));
    return lines;
}

} // namespace gapless
