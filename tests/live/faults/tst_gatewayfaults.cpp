// SPDX-License-Identifier: MIT
// nginx, its files, its disk and the site's Redis break or change under a rollout, on the real stack while
// users are at it. Each test prints its line of the README's table.
#include "tests/support/livesite/faultstage.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

class TestGatewayFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_stage.emplace(QStringLiteral(GAPLESS_TEST_STACK)); }
    void init() { m_stage->prepare(); }
    void cleanup()
    {
        m_stage->cleanUp();
        m_stage->site.stack.run({ u"start"_s, u"redis"_s }); // where it runs, this does nothing
    }
    void cleanupTestCase() { m_stage.reset(); }

    void nginxIsBrokenByAnotherHand_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<int>("exit");
        QTest::newRow("before") << QString() << 5;
        QTest::newRow("meanwhile") << u"create"_s << 1;
    }
    void nginxIsBrokenByAnotherHand()
    {
        QFETCH(QString, step);
        QFETCH(int, exit);
        FaultStage& stage = *m_stage;
        const auto breakIt = [&] { stage.writeOtherFile("nonsense;\n"); };
        if (step.isEmpty())
            breakIt();
        Ended ended = stage.deploy(stage.next(), step, breakIt);
        const QByteArray left = stage.site.upstreamFile();
        QFile::remove(stage.otherFile());
        QCOMPARE(stage.end(u"nginx configuration broken by somebody else %1"_s.arg(
                               step.isEmpty() ? u"before"_s : u"meanwhile"_s),
                     ended, exit, stage.old),
            QString());
        QCOMPARE(left, stage.site.upstreamFile());
    }

    /// `nginx -t` and the reload both end with 0, and nothing has changed.
    void aReloadDoesNotTake_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("then");
        QTest::addColumn<QString>("failure");
        // A slot's own port: docker has it.
        QTest::newRow("port") << QByteArray()
                              << "server { listen " + m_stage->target.slots[1].server.toUtf8() + "; }\n"
                              << u"reload that does not take: port taken"_s;
        QTest::newRow("zone") << QByteArray("limit_req_zone $binary_remote_addr zone=other:1m rate=1r/s;\n")
                              << QByteArray("limit_req_zone $server_name zone=other:1m rate=1r/s;\n")
                              << u"reload that does not take: changed zone key"_s;
    }
    void aReloadDoesNotTake()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, then);
        QFETCH(QString, failure);
        FaultStage& stage = *m_stage;
        if (!before.isEmpty()) {
            stage.writeOtherFile(before);
            stage.reloadNginx();
        }
        const Ended ended = stage.deploy(stage.next(), u"create"_s, [&] { stage.writeOtherFile(then); });
        QVERIFY2(ended.said.contains("emerg"), ended.said.constData()); // nginx's own word for why
        if (before.isEmpty())
            QFile::remove(stage.otherFile());
        else
            stage.writeOtherFile(before);
        QCOMPARE(stage.end(failure, ended, 1, stage.old), QString());
    }

    void nginxIsRestartedBetweenTwoSteps()
    {
        FaultStage& stage = *m_stage;
        const Ended ended = stage.deploy(stage.next(), u"drain"_s, [&] {
            stage.site.stack.run({ u"stop"_s, u"nginx"_s });
            stage.site.stack.run({ u"start"_s, u"nginx"_s });
        });
        QCOMPARE(stage.end(u"nginx restarted between two steps"_s, ended, 0, stage.next(),
                     FaultStage::Users::MayNotice),
            QString());
    }

    void theUpstreamFileIsEditedBetweenTwoSteps()
    {
        FaultStage& stage = *m_stage;
        const Ended ended = stage.deploy(stage.next(), u"drain"_s, [&] {
            QFile file(stage.target.gateway.upstreamFile);
            if (file.open(QIODevice::Append))
                file.write("# somebody was here\n");
        });
        QCOMPARE(stage.end(u"upstream file edited between two steps"_s, ended, 0, stage.next()), QString());
        QVERIFY(stage.site.upstreamFile().contains("somebody was here"));
    }

    /// Somebody puts the slot up again that is being replaced.
    void theSlotsLineIsEditedBetweenTwoSteps()
    {
        FaultStage& stage = *m_stage;
        const Ended ended = stage.deploy(stage.next(), u"start"_s, [&] {
            QFile file(stage.target.gateway.upstreamFile);
            if (!file.open(QIODevice::ReadWrite))
                return;
            const QByteArray bytes = file.readAll().replace(" down;", ";");
            file.resize(0);
            file.write(bytes);
            file.close();
            stage.reloadNginx();
        });
        QCOMPARE(stage.end(u"slot put up by another hand while it is out"_s, ended, 0, stage.next(),
                     FaultStage::Users::MayNotice),
            QString());
    }

    void theDiskIsFullWhileNginxIsWritten()
    {
        FaultStage& stage = *m_stage;
        stage.smallDisk(256, QFileInfo(stage.target.gateway.upstreamFile).path());
        const QByteArray before = stage.site.upstreamFile();
        const Ended ended = stage.deploy(stage.next(), u"create"_s,
            [&] { FaultStage::fill(QFileInfo(stage.target.gateway.upstreamFile).path()); });
        QCOMPARE(stage.site.upstreamFile(), before);
        QVERIFY2(ended.said.contains("No space left"), ended.said.constData());
        QCOMPARE(stage.end(u"disk full during the nginx write"_s, ended, 1, stage.old), QString());
        QCOMPARE(QDir(QFileInfo(stage.target.gateway.upstreamFile).path())
                     .entryList({ u".*.gapless-*"_s }, QDir::Files | QDir::Hidden),
            QStringList());
    }

    void theStateFolderIsFull()
    {
        FaultStage& stage = *m_stage;
        stage.site.target.gateway.stateDir = stage.smallDisk(256);
        FaultStage::fill(stage.site.target.gateway.stateDir);
        stage.site.write();
        const Ended ended = stage.deploy(stage.next());
        stage.site.target = stage.target;
        stage.site.write();
        QCOMPARE(stage.end(u"gateway's state folder full"_s, ended, 5, stage.old), QString());
    }

    /// What boots now does not come up; what serves goes on without the sessions that lie there.
    void redisIsDown()
    {
        FaultStage& stage = *m_stage;
        const Ended ended = stage.deploy(
            stage.next(), u"create"_s, [&] { stage.site.stack.run({ u"stop"_s, u"redis"_s }); });
        stage.site.stack.run({ u"start"_s, u"redis"_s });
        QCOMPARE(stage.end(u"Redis down"_s, ended, 1, stage.old, FaultStage::Users::MayNotice), QString());
    }

private:
    std::optional<FaultStage> m_stage;
};

QTEST_GUILESS_MAIN(TestGatewayFaults)
#include "tst_gatewayfaults.moc"
