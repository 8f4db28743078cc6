// SPDX-License-Identifier: MIT
// What helps when things are bad already, on the real stack: a kept container that is gone, a site that
// nobody is served by, one that is not there yet; and which images may go.
#include "engine/rollout/prune.h"
#include "engine/site/observed.h"
#include "tests/live/rollout/livestage.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

QStringList lines(const QString& text) { return text.split(u'\n', Qt::SkipEmptyParts); }

}

class TestRecoveryLive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_stage.emplace();
        m_stage->stack.reset();
        m_stage->target.health.deadlineSeconds = 120; // on a busy machine, too
        m_stage->target.health.watchSeconds = 2;
    }
    void cleanupTestCase()
    {
        if (m_stage)
            m_stage->stack.reset();
    }

    void aKeptContainerThatAnotherHandPrunedIsMadeAgain()
    {
        LiveStage& stage = *m_stage;
        stage.target.container.secretEnv = { u"PLANTED"_s, u"DB_PASSWORD"_s };
        stage.secretEnv = [] {
            return QMap<QString, QByteArray> { { u"PLANTED"_s, "planted-in-keychain" },
                { u"DB_PASSWORD"_s, "planted-password" } };
        };
        QCOMPARE(stage.roll(u"v2"_s).outcome, u"succeeded"_s);
        const QString before = configuration(u"chat_A"_s);
        Load load(stage.target, { u"--gets"_s, u"50"_s });
        stage.onEvent = [&](const Event& event) {
            const auto* step = std::get_if<StepStarted>(&event.body);
            if (step && step->step == u"check" && step->slot == u"A")
                stage.docker({ u"rm"_s, u"chat_A"_s }); // stopped, and kept
        };
        const RunFinished finished = stage.roll(u"crash"_s);
        stage.onEvent = {};
        const QJsonObject seen = load.stop();
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(finished.serving.value(u"A"_s), stage.stack.tag(u"v2"_s));
        QCOMPARE(stage.containers(), (QStringList { u"chat_A"_s, u"chat_B"_s }));
        QCOMPARE(configuration(u"chat_A"_s), before);
        QCOMPARE(seen[u"gets"_s][u"failed"_s].toInt(-1), 0);
        QByteArray said;
        for (const Event& event : std::as_const(stage.events))
            said += QJsonDocument(toJson(event)).toJson();
        QVERIFY(said.contains("containerRecorded"));
        QVERIFY(said.contains("DB_PASSWORD"));
        QVERIFY(!said.contains("planted"));
    }

    void anEmergencyBringsEverySlotBackAtOnce_data()
    {
        QTest::addColumn<bool>("ended");
        QTest::addColumn<QString>("comesBack");
        // What came there by hand no run knows: the newest release that any did leads away from it.
        QTest::newRow("answers 503") << false << u"v2"_s;
        QTest::newRow("containers ended") << true << u"v1"_s;
    }
    void anEmergencyBringsEverySlotBackAtOnce()
    {
        QFETCH(bool, ended);
        QFETCH(QString, comesBack);
        LiveStage& stage = *m_stage;
        QCOMPARE(stage.roll(u"v2"_s).outcome, u"succeeded"_s);
        for (const auto& name : { u"chat_A"_s, u"chat_B"_s }) {
            if (ended)
                stage.docker({ u"stop"_s, u"-t"_s, u"0"_s, name });
            else
                replaceByHand(name, u"unhealthy"_s);
        }
        const RunFinished back = stage.roll({}, u"rollback"_s);
        QCOMPARE(back.outcome, u"succeeded"_s);
        QCOMPARE(exitCodeOf(back), 0);
        for (const QString& tag : back.serving)
            QCOMPARE(tag, stage.stack.tag(comesBack));
        const QStringList steps = stage.stepsTaken();
        QVERIFY(!steps.contains(u"doctor"_s));
        QVERIFY(steps.indexOf(u"start B"_s) < steps.indexOf(u"check"_s));
        QCOMPARE(stage.containers(), (QStringList { u"chat_A"_s, u"chat_B"_s }));
        for (const StepFinished& step : stage.all<StepFinished>())
            qInfo() << step.step << step.slot << step.ms;
    }

    void aFirstDeploymentWritesTheSite_data()
    {
        QTest::addColumn<QString>("image");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("good") << u"v1"_s << u"succeeded"_s;
        QTest::newRow("bad") << u"dies"_s << u"restored"_s;
    }
    void aFirstDeploymentWritesTheSite()
    {
        QFETCH(QString, image);
        QFETCH(QString, outcome);
        LiveStage& stage = *m_stage;
        stage.docker({ u"rm"_s, u"-f"_s, u"chat_A"_s, u"chat_B"_s });
        // Beside the stack's own, whose containers are gone.
        stage.target.gateway.upstreamFile = stage.target.gateway.upstreamFile.section(u'/', 0, -2)
            + u"/first_deployment.conf"_s;
        stage.target.gateway.upstream = u"first-deployment"_s;
        stage.target.gateway.site = GatewaySite { .listen = u"127.0.0.1:9107"_s };
        stage.target.witness->url = u"http://127.0.0.1:9107"_s;
        stage.target.health.watchSeconds = 8;
        QFile::remove(stage.target.gateway.upstreamFile);
        const RunFinished finished = stage.roll(image);
        const auto started = stage.all<RunStarted>();
        QCOMPARE(started.first().kind, u"initial"_s);
        QCOMPARE(finished.outcome, outcome);
        if (outcome == u"succeeded") {
            QVERIFY(QFile::exists(stage.target.gateway.upstreamFile));
            // The gateway may be in a network namespace of its own: users come through a tunnel.
            const auto hosts = stage.stack.hosts(stage.target);
            const auto tunnel = hosts->at(u"web"_s).openTunnel(u"127.0.0.1:9107"_s, {});
            Target users = stage.target;
            users.witness->url = u"http://127.0.0.1:%1"_s.arg(tunnel->localPort());
            Load load(users, { u"--gets"_s, u"50"_s });
            QTest::qWait(1000); // so many requests, not a condition
            const QJsonObject seen = load.stop();
            QVERIFY(seen[u"gets"_s][u"sent"_s].toInt() > 0);
            QCOMPARE(seen[u"gets"_s][u"failed"_s].toInt(-1), 0);
            // What was written is edited like any other.
            QCOMPARE(stage.roll(u"v2"_s).outcome, u"succeeded"_s);
        } else {
            QVERIFY(!QFile::exists(stage.target.gateway.upstreamFile));
            QVERIFY(stage.containers().isEmpty());
        }
        QFile::remove(stage.target.gateway.upstreamFile);
    }

    void pruneNeverTakesWhatIsHeld()
    {
        LiveStage& stage = *m_stage;
        QCOMPARE(stage.roll(u"v2"_s).outcome, u"succeeded"_s);
        // Releases of our own making, that may go; and one that a container of somebody else is made of.
        const QString base = stage.stack.image(u"v1"_s);
        for (const auto& name : { u"one"_s, u"two"_s, u"three"_s })
            commit(base, u"chat:hash_prune_"_s + name);
        stage.docker({ u"create"_s, u"--name"_s, u"somebody"_s, u"chat:hash_prune_two"_s });
        const QString pinned = u"hash_prune_three"_s;
        stage.docker({ u"tag"_s, u"chat:hash_prune_one"_s, u"foreign:hash_prune_one"_s });
        Target target = stage.target;
        target.image.keep = 1;
        // Nothing of the stack's own may go in this test.
        target.image.pins = { pinned };
        for (const QString& tag : lines(stage.docker({ u"images"_s, u"chat"_s, u"--format"_s, u"{{.Tag}}"_s })))
            if (!tag.startsWith(u"hash_prune_"))
                target.image.pins.append(tag);
        // The pins would hide it: v1 is the previous release.
        target.image.pins.removeAll(stage.stack.tag(u"v1"_s));
        commit(base, u"chat:hash_prune_newest"_s);

        const auto hosts = stage.stack.hosts(target);
        Journal journal(stage.folder.path(), stage.clock);
        Chooses decider(u"hold"_s);
        const RolloutPorts ports { *hosts, journal, stage.clock, decider };
        const QList<Prunable> planned = planPrune(target, ports, {});
        QStringList tags;
        for (const Prunable& one : planned) {
            tags.append(one.tag);
            QVERIFY(one.size > 0);
            QVERIFY(one.frees >= 0);
        }
        QCOMPARE(tags, QStringList { u"hash_prune_one"_s });
        QCOMPARE(prune(target, ports, u"test"_s, u"here"_s, {}), tags);
        const QStringList left = lines(stage.docker({ u"images"_s, u"--format"_s, u"{{.Repository}}:{{.Tag}}"_s }));
        QVERIFY(!left.contains(u"chat:hash_prune_one"_s));
        for (const QString& held : { u"chat:hash_prune_two"_s, u"chat:hash_prune_three"_s,
                 u"chat:hash_prune_newest"_s, u"foreign:hash_prune_one"_s, stage.stack.image(u"v1"_s),
                 stage.stack.image(u"v2"_s) })
            QVERIFY2(left.contains(held), qPrintable(held));
        stage.docker({ u"rm"_s, u"somebody"_s });
        for (const QString& one : left.filter(u"hash_prune_"_s))
            stage.docker({ u"rmi"_s, one });
    }

