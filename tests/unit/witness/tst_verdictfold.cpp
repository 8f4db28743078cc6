// SPDX-License-Identifier: MIT
#include "engine/witness/verdictfold.h"

#include <QJsonObject>
#include <QTest>
#include <functional>

using namespace gapless;
using namespace Qt::StringLiterals;

using Change = std::function<void(Evidence&)>;
Q_DECLARE_METATYPE(Change)

class TestVerdictFold : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void words_data();
    void words();
    void totalsOfSamples();
    void numbers();
    void probesThatWereOffAreAbsent();
    void notesNameWhatHappened();
};

namespace {

constexpr qint64 s = 1'000'000;
constexpr qint64 ms = 1000;

void addFresh(Evidence& evidence, qint64 atUs, Sample::Cause cause = Sample::Cause::None)
{
    evidence.totals.add({.atUs = atUs, .latencyUs = 2000, .status = 200, .cause = cause});
}

void addSession(Evidence& evidence, qint64 atUs, Sample::Cause cause = Sample::Cause::None)
{
    evidence.totals.add({.atUs = atUs, .probe = Sample::Probe::Session, .cause = cause});
}

/// A minute with all probes on, both slots replaced, and nothing wrong.
Evidence fine()
{
    Evidence evidence;
    evidence.rules.slotCount = 2;
    evidence.http = evidence.session = evidence.hub = evidence.baseline = true;
    evidence.connections = 2;
    evidence.endUs = 60 * s;
    evidence.runObserved = true;
    evidence.stops = {{u"A"_s, {20 * s, 21 * s}}, {u"B"_s, {30 * s, 31 * s}}};
    for (int i = 0; i < 600; ++i)
        addFresh(evidence, i * 100 * ms);
    for (int i = 0; i < 60; ++i)
        addSession(evidence, i * s);
    return evidence;
}

Drop drop(int connection, const QString& slot, qint64 fromUs, qint64 gapUs = 38 * ms)
{
    Drop drop;
    drop.connection = connection;
    drop.slotBefore = slot;
    drop.span = {fromUs, fromUs + gapUs};
    drop.cause = u"eof"_s;
    drop.attempt = 1;
    return drop;
}

void row(const char* name, const char* word, const char* why, Change change)
{
    QTest::newRow(name) << change << QString::fromLatin1(word) << QString::fromLatin1(why);
}

} // namespace

