// SPDX-License-Identifier: MIT
#include "engine/nginx/connections.h"

#include <QTest>

using namespace gapless;

namespace {

// As iproute2 of Debian 12 prints them; shortened where nothing is read.
const QByteArray waitingPost
    = "0      0      127.0.0.1:40112 127.0.0.1:8091 users:((\"nginx\",pid=7134,fd=13)) bbr wscale:10,10 "
      "rto:204 bytes_sent:214 bytes_acked:215 segs_out:3 segs_in:2 data_segs_out:1 send 1bps "
      "lastsnd:440 lastrcv:440 lastack:440 delivered:2 app_limited";
const QByteArray idleKept
    = "0      0      127.0.0.1:55814 127.0.0.1:8090 users:((\"nginx\",pid=7134,fd=8)) bbr wscale:10,10 "
      "rto:204 bytes_sent:132 bytes_acked:133 bytes_received:1192 segs_out:5 segs_in:4 data_segs_out:1 "
      "data_segs_in:1 send 1bps lastsnd:16888 lastrcv:16872 lastack:16872";
const QByteArray ourTunnel
    = "0      0      127.0.0.1:50000 127.0.0.1:8090 users:((\"sshd\",pid=99,fd=8)) bbr bytes_sent:500 "
      "data_segs_out:1 lastsnd:5 lastrcv:5 lastack:5";

SocketSample socketOf(qint64 sent, qint64 received, qint64 lastSend, qint64 lastReceive, int segments = 1)
{
    return { "127.0.0.1:50001", "127.0.0.1:8090", 0, sent, received, lastSend, lastReceive, segments, 7, true };
}

}

Q_DECLARE_METATYPE(QList<SocketSample>)

class TestConnections : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatSsPrints()
    {
        const QList<SocketSample> samples
            = readSockets(waitingPost + '\n' + idleKept + "\nnothing of the kind\n" + ourTunnel);
        QCOMPARE(samples.size(), 3);
        QCOMPARE(samples[0].peer, QByteArray("127.0.0.1:8091"));
        QCOMPARE(samples[0].pid, 7134);
        QCOMPARE(samples[0].sent, 214);
        QCOMPARE(samples[0].received, 0);
        QCOMPARE(samples[1].received, 1192);
        QCOMPARE(samples[1].lastSendMs, 16888);
        QCOMPARE(samples[1].lastReceiveMs, 16872);
        QVERIFY(samples[1].nginx);
        QVERIFY(!samples[2].nginx);
    }
    void countsOnlyNginxAndTheAskedWorkers()
    {
        ConnectionHistory history;
        history.add(1, readSockets(waitingPost + '\n' + ourTunnel));
        QCOMPARE(history.held("127.0.0.1:8091", {}, 10'000).inFlight, 1);
        QCOMPARE(history.held("127.0.0.1:8091", { 7134 }, 10'000).inFlight, 1);
        QCOMPARE(history.held("127.0.0.1:8091", { 1 }, 10'000).inFlight, 0);
        QCOMPARE(history.held("127.0.0.1:8090", {}, 10'000).inFlight, 0);
        QCOMPARE(history.count("127.0.0.1:8090"), 0);
    }
    void tellsRequestsFromLongLivedConnections_data()
    {
        QTest::addColumn<QList<SocketSample>>("looks");
        QTest::addColumn<int>("inFlight");
        QTest::addColumn<int>("longLived");
        QTest::addColumn<int>("ambiguous");
        const auto row = [](const char* name, QList<SocketSample> looks, int inFlight, int longLived,
                             int ambiguous) {
            QTest::newRow(name) << looks << inFlight << longLived << ambiguous;
        };
        row("nothing came yet", { socketOf(300, 0, 3900, 3900, 0) }, 1, 0, 0);
        row("a POST on a connection that had answers before, seen being sent",
            { socketOf(300, 900, 500, 490), socketOf(600, 900, 20, 600), socketOf(600, 900, 3900, 4400) },
            1, 0, 0);
        row("its answer came, and it stays open", { socketOf(300, 900, 500, 490), socketOf(600, 900, 20, 600),
            socketOf(600, 1300, 900, 3, 2) }, 0, 1, 0);
        row("a POST of which we saw nothing", { socketOf(600, 900, 3900, 5000) }, 0, 0, 1);
        row("a WebSocket that pinged before our eyes", { socketOf(600, 900, 14'000, 9000),
            socketOf(617, 900, 100, 9100) }, 0, 1, 0);
        row("a WebSocket idle since before we looked", { socketOf(600, 900, 9000, 200) }, 0, 1, 0);
        row("one that sent last, longer ago than any request may take", { socketOf(600, 900, 12'000, 13'000) },
            0, 1, 0);
        row("SignalR's pings only", { socketOf(380, 300, 3000, 9000, 12) }, 0, 1, 0);
        row("a body that is coming", { socketOf(300, 65'000, 900, 1, 20), socketOf(300, 130'000, 1000, 1, 40) },
            1, 0, 0);
        row("small messages pushed to a quiet client", { socketOf(700, 4000, 900, 90, 40),
            socketOf(700, 4300, 1000, 1, 43) }, 0, 1, 0);
        row("an answer that nobody reads yet",
            { { "127.0.0.1:50001", "127.0.0.1:8090", 4096, 600, 900, 2000, 1000, 3, 7, true } }, 1, 0, 0);
        row("a port used again is another connection",
            { socketOf(600, 900, 20, 600), socketOf(300, 0, 5, 5, 0) }, 1, 0, 0);
    }
    void tellsRequestsFromLongLivedConnections()
    {
        QFETCH(QList<SocketSample>, looks);
        QFETCH(int, inFlight);
        QFETCH(int, longLived);
        QFETCH(int, ambiguous);
        ConnectionHistory history;
        qint64 at = 0;
        for (const SocketSample& look : looks)
            history.add(at += 100, { look });
        const HeldCount count = history.held("127.0.0.1:8090", { 7 }, 10'000);
        QCOMPARE(count.inFlight, inFlight);
        QCOMPARE(count.longLived, longLived);
        QCOMPARE(count.ambiguous, ambiguous);
    }
};

QTEST_GUILESS_MAIN(TestConnections)
#include "tst_connections.moc"
