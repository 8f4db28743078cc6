// SPDX-License-Identifier: MIT
// Images and containers that break, dockerd that restarts, and other hands on both, on the real stack
// while users are at it. Each test prints its line of the README's table.
#include "tests/support/livesite/faultstage.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

class TestContainerFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_stage.emplace(QStringLiteral(GAPLESS_TEST_STACK)); }
    void init() { m_stage->prepare(); }
    void cleanup() { m_stage->cleanUp(); }
    void cleanupTestCase() { m_stage.reset(); }

    void theImageIsBad_data()
    {
        QTest::addColumn<QString>("image");
        QTest::addColumn<QString>("failure");
        QTest::newRow("crash") << u"crash"_s << u"image crashes"_s;
        QTest::newRow("unhealthy") << u"unhealthy"_s << u"never healthy"_s;
        QTest::newRow("hang") << u"hang"_s << u"hangs on health"_s;
        QTest::newRow("dies") << u"dies"_s << u"healthy, then dies within the watch"_s;
    }
    void theImageIsBad()
    {
        QFETCH(QString, image);
        QFETCH(QString, failure);
        FaultStage& stage = *m_stage;
        soonGivenUp();
        stage.site.target.health.watchSeconds = 8;
        stage.site.write();
        // One that dies while it serves cuts what it was answering: nginx asks the other slot instead.
        QCOMPARE(stage.end(failure, stage.deploy(stage.site.stack.tag(image)), 1, stage.old), QString());
    }

    void theNewContainerListensElsewhere()
    {
        FaultStage& stage = *m_stage;
        soonGivenUp();
        for (Slot& slot : stage.site.target.slots)
            for (QString& publish : slot.publish)
                publish.replace(u":8080"_s, u":8099"_s);
        stage.site.write();
        QCOMPARE(stage.end(u"wrong port"_s, stage.deploy(stage.next()), 1, stage.old), QString());
    }

    void aBindMountIsMissing()
    {
        FaultStage& stage = *m_stage;
        stage.site.target.container.mounts.append({ u"/nonexistent/appsettings.json"_s, u"/app/x.json"_s });
        stage.site.write();
        QCOMPARE(stage.end(u"bind mount missing"_s, stage.deploy(stage.next()), 5, stage.old), QString());
    }

    void theOldContainerIgnoresSigterm()
    {
        FaultStage& stage = *m_stage;
        const QString deaf = stage.site.stack.tag(u"ignore-sigterm"_s);
        QCOMPARE(stage.deploy(deaf).exit, 0);
        stage.site.target.container.stopTimeoutSeconds = 3;
        stage.site.write();
        const Ended ended = stage.deploy(stage.old);
        QCOMPARE(stage.end(u"ignores SIGTERM"_s, ended, 0, stage.old), QString());
        QStringList endedBy;
        for (const QJsonObject& line : ended.lines)
            if (line[u"type"_s].toString() == u"containerStopped")
                endedBy.append(line[u"by"_s].toString());
        QCOMPARE(endedBy, QStringList({ u"KILL"_s, u"KILL"_s }));
    }

    void theKeptContainerIsPruned()
    {
        FaultStage& stage = *m_stage;
        const Ended ended = stage.deploy(
            stage.next(), u"check"_s, [&] { stage.docker({ u"rm"_s, u"-f"_s, u"chat_A"_s }); });
        QCOMPARE(stage.end(u"kept old container pruned by another hand"_s, ended, 0, stage.next()), QString());
    }

    void theKeptContainerIsPrunedAndTheImageIsBad()
    {
        FaultStage& stage = *m_stage;
        soonGivenUp();
        const Ended ended = stage.deploy(stage.site.stack.tag(u"unhealthy"_s), u"check"_s,
            [&] { stage.docker({ u"rm"_s, u"-f"_s, u"chat_A"_s }); });
        QCOMPARE(stage.end(u"kept old container pruned, and the new image is bad"_s, ended, 1, stage.old), QString());
    }

    void theNewContainerIsTouchedByAnotherHand_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<QString>("failure");
        QTest::newRow("stop") << QStringList { u"stop"_s, u"-t"_s, u"1"_s }
                              << u"new container stopped by another hand"_s;
        QTest::newRow("restart") << QStringList { u"restart"_s, u"-t"_s, u"1"_s }
                                 << u"new container restarted by another hand"_s;
        QTest::newRow("rm") << QStringList { u"rm"_s, u"-f"_s } << u"new container removed by another hand"_s;
    }
    void theNewContainerIsTouchedByAnotherHand()
    {
        QFETCH(QStringList, command);
        QFETCH(QString, failure);
        FaultStage& stage = *m_stage;
        stage.site.target.health.watchSeconds = 5;
        stage.site.write();
        const Ended ended = stage.deploy(stage.next(), u"watch"_s,
            [&] { stage.docker(command + QStringList { stage.newContainer(u"A"_s) }); });
        // Whoever killed it cut what it was answering.
        QCOMPARE(stage.end(failure, ended, 1, stage.old, FaultStage::Users::MayNotice), QString());
    }

    /// The only slot that serves goes while the other one is out: nothing but time brings one back.
    void theServingContainerIsTouchedByAnotherHand_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<QString>("failure");
        QTest::newRow("restart") << QStringList { u"restart"_s, u"-t"_s, u"1"_s }
                                 << u"other slot's container restarted by another hand"_s;
        QTest::newRow("rm") << QStringList { u"rm"_s, u"-f"_s }
                            << u"other slot's container removed by another hand"_s;
    }
    void theServingContainerIsTouchedByAnotherHand()
    {
        QFETCH(QStringList, command);
        QFETCH(QString, failure);
        FaultStage& stage = *m_stage;
        const Ended ended = stage.deploy(
            stage.next(), u"check"_s, [&] { stage.docker(command + QStringList { u"chat_B"_s }); });
        QCOMPARE(stage.end(failure, ended, 0, stage.next(), FaultStage::Users::MayNotice), QString());
    }

    /// With `--restart always` a daemon that comes back starts whatever it knows, but not what was kept.
    void theDockerDaemonIsRestarted_data()
    {
        QTest::addColumn<QString>("step");
        QTest::newRow("check") << u"check"_s;
        QTest::newRow("watch") << u"watch"_s;
    }
    void theDockerDaemonIsRestarted()
    {
        QFETCH(QString, step);
        FaultStage& stage = *m_stage;
        stage.docker({ u"update"_s, u"--restart=always"_s, u"chat_A"_s, u"chat_B"_s });
        stage.site.target.container.restart = u"always"_s;
        stage.site.write();
        const Ended ended = stage.deploy(stage.next(), step, [&] {
            stage.site.stack.run({ u"stop"_s, u"web-dockerd"_s });
            stage.site.stack.run({ u"start"_s, u"web-dockerd"_s });
        });
        const QString serves = ended.exit == 0 ? stage.next() : stage.old;
        QVERIFY2(ended.exit == 0 || ended.exit == 1, ended.said.constData());
        QCOMPARE(stage.end(u"docker daemon restarted in %1"_s.arg(step), ended, ended.exit, serves,
                     FaultStage::Users::MayNotice),
            QString());
        QCOMPARE(stage.site.stack.docker(u"web"_s, { u"inspect"_s, u"--format"_s,
                                                       u"{{.HostConfig.RestartPolicy.Name}}"_s, u"chat_A"_s })
                     .trimmed(),
            u"always"_s);
    }

    void theImageIsAbsentOnTheSecondHost()
    {
        FaultStage both(QStringLiteral(GAPLESS_TEST_STACK), u"target-two-hosts"_s);
        both.prepare();
        const Ended ended = both.deploy(both.site.stack.tag(u"v3"_s));
        QCOMPARE(both.end(u"image absent on the second host"_s, ended, 5, both.old), QString());
    }

    void theDiskIsFullDuringTheLoad()
    {
        FaultStage& stage = *m_stage;
        const QString archive = archiveOf(4 << 20);
        const QString images = stage.site.stack.docker(u"web"_s, { u"image"_s, u"ls"_s, u"-a"_s, u"-q"_s });
        // Where dockerd unpacks what it loads.
        stage.smallDisk(1024, stage.site.stack.folder() + u"/web/docker/tmp"_s);
        const Ended ended = stage.watched(
            stage.site.start(u"deploy"_s,
                { u"--archive"_s, archive, u"--tag"_s, u"hash_big"_s, u"--yes"_s, u"--no-witness"_s }),
            {}, {});
        QCOMPARE(stage.end(u"disk full during the load of an image"_s, ended, 5, stage.old), QString());
        QCOMPARE(stage.site.stack.docker(u"web"_s, { u"image"_s, u"ls"_s, u"-a"_s, u"-q"_s }), images);
    }