void TestVerdictFold::words_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("why");

    row("nothing happened", "unbroken", "", [](Evidence&) {});
    row("no probe was on", "notMeasured", "",
        [](Evidence& e) { e.http = e.session = e.hub = false; });
    row("no baseline", "invalid", "noBaseline", [](Evidence& e) { e.baseline = false; });
    row("no baseline, whatever failed", "invalid", "noBaseline", [](Evidence& e) {
        e.baseline = false;
        addFresh(e, 25 * s, Sample::Cause::Refused);
    });

    // Drops and the stops that explain them.
    row("each connection once a stopped slot", "recovered", "", [](Evidence& e) {
        e.drops = {drop(0, u"A"_s, 20 * s), drop(1, u"B"_s, 30 * s), drop(0, u"B"_s, 30 * s)};
    });
    row("just before the stop is reported", "recovered", "",
        [](Evidence& e) { e.drops = {drop(0, u"A"_s, 20 * s - 100 * ms)}; });
    row("cut again in the same stop", "broken", "unexplainedDrop", [](Evidence& e) {
        e.drops = {drop(0, u"A"_s, 20 * s), drop(0, u"A"_s, 20 * s + 500 * ms)};
    });
    row("the slot is not known: by time alone", "recovered", "", [](Evidence& e) {
        e.drops = {drop(0, {}, 20 * s), drop(0, {}, 30 * s)};
    });
    row("killed behind the rollout's back", "broken", "unexplainedDrop",
        [](Evidence& e) { e.drops = {drop(0, u"A"_s, 10 * s)}; });
    row("the other slot's connection falls in a stop", "broken", "unexplainedDrop",
        [](Evidence& e) { e.drops = {drop(0, u"B"_s, 20 * s + 500 * ms)}; });
    row("long after the stop", "broken", "unexplainedDrop",
        [](Evidence& e) { e.drops = {drop(0, u"A"_s, 26 * s)}; });
    row("a silent server is noticed after 30 s", "recovered", "", [](Evidence& e) {
        e.drops = {drop(0, u"A"_s, 51 * s)};
        e.drops[0].cause = u"timeout"_s;
    });
    row("a stop that never ended explains", "recovered", "", [](Evidence& e) {
        e.stops[0].span.toUs = Span::open;
        e.drops = {drop(0, u"A"_s, 27 * s)};
    });

    // Alone: nobody says what was stopped.
    row("alone: each slot once", "recovered", "", [](Evidence& e) {
        e.runObserved = false;
        e.stops.clear();
        e.drops = {drop(0, u"A"_s, 5 * s), drop(0, u"B"_s, 9 * s)};
    });
    row("alone: one slot twice", "broken", "unexplainedDrop", [](Evidence& e) {
        e.runObserved = false;
        e.drops = {drop(0, u"A"_s, 5 * s), drop(0, u"A"_s, 9 * s)};
    });
    row("alone: more drops than slots", "broken", "unexplainedDrop", [](Evidence& e) {
        e.runObserved = false;
        e.drops = {drop(0, {}, 5 * s), drop(0, {}, 7 * s), drop(0, {}, 9 * s)};
    });
    row("alone: other connections count for themselves", "recovered", "", [](Evidence& e) {
        e.runObserved = false;
        e.drops = {drop(0, {}, 5 * s), drop(1, {}, 5 * s), drop(0, {}, 9 * s), drop(1, {}, 9 * s)};
    });

    // Gaps and Closed.
    row("a gap as long as the limit", "recovered", "",
        [](Evidence& e) { e.drops = {drop(0, u"A"_s, 20 * s, e.rules.maxGapUs)}; });
    row("a gap above the limit", "broken", "gap",
        [](Evidence& e) { e.drops = {drop(0, u"A"_s, 20 * s, e.rules.maxGapUs + 1)}; });
    row("never came back, though the end came soon", "broken", "gap", [](Evidence& e) {
        e.drops = {drop(0, u"A"_s, 20 * s)};
        e.drops[0].span.toUs = Span::open;
        e.endUs = 20 * s + 10;
    });
    row("a client gave up", "broken", "closed", [](Evidence& e) {
        e.drops = {drop(0, u"A"_s, 20 * s)};
        e.drops[0].span.toUs = Span::open;
        e.drops[0].closed = true;
    });

    // HTTP.
    row("one failed request", "broken", "failed",
        [](Evidence& e) { addFresh(e, 25 * s, Sample::Cause::Refused); });
    row("one that was due and not sent", "broken", "failed",
        [](Evidence& e) { addFresh(e, 25 * s, Sample::Cause::Unsent); });
    row("as many as the limit allows", "unbroken", "", [](Evidence& e) {
        e.rules.maxFailed = 2;
        addFresh(e, 25 * s, Sample::Cause::Refused);
        addFresh(e, 26 * s, Sample::Cause::Timeout);
    });
    row("an HTTP outage above the gap limit", "broken", "gap", [](Evidence& e) {
        e.rules.maxFailed = 1000;
        e.outages = {{20 * s, 26 * s}};
    });
    row("failed keep-alive requests are shown, not judged", "unbroken", "", [](Evidence& e) {
        e.totals.add(
            {.atUs = 25 * s, .probe = Sample::Probe::KeepAlive, .cause = Sample::Cause::Eof});
    });
    row("too few requests", "invalid", "tooFewSamples", [](Evidence& e) { e.totals = {}; });
    row("too few requests do not excuse a Closed", "broken", "closed", [](Evidence& e) {
        e.totals = {};
        e.drops = {drop(0, u"A"_s, 20 * s)};
        e.drops[0].closed = true;
    });
    row("few requests where HTTP is off", "unbroken", "", [](Evidence& e) {
        e.http = e.session = false;
        e.totals = {};
    });

    // Session.
    row("a lost session", "broken", "session",
        [](Evidence& e) { addSession(e, 25 * s, Sample::Cause::Lost); });
    row("a session request without an answer loses nothing", "unbroken", "",
        [](Evidence& e) { addSession(e, 25 * s, Sample::Cause::Timeout); });
    row("too few sessions compared", "invalid", "tooFewSamples",
        [](Evidence& e) { e.totals.sessionChecked = 1; });
    row("hub on, no connection ever", "invalid", "tooFewSamples",
        [](Evidence& e) { e.connections = 0; });

    // Echoes.
    row("messages lost in a gap are no breach", "recovered", "", [](Evidence& e) {
        e.drops = {drop(0, u"A"_s, 20 * s)};
        e.echo.sent = 100;
        e.echo.lost = 3;
    });
    row("messages lost while connected are", "broken", "lost", [](Evidence& e) {
        e.echo.sent = 100;
        e.echo.lost = e.echo.lostOutsideGaps = 1;
    });

    row("no echo ever came back", "invalid", "tooFewSamples",
        [](Evidence& e) { e.echoMissing = true; });

    // The witness's own faults.
    row("a short stall is noted", "unbroken", "", [](Evidence& e) {
        e.stalls = {{25 * s, 25 * s + 300 * ms}};
    });
    row("a long stall", "invalid", "stalled", [](Evidence& e) { e.stalls = {{25 * s, 27 * s}}; });
    row("failures in a long stall are its own", "invalid", "stalled", [](Evidence& e) {
        e.stalls = {{25 * s, 27 * s}};
        addFresh(e, 26 * s, Sample::Cause::Unsent);
        addFresh(e, 28 * s, Sample::Cause::Timeout);
    });
    row("failures elsewhere are not", "broken", "failed", [](Evidence& e) {
        e.stalls = {{25 * s, 27 * s}};
        addFresh(e, 40 * s, Sample::Cause::Refused);
    });
    row("the own network failed", "invalid", "ownNetwork", [](Evidence& e) {
        e.ownNetwork = {{25 * s, 28 * s}};
    });
    row("the own network failed and everything with it", "invalid", "ownNetwork", [](Evidence& e) {
        e.ownNetwork = {{25 * s, 28 * s}};
        e.drops = {drop(0, u"A"_s, 24 * s, 20 * s)};
        e.drops[0].closed = true;
        addFresh(e, 26 * s, Sample::Cause::Unreachable);
        addSession(e, 27 * s, Sample::Cause::Lost);
    });
    row("the own network is still failing", "invalid", "ownNetwork", [](Evidence& e) {
        e.ownNetwork = {{25 * s, Span::open}};
        addFresh(e, 55 * s, Sample::Cause::Unreachable);
    });
    row("broken before the own network failed stays broken", "broken", "failed", [](Evidence& e) {
        e.ownNetwork = {{25 * s, 28 * s}};
        addFresh(e, 10 * s, Sample::Cause::Refused);
    });
}

