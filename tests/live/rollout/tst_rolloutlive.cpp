// SPDX-License-Identifier: MIT
// Rollouts on the real stack (sshd, dockerd, nginx, Redis, ASP.NET Core) under load.
#include "tests/live/rollout/livestage.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

class TestRolloutLive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_stack.emplace(QStringLiteral(GAPLESS_TEST_STACK)); }
    void init() { m_stack->reset(); }
    void cleanupTestCase()
    {
        if (m_stack)
            m_stack->reset();
    }

    void noRequestFailsFromV1ToV2AndBack()
    {
        const Target target = m_stack->target();
        Load load(target, { u"--gets"_s, u"200"_s, u"--posts"_s, u"50"_s });
        const RunFinished there = roll(target, u"v2"_s);
        QCOMPARE(there.outcome, u"succeeded"_s);
        const RunFinished back = roll(target, {}, u"rollback"_s);
        QCOMPARE(back.outcome, u"succeeded"_s);
        const QJsonObject seen = load.stop();
        qInfo().noquote() << QJsonDocument(seen).toJson(QJsonDocument::Compact);
        QVERIFY(seen[u"gets"_s][u"sent"_s].toInt() > 500);
        QCOMPARE(failedOf(seen, u"gets"_s), 0);
        QVERIFY(seen[u"posts"_s][u"sent"_s].toInt() > 100);
        for (const QString& tag : back.serving)
            QCOMPARE(tag, m_stack->tag(u"v1"_s));
        expectOneContainerASlot();
    }

    void aFirstSlotThatIsNeverReadyIsRestored_data()
    {
        QTest::addColumn<QString>("image");
        for (const char* image : { "crash", "unhealthy", "hang", "dies" })
            QTest::newRow(image) << QString::fromLatin1(image);
    }
    void aFirstSlotThatIsNeverReadyIsRestored()
    {
        QFETCH(QString, image);
        Target target = m_stack->target();
        target.health.deadlineSeconds = 8;
        Load load(target, { u"--gets"_s, u"100"_s });
        const RunFinished finished = roll(target, image);
        const QJsonObject seen = load.stop();
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(exitCodeOf(finished), 1);
        for (const QString& tag : finished.serving)
            QCOMPARE(tag, m_stack->tag(u"v1"_s));
        // A site that dies once it serves cannot but fail the requests it had just then.
        if (image != u"dies")
            QCOMPARE(failedOf(seen, u"gets"_s), 0);
        expectOneContainerASlot();
    }

    void longRequestsOutliveASiteThatExitsAtOnce()
    {
        const Target target = m_stack->target();
        QCOMPARE(roll(target, u"exit-at-once-v1"_s).outcome, u"succeeded"_s);
        Load load(target, { u"--long-posts"_s, u"20"_s, u"--long-path"_s, u"/work?ms=4000"_s });
        const RunFinished finished = roll(target, u"exit-at-once-v2"_s);
        const QJsonObject seen = load.stop();
        qInfo().noquote() << QJsonDocument(seen).toJson(QJsonDocument::Compact);
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QVERIFY(seen[u"longPosts"_s][u"sent"_s].toInt() >= 20);
        QCOMPARE(failedOf(seen, u"longPosts"_s), 0);
    }

    void thePlanIsWhatIsDone()
    {
        const Target target = m_stack->target();
        const auto hosts = m_stack->hosts(target);
        Journal journal(m_folder.path(), m_clock);
        Chooses decider(u"hold"_s);
        const RolloutRequest request { .target = target, .tag = m_stack->tag(u"v2"_s) };
        const RolloutPorts ports { *hosts, journal, m_clock, decider };
        const Plan plan = planRollout(request, ports, {});
        QStringList planned;
        for (const PlanStep& step : plan.steps)
            planned.append(step.step + u' ' + step.slot);
        QCOMPARE(planRollout(request, ports, {}).hash, plan.hash);

        RolloutRequest approved = request;
        approved.approvedPlan = plan.hash;
        const RolloutResult result = runRollout(approved, ports, {});
        QCOMPARE(result.finished.outcome, u"succeeded"_s);
        QStringList taken;
        for (const Event& event : journal.events(result.run))
            if (const auto* step = std::get_if<StepStarted>(&event.body))
                taken.append(step->step + u' ' + step->slot);
        for (const char* before : { "connect ", "doctor ", "lock ", "unlock " })
            QCOMPARE(taken.removeAll(QString::fromLatin1(before)), 1);
        QCOMPARE(taken, planned);
        // Nobody else is there: the rollout's own requests have to reach each slot.
        for (const Event& event : journal.events(result.run))
            if (const auto* warned = std::get_if<Warned>(&event.body))
                QVERIFY2(warned->check != u"traffic", "no request reached the slot");

        // The site is not what was approved any more.
        QCOMPARE(runRollout(approved, ports, {}).finished.outcome, u"refused"_s);
    }

    void twoHosts()
    {
        m_stack->run({ u"load"_s, m_stack->image(u"v2"_s) });
        const Target target = m_stack->target(u"target-two-hosts"_s);
        const RunFinished finished = roll(target, u"v2"_s);
        QVERIFY2(finished.outcome == u"succeeded",
            QJsonDocument(finished.error).toJson().constData());
    }

private:
    RunFinished roll(const Target& target, const QString& image, const QString& kind = u"deploy"_s)
    {
        const auto hosts = m_stack->hosts(target);
        Journal journal(m_folder.path(), m_clock);
        Chooses decider(u"hold"_s);
        const RolloutRequest request { .target = target,
            .kind = kind,
            .tag = image.isEmpty() ? QString() : m_stack->tag(image),
            .by = u"test"_s };
        journal.addSink([](const Event& event) { show(event); });
        const RolloutResult result
            = runRollout(request, { *hosts, journal, m_clock, decider }, {});
        return result.finished;
    }
    void expectOneContainerASlot()
    {
        QStringList names
            = m_stack->docker(u"web"_s, { u"ps"_s, u"-a"_s, u"--format"_s, u"{{.Names}}"_s })
                  .split(u'\n', Qt::SkipEmptyParts);
        names = names.filter(u"chat_"_s);
        names.sort();
        QCOMPARE(names, (QStringList { u"chat_A"_s, u"chat_B"_s }));
    }

    std::optional<DemoStack> m_stack;
    QTemporaryDir m_folder;
    SystemClock m_clock;
};

QTEST_GUILESS_MAIN(TestRolloutLive)
#include "tst_rolloutlive.moc"
