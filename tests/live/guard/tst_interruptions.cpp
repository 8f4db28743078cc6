// SPDX-License-Identifier: MIT
// Gapless itself is killed, stopped, cut off and run twice, on the real stack, while users are at it.
#include "tests/support/livesite/faultstage.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>
#include <signal.h>

using namespace Qt::StringLiterals;
using namespace gapless;

class TestInterruptions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_stage.emplace(QStringLiteral(GAPLESS_TEST_STACK)); }
    void init() { m_stage->prepare(); }
    void cleanup() { m_stage->cleanUp(); }
    void cleanupTestCase() { m_stage.reset(); }

    void killedInAStep_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("slot");
        QTest::addColumn<QString>("choice");
        const bool full = qEnvironmentVariableIntValue("GAPLESS_TEST_FULL") == 1;
        const std::pair<const char*, const char*> steps[] { { "create", "A" }, { "down", "A" },
            { "drain", "A" }, { "stop", "A" }, { "start", "A" }, { "check", "A" }, { "warmUp", "A" },
            { "up", "A" }, { "watch", "A" }, { "down", "B" }, { "check", "B" }, { "up", "B" },
            { "retire", "A" }, { "retire", "B" }, { "unlock", "" } };
        int number = 0;
        for (const auto& [step, slot] : steps)
            for (const char* choice : { "--restore", "--finish", "--yes" }) {
                // Every step, and by turns each of the three ways to go on.
                if (full || number % 4 == 0)
                    QTest::addRow("%s %s %s", step, slot, choice)
                        << QString::fromLatin1(step) << QString::fromLatin1(slot)
                        << QString::fromLatin1(choice);
                ++number;
            }
    }
    void killedInAStep()
    {
        QFETCH(QString, step);
        QFETCH(QString, slot);
        QFETCH(QString, choice);
        FaultStage& stage = *m_stage;
        Users users(stage.site.target);
        const auto deploy = stage.start(stage.next());
        QVERIFY2(deploy->untilStep(step, slot), deploy->said().constData());
        deploy->signal(SIGKILL);
        QCOMPARE(deploy->finish(), -1);
        // From another desk, which knows of it from the gateway alone.
        Ended ended { .exit = stage.resume({ choice, u"--yes"_s }) };
        ended.seen = users.stop();
        const QString served = stage.site.tag();
        ended.outcome = served == stage.next() ? u"finished by resume"_s : u"restored by resume"_s;
        QVERIFY(served == stage.next() || choice != u"--finish");
        QVERIFY(served == stage.old || choice != u"--restore");
        QCOMPARE(stage.end(u"kill -9 in %1, resume %2"_s.arg((step + u' ' + slot).trimmed(), choice), ended, 0, served),
            QString());
    }

    /// A closed laptop does not leave half the capacity for a night.
    void aLostOwnersSlotComesBack()
    {
        FaultStage& stage = *m_stage;
        stage.site.target.ownerLostSeconds = 5;
        stage.site.write();
        Users users(stage.site.target);
        const auto deploy = stage.start(stage.next());
        QVERIFY2(deploy->untilStep(u"check"_s, u"A"_s), deploy->said().constData());
        const QByteArray out = stage.site.upstreamFile();
        deploy->signal(SIGKILL);
        deploy->finish();
        QTRY_VERIFY_WITH_TIMEOUT(stage.site.upstreamFile() != out, 120'000);
        // It is in the run's record, for whoever looks from another desk.
        QTRY_VERIFY_WITH_TIMEOUT(tellsOwnerLost(deploy->run), 60'000);
        QVERIFY(bothServe(stage.old));
        Ended ended { stage.resume({ u"--yes"_s }), u"restored by the host's guard"_s };
        ended.seen = users.stop();
        QCOMPARE(stage.end(u"owner lost while a slot is out"_s, ended, 0, stage.old), QString());
    }

    /// Stopped, taken over by somebody else, and woken up again: it must not change anything.
    void aForgottenProcessIsFencedOff()
    {
        FaultStage& stage = *m_stage;
        stage.site.target.ownerLostSeconds = 5;
        stage.site.write();
        Users users(stage.site.target);
        const auto forgotten = stage.start(stage.next());
        QVERIFY2(forgotten->untilStep(u"check"_s, u"A"_s), forgotten->said().constData());
        forgotten->signal(SIGSTOP);
        QCOMPARE(stage.resume({ u"--restore"_s, u"--yes"_s }), 0);
        QCOMPARE(stage.site.untidy(), QString());
        const QByteArray file = stage.site.upstreamFile();
        const QJsonArray slotsBefore = stage.site.status()[u"slots"_s].toArray();
        forgotten->signal(SIGCONT);
        Ended ended { forgotten->finish(), u"the forgotten process changed nothing"_s };
        ended.seen = users.stop();
        ended.said = forgotten->said();
        QVERIFY2(ended.exit == 3 || ended.exit == 1, ended.said.constData());
        QCOMPARE(stage.site.upstreamFile(), file);
        QCOMPARE(stage.site.status()[u"slots"_s].toArray(), slotsBefore);
        QCOMPARE(stage.end(u"frozen, taken over, woken up"_s, ended, ended.exit, stage.old), QString());
    }

    void ofTwoDeployersOneIsRefused()
    {
        FaultStage& stage = *m_stage;
        Users users(stage.site.target);
        const auto one = stage.start(stage.next(), 0), two = stage.start(stage.next(), 1);
        QList<int> exits { one->finish(), two->finish() };
        const Ctl& refused = exits[0] == 5 ? *one : *two;
        std::sort(exits.begin(), exits.end());
        Ended ended { exits.last(), u"one deployed, the other refused"_s };
        ended.seen = users.stop();
        QCOMPARE(exits, (QList<int> { 0, 5 }));
        QCOMPARE(refused.last()[u"outcome"_s].toString(), u"refused"_s);
        QCOMPARE(stage.end(u"two deployers at once"_s, ended, 5, stage.next()), QString());
    }

    void aCutConnectionIsWaitedFor_data()
    {
        QTest::addColumn<QString>("step");
        for (const char* step : { "create", "down", "start", "check", "up", "watch", "retire" })
            QTest::newRow(step) << QString::fromLatin1(step);
    }
    void aCutConnectionIsWaitedFor()
    {
        QFETCH(QString, step);
        FaultStage& stage = *m_stage;
        const Ended ended = stage.deploy(stage.next(), step, [&] { stage.site.cutConnections(); });
        QCOMPARE(stage.end(u"sshd killed in "_s + step, ended, 0, stage.next()), QString());
    }

    /// `docker stop` waits for a container that ignores SIGTERM, and its connection goes.
    void aConnectionIsCutMidCommand()
    {
        FaultStage& stage = *m_stage;
        QCOMPARE(stage.deploy(stage.site.stack.tag(u"ignore-sigterm"_s)).exit, 0);
        stage.site.target.container.stopTimeoutSeconds = 5;
        stage.site.write();
        const Ended ended = stage.deploy(stage.old, u"stop"_s, [&] {
            QTRY_VERIFY_WITH_TIMEOUT(runsOnHost(u"stop"_s), 30'000);
            stage.site.cutConnections();
            QVERIFY(runsOnHost(u"stop"_s)); // nothing but the connection has ended
        });
        QCOMPARE(stage.end(u"sshd killed while docker stop runs"_s, ended, 0, stage.old), QString());
    }

    /// Nobody gets in any more; the guards on the host need nobody.
    void anUnreachableHostMendsItself()
    {
        FaultStage& stage = *m_stage;
        stage.site.target.ownerLostSeconds = 5;
        stage.site.write();
        Ended ended = stage.deploy(stage.next(), u"check"_s, [&] {
            stage.site.stack.run({ u"stop"_s, u"web-sshd"_s });
            stage.site.cutConnections();
            const QByteArray out = stage.site.upstreamFile();
            QTRY_VERIFY_WITH_TIMEOUT(stage.site.upstreamFile() != out, 120'000);
            stage.site.stack.run({ u"start"_s, u"web-sshd"_s });
        });
        QVERIFY2(ended.exit == 3 || ended.exit == 1, ended.said.constData());
        QTRY_VERIFY_WITH_TIMEOUT(bothServe(stage.old), 120'000);
        QCOMPARE(stage.resume({ u"--yes"_s }), 0);
        QCOMPARE(stage.end(u"host unreachable"_s, ended, ended.exit, stage.old), QString());
    }

    /// Another desk, whose target has another name, knows who deployed what and where to go back to.
    void anotherDeskKnowsThePreviousRelease()
    {
        FaultStage& stage = *m_stage;
        LiveSite& site = stage.site;
        QCOMPARE(site.run(u"deploy"_s, FaultStage::words(stage.next()), 3), 0);
        site.target.name = u"the-same-site"_s;
        site.write();
        QCOMPARE(site.run(u"rollback"_s, { u"--yes"_s, u"--no-witness"_s }, 4), 0);
        QCOMPARE(site.untidy(), QString());
        QCOMPARE(site.served(), stage.old);
    }

    void unlockTakesADeadLockAway()
    {
        FaultStage& stage = *m_stage;
        const auto deploy = stage.start(stage.next());
        QVERIFY2(deploy->untilStep(u"create"_s, u"A"_s), deploy->said().constData());
        QCOMPARE(stage.site.run(u"unlock"_s, { u"--yes"_s }, 2), 5); // its owner lives
        deploy->signal(SIGKILL);
        deploy->finish();
        QTRY_COMPARE_WITH_TIMEOUT(stage.site.run(u"unlock"_s, { u"--yes"_s }, 2), 0, 120'000);
        QVERIFY(stage.site.status()[u"lock"_s].isNull());
    }

private:
    bool bothServe(const QString& tag)
    {
        const QJsonArray slotList = m_stage->site.status()[u"slots"_s].toArray();
        return slotList.size() == 2 && std::all_of(slotList.begin(), slotList.end(), [&](const QJsonValue& value) {
            const QJsonObject slot = value.toObject();
            return slot[u"routing"_s].toString() == u"up"_s
                && slot[u"state"_s].toString() == u"running"_s && slot[u"tag"_s].toString() == tag;
        });
    }
    bool tellsOwnerLost(const QString& run)
    {
        m_stage->site.status(); // takes the gateway's record in
        Ctl report({ u"report"_s, run, u"--format"_s, u"json"_s }, m_stage->site.dataFolder(9));
        report.finish();
        return std::any_of(report.lines.begin(), report.lines.end(), [](const QJsonObject& line) {
            return line[u"type"_s].toString() == u"warned"_s && line[u"check"_s].toString() == u"ownerLost"_s;
        });
    }
    /// A docker command of that name that speaks to the stack's dockerd.
    bool runsOnHost(const QString& verb)
    {
        const QByteArray socket = m_stage->target.hosts[0].docker.section(u' ', -1).toLocal8Bit();
        for (const QString& pid : QDir(u"/proc"_s).entryList({ u"[0-9]*"_s }, QDir::Dirs)) {
            QFile line(u"/proc/%1/cmdline"_s.arg(pid));
            if (!line.open(QIODevice::ReadOnly))
                continue;
            const QList<QByteArray> words = line.readAll().split('\0');
            if (words.first() == "docker" && words.contains(socket) && words.contains(verb.toLatin1()))
                return true;
        }
        return false;
    }

    std::optional<FaultStage> m_stage;
};

QTEST_GUILESS_MAIN(TestInterruptions)
#include "tst_interruptions.moc"
