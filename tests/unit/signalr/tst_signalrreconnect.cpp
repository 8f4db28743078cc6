// SPDX-License-Identifier: MIT
// Vector 9: the reconnect machine, case by case as the official JavaScript client behaves, and what
// else a hub connection does over time. No case waits: the clock is told to move.
#include "engine/signalr/hubconnection.h"
#include "tests/support/scriptedhub/fakescheduler.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace gapless::signalr;

namespace {

/// What a HubConnection speaks through, with the test at the other end.
class FakeConnection final : public Connection {
public:
    void start(TransferFormat, Started callback) override
    {
        ++starts;
        started = std::move(callback);
        isUp = false;
    }
    void send(QByteArrayView payload) override { sent.append(payload.toByteArray()); }
    void stop(const Failure& reason) override
    {
        if (started)
            std::exchange(started, nullptr)(Failure {
                FailureKind::Aborted, u"The connection was stopped during negotiation."_s});
        else if (std::exchange(isUp, false))
            onClosed(reason);
    }
    QString id() const override { return isUp ? u"id-%1"_s.arg(starts) : QString(); }
    QString transport() const override { return u"WebSockets"_s; }
    bool keepsItselfAlive() const override { return keepsAlive; }
    bool isStateful() const override { return stateful; }

    void succeed()
    {
        isUp = true;
        std::exchange(started, nullptr)(std::nullopt);
    }
    void fail(const QString& text)
    {
        std::exchange(started, nullptr)(Failure {FailureKind::Refused, text});
    }
    void drop(const Failure& failure)
    {
        isUp = false;
        onClosed(failure);
    }
    void say(const QByteArray& message) { onReceived(message + '\x1e'); }

    Started started;
    QList<QByteArray> sent;
    int starts = 0;
    bool isUp = false;
    bool keepsAlive = false;
    bool stateful = false;
};

/// Records what it is asked.
class RecordingPolicy final : public ReconnectPolicy {
public:
    std::optional<std::chrono::milliseconds> nextDelay(const RetryContext& context) override
    {
        asked.push_back(context);
        if (throws)
            throw std::runtime_error("policy");
        const auto i = asked.size() - 1;
        return i < answers.size() ? answers[i] : std::nullopt;
    }
    std::vector<std::optional<std::chrono::milliseconds>> answers;
    std::vector<RetryContext> asked;
    bool throws = false;
};

const Failure someError {FailureKind::EndOfStream, u"E"_s};
const Failure cleanClose {FailureKind::CloseFrame, {}, 1000};

/// A hub connection, its other end, and a diary of what it told its owner.
struct Rig {
    explicit Rig(std::shared_ptr<ReconnectPolicy> policy = nullptr, HubOptions options = {})
    {
        options.reconnect = std::move(policy);
        auto owned = std::make_unique<FakeConnection>();
        connection = owned.get();
        hub = std::make_unique<HubConnection>(std::move(options), std::move(owned), clock);
        QObject::connect(hub.get(), &HubConnection::reconnecting,
            [this](const Failure& why) { diary += u"reconnecting(%1)"_s.arg(why.text); });
        QObject::connect(hub.get(), &HubConnection::reconnected,
            [this](const QString& id) { diary += u"reconnected(%1)"_s.arg(id); });
        QObject::connect(hub.get(), &HubConnection::closed,
            [this](const Failure& why) { diary += u"closed(%1)"_s.arg(why.text); });
        QObject::connect(hub.get(), &HubConnection::dropChanged,
            [this](const Drop& drop) { drops.push_back(drop); });
    }
    void start()
    {
        hub->start([this](const Failure& why) { diary += u"started(%1)"_s.arg(why.text); });
    }
    void shakeHands()
    {
        connection->succeed();
        connection->say("{}");
        clock.settle();
    }
    void connect()
    {
        start();
        shakeHands();
        diary.clear();
        connection->sent.clear();
    }
    HubConnection::State state() const { return hub->state(); }

    FakeScheduler clock;
    FakeConnection* connection = nullptr;
    std::unique_ptr<HubConnection> hub;
    QStringList diary;
    std::vector<Drop> drops;
};

using State = HubConnection::State;

std::shared_ptr<DelayListPolicy> defaults()
{
    return std::make_shared<DelayListPolicy>();
}

} // namespace

