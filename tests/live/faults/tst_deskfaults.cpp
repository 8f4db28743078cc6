// SPDX-License-Identifier: MIT
// What breaks on the way to the host and on the machine that Gapless runs on, on the real stack while
// users are at it. Each test prints its line of the README's table.
#include "tests/support/livesite/faultstage.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

class TestDeskFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_stage.emplace(QStringLiteral(GAPLESS_TEST_STACK)); }
    void init() { m_stage->prepare(); }
    void cleanup() { m_stage->cleanUp(); }
    void cleanupTestCase() { m_stage.reset(); }

    void theHostKeyIsAnother()
    {
        FaultStage& stage = *m_stage;
        stage.site.target.hosts[0].hostKey = u"SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"_s;
        stage.site.write();
        const Ended ended = stage.deploy(stage.next());
        stage.site.target = stage.target;
        stage.site.write();
        QCOMPARE(stage.end(u"host key changed"_s, ended, 5, stage.old), QString());
    }

    /// Whoever answers there from now on is not let near: the host's own guard puts the slot back.
    void nobodyGetsInAnyMore_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("failure");
        QTest::newRow("host key") << u"web_host_key"_s << u"host key changed during the rollout"_s;
        // What an expired password is, too, once the connection has to be made anew.
        QTest::newRow("login") << u"authorized_keys"_s << u"login refused from the middle of the rollout on"_s;
    }
    void nobodyGetsInAnyMore()
    {
        QFETCH(QString, file);
        QFETCH(QString, failure);
        FaultStage& stage = *m_stage;
        stage.site.target.ownerLostSeconds = 5;
        stage.site.write();
        const QString path = stage.site.stack.folder() + u"/ssh/"_s + file;
        QByteArray out;
        Ended ended = stage.deploy(stage.next(), u"check"_s, [&] {
            out = stage.site.upstreamFile();
            QVERIFY(QFile::rename(path, path + u".away"_s));
            // Nobody's keys, and the stack's other machine in place of this one.
            if (file == u"authorized_keys")
                QVERIFY(QFile(path).open(QIODevice::WriteOnly));
            else
                QVERIFY(QFile::copy(stage.site.stack.folder() + u"/ssh/second_host_key"_s, path));
            stage.site.cutConnections();
            QTRY_VERIFY_WITH_TIMEOUT(stage.site.upstreamFile() != out, 60'000);
        });
        QFile::remove(path);
        QVERIFY(QFile::rename(path + u".away"_s, path));
        QCOMPARE(ended.exit, 3);
        QCOMPARE(stage.resume({ u"--restore"_s, u"--yes"_s }), 0);
        QCOMPARE(stage.end(failure, ended, 3, stage.old), QString());
    }

    void theAgentIsLocked()
    {
        FaultStage& stage = *m_stage;
        const QString socket = m_folder.filePath(u"agent"_s), says = m_folder.filePath(u"says"_s);
        QProcess agent;
        agent.start(u"ssh-agent"_s, { u"-D"_s, u"-a"_s, socket });
        QTRY_VERIFY(QFile::exists(socket));
        QFile script(says);
        QVERIFY(script.open(QIODevice::WriteOnly) && script.write("#!/bin/sh\necho x\n") > 0);
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        script.close();
        const QMap<QString, QString> settings { { u"SSH_AUTH_SOCK"_s, socket },
            { u"SSH_ASKPASS"_s, says }, { u"SSH_ASKPASS_REQUIRE"_s, u"force"_s } };
        for (const QStringList& words : { QStringList { u"-q"_s, stage.target.hosts[0].auth.privateKeyFile },
                 QStringList { u"-x"_s } }) {
            QProcess add;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            for (auto setting = settings.begin(); setting != settings.end(); ++setting)
                environment.insert(setting.key(), setting.value());
            add.setProcessEnvironment(environment);
            add.start(u"ssh-add"_s, words);
            QVERIFY(add.waitForFinished() && add.exitCode() == 0);
        }
        stage.site.target.hosts[0].auth = { .method = Auth::Method::Agent };
        stage.site.write();
        const Ended ended = stage.watched(started({}, settings), {}, {});
        agent.kill();
        agent.waitForFinished();
        stage.site.target = stage.target;
        stage.site.write();
        QVERIFY2(ended.said.contains("agent"), ended.said.constData());
        QCOMPARE(stage.end(u"agent locked"_s, ended, 5, stage.old), QString());
    }

    /// On both sides at once: the desk's process, and every command on the host.
    void theClocksJump_data()
    {
        QTest::addColumn<QByteArray>("seconds");
        QTest::newRow("forwards") << QByteArray("172800");
        QTest::newRow("backwards") << QByteArray("-172800");
    }
    void theClocksJump()
    {
        QFETCH(QByteArray, seconds);
        FaultStage& stage = *m_stage;
        const QString clock = m_folder.filePath(u"clock"_s);
        const auto set = [&](const QByteArray& jump) {
            QFile file(clock);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(jump + '\n') > 0);
        };
        set("0");
        const QString config = stage.site.stack.folder() + u"/ssh/web_sshd_config"_s;
        QFile sshd(config);
        QVERIFY(sshd.open(QIODevice::ReadWrite));
        const QByteArray before = sshd.readAll();
        sshd.resize(0);
        sshd.write(QByteArray(before).replace("SetEnv SHLVL=1",
            "SetEnv SHLVL=1 LD_PRELOAD=" GAPLESS_CLOCKJUMP " CLOCKJUMP=" + clock.toLocal8Bit()));
        sshd.close();
        const Ended ended = stage.watched(started({},
                                              { { u"LD_PRELOAD"_s, QStringLiteral(GAPLESS_CLOCKJUMP) },
                                                  { u"CLOCKJUMP"_s, clock } }),
            u"check"_s, [&] { set(seconds); });
        QVERIFY(sshd.open(QIODevice::WriteOnly | QIODevice::Truncate) && sshd.write(before) > 0);
        sshd.close();
        QCOMPARE(stage.end(u"clocks jump two days %1"_s.arg(QString::fromLatin1(QTest::currentDataTag())), ended,
                     0, stage.next()),
            QString());
        // It did jump.
        const auto at = [&](qsizetype line) {
            return QDateTime::fromString(ended.lines[line][u"at"_s].toString(), Qt::ISODateWithMs);
        };
        QVERIFY(std::abs(at(0).daysTo(at(ended.lines.size() - 1))) >= 1);
    }

    void theDataFolderIsReadOnly()
    {
        FaultStage& stage = *m_stage;
        const QString folder = stage.smallDisk(1024);
        QCOMPARE(QProcess::execute(u"mount"_s, { u"-o"_s, u"remount,ro"_s, folder }), 0);
        const Ended ended = stage.deployFrom(folder, stage.next());
        QVERIFY2(ended.said.contains(folder.toUtf8()), ended.said.constData());
        QCOMPARE(stage.end(u"data folder read-only"_s, ended, 1, stage.old), QString());
    }

    void theDataFolderIsFull_data()
    {
        QTest::addColumn<QString>("step");
        QTest::newRow("before") << QString();
        QTest::newRow("meanwhile") << u"check"_s;
    }
    void theDataFolderIsFull()
    {
        QFETCH(QString, step);
        FaultStage& stage = *m_stage;
        const QString folder = stage.smallDisk(2048);
        if (step.isEmpty())
            FaultStage::fill(folder);
        // With a witness of its own, which says things on a thread of its own and keeps samples there.
        const Ended ended = stage.watched(
            std::make_unique<Ctl>(QStringList { u"deploy"_s, u"--target"_s, stage.site.targetFile, u"--json"_s,
                                      u"--image"_s, stage.next(), u"--yes"_s },
                folder),
            step, [&] { FaultStage::fill(folder); });
        QVERIFY2(ended.said.contains(folder.toUtf8()), ended.said.constData());
        QCOMPARE(stage.end(u"data folder full %1"_s.arg(step.isEmpty() ? u"before"_s : u"meanwhile"_s), ended,
                     1, stage.old),
            QString());
    }

    void theDatabaseIsLocked()
    {
        FaultStage& stage = *m_stage;
        const QString folder = m_folder.filePath(u"locked"_s);
        QCOMPARE(stage.deployFrom(folder, stage.old).exit, 0); // its file is there then
        Ended ended;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"holder"_s);
            database.setDatabaseName(folder + u"/journal.sqlite"_s);
            QVERIFY(database.open());
            QVERIFY(QSqlQuery(database).exec(u"BEGIN IMMEDIATE"_s));
            ended = stage.deployFrom(folder, stage.next());
        }
        QSqlDatabase::removeDatabase(u"holder"_s);
        QVERIFY2(ended.said.contains("journal.sqlite"), ended.said.constData());
        QCOMPARE(stage.end(u"database locked by another program"_s, ended, 1, stage.old), QString());
    }

    /// A clear error, a copy that is kept, and a history that is readable as far as it goes.
    void theDatabaseIsDamaged()
    {
        FaultStage& stage = *m_stage;
        const QString folder = m_folder.filePath(u"damaged"_s), file = folder + u"/journal.sqlite"_s;
        QCOMPARE(stage.deployFrom(folder, stage.old).exit, 0);
        for (const QString& rest : { u"-wal"_s, u"-shm"_s })
            QFile::remove(file + rest);
        QFile database(file);
        QVERIFY(database.open(QIODevice::ReadWrite));
        QVERIFY(database.seek(database.size() / 2) && database.write(QByteArray(4096, '\xa5')) > 0);
        database.seek(100);
        database.write(QByteArray(60, '\xa5'));
        database.close();
        const Ended ended = stage.deployFrom(folder, stage.next());
        QVERIFY2(ended.said.contains("journal.sqlite"), ended.said.constData());
        QCOMPARE(stage.end(u"database damaged"_s, ended, 1, stage.old), QString());
        QVERIFY(!QDir(folder).entryList({ u"journal.sqlite?*damaged*"_s }).isEmpty());
        // The next start goes on.
        const Ended again = stage.deployFrom(folder, stage.next());
        QCOMPARE(stage.end(u"database damaged, the next start"_s, again, 0, stage.next()), QString());
    }

private:
    /// A deployment of the other release with a data folder and an environment of its own.
    std::unique_ptr<Ctl> started(const QString& folder, const QMap<QString, QString>& settings)
    {
        FaultStage& stage = *m_stage;
        return std::make_unique<Ctl>(
            QStringList { u"deploy"_s, u"--target"_s, stage.site.targetFile, u"--json"_s }
                + FaultStage::words(stage.next()),
            folder.isEmpty() ? stage.site.dataFolder(0) : folder, settings);
    }

    std::optional<FaultStage> m_stage;
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestDeskFaults)
#include "tst_deskfaults.moc"
