// SPDX-License-Identifier: MIT
#include "engine/witness/echoledger.h"

#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

class TestEchoLedger : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrips();
    void whoGetsWhat_data();
    void whoGetsWhat();
    void everybodyGotEverything();
    void unconfirmedIsNotSent();
    void lostInAGapAndOutside();
    void lostWithItsSendersServer();
    void aHistoryFillsTheGap();
    void aSecondCopyIsADuplicate();
    void aHistoryIsNoDuplicate();
    void outOfOrder();
    void nothingIsExpectedOfTheClosed();
    void silenceAndMissed();
    void settledMessagesStayCounted();
    void foreignTexts_data();
    void foreignTexts();
};

namespace {

constexpr qint64 s = 1'000'000;
constexpr qint64 ms = 1000;

/// Two clients since 0, each with a message of 1 s that both got: a broadcast has been learnt.
struct Broadcast {
    Broadcast()
    {
        ledger.connected(0, 1);
        ledger.connected(1, 1);
        for (int sender : {0, 1})
            deliver(say(sender, s), {0, 1}, s + ms);
        reach = ledger.learn({}, 2 * s).reach;
    }
    QString say(int sender, qint64 atUs)
    {
        const QString token = ledger.send(sender, atUs);
        ledger.confirmed(token);
        return token;
    }
    void deliver(const QString& token, const QList<int>& receivers, qint64 atUs)
    {
        for (int receiver : receivers)
            ledger.received(receiver, token.toLatin1(), atUs);
    }
    EchoLedger ledger {u"gx1"_s};
    EchoLedger::Reach reach;
};

} // namespace

void TestEchoLedger::roundTrips()
{
    EchoLedger ledger(u"gx1"_s);
    ledger.connected(0, 1);
    ledger.connected(1, 1);
    const QByteArray token = ledger.send(0, 5 * ms).toLatin1();
    QCOMPARE(ledger.received(1, token, 6 * ms), QList<qint64> {}); // somebody else's
    QCOMPARE(ledger.received(0, "you said: " + token + "!", 8 * ms), QList<qint64> {3 * ms});
    QCOMPARE(ledger.received(0, token, 9 * ms), QList<qint64> {}); // only the first time
    QVERIFY(ledger.returnedTo(1));
    QVERIFY(!ledger.returnedTo(2));
}

using Slots = QMap<int, QString>;
using Got = QList<QList<int>>; // for a message of client 0, of client 1 …: who got it
Q_DECLARE_METATYPE(Slots)
Q_DECLARE_METATYPE(Got)

void TestEchoLedger::whoGetsWhat_data()
{
    QTest::addColumn<Slots>("slotOf");
    QTest::addColumn<Got>("got");
    QTest::addColumn<int>("reach");
    QTest::addColumn<bool>("noBackplane");

    using R = EchoLedger::Reach;
    const Slots two {{0, u"A"_s}, {1, u"B"_s}};
    const Slots three {{0, u"A"_s}, {1, u"B"_s}, {2, u"A"_s}};
    const auto row = [](const char* name, const Slots& slotOf, const Got& got, R reach, bool no) {
        QTest::newRow(name) << slotOf << got << int(reach) << no;
    };
    row("nothing came back", two, {{}, {}}, R::Unknown, false);
    row("alone, it came back", {}, {{0}}, R::Sender, false);
    row("everybody", two, {{0, 1}, {0, 1}}, R::All, false);
    row("everybody, slots unknown", {}, {{0, 1}, {0, 1}}, R::All, false);
    row("not across slots", three, {{0, 2}, {1}, {0, 2}}, R::Sender, true);
    row("not across slots, one client each", two, {{0}, {1}}, R::Sender, true);
    row("only the caller, as its neighbour shows", three, {{0}, {1}, {2}}, R::Sender, false);
    row("only the caller, slots unknown", {}, {{0}, {1}, {2}}, R::Sender, false);
    row("some of them, slots unknown", {}, {{0, 2}, {1}, {0, 2}}, R::Sender, true);
}

void TestEchoLedger::whoGetsWhat()
{
    QFETCH(Slots, slotOf);
    QFETCH(Got, got);
    EchoLedger ledger(u"gx1"_s);
    for (int i = 0; i < got.size(); ++i)
        ledger.connected(i, 1);
    for (int i = 0; i < got.size(); ++i) {
        const QString token = ledger.send(i, s);
        ledger.confirmed(token);
        for (int receiver : got.at(i))
            ledger.received(receiver, token.toLatin1(), s + ms);
    }
    const EchoLedger::Learnt learnt = ledger.learn(slotOf, 2 * s);
    QTEST(int(learnt.reach), "reach");
    QTEST(learnt.noBackplane, "noBackplane");
}

void TestEchoLedger::everybodyGotEverything()
{
    Broadcast site;
    QCOMPARE(site.reach, EchoLedger::Reach::All);
    QCOMPARE(site.ledger.totals(9 * s), (EchoTotals {.sent = 2}));
}

void TestEchoLedger::unconfirmedIsNotSent()
{
    Broadcast site;
    site.ledger.failed(site.ledger.send(0, 3 * s));
    site.ledger.send(0, 3 * s);
    QCOMPARE(site.ledger.totals(9 * s), (EchoTotals {.sent = 2}));
}