class TestSignalrReconnect : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void firstStart()
    {
        Rig rig(defaults());
        rig.start();
        QCOMPARE(rig.state(), State::Connecting);
        rig.connection->succeed();
        QCOMPARE(rig.connection->sent,
            (QList<QByteArray> {"{\"protocol\":\"json\",\"version\":1}\x1e"}));
        rig.connection->say("{}");
        QCOMPARE(rig.state(), State::Connecting);
        rig.clock.settle();
        QCOMPARE(rig.state(), State::Connected);
        QCOMPARE(rig.diary, (QStringList {u"started()"_s}));
        QCOMPARE(rig.hub->connectionId(), u"id-1"_s);
        QCOMPARE(rig.connection->sent.last(), QByteArray("{\"type\":6}\x1e")); // a ping at once
    }

    void firstStartFails()
    {
        Rig rig(defaults());
        rig.start();
        rig.connection->fail(u"F"_s);
        rig.clock.pass(1h);
        QCOMPARE(rig.diary, (QStringList {u"started(F)"_s}));
        QCOMPARE(rig.state(), State::Disconnected);
        QCOMPARE(rig.connection->starts, 1);
    }

    void dropWithoutPolicy()
    {
        Rig rig;
        rig.connect();
        rig.connection->drop(someError);
        rig.clock.pass(1h);
        QCOMPARE(rig.diary, (QStringList {u"closed(E)"_s}));
        QCOMPARE(rig.state(), State::Disconnected);
        QCOMPARE(rig.connection->starts, 1);
        QCOMPARE(rig.drops.size(), std::size_t(1));
        QCOMPARE(rig.drops[0].end, Drop::End::Closed);
    }

    void dropWithPolicy()
    {
        const auto policy = std::make_shared<RecordingPolicy>();
        policy->answers = {10ms};
        Rig rig(policy);
        rig.connect();
        rig.connection->drop(someError);
        QCOMPARE(policy->asked.size(), std::size_t(1));
        QCOMPARE(policy->asked[0].previousRetries, 0);
        QCOMPARE(policy->asked[0].elapsed, 0ms);
        QCOMPARE(policy->asked[0].reason, someError);
        QCOMPARE(rig.state(), State::Reconnecting);
        QCOMPARE(rig.diary, (QStringList {u"reconnecting(E)"_s}));
        rig.clock.pass(9ms);
        QCOMPARE(rig.connection->starts, 1);
        rig.clock.pass(1ms);
        QCOMPARE(rig.connection->starts, 2);
        rig.shakeHands();
        QCOMPARE(rig.state(), State::Connected);
        QCOMPARE(rig.diary, (QStringList {u"reconnecting(E)"_s, u"reconnected(id-2)"_s}));
    }

    void failedAttempt()
    {
        const auto policy = std::make_shared<RecordingPolicy>();
        policy->answers = {10ms, 20ms};
        Rig rig(policy);
        rig.connect();
        rig.connection->drop(someError);
        rig.clock.pass(15ms);
        rig.connection->fail(u"F"_s);
        QCOMPARE(policy->asked.size(), std::size_t(2));
        QCOMPARE(policy->asked[1].previousRetries, 1);
        QCOMPARE(policy->asked[1].elapsed, 15ms);
        QCOMPARE(policy->asked[1].reason.text, u"F"_s);
        QCOMPARE(rig.diary, (QStringList {u"reconnecting(E)"_s}));
    }

    void policyEndsLater()
    {
        const auto policy = std::make_shared<RecordingPolicy>();
        policy->answers = {0ms};
        Rig rig(policy);
        rig.connect();
        rig.connection->drop(someError);
        rig.clock.pass(0ms);
        rig.connection->fail(u"F"_s);
        rig.clock.pass(1h);
        QCOMPARE(rig.state(), State::Disconnected);
        QCOMPARE(rig.diary, (QStringList {u"reconnecting(E)"_s, u"closed()"_s}));
    }

    void policyEndsAtOnce_data()
    {
        QTest::addColumn<bool>("throws");
        QTest::newRow("nothing") << false;
        QTest::newRow("throws") << true;
    }
    void policyEndsAtOnce()
    {
        QFETCH(bool, throws);
        const auto policy = std::make_shared<RecordingPolicy>();
        policy->throws = throws;
        Rig rig(policy);
        rig.connect();
        rig.connection->drop(someError);
        rig.clock.pass(1h);
        QCOMPARE(rig.diary, (QStringList {u"closed(E)"_s}));
        QCOMPARE(rig.state(), State::Disconnected);
    }

    void policyThrowsLater()
    {
        const auto policy = std::make_shared<RecordingPolicy>();
        policy->answers = {0ms};
        Rig rig(policy);
        rig.connect();
        rig.connection->drop(someError);
        policy->throws = true;
        rig.clock.pass(0ms);
        rig.connection->fail(u"F"_s);
        QCOMPARE(rig.diary, (QStringList {u"reconnecting(E)"_s, u"closed()"_s}));
    }

    void secondOutageCountsAnew()
    {
        const auto policy = std::make_shared<RecordingPolicy>();
        policy->answers = {0ms, 50ms, 0ms};
        Rig rig(policy);
        rig.connect();
        rig.connection->drop(someError);
        rig.clock.pass(0ms);
        rig.connection->fail(u"F"_s);
        rig.clock.pass(50ms);
        rig.shakeHands();
        rig.clock.pass(5s);
        rig.connection->drop(cleanClose);
        QCOMPARE(policy->asked.size(), std::size_t(3));
        QCOMPARE(policy->asked[2].previousRetries, 0);
        QCOMPARE(policy->asked[2].elapsed, 0ms);
    }

    void dropDuringFirstHandshake()
    {
        Rig rig(defaults());
        rig.start();
        rig.connection->succeed();
        rig.connection->drop(someError);
        rig.clock.pass(1h);
        QCOMPARE(rig.diary, (QStringList {u"started(E)"_s}));
        QCOMPARE(rig.state(), State::Disconnected);
        QCOMPARE(rig.connection->starts, 1);
    }

    void cleanCloseDuringFirstHandshake()
    {
        Rig rig(defaults());
        rig.start();
        rig.connection->succeed();
        rig.connection->drop(cleanClose);
        QCOMPARE(rig.diary,
            (QStringList {
                u"started(The underlying connection was closed before the hub handshake could complete.)"_s}));
    }

    void dropDuringReconnectHandshake()
    {
        const auto policy = std::make_shared<RecordingPolicy>();
        policy->answers = {0ms, 0ms};
        Rig rig(policy);
        rig.connect();
        rig.connection->drop(someError);
        rig.clock.pass(0ms);
        rig.connection->succeed();
        rig.connection->drop({FailureKind::EndOfStream, u"G"_s});
        QCOMPARE(rig.state(), State::Reconnecting);
        QCOMPARE(policy->asked.size(), std::size_t(2));
        QCOMPARE(policy->asked[1].previousRetries, 1);
        QCOMPARE(policy->asked[1].reason.text, u"G"_s);
        QCOMPARE(rig.diary, (QStringList {u"reconnecting(E)"_s}));
    }

    void handshakeRefusedDuringReconnect()
    {
        const auto policy = std::make_shared<RecordingPolicy>();
        policy->answers = {0ms, 0ms};
        Rig rig(policy);
        rig.connect();
        rig.connection->drop(someError);
        rig.clock.pass(0ms);
        rig.connection->succeed();
        rig.connection->say(R"({"error":"Error!"})");
        QCOMPARE(rig.state(), State::Reconnecting);
        QCOMPARE(policy->asked.size(), std::size_t(2));
        QCOMPARE(policy->asked[1].reason.text, u"Server returned handshake error: Error!"_s);
        rig.clock.pass(0ms);
        rig.shakeHands();
        QCOMPARE(rig.state(), State::Connected);
    }

    void handshakeRefusedAtStart()
    {
        Rig rig(defaults());
        rig.start();
        rig.connection->succeed();
        rig.connection->say(R"({"error":"Error!"})");
        rig.clock.pass(1h);
        QCOMPARE(rig.diary, (QStringList {u"started(Server returned handshake error: Error!)"_s}));
        QVERIFY(!rig.connection->isUp);
    }

    void stopInEveryState_data()
    {
        QTest::addColumn<QString>("moment");
        for (const char* moment :
            {"delay", "restart", "handshake", "after handshake", "second delay"})
            QTest::newRow(moment) << QString::fromLatin1(moment);
    }
    void stopInEveryState()
    {
        QFETCH(QString, moment);
        const auto policy = std::make_shared<RecordingPolicy>();
        policy->answers = {10ms, 10ms};
        Rig rig(policy);
        rig.connect();
        rig.connection->drop(someError);
        if (moment != "delay"_L1) {
            rig.clock.pass(10ms);
            if (moment == "second delay"_L1)
                rig.connection->fail(u"F"_s);
            else if (moment != "restart"_L1)
                rig.connection->succeed();
            if (moment == "after handshake"_L1)
                rig.connection->say("{}");
        }
        int stopped = 0;
        rig.hub->stop([&] { ++stopped; });
        rig.clock.pass(1h);
        QCOMPARE(rig.state(), State::Disconnected);
        QCOMPARE(rig.diary, (QStringList {u"reconnecting(E)"_s, u"closed()"_s}));
        QCOMPARE(stopped, 1);
        QCOMPARE(rig.clock.timers(), std::size_t(0));
        // And it can be started again.
        rig.start();
        rig.shakeHands();
        QCOMPARE(rig.state(), State::Connected);
    }

    void stopWhileStarting_data()
    {
        QTest::addColumn<bool>("inHandshake");
        QTest::newRow("negotiation") << false;
        QTest::newRow("handshake") << true;
    }
    void stopWhileStarting()
    {
        QFETCH(bool, inHandshake);
        Rig rig(defaults());
        rig.start();
        if (inHandshake)
            rig.connection->succeed();
        int stopped = 0;
        rig.hub->stop([&] { ++stopped; });
        rig.clock.pass(1h);
        QCOMPARE(rig.state(), State::Disconnected);
        QCOMPARE(stopped, 1);
        QCOMPARE(rig.diary.size(), 1);
        QVERIFY(rig.diary[0].startsWith(u"started(The connection was stopped"_s));
    }

    void stopInOnReconnecting()
    {
        Rig rig(defaults());
        rig.connect();
        QObject::connect(rig.hub.get(), &HubConnection::reconnecting, [&] { rig.hub->stop(); });
        rig.connection->drop(someError);
        rig.clock.pass(1h);
        QCOMPARE(rig.state(), State::Disconnected);
        QCOMPARE(rig.connection->starts, 1);
        QCOMPARE(rig.diary.count(u"closed()"_s), 1);
    }

    void stopWhileConnected()
    {
        Rig rig(defaults());
        rig.connect();
        rig.hub->stop();
        rig.clock.pass(1h);
        QCOMPARE(rig.connection->sent, (QList<QByteArray> {"{\"type\":7}\x1e"}));
        QCOMPARE(rig.diary, (QStringList {u"closed()"_s}));
        QVERIFY(rig.drops.empty());
    }

    void stopTwice()
    {
        Rig rig;
        rig.connect();
        int stopped = 0;
        rig.hub->stop([&] { ++stopped; });
        rig.hub->stop([&] { ++stopped; });
        rig.clock.settle();
        QCOMPARE(stopped, 2);
        QCOMPARE(rig.diary, (QStringList {u"closed()"_s}));
    }

    void closeMessage_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<bool>("policy");
        QTest::addColumn<QStringList>("diary");
        const QString text = u"Server returned an error on close: Error!"_s;
        QTest::newRow("come back")
            << QByteArray(R"({"type":7,"error":"Error!","allowReconnect":true})") << true
            << QStringList {u"reconnecting(%1)"_s.arg(text)};
        QTest::newRow("come back, no error") << QByteArray(R"({"type":7,"allowReconnect":true})")
                                             << true << QStringList {u"reconnecting()"_s};
        QTest::newRow("no flag") << QByteArray(R"({"type":7,"error":"Error!"})") << true
                                 << QStringList {u"closed(%1)"_s.arg(text)};
        QTest::newRow("no flag, no error")
            << QByteArray(R"({"type":7})") << true << QStringList {u"closed()"_s};
        QTest::newRow("come back, no policy")
            << QByteArray(R"({"type":7,"error":"Error!","allowReconnect":true})") << false
            << QStringList {u"closed(%1)"_s.arg(text)};
    }
    void closeMessage()
    {
        QFETCH(QByteArray, message);
        QFETCH(bool, policy);
        Rig rig(policy ? defaults() : nullptr);
        rig.connect();
        rig.connection->say(message);
        QTEST(rig.diary, "diary");
        QCOMPARE(rig.drops.back().cause.kind, FailureKind::CloseMessage);
        QCOMPARE(rig.drops.back().cause.allowReconnect, message.contains("allowReconnect"));
        QCOMPARE(rig.state(),
            rig.diary[0].startsWith("reconnecting"_L1) ? State::Reconnecting : State::Disconnected);
    }

    void closeMessageBehindTheHandshake()
    {
        Rig rig(defaults());
        rig.start();
        rig.connection->succeed();
        rig.connection->say("{}\x1e{\"type\":7,\"error\":\"no\"}");
        rig.clock.pass(1h);
        QCOMPARE(rig.diary, (QStringList {u"started(Server returned an error on close: no)"_s}));
        QCOMPARE(rig.state(), State::Disconnected);
    }

    void cleanCloseReconnects()
    {
        Rig rig(defaults());
        rig.connect();
        rig.connection->drop(cleanClose);
        QCOMPARE(rig.diary, (QStringList {u"reconnecting()"_s}));
        QCOMPARE(rig.drops.back().cause.code, 1000);
    }

    void pendingInvocations_data()
    {
        QTest::addColumn<bool>("clean");
        QTest::addColumn<QString>("text");
        QTest::newRow("error") << false << u"E"_s;
        QTest::newRow("clean")
            << true << u"Invocation canceled due to the underlying connection being closed."_s;
    }
    void pendingInvocations()
    {
        QFETCH(bool, clean);
        QFETCH(QString, text);
        Rig rig(defaults());
        rig.connect();
        QString streamEnd;
        rig.hub->invoke(u"Slow"_s, {}, [&](const InvocationResult& result) {
            QCOMPARE(result.failure.kind, FailureKind::ConnectionLost);
            rig.diary += u"invocation(%1)"_s.arg(result.failure.text);
        });
        rig.hub->stream(u"Count"_s, {}, {{}, [&](const Failure& why) { streamEnd = why.text; }});
        rig.connection->drop(clean ? cleanClose : someError);
        rig.clock.settle();
        // As in JavaScript, a rejected promise is seen after onreconnecting.
        QCOMPARE(rig.diary,
            (QStringList {u"reconnecting(%1)"_s.arg(clean ? QString() : text),
                u"invocation(%1)"_s.arg(text)}));
        QCOMPARE(streamEnd, text);
    }

    void serverTimeout()
    {
        Rig rig(defaults());
        rig.connect();
        rig.clock.pass(20s);
        rig.connection->say(R"({"type":6})");
        rig.clock.pass(29'999ms);
        QCOMPARE(rig.state(), State::Connected);
        rig.clock.pass(1ms);
        QVERIFY(rig.diary.first().startsWith("reconnecting(Server timeout elapsed"_L1));
        QCOMPARE(rig.drops.front().cause.kind, FailureKind::ServerTimeout);
    }

    void pingsKeepItUp()
    {
        Rig rig(defaults());
        rig.connect();
        for (int i = 0; i < 20; ++i) {
            rig.clock.pass(15s);
            rig.connection->say(R"({"type":6})");
        }
        QCOMPARE(rig.state(), State::Connected);
        QVERIFY(rig.diary.isEmpty());
        QCOMPARE(rig.connection->sent.size(), 20);
        QCOMPARE(rig.connection->sent.count("{\"type\":6}\x1e"), 20);
    }

    void pingOnlyAfterSilence()
    {
        Rig rig;
        rig.connect();
        rig.clock.pass(10s);
        rig.hub->send(u"Hi"_s);
        rig.connection->sent.clear();
        rig.connection->say(R"({"type":6})");
        rig.clock.pass(14'999ms);
        QVERIFY(rig.connection->sent.isEmpty());
        rig.clock.pass(1ms);
        QCOMPARE(rig.connection->sent.size(), 1);
    }

    /// After a standstill of our own, what the server sent is still to be read.
    void standstillIsNoSilence()
    {
        Rig rig(defaults());
        rig.connect();
        rig.clock.stall(60s);
        rig.clock.pass(0ms);
        QCOMPARE(rig.state(), State::Connected);
        rig.connection->say(R"({"type":6})");
        rig.clock.pass(29s);
        QCOMPARE(rig.state(), State::Connected);
    }

    void longPollingHasNoPings()
    {
        Rig rig(defaults());
        rig.connection->keepsAlive = true;
        rig.connect();
        rig.clock.pass(1h);
        QVERIFY(rig.connection->sent.isEmpty());
        QCOMPARE(rig.state(), State::Connected);
    }

    void handshakeTimeout()
    {
        Rig rig(defaults());
        rig.start();
        rig.connection->succeed();
        rig.clock.pass(14'999ms);
        QVERIFY(rig.diary.isEmpty());
        rig.clock.pass(1ms);
        QCOMPARE(rig.diary,
            (QStringList {u"started(The server did not answer the handshake within 15000 ms.)"_s}));
        QVERIFY(!rig.connection->isUp);
    }

    void clientResultWithoutHandler()
    {
        Rig rig;
        rig.connect();
        rig.connection->say(R"({"type":1,"invocationId":"7","target":"Nobody","arguments":[]})");
        QCOMPARE(rig.connection->sent,
            (QList<QByteArray> {"{\"type\":3,\"invocationId\":\"7\",\"error\":\"Client didn't "
                                "provide a result.\"}\x1e"}));
        rig.connection->sent.clear();
        rig.connection->say(R"({"type":1,"target":"Nobody","arguments":[]})");
        QVERIFY(rig.connection->sent.isEmpty());
    }

    void clientResults_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QByteArray>("tail");
        QTest::newRow("value") << u"value"_s << QByteArray(R"("result":42})");
        QTest::newRow("throws") << u"throws"_s << QByteArray(R"("error":"bad"})");
        QTest::newRow("error") << u"error"_s << QByteArray(R"("error":"no"})");
        QTest::newRow("forgotten")
            << u"forgotten"_s << QByteArray(R"("error":"Client didn't provide a result."})");
        QTest::newRow("handler without a result")
            << u"plain"_s << QByteArray(R"("error":"Client didn't provide a result."})");
        QTest::newRow("two") << u"two"_s
                             << QByteArray(R"("error":"Client provided multiple results."})");
    }
    void clientResults()
    {
        QFETCH(QString, kind);
        QFETCH(QByteArray, tail);
        Rig rig;
        rig.connect();
        const auto answer = [](const Json&) -> Json { return 42; };
        if (kind == "value"_L1 || kind == "two"_L1)
            rig.hub->onRequest(u"Ask"_s, answer);
        if (kind == "two"_L1)
            rig.hub->onRequest(u"Ask"_s, answer);
        if (kind == "throws"_L1)
            rig.hub->onRequest(
                u"Ask"_s, [](const Json&) -> Json { throw std::runtime_error("bad"); });
        if (kind == "error"_L1)
            rig.hub->onRequestReply(
                u"Ask"_s, [](const Json&, const Reply& reply) { reply.error(u"no"_s); });
        if (kind == "forgotten"_L1)
            rig.hub->onRequestReply(u"Ask"_s, [](const Json&, const Reply&) {});
        if (kind == "plain"_L1)
            rig.hub->on(u"Ask"_s, [](const Json&) {});
        rig.connection->say(R"({"type":1,"invocationId":"7","target":"Ask","arguments":[]})");
        QCOMPARE(rig.connection->sent,
            (QList<QByteArray> {R"({"type":3,"invocationId":"7",)" + tail + '\x1e'}));
    }

    void lateClientResultIsNotForTheNextServer()
    {
        Rig rig(defaults());
        rig.connect();
        std::optional<Reply> kept;
        rig.hub->onRequestReply(u"Ask"_s, [&](const Json&, const Reply& reply) { kept = reply; });
        rig.connection->say(R"({"type":1,"invocationId":"7","target":"Ask","arguments":[]})");
        QVERIFY(kept);
        rig.connection->drop(someError);
        rig.clock.pass(0ms);
        rig.shakeHands();
        rig.connection->sent.clear();
        kept->result(1);
        QVERIFY(rig.connection->sent.isEmpty());
    }

    void handlersByNameInAnyCase()
    {
        Rig rig;
        rig.connect();
        QStringList heard;
        const auto first = rig.hub->on(u"ReceiveMessage"_s, [&](const Json& arguments) {
            heard += u"1:"_s + QString::fromStdString(arguments.at(0));
        });
        rig.hub->on(u"RECEIVEMESSAGE"_s, [&](const Json&) { heard += u"2"_s; });
        rig.connection->say(R"({"type":1,"target":"receivemessage","arguments":["x"]})");
        QCOMPARE(heard, (QStringList {u"1:x"_s, u"2"_s}));
        rig.hub->off(first);
        heard.clear();
        rig.connection->say(R"({"type":1,"target":"ReceiveMessage","arguments":["x"]})");
        QCOMPARE(heard, (QStringList {u"2"_s}));
        rig.hub->off(u"receiveMessage"_s);
        heard.clear();
        rig.connection->say(R"({"type":1,"target":"ReceiveMessage","arguments":["x"]})");
        QVERIFY(heard.isEmpty());
    }

    void handlerMayRemoveItself()
    {
        Rig rig;
        rig.connect();
        int calls = 0;
        Handlers::Id id = 0;
        id = rig.hub->on(u"M"_s, [&](const Json&) {
            ++calls;
            rig.hub->off(id);
        });
        rig.hub->on(u"M"_s, [&](const Json&) { ++calls; });
        rig.connection->say(R"({"type":1,"target":"M","arguments":[]})");
        rig.connection->say(R"({"type":1,"target":"M","arguments":[]})");
        QCOMPARE(calls, 3);
    }

    void throwingHandlerHarmsNobody()
    {
        Rig rig;
        rig.connect();
        int calls = 0;
        rig.hub->on(u"M"_s, [&](const Json&) { throw std::runtime_error("x"); });
        rig.hub->on(u"M"_s, [&](const Json&) { ++calls; });
        rig.connection->say(R"({"type":1,"target":"M","arguments":[]})");
        QCOMPARE(calls, 1);
        QCOMPARE(rig.state(), State::Connected);
    }

    /// [0, 2000, 10000, 30000] with every attempt refused at once.
    void defaultDelays()
    {
        Rig rig(defaults());
        rig.connect();
        const auto lost = rig.clock.now();
        rig.connection->drop(someError);
        std::vector<std::chrono::seconds> attempts;
        for (int i = 0; i < 60'000 && rig.state() == State::Reconnecting; ++i) {
            const int before = rig.connection->starts;
            rig.clock.pass(1ms);
            if (rig.connection->starts > before) {
                attempts.push_back(
                    std::chrono::round<std::chrono::seconds>(rig.clock.now() - lost));
                rig.connection->fail(u"refused"_s);
            }
        }
        QVERIFY(attempts == (std::vector<std::chrono::seconds> {0s, 2s, 12s, 42s}));
        QCOMPARE(rig.state(), State::Disconnected);
        QCOMPARE(rig.diary, (QStringList {u"reconnecting(E)"_s, u"closed()"_s}));
        const Drop& drop = rig.drops.back();
        QCOMPARE(drop.end, Drop::End::Closed);
        QCOMPARE(drop.attempts, 4);
        QCOMPARE(drop.cause, someError);
        QCOMPARE(drop.lastFailure.text, u"refused"_s);
    }

    void dropIsMeasured()
    {
        Rig rig(defaults());
        rig.connect();
        rig.clock.pass(1s);
        rig.connection->drop({FailureKind::CloseFrame, u"W"_s, 1001});
        rig.clock.pass(0ms);
        rig.connection->fail(u"F"_s);
        rig.clock.pass(2s);
        rig.clock.pass(38ms);
        rig.shakeHands();
        const Drop& drop = rig.drops.back();
        QCOMPARE(drop.end, Drop::End::Reconnected);
        QVERIFY(drop.gap() == 2038ms);
        QCOMPARE(drop.attempts, 2);
        QCOMPARE(drop.cause.code, 1001);
        QCOMPARE(drop.idBefore, u"id-1"_s);
        QCOMPARE(drop.idAfter, u"id-3"_s);
    }

    void garbageIsADrop_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("no JSON") << QByteArray("foo\x1e");
        QTest::newRow("no separator") << QByteArray("{\"type\":6}");
        QTest::newRow("invalid message") << QByteArray("{\"type\":1}\x1e");
    }
    void garbageIsADrop()
    {
        QFETCH(QByteArray, payload);
        Rig rig(defaults());
        rig.connect();
        rig.connection->onReceived(payload);
        QCOMPARE(rig.state(), State::Reconnecting);
        QCOMPARE(rig.drops.back().cause.kind, FailureKind::Protocol);
    }

    void notConnected()
    {
        Rig rig;
        QList<FailureKind> kinds;
        rig.hub->invoke(u"X"_s, {}, [&](const InvocationResult& r) { kinds += r.failure.kind; });
        rig.hub->send(u"X"_s, {}, [&](const Failure& f) { kinds += f.kind; });
        rig.hub->stream(u"X"_s, {}, {{}, [&](const Failure& f) { kinds += f.kind; }});
        QVERIFY(kinds.isEmpty());
        rig.clock.settle();
        QCOMPARE(kinds, QList<FailureKind>(3, FailureKind::NotConnected));
        QVERIFY(!rig.hub->uploadItem(rig.hub->openUpload(), 1));
        QVERIFY(rig.connection->sent.isEmpty());
    }

    void invocationsAndStreams()
    {
        Rig rig;
        rig.connect();
        QStringList heard;
        rig.hub->invoke(u"A"_s, Json::array({"x"}),
            [&](const InvocationResult& r) { heard += u"A=%1"_s.arg(r.value.get<int>()); });
        const quint64 stream = rig.hub->stream(u"Count"_s, Json::array({3}),
            {[&](const Json& item) { heard += QString::number(item.get<int>()); },
                [&](const Failure& why) { heard += u"done(%1)"_s.arg(why.text); }});
        rig.connection->say("{\"type\":2,\"invocationId\":\"1\",\"item\":5}\x1e"
                            "{\"type\":3,\"invocationId\":\"0\",\"result\":7}");
        rig.connection->say(R"({"type":3,"invocationId":"0","result":8})"); // nobody waits any more
        rig.connection->say(R"({"type":3,"invocationId":"x","result":8})");
        rig.connection->say(R"({"type":2,"invocationId":"1","item":6})");
        rig.hub->cancel(stream);
        QCOMPARE(
            rig.connection->sent.last(), QByteArray("{\"type\":5,\"invocationId\":\"1\"}\x1e"));
        rig.connection->say(R"({"type":2,"invocationId":"1","item":7})"); // a hub that goes on
        rig.connection->say(R"({"type":3,"invocationId":"1"})");
        rig.hub->stream(u"Bad"_s, {}, {{}, [&](const Failure& why) { heard += why.text; }});
        rig.connection->say(R"({"type":3,"invocationId":"2","error":"boom"})");
        QCOMPARE(heard, (QStringList {u"5"_s, u"A=7"_s, u"6"_s, u"boom"_s}));
    }

    void uploads()
    {
        Rig rig;
        rig.connect();
        const auto upload = rig.hub->openUpload();
        rig.hub->invoke(u"Sum"_s, Json::array({"arg"}), {}, {upload});
        QVERIFY(rig.hub->uploadItem(upload, 1));
        QVERIFY(rig.hub->endUpload(upload));
        QVERIFY(!rig.hub->uploadItem(upload, 2));
        QVERIFY(!rig.hub->endUpload(upload));
        QCOMPARE(rig.connection->sent,
            (QList<QByteArray> {"{\"type\":1,\"invocationId\":\"1\",\"target\":\"Sum\","
                                "\"arguments\":[\"arg\"],\"streamIds\":[\"0\"]}\x1e",
                "{\"type\":2,\"invocationId\":\"0\",\"item\":1}\x1e",
                "{\"type\":3,\"invocationId\":\"0\"}\x1e"}));
    }

    void statefulReattachment()
    {
        HubOptions options;
        options.statefulBuffer = 150;
        Rig rig(defaults(), options);
        rig.connection->stateful = true;
        rig.start();
        rig.connection->succeed();
        QVERIFY(rig.connection->sent.first().contains("\"version\":2"));
        rig.connection->say("{}");
        rig.clock.settle();
        rig.connection->sent.clear();
        int answers = 0;
        int sends = 0;
        rig.hub->invoke(
            u"A"_s, {}, [&](const InvocationResult& result) { answers += result.ok(); });
        const QByteArray a = rig.connection->sent.last();
        rig.connection->onDetached();
        rig.hub->send(u"B"_s, {}, [&](const Failure&) { ++sends; });
        rig.clock.settle();
        QCOMPARE(sends, 1);
        rig.hub->send(QString(100, u'x'), {}, [&](const Failure&) { ++sends; });
        rig.clock.settle();
        QCOMPARE(sends, 1); // over the limit: told only when there is room
        QCOMPARE(rig.connection->sent.size(), 1); // nothing is written while detached
        rig.connection->onReattached();
        QCOMPARE(rig.connection->sent.size(), 5);
        QCOMPARE(rig.connection->sent[1], QByteArray("{\"type\":9,\"sequenceId\":1}\x1e"));
        QCOMPARE(rig.connection->sent[2], a);
        rig.connection->say(
            R"({"type":3,"invocationId":"0","result":1})"); // before the Sequence: not for us
        QCOMPARE(answers, 0);
        rig.connection->say(R"({"type":9,"sequenceId":1})");
        rig.connection->say(R"({"type":3,"invocationId":"0","result":1})");
        QCOMPARE(answers, 1);
        rig.connection->say(R"({"type":8,"sequenceId":3})");
        rig.clock.settle();
        QCOMPARE(sends, 2);
        rig.connection->sent.clear();
        rig.clock.pass(999ms);
        QVERIFY(rig.connection->sent.isEmpty());
        rig.clock.pass(1ms);
        QCOMPARE(rig.connection->sent, (QList<QByteArray> {"{\"type\":8,\"sequenceId\":1}\x1e"}));
        QVERIFY(rig.diary == (QStringList {u"started()"_s}));
        rig.connection->say(R"({"type":9,"sequenceId":99})");
        QCOMPARE(rig.state(), State::Reconnecting);
    }

    void destroyedWithWorkPending()
    {
        int calls = 0;
        FakeScheduler clock;
        {
            auto owned = std::make_unique<FakeConnection>();
            FakeConnection* connection = owned.get();
            HubConnection hub({}, std::move(owned), clock);
            hub.start([&](const Failure&) { ++calls; });
            connection->succeed();
            connection->say("{}");
            clock.settle();
            hub.invoke(u"A"_s, {}, [&](const InvocationResult&) { ++calls; });
            hub.send(u"B"_s, {}, [&](const Failure&) { ++calls; });
        }
        clock.pass(1h);
        QCOMPARE(calls, 1);
        QCOMPARE(clock.timers(), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestSignalrReconnect)
#include "tst_signalrreconnect.moc"
