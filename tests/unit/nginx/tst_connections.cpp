// SPDX-License-Identifier: MIT
#include "engine/nginx/connections.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTest>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace gapless;

// tests/unit/nginx/sockets: what `ss` of iproute2 6.1 showed of nginx 1.22's connections to a
// server that was then taken out (kernel 6.18, fields that are not read left out). `drain` names
// the old workers once all were shutting down; `truth` is what upgradeProbe said of their
// connections then.

namespace {

constexpr const char* server = "127.0.0.1:19190";
constexpr qint64 requestMs = 10'000;

/// A recording, fed look by look.
class Replay {
public:
    explicit Replay(const QString& name)
    {
        QFile file(QStringLiteral(GAPLESS_SOURCE_DIR "/tests/unit/nginx/sockets/%1.txt").arg(name));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("no such recording");
        m_lines = file.readAll().split('\n');
    }

    /// Feeds the next look; false where there is none.
    bool look(ConnectionHistory& history)
    {
        if (m_at >= m_lines.size() || m_lines[m_at].isEmpty())
            return false;
        while (!m_lines[m_at].startsWith("look ")) {
            const QList<QByteArray> words = m_lines[m_at].split(' ');
            for (const QByteArray& word : words.mid(1))
                if (words[0] == "drain")
                    m_workers.insert(word.toLongLong());
                else
                    m_truth.insert(word.left(word.indexOf('=')), word.endsWith("=hub"));
            ++m_at;
        }
        ++m_at;
        QByteArray lines;
        while (m_at < m_lines.size() && !m_lines[m_at].isEmpty() && m_lines[m_at][0] < 'a')
            lines += m_lines[m_at++] + '\n';
        m_samples = readSockets(lines);
        history.add(++m_looks, m_samples);
        return true;
    }

    bool draining() const { return !m_workers.isEmpty(); }
    const QSet<qint64>& workers() const { return m_workers; }

    /// What upgradeProbe would print for `words`.
    QByteArray probe(const QStringList& words) const
    {
        QByteArray out;
        for (const SocketSample& sample : m_samples) {
            const QByteArray word
                = QByteArray::number(sample.pid) + ':' + QByteArray::number(sample.fd);
            if (words.contains(QString::fromLatin1(word)))
                out += word + ' ' + portOf(sample.local) + ' ' + portOf(sample.peer)
                    + (m_truth.value(portOf(sample.local)) ? " 1\n" : " 0\n");
        }
        return out;
    }

    HeldCount truth() const
    {
        HeldCount count;
        for (const SocketSample& sample : m_samples)
            ++(m_truth.value(portOf(sample.local)) ? count.longLived : count.inFlight);
        return count;
    }

private:
    static QByteArray portOf(const QByteArray& address)
    {
        return address.mid(address.lastIndexOf(':') + 1);
    }

    QList<QByteArray> m_lines;
    qsizetype m_at = 0;
    qint64 m_looks = 0;
    QList<SocketSample> m_samples;
    QSet<qint64> m_workers;
    QHash<QByteArray, bool> m_truth; ///< local port -> upgraded
};

QString text(const HeldCount& count)
{
    return u"%1/%2/%3"_s.arg(count.inFlight).arg(count.longLived).arg(count.ambiguous);
}

/// What a look shows of one connection to the server.
struct Look {
    qint64 sent, received, sendAgo, receiveAgo;
    qint64 unread = 0;
    int segmentsSent = 2, segmentsReceived = 2;

    SocketSample sample() const
    {
        return {"127.0.0.1:40000", server, unread, sent, received, segmentsSent, segmentsReceived,
            sendAgo, receiveAgo};
    }
};
using Looks = QList<Look>;

} // namespace