void TestVerdictFold::words()
{
    QFETCH(Change, change);
    Evidence evidence = fine();
    change(evidence);
    const Verdict verdict = foldVerdict(evidence);
    static const QStringList words {
        u"unbroken"_s, u"recovered"_s, u"broken"_s, u"invalid"_s, u"notMeasured"_s};
    const QString word = words.at(int(verdict.word));
    QTEST(word, "word");
    QTEST(verdict.why, "why");
    QCOMPARE(verdict.clean,
        verdict.word == Verdict::Word::Unbroken || verdict.word == Verdict::Word::Recovered);
}

void TestVerdictFold::totalsOfSamples()
{
    SampleTotals totals;
    totals.add({.atUs = 50 * ms, .latencyUs = 100});
    totals.add({.atUs = 150 * ms, .latencyUs = 9'000'000, .cause = Sample::Cause::Timeout});
    totals.add({.atUs = 199 * ms, .latencyUs = 1, .cause = Sample::Cause::Refused});
    totals.add({.probe = Sample::Probe::KeepAlive});
    totals.add({.probe = Sample::Probe::Post, .cause = Sample::Cause::Eof});
    totals.add({.probe = Sample::Probe::Session});
    totals.add({.probe = Sample::Probe::Session, .cause = Sample::Cause::Status});
    totals.add({.atUs = s, .probe = Sample::Probe::Session, .cause = Sample::Cause::Lost});
    totals.add({.probe = Sample::Probe::Echo, .cause = Sample::Cause::Lost});

    QCOMPARE(totals.freshSent, 3);
    QCOMPARE(totals.freshFailed, 2);
    QCOMPARE(totals.keepAliveSent, 2);
    QCOMPARE(totals.keepAliveFailed, 1);
    QCOMPARE(totals.sessionChecked, 2);
    QCOMPARE(totals.sessionLost, 1);
    QCOMPARE(totals.freshLatency.count(), 1u); // failures have no latency of the site's
    QCOMPARE(totals.freshFailedAt, (QMap<qint64, qint64> {{1, 2}}));
    QCOMPARE(totals.sessionLostAt, (QMap<qint64, qint64> {{10, 1}}));
}

