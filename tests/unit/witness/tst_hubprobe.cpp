// SPDX-License-Identifier: MIT
#include "engine/witness/hubprobe.h"
#include "tests/support/scriptedhub/scriptedhub.h"

#include <QJsonDocument>
#include <QTest>
#include <map>

using namespace gapless;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestHubProbe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asManyAsAskedFor();
    void untilEachSlotHoldsOne();
    void aSlotThatNobodyReaches();
    void slotsThatAreNotKnown();
    void aFirstConnectThatFailsIsTriedAgain();
    void aDropAndItsEnd();
    void outOfRetries();
    void closedForGood();
    void passiveSendsNothing();
    void echoes();
    void messagesMissedInAGap();
    void noBackplane();
    void echoesThatNeverCome();
    void causes_data();
    void causes();
};

namespace {

/// A chat of two slots behind one address: each negotiation is given to the slot that `next` names,
/// a message goes to everybody, or with `backplane` off to those of its slot.
class Chat {
public:
    Chat()
    {
        hub.onNegotiate = [this](ScriptedPeer& peer, const ScriptedRequest&) {
            if (refuse-- > 0)
                return peer.respond(503, "");
            const QByteArray slot = next(negotiated++);
            peer.respond(200, hub.negotiateBody().replace("TOKEN", "token-" + slot),
                slot.isEmpty() ? QByteArray() : "X-Slot: " + slot + "\r\n");
        };
        hub.onUpgrade = [this](ScriptedPeer& peer, const ScriptedRequest& request) {
            slotOf[&peer] = request.target.contains("token-A") ? "A" : "B";
            peer.upgrade(request);
        };
        hub.onMessage
            = [this](ScriptedPeer& peer, const QByteArray& message) { answer(peer, message); };
    }
    /// As when a container is killed.
    void cut(const QByteArray& slot)
    {
        for (const auto& [peer, where] : slotOf)
            if (where == slot && peer->isOpen())
                peer->reset();
    }
    void say(const QByteArray& message)
    {
        for (const auto& [peer, where] : slotOf)
            if (peer->isOpen())
                peer->say(message);
    }

    ScriptedHub hub;
    std::map<ScriptedPeer*, QByteArray> slotOf;
    std::function<QByteArray(int)> next = [](int number) { return number % 2 == 0 ? "A" : "B"; };
    int negotiated = 0;
    int refuse = 0;
    bool backplane = true;
    bool deaf = false;

private:
    void answer(ScriptedPeer& peer, const QByteArray& message)
    {
        const QJsonObject call = QJsonDocument::fromJson(message).object();
        if (call[u"type"].toInt() != 1)
            return;
        const QByteArray id = call[u"invocationId"].toString().toLatin1();
        peer.say("{\"type\":3,\"invocationId\":\"" + id + "\"}");
        const QByteArray text = call[u"arguments"][1].toString().toLatin1();
        const QByteArray event
            = "{\"type\":1,\"target\":\"ReceiveMessage\",\"arguments\":[\"gapless\",\"" + text
            + "\"]}";
        for (const auto& [each, where] : slotOf)
            if (!deaf && each->isOpen() && (backplane || where == slotOf[&peer]))
                each->say(event);
    }
};

QList<Slot> twoSlots()
{
    QList<Slot> slotList(2);
    slotList[0].name = u"A"_s;
    slotList[1].name = u"B"_s;
    return slotList;
}

HubProbeSpec passive(int connections = 0)
{
    HubProbeSpec spec;
    spec.connections = connections;
    spec.reconnectDelaysMs = {0, 20, 50};
    return spec;
}

HubProbeSpec echoing(int connections = 0)
{
    HubProbeSpec spec = passive(connections);
    spec.echo = EchoSpec {u"SendMessage"_s, {u"gapless"_s, u"{token}"_s}, u"ReceiveMessage"_s};
    return spec;
}

/// A probe of a chat, and what it said.
struct Probed {
    Probed(Chat& chat, const HubProbeSpec& spec, const QList<Slot>& slotList = twoSlots())
        : identifier({}, slotList)
        , probe(spec, chat.hub.url(), slotList, identifier, clock, options(),
              {[this](const ConnectionChanged& event) { changes.append(event); },
                  [this](const Drop& drop) { over.append(drop); }, [this](const Span&) { ++closed; },
                  [this](const Sample& sample) { samples.append(sample); }})
    {
        probe.start();
    }
    static HubProbe::Options options()
    {
        HubProbe::Options options;
        options.retryStart = 20ms;
        options.settle = 100ms;
        options.echoEvery = 30ms;
        options.echoAtMost = 10ms;
        return options;
    }
    QStringList notes() const
    {
        QStringList ids;
        for (const QJsonValue& note : probe.notes())
            ids.append(note[u"id"].toString() + note[u"slot"].toString());
        return ids;
    }

