// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/demostack/demostack.h"

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <functional>
#include <memory>

namespace gapless {

/// A `gaplessctl` of its own process on the stack's site, so that it can be killed, stopped and cut off.
class Ctl {
public:
    /// `settings`: more of its environment.
    Ctl(const QStringList& words, const QString& dataFolder, const QMap<QString, QString>& settings = {});
    ~Ctl();
    /// Reads events until one is `wanted`; false when the process ended or nothing came for two minutes.
    bool until(const std::function<bool(const QJsonObject&)>& wanted);
    /// Until the step has begun.
    bool untilStep(const QString& step, const QString& slot);
    /// Its exit status; -1 where a signal ended it, -2 where it does not end.
    int finish();
    void signal(int number);
    /// The last line: runFinished, or what a command printed.
    QJsonObject last() const { return lines.isEmpty() ? QJsonObject() : lines.last(); }
    qint64 pid() const { return m_process.processId(); }
    QByteArray said() { return m_process.readAllStandardError(); }

    QList<QJsonObject> lines; ///< of standard output, so far
    QString run; ///< the run's name, once it has begun

private:
    bool read(int deadlineMs);
    QProcess m_process;
};

/// The site's users, and a witness of its own process beside them, from now until stop().
class Users {
public:
    explicit Users(const Target& target,
        const QStringList& what = { QStringLiteral("--gets"), QStringLiteral("60"),
            QStringLiteral("--posts"), QStringLiteral("15") });
    ~Users();
    /// What gapless-load saw, and the witness's verdict as `verdict`.
    QJsonObject stop();

private:
    QTemporaryDir m_folder;
    QProcess m_process, m_witness;
};

/// The stack's site as these tests use it: a target file with short times, and what is there afterwards.
class LiveSite {
public:
    /// `name`: which of the stack's targets.
    explicit LiveSite(const QString& stackFolder, const QString& name = QStringLiteral("target"));
    DemoStack stack;
    Target target;
    QString targetFile; ///< what write() has written
    void write();
    /// gaplessctl VERB --target FILE --json WORDS, with the data folder number `desk`.
    std::unique_ptr<Ctl> start(const QString& verb, const QStringList& words = {}, int desk = 0);
    int run(const QString& verb, const QStringList& words = {}, int desk = 0, QJsonObject* last = nullptr);
    QString dataFolder(int desk) const;

    QJsonObject status();
    /// Empty where every slot is up and runs one version in the one container that has its name, and
    /// nobody holds the lock; else what is not so.
    QString untidy();
    /// The tag that every slot has; empty where they differ.
    QString tag();
    /// The same, as untidy() found it last.
    QString served() const { return m_served; }
    QStringList containers() const;
    QByteArray upstreamFile() const;
    /// The sshd processes that serve connections to the machine right now.
    QList<qint64> sshSessions() const;
    void cutConnections() const;

private:
    QTemporaryDir m_folder;
    QString m_served;
};

/// One line of the README's table: what users noticed, and how it ended. Also kept for
/// `tests/live/faults/table`, which prints the table.
void printRow(const QString& failure, const QJsonObject& seen, const QString& ended, int exit);

} // namespace gapless