private:
    /// All that a container was made with, less what is new with each.
    QString configuration(const QString& name)
    {
        QStringList env = lines(m_stage->inspect(name, u"{{range .Config.Env}}{{println .}}{{end}}"_s));
        env.sort(); // docker keeps the order in which they were given, and nobody reads it
        return env.join(u'\n')
            + m_stage->inspect(name,
            u"{{.Image}} {{json .HostConfig.PortBindings}} {{json .HostConfig.Mounts}} "
            "{{.HostConfig.RestartPolicy.Name}} {{json .HostConfig.Memory}} {{.Config.StopTimeout}}"_s);
    }
    /// As somebody without Gapless would, with the slot's own ports and mounts.
    void replaceByHand(const QString& name, const QString& image)
    {
        const Slot& slot = *m_stage->target.slot(name.right(1));
        m_stage->docker({ u"rm"_s, u"-f"_s, name });
        QStringList words { u"run"_s, u"-d"_s, u"--name"_s, name };
        for (const QString& port : slot.publish)
            words << u"-p"_s << port;
        for (const Mount& mount : m_stage->target.container.mounts)
            words << u"-v"_s << mount.source + u':' + mount.target + u":ro"_s;
        m_stage->docker(words << m_stage->stack.image(image));
    }
    /// An image of its own, with a layer of its own.
    void commit(const QString& base, const QString& reference)
    {
        const QString id = m_stage->docker({ u"create"_s, u"--label"_s, reference, base });
        m_stage->docker({ u"commit"_s, u"-m"_s, reference, id, reference });
        m_stage->docker({ u"rm"_s, id });
    }

    std::optional<LiveStage> m_stage;
};

QTEST_GUILESS_MAIN(TestRecoveryLive)
#include "tst_recoverylive.moc"