    WitnessClock clock;
    Identifier identifier;
    QList<ConnectionChanged> changes;
    QList<Drop> over;
    int closed = 0;
    QList<Sample> samples;
    HubProbe probe;
};

} // namespace

void TestHubProbe::asManyAsAskedFor()
{
    Chat chat;
    Probed probed(chat, passive(50));
    QTRY_VERIFY(probed.probe.ready());
    QCOMPARE(probed.probe.connections(), 50);
    QCOMPARE(probed.probe.connected(), 50);
    QCOMPARE(chat.hub.handshakes, 50);
    QCOMPARE(probed.changes.size(), 100);
    QCOMPARE(probed.changes.first().state, u"connecting"_s);
    QCOMPARE(probed.changes.first().connection, 1);
}

void TestHubProbe::untilEachSlotHoldsOne()
{
    Chat chat;
    chat.next = [](int number) { return number < 5 ? "A" : "B"; };
    Probed probed(chat, passive());
    QTRY_VERIFY(probed.probe.ready());
    QCOMPARE(probed.probe.connections(), 6);
    probed.probe.baselineOver();
    QCOMPARE(probed.notes(), QStringList());
    QCOMPARE(probed.changes.last().state, u"connected"_s);
    QCOMPARE(probed.changes.last().slot, u"B"_s);
}

void TestHubProbe::aSlotThatNobodyReaches()
{
    Chat chat;
    chat.next = [](int) { return "A"; };
    Probed probed(chat, passive());
    QTRY_VERIFY(probed.probe.ready());
    QCOMPARE(probed.probe.connections(), 8);
    probed.probe.baselineOver();
    QCOMPARE(probed.notes(), QStringList {u"slotUncoveredB"_s});
}

void TestHubProbe::slotsThatAreNotKnown()
{
    Chat chat;
    chat.next = [](int) { return QByteArray(); };
    Probed probed(chat, passive());
    QTRY_VERIFY(probed.probe.ready());
    QCOMPARE(probed.probe.connections(), 8);
    probed.probe.baselineOver();
    QCOMPARE(probed.notes(), QStringList {u"slotsUnknown"_s});
}

void TestHubProbe::aFirstConnectThatFailsIsTriedAgain()
{
    Chat chat;
    chat.refuse = 2;
    Probed probed(chat, passive(1));
    QTRY_VERIFY(probed.probe.ready());
    QCOMPARE(probed.notes(), QStringList {u"connectFailed"_s});
    QCOMPARE(probed.probe.notes().first()[u"count"].toInt(), 2);
    QCOMPARE(probed.probe.notes().first()[u"cause"].toString(), u"http:503"_s);
    QVERIFY(probed.probe.drops().isEmpty()); // it never was connected
}

