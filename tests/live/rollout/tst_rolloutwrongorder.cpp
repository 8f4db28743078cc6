// SPDX-License-Identifier: MIT
// The negative control: the steps of a rollout on the real stack, deliberately in a wrong order.
// The check by which tst_rolloutlive says that no request failed has to see every one of these.
#include "engine/rollout/conduct.h"
#include "engine/rollout/hostcontrol.h"
#include "engine/rollout/run.h"
#include "tests/support/demostack/demostack.h"
#include "tests/support/load/users.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

class SilentSink final : public RunSink {
    void say(EventBody) override { }
};

class Holds final : public Decider {
    DecisionMade decide(const DecisionAsked& question, std::stop_token) override
    {
        return {question.question, u"hold"_s, u"test"_s, {}};
    }
};

using Replace = std::function<void(Run&, SlotTurn&)>;

void bringIn(Run& run, SlotTurn& turn)
{
    steps::start(run, turn);
    steps::check(run, turn);
    steps::up(run, turn);
}

void inTheRightOrder(Run& run, SlotTurn& turn)
{
    steps::create(run, turn);
    steps::down(run, turn);
    steps::drain(run, turn);
    steps::stop(run, turn);
    bringIn(run, turn);
}

/// What `docker stop && docker rm && docker run` in a pipeline does.
void stopBeforeDown(Run& run, SlotTurn& turn)
{
    steps::create(run, turn);
    steps::stop(run, turn);
    steps::down(run, turn);
    bringIn(run, turn);
}

void withoutDrain(Run& run, SlotTurn& turn)
{
    steps::create(run, turn);
    steps::down(run, turn);
    steps::stop(run, turn);
    bringIn(run, turn);
}

} // namespace

Q_DECLARE_METATYPE(Replace)

class TestRolloutWrongOrder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_stack.emplace(QStringLiteral(GAPLESS_TEST_STACK));
        m_stack->reset();
        roll(m_serving, inTheRightOrder); // the site that exits at once at SIGTERM
    }
    void cleanupTestCase()
    {
        if (m_stack)
            m_stack->reset();
    }

    /// 20 POSTs of 4 s in flight.
    void longRequests_data()
    {
        QTest::addColumn<Replace>("replace");
        QTest::addColumn<bool>("isWrong");
        QTest::newRow("stopped before it is taken out") << Replace(stopBeforeDown) << true;
        QTest::newRow("not drained") << Replace(withoutDrain) << true;
        // The slots follow each other at once: requests to the second are then held by workers from
        // before the reload before, too.
        QTest::newRow("the right order") << Replace(inTheRightOrder) << false;
    }
    void longRequests()
    {
        QFETCH(Replace, replace);
        QFETCH(bool, isWrong);
        SiteUsers users(QStringLiteral(GAPLESS_LOAD), m_stack->target().witness->url,
            {u"--long-posts"_s, u"20"_s, u"--long-path"_s, u"/work?ms=4000"_s, u"--every"_s,
                u"0.2"_s});
        QVERIFY(users.waitUntilThere(u"longPosts"_s));
        const bool isFirst = m_serving == u"exit-at-once-v1";
        m_serving = isFirst ? u"exit-at-once-v2"_s : u"exit-at-once-v1"_s;
        roll(m_serving, replace);
        const QJsonObject seen = users.stop();
        qInfo().noquote() << QJsonDocument(seen).toJson(QJsonDocument::Compact);
        const int failed = failedOf(seen, u"longPosts"_s);
        if (isWrong)
            QVERIFY2(failed > 0, "the load check does not see what a wrong order does to users");
        else
            QCOMPARE(failed, 0);
    }

    /// Every slot gone at once: GETs on fresh connections and POSTs on kept ones must both fail.
    void everySlotStopped()
    {
        const Target target = m_stack->target();
        SiteUsers users(QStringLiteral(GAPLESS_LOAD), target.witness->url,
            {u"--gets"_s, u"100"_s, u"--posts"_s, u"50"_s, u"--every"_s, u"0.2"_s});
        QVERIFY(users.waitUntilThere(u"posts"_s));
        QStringList containers;
        for (const Slot& slot : target.slots)
            containers.append(slot.container);
        m_stack->docker(u"web"_s, QStringList {u"restart"_s} + containers);
        const QJsonObject seen = users.stop();
        qInfo().noquote() << QJsonDocument(seen).toJson(QJsonDocument::Compact);
        QVERIFY(failedOf(seen, u"gets"_s) > 0);
        QVERIFY(failedOf(seen, u"posts"_s) > 0);
    }

private:
    /// Every slot to `image`, each by `replace`; no event, no lock of the engine's strategy.
    void roll(const QString& image, const Replace& replace)
    {
        Target target = m_stack->target();
        target.health.deadlineSeconds = 120; // a busy machine's slow boot is not what is tested
        const RolloutRequest request {.target = target, .tag = m_stack->tag(image)};
        const auto hosts = m_stack->hosts(request.target);
        const QString id = u"wrong-%1"_s.arg(++m_runs);
        SystemClock clock;
        SilentSink sink;
        Holds decider;
        HostControl site(request.target, *hosts, clock, nullptr, id);
        Run run(request, site, sink, clock, decider, id, {});
        run.to = request.tag;
        takeStock(run, site.observe({}), run.to);
        site.lock(
            {.run = id, .by = u"test"_s, .target = request.target.name, .since = clock.now()}, {});
        for (const Slot& slot : request.target.slots) {
            SlotTurn turn = turnOf(run, slot);
            replace(run, turn);
            steps::retire(run, turn);
            run.undo.commit(); // its entries refer to this turn
        }
        site.unlock();
    }

    std::optional<DemoStack> m_stack;
    QString m_serving = u"exit-at-once-v1"_s;
    int m_runs = 0;
};

QTEST_GUILESS_MAIN(TestRolloutWrongOrder)
#include "tst_rolloutwrongorder.moc"