void TestVerdictFold::numbers()
{
    Evidence evidence = fine();
    evidence.drops = {drop(0, u"A"_s, 20 * s, 38 * ms), drop(1, u"B"_s, 30 * s, 112 * ms),
        drop(0, u"B"_s, 30 * s)};
    evidence.drops[1].silenceUs = 250 * ms;
    evidence.drops[2].closed = true;
    evidence.drops[2].span.toUs = Span::open;
    evidence.echo = {50, 4, 1, 2, 3};
    const Verdict verdict = foldVerdict(evidence);

    QCOMPARE(verdict.http->sent, 600);
    QCOMPARE(verdict.http->failed, 0);
    QVERIFY(std::abs(verdict.http->p50Ms - 2) <= 2.0 / 256);
    QVERIFY(std::abs(verdict.http->p99Ms - 2) <= 2.0 / 256);
    QCOMPARE(verdict.http->maxMs, 2.0);
    QCOMPARE(verdict.session->checked, 60);
    QCOMPARE(verdict.signalr->connections, 2);
    QCOMPARE(verdict.signalr->reconnects, 2);
    QCOMPARE(verdict.signalr->closed, 1);
    QCOMPARE(verdict.signalr->maxGapMs, 30'000.0); // the open one, up to the end
    QCOMPARE(verdict.signalr->silenceMs, 250.0);
    QCOMPARE(verdict.signalr->sent, 50);
    QCOMPARE(verdict.signalr->lost, 4);
    QCOMPARE(verdict.signalr->duplicated, 2);
    QCOMPARE(verdict.signalr->outOfOrder, 3);
}

void TestVerdictFold::probesThatWereOffAreAbsent()
{
    Evidence evidence = fine();
    evidence.session = evidence.hub = false;
    const Verdict verdict = foldVerdict(evidence);
    QVERIFY(verdict.http);
    QVERIFY(!verdict.session);
    QVERIFY(!verdict.signalr);
}

void TestVerdictFold::notesNameWhatHappened()
{
    Evidence evidence = fine();
    evidence.notes = {QJsonObject {{u"id"_s, u"noBackplane"_s}}};
    evidence.drops = {drop(3, u"B"_s, 10 * s)};
    evidence.drops[0].after = {u"create"_s, u"A"_s, 40};
    evidence.stops[0].killed = true;
    evidence.stalls = {{25 * s, 25 * s + 300 * ms}, {26 * s, 26 * s + 200 * ms}};
    const QJsonArray notes = foldVerdict(evidence).notes;

    QMap<QString, QJsonObject> byId;
    for (const QJsonValue& note : notes)
        byId.insert(note[u"id"].toString(), note.toObject());
    QCOMPARE(byId.keys(),
        (QStringList {u"killedStop"_s, u"noBackplane"_s, u"stalled"_s, u"unexplainedDrop"_s}));
    QCOMPARE(byId[u"unexplainedDrop"_s][u"connection"].toInt(), 3);
    QCOMPARE(byId[u"unexplainedDrop"_s][u"after"].toString(), u"create"_s);
    QCOMPARE(byId[u"killedStop"_s][u"slot"].toString(), u"A"_s);
    QCOMPARE(byId[u"stalled"_s][u"count"].toInt(), 2);
    QCOMPARE(byId[u"stalled"_s][u"maxMs"].toDouble(), 300.0);
    QCOMPARE(byId[u"stalled"_s][u"ms"].toDouble(), 500.0);
}

QTEST_GUILESS_MAIN(TestVerdictFold)
#include "tst_verdictfold.moc"
