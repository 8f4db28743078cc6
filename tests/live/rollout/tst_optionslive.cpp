// SPDX-License-Identifier: MIT
// What a target may ask of a rollout beside the plain one, on the real stack: rehearse, keepOneRunning.
#include "tests/live/rollout/livestage.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

class TestOptionsLive : public QObject {
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

    void aRehearsalFindsABadImageWhileEverythingServes_data()
    {
        QTest::addColumn<QString>("image");
        for (const char* image : { "crash", "unhealthy", "hang" })
            QTest::newRow(image) << QString::fromLatin1(image);
    }
    void aRehearsalFindsABadImageWhileEverythingServes()
    {
        QFETCH(QString, image);
        LiveStage& stage = *m_stage;
        stage.target.rehearse = true;
        stage.target.health.deadlineSeconds = 6;
        const QString idA = stage.inspect(u"chat_A"_s, u"{{.Id}} {{.State.StartedAt}}"_s);
        Load load(stage.target, { u"--gets"_s, u"100"_s, u"--posts"_s, u"20"_s });
        const RunFinished finished = stage.roll(image);
        const QJsonObject seen = load.stop();
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(exitCodeOf(finished), 1);
        QCOMPARE(finished.error[u"step"_s].toString(), u"rehearse"_s);
        QVERIFY(stage.all<TrafficChanged>().isEmpty());
        QVERIFY(stage.all<FileChanged>().isEmpty());
        QCOMPARE(stage.all<SlotEvidence>().size(), 1);
        QCOMPARE(stage.inspect(u"chat_A"_s, u"{{.Id}} {{.State.StartedAt}}"_s), idA);
        QCOMPARE(stage.containers(), (QStringList { u"chat_A"_s, u"chat_B"_s }));
        QCOMPARE(failedOf(seen, u"gets"_s), 0);
        QCOMPARE(failedOf(seen, u"posts"_s), 0);
    }

    void aGoodImageIsRehearsedAndRolledOut()
    {
        LiveStage& stage = *m_stage;
        stage.target.rehearse = true;
        Load load(stage.target, { u"--gets"_s, u"100"_s });
        const RunFinished finished = stage.roll(u"v2"_s);
        const QJsonObject seen = load.stop();
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QVERIFY(stage.stepsTaken().contains(u"rehearse A"_s));
        QCOMPARE(stage.containers(), (QStringList { u"chat_A"_s, u"chat_B"_s }));
        QCOMPARE(failedOf(seen, u"gets"_s), 0);
    }

    void theSlotKeptStoppedIsStartedAgainByARollback()
    {
        LiveStage& stage = *m_stage;
        stage.target.keepOneRunning = true;
        Load load(stage.target, { u"--gets"_s, u"100"_s });
        const QString oldB = stage.inspect(u"chat_B"_s, u"{{.Id}}"_s);
        QCOMPARE(stage.roll(u"v2"_s).outcome, u"succeeded"_s);
        QCOMPARE(stage.inspect(u"chat_B"_s, u"{{.Id}} {{.State.Running}}"_s), oldB + u" false"_s);
        QCOMPARE(stage.inspect(u"chat_A"_s, u"{{.State.Running}}"_s), u"true"_s);

        const RunFinished back = stage.roll({}, u"rollback"_s);
        QCOMPARE(back.outcome, u"succeeded"_s);
        QCOMPARE(back.serving.value(u"B"_s), stage.stack.tag(u"v1"_s));
        QCOMPARE(stage.inspect(u"chat_B"_s, u"{{.Id}} {{.State.Running}}"_s), oldB + u" true"_s);
        QCOMPARE(stage.inspect(u"chat_B"_s, u"{{.HostConfig.RestartPolicy.Name}}"_s),
            stage.target.container.restart);
        QCOMPARE(stage.inspect(u"chat_A"_s, u"{{.State.Running}}"_s), u"false"_s);
        QVERIFY(stage.stepsTaken().filter(u"create"_s).isEmpty());

        // And on to the next release: the slot that is out is replaced first.
        QCOMPARE(stage.roll(u"v3"_s).outcome, u"succeeded"_s);
        QVERIFY(!stage.stepsTaken().contains(u"down A"_s));
        const QJsonObject seen = load.stop();
        QCOMPARE(failedOf(seen, u"gets"_s), 0);
        QCOMPARE(stage.containers(), (QStringList { u"chat_A"_s, u"chat_B"_s }));
    }

private:
    std::optional<LiveStage> m_stage;
};

QTEST_GUILESS_MAIN(TestOptionsLive)
#include "tst_optionslive.moc"