private:
    /// What is never ready is not waited for longer than a good one may take to boot here.
    void soonGivenUp()
    {
        m_stage->site.target.health.deadlineSeconds = 8;
        m_stage->site.write();
    }

    /// An archive of an image that no host has, with one layer of so many bytes.
    QString archiveOf(int bytes)
    {
        FaultStage& stage = *m_stage;
        const QString context = m_folder.filePath(u"context"_s), file = m_folder.filePath(u"image.tar"_s);
        QDir().mkpath(context);
        QByteArray noise(bytes, Qt::Uninitialized);
        QRandomGenerator(1).fillRange(reinterpret_cast<quint32*>(noise.data()), bytes / 4);
        for (const auto& [name, content] : { std::pair(u"/noise"_s, noise),
                 std::pair(u"/Dockerfile"_s,
                     "FROM " + stage.site.stack.image(u"v2"_s).toUtf8() + "\nCOPY noise /noise\n") }) {
            QFile out(context + name);
            if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
                qFatal("%s", qPrintable(out.errorString()));
        }
        stage.docker({ u"build"_s, u"-q"_s, u"-t"_s, u"chat:hash_big"_s, context });
        stage.docker({ u"save"_s, u"-o"_s, file, u"chat:hash_big"_s });
        stage.docker({ u"image"_s, u"rm"_s, u"chat:hash_big"_s });
        return file;
    }

    std::optional<FaultStage> m_stage;
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestContainerFaults)
#include "tst_containerfaults.moc"
