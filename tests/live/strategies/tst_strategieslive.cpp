// SPDX-License-Identifier: MIT
// Blue-green, red-black and canary on the real stack under load: no fresh GET may fail.
#include "engine/guard/answer.h"
#include "engine/journal/journal.h"
#include "engine/model/eventjson.h"
#include "engine/remote/secrets.h"
#include "engine/rollout/preview.h"
#include "engine/rollout/rollout.h"
#include "engine/witness/sitewitness.h"
#include "tests/support/demostack/demostack.h"

#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

/// A site's users, from now until stop().
class Load {
public:
    explicit Load(const Target& target)
    {
        m_process.start(QStringLiteral(GAPLESS_LOAD),
            { u"--url"_s, target.witness->url, u"--until-eof"_s, u"--gets"_s, u"50"_s });
        m_started = m_process.waitForStarted();
    }
    QJsonObject stop()
    {
        m_process.closeWriteChannel();
        if (!m_started || !m_process.waitForFinished(60'000))
            return {};
        const QByteArray last = m_process.readAllStandardOutput().trimmed().split('\n').last();
        qInfo().noquote() << last;
        return QJsonDocument::fromJson(last).object();
    }

private:
    QProcess m_process;
    bool m_started = false;
};

class Nobody final : public Decider {
    DecisionMade decide(const DecisionAsked& question, std::stop_token) override
    {
        return { question.question, question.fallback, u"test"_s, {} };
    }
};

}

class TestStrategiesLive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_stack.emplace(QStringLiteral(GAPLESS_TEST_STACK)); }
    void init()
    {
        m_stack->reset();
        m_events.clear();
        m_onEvent = {};
    }
    void cleanupTestCase()
    {
        if (m_stack)
            m_stack->reset();
    }

    void blueGreenThereAndBackInOneReload()
    {
        Target target = targetFor(Strategy::BlueGreen);
        Load load(target);
        QCOMPARE(roll(target, u"v2"_s).outcome, u"succeeded"_s);
        expectServing({ { u"A"_s, {} }, { u"B"_s, u"v2"_s } });
        QCOMPARE(all<KeptWarm>().size(), 1);
        // Within the time that it is kept warm: nothing is created or started, one edit moves everybody.
        m_events.clear();
        QCOMPARE(roll(target, {}, u"rollback"_s).outcome, u"succeeded"_s);
        expectServing({ { u"A"_s, u"v1"_s }, { u"B"_s, {} } });
        QCOMPARE(all<ReloadProven>().size(), 1);
        for (const StepStarted& step : all<StepStarted>())
            QVERIFY2(step.step != u"create" && step.step != u"start", qPrintable(step.step));
        const QJsonObject seen = load.stop();
        QVERIFY(seen[u"gets"_s][u"sent"_s].toInt() > 200);
        QCOMPARE(seen[u"gets"_s][u"failed"_s].toInt(-1), 0);
    }

    /// The old group's WebSockets stay on it: the strongest claim that there is.
    void nobodyIsDisconnected()
    {
        Target target = targetFor(Strategy::BlueGreen);
        target.drain.longLivedSeconds = 3;
        const RunFinished finished = roll(target, u"v2"_s);
        const QByteArray shown = QJsonDocument(toJson(finished.verdict)).toJson();
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QVERIFY2(finished.verdict.word == Verdict::Word::Unbroken, shown.constData());
        QVERIFY2(finished.verdict.clean, shown.constData());
        QVERIFY2(finished.verdict.signalr->connections > 0, shown.constData());
        QCOMPARE(finished.verdict.signalr->reconnects, 0);
        QCOMPARE(all<ConnectionsDrained>().size(), 1);
        QVERIFY(all<ConnectionsDrained>().first().longLived > 0);
        QVERIFY(all<KeptWarm>().first().longLived > 0); // they live as long as the old group does
        expectServing({ { u"A"_s, {} }, { u"B"_s, u"v2"_s } });
    }

    void theHostStopsTheOldGroupByItself()
    {
        Target target = targetFor(Strategy::BlueGreen);
        target.keepWarmSeconds = 3;
        QCOMPARE(roll(target, u"v2"_s).outcome, u"succeeded"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!isRunning(u"chat_A"_s), 120'000);
        QVERIFY(isRunning(u"chat_B"_s));
        // The next deployment gets the group all the same.
        QCOMPARE(roll(target, u"v3"_s).outcome, u"succeeded"_s);
        expectServing({ { u"A"_s, u"v3"_s }, { u"B"_s, {} } });
    }

    void anotherRunKeepsWhatTheFirstOneWantedStopped()
    {
        Target target = targetFor(Strategy::BlueGreen);
        target.keepWarmSeconds = 30;
        QCOMPARE(roll(target, u"v2"_s).outcome, u"succeeded"_s);
        target.keepWarmSeconds = 600;
        QCOMPARE(roll(target, {}, u"rollback"_s).outcome, u"succeeded"_s);
        // A serves again when the first run's time for it is up: it must not be stopped.
        const auto slept = [&] {
            return m_stack->docker(u"web"_s, { u"inspect"_s, u"--format"_s, u"{{.State.Running}}"_s,
                               u"chat_A"_s }).trimmed();
        };
        const auto until = m_clock.steady() + std::chrono::seconds(45);
        while (m_clock.steady() < until) {
            QCOMPARE(slept(), u"true"_s);
            m_clock.wait(std::chrono::seconds(1), {});
        }
    }

    void redBlackIsApprovedFromAnotherDesktop()
    {
        Target target = targetFor(Strategy::RedBlack);
        target.preview = PreviewSpec { u"127.0.0.1:9249"_s };
        Load load(target);
        QStringList previewed;
        m_onEvent = [&](const Event& event) {
            const auto* waiting = std::get_if<WaitingFor>(&event.body);
            if (!waiting || waiting->what != u"approval" || !previewed.isEmpty())
                return;
            // Somebody else: hosts and connection of their own.
            const auto others = m_stack->hosts(target);
            previewed.append(openPreview(target, *others, {}).slot);
            const ObservedSite found = observeSite(target, *others, {});
            previewed.append(found.gateway.bytes.contains("gapless preview") ? u"listens"_s : u"no"_s);
            leaveAnswer(others->at(u"web"_s), found.gateway.stateDir, event.run,
                { u"approve"_s, u"approve"_s, u"kim"_s, u"looks right"_s }, {});
        };
        QCOMPARE(roll(target, u"v2"_s).outcome, u"succeeded"_s);
        QCOMPARE(previewed, QStringList({ u"B"_s, u"listens"_s }));
        QCOMPARE(all<DecisionMade>().first().by, u"kim"_s);
        expectServing({ { u"A"_s, {} }, { u"B"_s, u"v2"_s } });
        const auto hosts = m_stack->hosts(target);
        QVERIFY(!observeSite(target, *hosts, {}).gateway.bytes.contains("gapless preview"));
        QCOMPARE(load.stop()[u"gets"_s][u"failed"_s].toInt(-1), 0);
    }

    void redBlackIsRejected()
    {
        Target target = targetFor(Strategy::RedBlack);
        Load load(target);
        bool answered = false;
        m_onEvent = [&](const Event& event) {
            if (!std::holds_alternative<DecisionAsked>(event.body) || std::exchange(answered, true))
                return;
            const auto others = m_stack->hosts(target);
            leaveAnswer(others->at(u"web"_s), observeSite(target, *others, {}).gateway.stateDir,
                event.run, { u"approve"_s, u"reject"_s, u"lee"_s, u"wrong prices"_s }, {});
        };
        const RunFinished finished = roll(target, u"v2"_s);
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(exitCodeOf(finished), 1);
        expectServing({ { u"A"_s, u"v1"_s }, { u"B"_s, u"v1"_s } });
        QCOMPARE(load.stop()[u"gets"_s][u"failed"_s].toInt(-1), 0);
    }

    void aCanaryGrowsAndReplacesEverything()
    {
        Target target = targetFor(Strategy::Canary);
        Load load(target);
        const RunFinished finished = roll(target, u"v2"_s);
        QVERIFY2(finished.outcome == u"succeeded", QJsonDocument(finished.error).toJson().constData());
        QCOMPARE(all<CanaryCompared>().size(), 2);
        for (const CanaryCompared& one : all<CanaryCompared>())
            QVERIFY(one.newSent >= target.canary.minimumSamples);
        expectServing({ { u"A"_s, u"v2"_s }, { u"B"_s, u"v2"_s } });
        // The file's weights are what they were: none.
        const auto hosts = m_stack->hosts(target);
        QVERIFY(!observeSite(target, *hosts, {}).gateway.bytes.contains("weight="));
        QCOMPARE(load.stop()[u"gets"_s][u"failed"_s].toInt(-1), 0);
    }

    void aCanaryThatFailsAFifthOfItsRequestsIsTakenBack()
    {
        Target target = targetFor(Strategy::Canary);
        target.witness->http->perSecond = 100; // enough for chance to play no part
        target.canary.minimumSamples = 60;
        Load load(target);
        const RunFinished finished = roll(target, u"flaky"_s);
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(finished.error[u"kind"_s].toString(), u"canaryWorse"_s);
        QCOMPARE(all<CanaryCompared>().size(), 1);
        QCOMPARE(all<CanaryCompared>().first().why, u"failed"_s);
        expectServing({ { u"A"_s, u"v1"_s }, { u"B"_s, u"v1"_s } });
        const QJsonObject gets = load.stop()[u"gets"_s].toObject();
        const double share = gets[u"failed"_s].toDouble() / gets[u"sent"_s].toDouble();
        QVERIFY2(share < 0.03, qPrintable(QString::number(share)));
    }

private:
    Target targetFor(Strategy strategy) const
    {
        Target target = m_stack->target();
        target.strategy = strategy;
        target.health.deadlineSeconds = 240; // a machine that does much else
        target.health.watchSeconds = 2;
        target.witness->http->versionFrom = u"X-Version"_s;
        target.witness->maxGapMs = 60'000;
        target.canary.steps = { 10, 50, 100 };
        target.canary.pauseSeconds = 5;
        target.canary.minimumSamples = 30;
        target.canary.limits.slowerMs = 60'000; // of a machine that does much else no time says anything
        return target;
    }
    RunFinished roll(const Target& target, const QString& image, const QString& kind = u"deploy"_s)
    {
        const auto hosts = m_stack->hosts(target);
        Journal journal(m_folder.path(), m_clock);
        Nobody decider;
        WitnessOptions options;
        options.stallLimit = std::chrono::seconds(60); // a busy machine is not what is tested here
        const auto witness = makeSiteWitness(target, options);
        const RolloutRequest request { .target = target,
            .kind = kind,
            .tag = image.isEmpty() ? QString() : m_stack->tag(image),
            .strategy = target.strategy,
            .by = u"test"_s };
        journal.addSink([&](const Event& event) {
            if (qEnvironmentVariableIsSet("GAPLESS_TEST_EVENTS"))
                qInfo().noquote() << QJsonDocument(toJson(event)).toJson(QJsonDocument::Compact);
            const std::lock_guard lock(m_mutex);
            m_events.append(event);
            if (m_onEvent)
                m_onEvent(event);
        });
        return runRollout(request, { *hosts, journal, m_clock, decider, witness.get() }, {}).finished;
    }
    template <typename Body> QList<Body> all()
    {
        const std::lock_guard lock(m_mutex);
        QList<Body> found;
        for (const Event& event : std::as_const(m_events))
            if (const auto* one = std::get_if<Body>(&event.body))
                found.append(*one);
        return found;
    }
    /// By nginx's file and docker, not by what the run said; an empty image: nginx sends nobody there.
    void expectServing(const QMap<QString, QString>& images)
    {
        const Target target = m_stack->target();
        const auto hosts = m_stack->hosts(target);
        const ObservedSite found = observeSite(target, *hosts, {});
        for (auto slot = images.begin(); slot != images.end(); ++slot) {
            const ObservedSlot& seen = found.slot(slot.key());
            QCOMPARE(seen.routing == ObservedSlot::Routing::Up, !slot->isEmpty());
            if (!slot->isEmpty())
                QCOMPARE(seen.tag, m_stack->tag(*slot));
        }
    }
    bool isRunning(const QString& container) const
    {
        return m_stack->docker(u"web"_s, { u"ps"_s, u"--format"_s, u"{{.Names}}"_s })
            .split(u'\n')
            .contains(container);
    }

    std::optional<DemoStack> m_stack;
    QTemporaryDir m_folder;
    SystemClock m_clock;
    std::mutex m_mutex;
    QList<Event> m_events;
    std::function<void(const Event&)> m_onEvent;
};

QTEST_GUILESS_MAIN(TestStrategiesLive)
#include "tst_strategieslive.moc"