void TestHubProbe::aDropAndItsEnd()
{
    Chat chat;
    Probed probed(chat, passive(2));
    QTRY_VERIFY(probed.probe.ready());
    chat.next = [](int) { return "B"; };
    chat.refuse = 1;
    chat.cut("A");
    QTRY_COMPARE(probed.over.size(), 1);
    const Drop drop = probed.over.first();
    QCOMPARE(drop.connection, 1);
    QCOMPARE(drop.cause, u"eof"_s);
    QCOMPARE(drop.attempt, 2); // the first was refused
    QCOMPARE(drop.slotBefore, u"A"_s);
    QCOMPARE(drop.slotAfter, u"B"_s);
    QVERIFY(!drop.closed);
    QVERIFY(drop.span.toUs - drop.span.fromUs >= 20'000); // the second attempt waits 20 ms
    QVERIFY(drop.span.toUs <= probed.clock.nowUs());
    QCOMPARE(probed.probe.longestOpenGapUs(), 0);
    QCOMPARE(probed.probe.connected(), 2);

    QStringList said;
    for (const ConnectionChanged& event : probed.changes.mid(4))
        said.append(
            event.state + u':' + event.reason + u':' + event.slot + QString::number(event.attempt));
    QCOMPARE(said,
        (QStringList {
            u"reconnecting:eof:A0"_s, u"reconnecting:http:503:A1"_s, u"connected::B2"_s}));
}

void TestHubProbe::outOfRetries()
{
    Chat chat;
    Probed probed(chat, passive(2));
    QTRY_VERIFY(probed.probe.ready());
    chat.hub.stopListening();
    chat.cut("A");
    QTRY_VERIFY(probed.probe.longestOpenGapUs() > 0);
    QTRY_COMPARE(probed.closed, 1);
    QCOMPARE(probed.probe.drops().size(), 1);
    QVERIFY(probed.probe.drops().first().closed);
    QCOMPARE(probed.probe.drops().first().span.toUs, Span::open);
    QCOMPARE(probed.over.size(), 1);
    QCOMPARE(probed.changes.last().state, u"disconnected"_s);
    QVERIFY(!probed.probe.underWay());
}

void TestHubProbe::closedForGood()
{
    // A Close message that does not allow a reconnect: no gap, and no way back.
    Chat chat;
    Probed probed(chat, passive(1));
    QTRY_VERIFY(probed.probe.ready());
    chat.say(R"({"type":7,"error":"Go away."})");
    QTRY_COMPARE(probed.closed, 1);
    QCOMPARE(probed.probe.drops().size(), 1);
    QCOMPARE(probed.probe.drops().first().cause, u"close"_s);
    QVERIFY(probed.probe.drops().first().closed);
    QCOMPARE(probed.over.size(), 1);
}

void TestHubProbe::passiveSendsNothing()
{
    Chat chat;
    Probed probed(chat, passive());
    QTRY_VERIFY(probed.probe.ready());
    QVERIFY(chat.hub.messages.empty());
    QCOMPARE(probed.probe.echo(), EchoTotals());
}

void TestHubProbe::echoes()
{
    Chat chat;
    Probed probed(chat, echoing());
    QTRY_VERIFY(probed.probe.ready());
    probed.probe.baselineOver();
    QCOMPARE(probed.notes(), QStringList());
    QVERIFY(!probed.probe.echoMissing());
    QTRY_VERIFY(probed.samples.size() >= 50);
    probed.probe.stop();
    QTRY_VERIFY(!probed.probe.underWay());
    const EchoTotals totals = probed.probe.echo();
    QVERIFY(totals.sent >= 30);
    QCOMPARE(totals.lost, 0);
    QCOMPARE(totals.duplicated, 0);
    QCOMPARE(totals.outOfOrder, 0);
    for (const Sample& sample : probed.samples)
        QCOMPARE(sample.probe, Sample::Probe::Echo);
}

void TestHubProbe::messagesMissedInAGap()
{
    Chat chat;
    Probed probed(chat, echoing(2));
    QTRY_VERIFY(probed.probe.ready());
    probed.probe.baselineOver();
    chat.refuse = 2; // 70 ms without the first client, while the second goes on sending
    chat.cut("A");
    QTRY_COMPARE(probed.over.size(), 1);
    const Drop drop = probed.over.first();
    QVERIFY(drop.lost > 0);
    QVERIFY(drop.silenceUs >= drop.span.toUs - drop.span.fromUs);
    probed.probe.stop();
    QTRY_VERIFY(!probed.probe.underWay());
    QVERIFY(probed.probe.echo().lost >= drop.lost);
    QCOMPARE(probed.probe.echo().lostOutsideGaps, 0);
}

void TestHubProbe::noBackplane()
{
    Chat chat;
    chat.backplane = false;
    Probed probed(chat, echoing());
    QTRY_VERIFY(probed.probe.ready());
    probed.probe.baselineOver();
    QCOMPARE(probed.notes(), QStringList {u"noBackplane"_s});
    QTRY_VERIFY(probed.samples.size() >= 50);
    probed.probe.stop();
    QTRY_VERIFY(!probed.probe.underWay());
    QCOMPARE(probed.probe.echo().lost, 0); // said once, not counted with each message
}

void TestHubProbe::echoesThatNeverCome()
{
    Chat chat;
    chat.deaf = true;
    Probed probed(chat, echoing(1));
    QTRY_VERIFY(chat.hub.messages.size() >= 5);
    QVERIFY(!probed.probe.ready());
    probed.probe.baselineOver();
    QVERIFY(probed.probe.echoMissing());
}

void TestHubProbe::causes_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("cause");
    using Kind = signalr::FailureKind;
    const auto row = [](const char* cause, Kind kind, int code = 0) {
        QTest::newRow(cause) << int(kind) << code << QString::fromLatin1(cause);
    };
    row("close", Kind::CloseMessage);
    row("closeFrame", Kind::CloseFrame, 1001);
    row("eof", Kind::EndOfStream);
    row("timeout", Kind::ServerTimeout);
    row("http:404", Kind::HttpStatus, 404);
    row("refused", Kind::Refused);
    row("tls", Kind::Tls);
}

void TestHubProbe::causes()
{
    QFETCH(int, kind);
    QFETCH(int, code);
    signalr::Failure failure;
    failure.kind = signalr::FailureKind(kind);
    failure.code = code;
    QTEST(causeOf(failure), "cause");
}

QTEST_GUILESS_MAIN(TestHubProbe)
#include "tst_hubprobe.moc"