class TestConnections : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads()
    {
        const QList<SocketSample> samples = readSockets(
            "0      0      127.0.0.1:42354 127.0.0.1:19190 users:((\"nginx\",pid=4443,fd=11)) bbr "
            "wscale:10,10 rto:204 rtt:1.821/3.625 ato:40 mss:32768 pmtu:65535 rcvmss:536 "
            "advmss:65483 "
            "cwnd:12 bytes_sent:368 bytes_retrans:18 bytes_acked:369 bytes_received:188 segs_out:6 "
            "segs_in:4 data_segs_out:2 data_segs_in:3 bbr:(bw:43690656248bps,mrtt:0.006) send "
            "1727472817bps lastsnd:1608 lastrcv:1592 lastack:1592 pacing_rate 623792771840bps\n"
            "5      0      [::1]:5000 [::1]:8090 users:((\"sshd\",pid=9,fd=4)) cubic\n"
            "0      0      10.0.0.1:5001 10.0.0.2:8090 cubic bytes_received:7\n"
            "\n"
            "Netid State\n"
            "0 0 a b\n");
        QCOMPARE(samples.size(), 3);
        QCOMPARE(samples[0],
            (SocketSample {"127.0.0.1:42354", "127.0.0.1:19190", 0, 350, 188, 2, 3, 1608, 1592,
                4443, 11, true}));
        QVERIFY(!samples[1].nginx);
        QCOMPARE(samples[1].receiveQueue, 5);
        QCOMPARE(samples[1].pid, 9);
        QVERIFY(samples[2].nginx);
        QCOMPARE(samples[2].pid, 0);
        QCOMPARE(samples[2].received, 7);
    }

    void recordings_data()
    {
        QTest::addColumn<bool>("probed");
        QTest::addColumn<QString>(
            "expected"); // in flight / long-lived / ambiguous, a look after `drain`
        const auto row = [](const char* name, bool probed, const char* expected) {
            QTest::addRow("%s%s", name, probed ? " probed" : "")
                << probed << QString::fromLatin1(expected);
        };
        // two POSTs of 4 s that began before the first look, one after it, on reused connections
        row("posts", false,
            "1/0/2 1/0/2 1/0/2 1/0/2 1/0/2 1/0/2 1/0/2 1/0/0 1/0/0 1/0/0 1/0/0 1/0/0");
        row("posts", true,
            "3/0/0 3/0/0 3/0/0 3/0/0 3/0/0 3/0/0 3/0/0 1/0/0 1/0/0 1/0/0 1/0/0 1/0/0");
        // whose clients pinged last, 6 s ago, so that they look like a POST that waits
        row("idlehubs", false, "0/0/5 0/0/5 0/0/5 0/0/5");
        row("idlehubs", true, "0/5/0 0/5/0 0/5/0 0/5/0");
        // pings of either side last, one of them while we look
        row("idlehubs-stagger", false, "0/3/2 0/3/2 0/3/2 0/3/2 0/3/2 0/3/2");
        row("idlehubs-stagger", true, "0/5/0 0/5/0 0/5/0 0/5/0 0/5/0 0/5/0");
        // certain once each has sent again while its worker shuts down
        row("chat", false,
            "3/0/0 1/2/0 1/2/0 0/2/1 0/3/0 0/3/0 0/3/0 0/3/0 0/3/0 0/3/0 0/3/0 0/3/0 0/3/0 0/3/0 "
            "0/3/0");
        row("chat", true,
            "0/3/0 0/3/0 0/3/0 0/3/0 0/3/0 0/3/0 0/3/0 0/3/0 0/3/0 0/3/0 0/3/0 0/3/0 0/3/0 0/3/0 "
            "0/3/0");
        // connected within the last second
        row("freshhub", false, "0/3/0 0/3/0 0/3/0 0/3/0");
        row("freshhub", true, "0/3/0 0/3/0 0/3/0 0/3/0");
        // answers whose head came at once and whose body takes seconds, one from before we looked
        row("headfirst", false,
            "1/1/0 1/1/0 1/1/0 1/1/0 1/1/0 1/1/0 1/1/0 1/0/0 1/0/0 0/0/0 0/0/0 0/0/0 0/0/0 0/0/0");
        row("headfirst", true,
            "2/0/0 2/0/0 2/0/0 2/0/0 2/0/0 2/0/0 2/0/0 1/0/0 1/0/0 0/0/0 0/0/0 0/0/0 0/0/0 0/0/0");
        // answers in small chunks
        row("stream", false,
            "1/0/1 1/0/1 1/0/1 1/0/1 1/0/1 1/0/0 1/0/0 1/0/0 1/0/0 1/0/0 1/0/0 1/0/0 0/0/0 0/0/0");
        row("stream", true,
            "2/0/0 2/0/0 2/0/0 2/0/0 2/0/0 1/0/0 1/0/0 1/0/0 1/0/0 1/0/0 1/0/0 1/0/0 0/0/0 0/0/0");
        // server-sent events, asked for 13 s ago
        row("sse", false, "0/1/0 0/1/0 0/1/0 0/1/0 0/1/0");
        row("sse", true, "0/1/0 0/1/0 0/1/0 0/1/0 0/1/0");
        row("download", false, "1/0/0 1/0/0 1/0/0 1/0/0 1/0/0 1/0/0 0/0/0 0/0/0");
        row("download", true, "1/0/0 1/0/0 1/0/0 1/0/0 1/0/0 1/0/0 0/0/0 0/0/0");
    }

    void recordings()
    {
        QFETCH(bool, probed);
        QFETCH(QString, expected);
        Replay replay(QString::fromLatin1(QTest::currentDataTag()).section(u' ', 0, 0));
        ConnectionHistory history;
        QStringList counts;
        while (replay.look(history)) {
            if (!replay.draining())
                continue;
            if (probed)
                history.learn(replay.probe(history.unclear(server, replay.workers())));
            const HeldCount count = history.held(server, replay.workers(), requestMs);
            counts += text(count);
        }
        QCOMPARE(counts.join(u' '), expected);
    }

    /// Truth of every recording: no request that is under way is ever called long-lived, but for an
    /// answer that had begun before we looked and pauses, which only upgradeProbe tells.
    void noRequestIsCutThatWeSawBegin()
    {
        for (const QString& name : {u"posts"_s, u"stream"_s, u"download"_s}) {
            Replay replay(name);
            ConnectionHistory history;
            while (replay.look(history))
                if (replay.draining())
                    QCOMPARE(history.held(server, replay.workers(), requestMs).longLived, 0);
        }
    }

    void behaviours_data()
    {
        QTest::addColumn<Looks>("before");
        QTest::addColumn<Looks>("after");
        QTest::addColumn<QString>("expected"); // of the last look
        const auto row
            = [](const char* name, const Looks& before, const Looks& after, const char* expected) {
                  QTest::newRow(name) << before << after << QString::fromLatin1(expected);
              };
        row("nothing received yet", {{300, 0, 50, 50}}, {}, "inFlight");
        row("nothing received yet, for long", {{300, 0, 60000, 60000}}, {}, "inFlight");
        row("unread bytes", {{600, 900, 3000, 500, 5000}}, {}, "inFlight");
        row("a POST that waits, its begin seen", {{300, 400, 5000, 4900}, {480, 400, 50, 5000}},
            {{480, 400, 150, 5100}}, "inFlight");
        row("it waits for longer than requestSeconds",
            {{300, 400, 5000, 4900}, {480, 400, 50, 5000}}, {{480, 400, 12000, 17000}}, "inFlight");
        row("a POST that waits, its begin not seen", {{480, 400, 1000, 5000}},
            {{480, 400, 1100, 5100}}, "ambiguous");
        row("a POST right after an answer, within one tick", {{480, 400, 1000, 1000}},
            {{480, 400, 1100, 1100}}, "ambiguous");
        row("a request and an answer in one look, ticks alike",
            {{300, 400, 90, 80}, {600, 800, 40, 40}}, {{600, 800, 140, 140}}, "inFlight");
        row("an answer, then the next POST in one look", {{300, 400, 90, 80}, {600, 800, 20, 40}},
            {}, "inFlight");
        row("a tiny POST on a busy connection", {{300, 400, 90, 80}, {360, 400, 20, 180}}, {},
            "inFlight");
        row("a POST in pieces", {{300, 400, 900, 800}, {5000, 400, 20, 900}, {9000, 400, 30, 990}},
            {{9012, 400, 10, 1090}}, "inFlight");
        row("a POST sent again and again by TCP is one",
            {{300, 400, 900, 800}, {480, 400, 20, 900}, {480, 400, 30, 990}, {480, 400, 30, 1090}},
            {{480, 400, 10, 1190}}, "inFlight");
        row("an answer on its way, in full segments",
            {{300, 400, 20000, 19000}, {300, 90000, 20100, 10}}, {{300, 190000, 20200, 10}},
            "inFlight");
        row("an answer in small chunks to a request we saw",
            {{300, 400, 900, 800}, {480, 400, 20, 900}}, {{480, 440, 120, 20}}, "inFlight");
        row("which pauses", {{300, 400, 900, 800}, {480, 400, 20, 900}},
            {{480, 440, 120, 20}, {480, 440, 220, 120}, {480, 440, 320, 220}, {480, 440, 420, 320}},
            "ambiguous");
        row("which began more than requestSeconds ago", {{300, 400, 900, 800}, {480, 400, 20, 900}},
            {{480, 440, 10020, 20}}, "longLived");
        row("idle after an answer, from before we looked", {{385, 500, 3000, 2000}},
            {{385, 500, 3100, 2100}}, "longLived");
        row("sent last, long ago", {{385, 2900, 10500, 12000}}, {}, "longLived");
        row("small answers only", {{900, 190, 500, 700, 0, 5, 15}}, {}, "longLived");
        row("small sends only", {{900, 9000, 500, 700, 0, 30, 15}}, {}, "longLived");
        row("a client's ping before our eyes", {{385, 2900, 3000, 2000}, {402, 2900, 20, 2100}},
            {{402, 2900, 120, 2200}}, "longLived");
        row("a ping after one that we did not see",
            {{385, 2900, 3000, 3100}, {385, 2900, 3100, 3200}, {402, 2900, 20, 3300}}, {},
            "longLived");
        row("then a message of a request's size",
            {{385, 2900, 3000, 2000}, {402, 2900, 20, 2100}, {802, 2900, 20, 2200}},
            {{802, 2900, 120, 2300}}, "longLived");
        row("a message, answered, before the drain: may be a request",
            {{385, 2900, 3000, 2000}, {490, 3000, 20, 10}}, {{490, 3000, 120, 110}}, "ambiguous");
        row("a second one in the drain: no request", {{385, 2900, 3000, 2000}, {490, 3000, 20, 10}},
            {{490, 3000, 120, 110}, {595, 3000, 20, 210}}, "longLived");
        row("a message, then an answer, then a message in one look of the drain",
            {{385, 2900, 3000, 2000}, {490, 2900, 20, 2100}},
            {{490, 2900, 120, 2200}, {595, 3000, 20, 60}}, "longLived");
        row("messages that nobody answers",
            {{300, 400, 900, 800}, {400, 400, 20, 900}, {400, 400, 120, 1000}, {500, 400, 20, 1100},
                {500, 400, 120, 1200}, {600, 400, 20, 1300}, {600, 400, 120, 1400}},
            {{700, 400, 20, 1500}}, "longLived");
        row("the same port, another connection",
            {{385, 2900, 3000, 2000}, {402, 2900, 20, 2100}, {200, 0, 10, 10}}, {}, "inFlight");
    }

    void behaviours()
    {
        QFETCH(Looks, before);
        QFETCH(Looks, after);
        QFETCH(QString, expected);
        ConnectionHistory history;
        qint64 look = 0;
        for (const Look& at : before)
            history.add(++look, {at.sample()});
        HeldCount count = history.held(server, {7}, requestMs);
        for (const Look& at : after) {
            history.add(++look, {at.sample()});
            count = history.held(server, {7}, requestMs);
        }
        const HeldCount wanted {
            expected == u"inFlight"_s, expected == u"longLived"_s, expected == u"ambiguous"_s};
        QCOMPARE(text(count), text(wanted));
    }

    void countsOnlyTheServersAndWorkersAskedFor()
    {
        SocketSample ours = Look {300, 0, 5, 5}.sample();
        ours.pid = 7;
        ours.fd = 3;
        SocketSample newWorkers = ours;
        newWorkers.local = "127.0.0.1:40001";
        newWorkers.pid = 8;
        SocketSample tunnel = ours;
        tunnel.local = "127.0.0.1:40002";
        tunnel.nginx = false;
        SocketSample other = ours;
        other.local = "127.0.0.1:40003";
        other.peer = "127.0.0.1:19191";
        ConnectionHistory history;
        history.add(1, {ours, newWorkers, tunnel, other});
        QCOMPARE(text(history.held(server, {7}, requestMs)), u"1/0/0"_s);
        QCOMPARE(text(history.held(server, {}, requestMs)), u"2/0/0"_s);
        QCOMPARE(text(history.held("127.0.0.1:19192", {}, requestMs)), u"0/0/0"_s);
        QCOMPARE(history.count(server), 2);
        QCOMPARE(history.unclear(server, {7}), QStringList {u"7:3"_s});
        history.add(2, {});
        QCOMPARE(text(history.held(server, {7}, requestMs)), u"0/0/0"_s);
    }

    void askedOfEveryWorkerItLearnsNothing()
    {
        ConnectionHistory history;
        history.add(1, {Look {300, 400, 900, 800}.sample()});
        QCOMPARE(text(history.held(server, {}, requestMs)), u"0/1/0"_s);
        // On a worker that goes on, the next request follows an answer.
        history.add(2, {Look {480, 400, 20, 900}.sample()});
        QCOMPARE(text(history.held(server, {7}, requestMs)), u"1/0/0"_s);
    }

    void aLookThatComesLateIsPassedOver()
    {
        const auto look = [](qint64 sent, qint64 received, qint64 sendAgo, qint64 receiveAgo) {
            SocketSample sample = Look {sent, received, sendAgo, receiveAgo}.sample();
            sample.pid = 7;
            sample.fd = 3;
            return QList<SocketSample> {sample};
        };
        ConnectionHistory history;
        history.add(1, look(385, 2900, 3000, 2000));
        history.add(2, look(402, 2900, 20, 2100));
        QCOMPARE(text(history.held(server, {7}, requestMs)), u"0/1/0"_s);
        history.add(3, look(385, 2900, 3090, 2090));
        QCOMPARE(text(history.held(server, {7}, requestMs)), u"0/1/0"_s);
        history.add(4, look(402, 2900, 120, 2200));
        QCOMPARE(text(history.held(server, {7}, requestMs)), u"0/1/0"_s);
        // Twice in a row, it is another connection.
        history.add(5, look(300, 0, 10, 10));
        history.add(6, look(300, 0, 110, 110));
        QCOMPARE(text(history.held(server, {7}, requestMs)), u"1/0/0"_s);
    }

    void learnsOfTheVerySocketOnly()
    {
        SocketSample sample = Look {480, 400, 1000, 5000}.sample();
        sample.pid = 7;
        sample.fd = 3;
        ConnectionHistory history;
        history.add(1, {sample});
        history.learn(
            "7:3 40009 19190 1\n7:4 40000 19190 1\n8:3 40000 19190 1\n7:3 40000 19190 x\n\n");
        QCOMPARE(text(history.held(server, {7}, requestMs)), u"0/0/1"_s);
        history.learn("7:3 40000 19190 0\n");
        QCOMPARE(text(history.held(server, {7}, requestMs)), u"1/0/0"_s);
        QVERIFY(history.unclear(server, {}).isEmpty());
        // Used again, it may have been upgraded since.
        sample.received += 130;
        history.add(2, {sample});
        QCOMPARE(history.unclear(server, {}), QStringList {u"7:3"_s});
        history.learn("7:3 40000 19190 1\n");
        QCOMPARE(text(history.held(server, {7}, requestMs)), u"0/1/0"_s);
        QVERIFY(history.unclear(server, {}).isEmpty());
    }

    void knowsServersByNameAndPort()
    {
        QVERIFY(maybeServer("127.0.0.1:8090", "127.0.0.1:8090"));
        QVERIFY(!maybeServer("127.0.0.2:8090", "127.0.0.1:8090"));
        QVERIFY(maybeServer("[::1]:80", "[0:0::1]"));
        QVERIFY(!maybeServer("[::1]:80", "[::2]"));
        QVERIFY(maybeServer("10.0.0.7:8090", "app-a:8090"));
        QVERIFY(maybeServer("127.0.0.1:80", "localhost"));
        QVERIFY(!maybeServer("10.0.0.7:8091", "app-a:8090"));
        QVERIFY(!maybeServer("10.0.0.7:80", "unix:/run/a.sock"));
        QVERIFY(socketsCanBeSeen("app:80"));
        QVERIFY(!socketsCanBeSeen("UNIX:/run/a.sock"));
    }

    void asksASocketWhatNginxDidToIt()
    {
        const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        QCOMPARE(::bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
        QCOMPARE(::listen(listener, 2), 0);
        QCOMPARE(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
        const int on = 1;
        QStringList words;
        QByteArray expected;
        for (const bool nodelay : {true, false}) {
            const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
            QCOMPARE(::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
            if (nodelay)
                QCOMPARE(::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), 0);
            sockaddr_in own {};
            size = sizeof own;
            ::getsockname(fd, reinterpret_cast<sockaddr*>(&own), &size);
            words += u"%1:%2"_s.arg(QCoreApplication::applicationPid()).arg(fd);
            expected += words.last().toLatin1() + ' ' + QByteArray::number(ntohs(own.sin_port))
                + ' ' + QByteArray::number(ntohs(address.sin_port)) + (nodelay ? " 1\n" : " 0\n");
        }
        words << u"%1:0"_s.arg(QCoreApplication::applicationPid()) << u"999999999:1"_s
              << u"nonsense"_s;
        QProcess perl;
        perl.start(u"perl"_s, QStringList {u"-e"_s, QString::fromLatin1(upgradeProbe())} + words);
        if (!perl.waitForFinished())
            QSKIP("no perl here");
        const QByteArray out = perl.readAllStandardOutput();
        if (out.isEmpty() && ::geteuid() != 0)
            QSKIP("only root may borrow another process's sockets");
        QCOMPARE(perl.readAllStandardError(), "");
        QCOMPARE(out, expected);
    }

    void knowsWhereTheProbeIsWrong_data()
    {
        QTest::addColumn<QByteArray>("dump");
        QTest::addColumn<bool>("shows");
        const QByteArray plain = "# configuration file /etc/nginx/nginx.conf:\n"
                                 "http { server { location / { proxy_pass http://u; } } }\n";
        const auto row = [&](const char* name, const QByteArray& more, bool shows) {
            QTest::newRow(name) << plain + more << shows;
        };
        row("plain", "", true);
        row("only said in a comment", "# tcp_nodelay off;\n", true);
        row("https", "http { server { proxy_pass https://u; } }", false);
        row("a scheme that depends", "http { server { proxy_pass $scheme://u; } }", false);
        row("gRPC", "http { server { grpc_pass u; } }", false);
        row("unbuffered requests", "http { proxy_request_buffering off; }", false);
        row("buffered requests, said", "http { proxy_request_buffering on; tcp_nodelay on; }",
            true);
        row("no TCP_NODELAY", "http { tcp_nodelay off; }", false);
        row("a stream gateway", "stream { server { listen 1; } }", false);
        row("unreadable", "http { '", false);
    }

    void knowsWhereTheProbeIsWrong()
    {
        QFETCH(QByteArray, dump);
        QFETCH(bool, shows);
        QCOMPARE(upgradesShow(dump), shows);
    }
};

QTEST_GUILESS_MAIN(TestConnections)
#include "tst_connections.moc"