void TestEchoLedger::lostInAGapAndOutside()
{
    Broadcast site;
    site.ledger.dropped(1, 5 * s);
    site.deliver(site.say(0, 5 * s + 20 * ms), {0}, 6 * s);
    site.ledger.connected(1, 5 * s + 40 * ms);
    EchoTotals expected {.sent = 3, .lost = 1};
    QCOMPARE(site.ledger.totals(30 * s), expected);
    // Connected for ten seconds, and yet it never came.
    site.deliver(site.say(0, 15 * s), {0}, 16 * s);
    expected = {.sent = 4, .lost = 2, .lostOutsideGaps = 1};
    QCOMPARE(site.ledger.totals(30 * s), expected);
    // What is younger than asked for may still be on its way.
    expected = {.sent = 3, .lost = 1};
    QCOMPARE(site.ledger.totals(14 * s), expected);
}

void TestEchoLedger::lostWithItsSendersServer()
{
    // Accepted by a server that died before it passed it on: a loss of its sender's gap.
    Broadcast site;
    site.say(0, 5 * s - 30 * ms);
    site.ledger.dropped(0, 5 * s);
    site.ledger.connected(0, 5 * s + 40 * ms);
    QCOMPARE(site.ledger.totals(30 * s), (EchoTotals {.sent = 3, .lost = 1}));
}

void TestEchoLedger::aHistoryFillsTheGap()
{
    Broadcast site;
    site.ledger.dropped(1, 5 * s);
    const QString token = site.say(0, 5 * s + 20 * ms);
    site.deliver(token, {0}, 5 * s + 22 * ms);
    site.ledger.connected(1, 5 * s + 40 * ms);
    site.deliver(token, {1}, 5 * s + 60 * ms);
    QCOMPARE(site.ledger.totals(30 * s), (EchoTotals {.sent = 3}));
}

void TestEchoLedger::aSecondCopyIsADuplicate()
{
    Broadcast site;
    const QString token = site.say(0, 5 * s);
    site.deliver(token, {0, 1, 1}, 6 * s);
    QCOMPARE(site.ledger.totals(30 * s), (EchoTotals {.sent = 3, .duplicated = 1}));
}

void TestEchoLedger::aHistoryIsNoDuplicate()
{
    Broadcast site;
    const QString first = site.say(0, 3 * s);
    const QString second = site.say(0, 4 * s);
    site.deliver(first, {0, 1}, 3 * s + ms);
    site.deliver(second, {0, 1}, 4 * s + ms);
    site.ledger.dropped(1, 5 * s);
    site.ledger.connected(1, 5 * s + 40 * ms);
    site.deliver(second, {1}, 6 * s);
    site.deliver(first, {1}, 6 * s); // newest first, as some sites do
    QCOMPARE(site.ledger.totals(30 * s), (EchoTotals {.sent = 4}));
}

void TestEchoLedger::outOfOrder()
{
    Broadcast site;
    const QString first = site.say(0, 5 * s);
    const QString second = site.say(0, 6 * s);
    site.deliver(first, {0}, 7 * s);
    site.deliver(second, {0, 1}, 7 * s);
    site.deliver(first, {1}, 7 * s + ms);
    QCOMPARE(site.ledger.totals(30 * s), (EchoTotals {.sent = 4, .outOfOrder = 1}));
}

void TestEchoLedger::nothingIsExpectedOfTheClosed()
{
    Broadcast site;
    site.ledger.dropped(1, 5 * s);
    site.ledger.closed(1);
    site.deliver(site.say(0, 20 * s), {0}, 21 * s);
    QCOMPARE(site.ledger.totals(30 * s), (EchoTotals {.sent = 3}));
}

void TestEchoLedger::silenceAndMissed()
{
    Broadcast site;
    site.ledger.dropped(1, 5 * s);
    site.deliver(site.say(0, 5 * s + 20 * ms), {0}, 5 * s + 21 * ms);
    site.ledger.connected(1, 5 * s + 40 * ms);
    site.deliver(site.say(0, 7 * s), {0, 1}, 7 * s + ms);
    QCOMPARE(site.ledger.lastBefore(1, 5 * s), s + ms);
    QCOMPARE(site.ledger.firstAfter(1, 5 * s + 40 * ms), 7 * s + ms);
    QCOMPARE(site.ledger.firstAfter(1, 8 * s), 0);
    QCOMPARE(site.ledger.missed(1, {5 * s, 5 * s + 40 * ms}), 1);
    QCOMPARE(site.ledger.missed(0, {5 * s, 5 * s + 40 * ms}), 0);
}

void TestEchoLedger::settledMessagesStayCounted()
{
    Broadcast site;
    const QString token = site.say(0, 5 * s);
    site.deliver(token, {0}, 5 * s + ms);
    site.ledger.settle(500 * s);
    const EchoTotals expected {.sent = 3, .lost = 1, .lostOutsideGaps = 1};
    QCOMPARE(site.ledger.totals(500 * s), expected);
    site.deliver(token, {1}, 501 * s); // replayed by a site that keeps everything
    QCOMPARE(site.ledger.totals(501 * s), expected);
}

void TestEchoLedger::foreignTexts_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"", "hello", "gx1", "gx1-", "gx1-0", "gx1-0-", "gx1-x-1", "gx1-0-x",
             "gx2-0-1", "gx1--1", "gx1-0-99999", "gx1-999-1"})
        QTest::newRow(*text ? text : "empty") << QByteArray(text);
}

void TestEchoLedger::foreignTexts()
{
    QFETCH(QByteArray, text);
    Broadcast site;
    QVERIFY(site.ledger.received(0, text, 5 * s).isEmpty());
    QCOMPARE(site.ledger.totals(9 * s), (EchoTotals {.sent = 2}));
}

QTEST_GUILESS_MAIN(TestEchoLedger)
#include "tst_echoledger.moc"
