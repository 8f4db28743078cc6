// SPDX-License-Identifier: MIT
// Negotiation with its redirects and fallbacks, server-sent events and long polling, against a
// scripted hub.
#include "hubrig.h"

#include "engine/signalr/ssereader.h"

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace gapless;
using namespace gapless::signalr;

namespace {

const QByteArray eventStream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

/// A hub that serves event streams: the handshake is answered, and what tests say is sent there.
struct EventHub {
    ScriptedHub server;
    ScriptedPeer* stream = nullptr;
    QList<QByteArray> posts;
    int postStatus = 200;

    EventHub()
    {
        server.onUpgrade
            = [](ScriptedPeer& peer, const ScriptedRequest&) { peer.respond(404, {}); };
        server.onOther = [this](ScriptedPeer& peer, const ScriptedRequest& request) {
            if (request.method == "GET") {
                stream = &peer;
                peer.raw(eventStream);
                return;
            }
            posts += request.body;
            peer.respond(postStatus, {});
            if (request.body.startsWith("{\"protocol\""))
                stream->raw("data: {}\x1e\r\n\r\n");
        };
    }
    HubOptions options() const
    {
        HubOptions each = optionsFor(server);
        each.http.transports = TransportType::ServerSentEvents;
        return each;
    }
};

/// A hub that is polled: what `say` queues is the answer to the next poll.
struct PolledHub {
    ScriptedHub server;
    ScriptedPeer* poll = nullptr;
    QList<QByteArray> queue;
    QList<QByteArray> posts;
    int polls = 0;
    int deletes = 0;

    PolledHub()
    {
        server.onOther = [this](ScriptedPeer& peer, const ScriptedRequest& request) {
            if (request.method == "GET") {
                if (++polls == 1) {
                    peer.respond(200, {});
                    return;
                }
                poll = &peer;
                answer();
            } else if (request.method == "DELETE") {
                ++deletes;
                peer.respond(202, {});
            } else {
                posts += request.body;
                peer.respond(200, {});
                if (request.body.startsWith("{\"protocol\""))
                    say("{}\x1e");
            }
        };
    }
    void say(const QByteArray& payload)
    {
        queue += payload;
        answer();
    }
    void answer()
    {
        if (poll && !queue.isEmpty())
            std::exchange(poll, nullptr)->respond(200, queue.takeFirst());
    }
    HubOptions options() const
    {
        HubOptions each = optionsFor(server);
        each.http.transports = TransportType::LongPolling;
        return each;
    }
};

} // namespace

class TestSignalrHttp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void negotiateFails_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<FailureKind>("kind");
        QTest::addColumn<QString>("text");
        const auto row
            = [](const char* name, int status, const QByteArray& body, FailureKind kind,
                  const QString& text) { QTest::newRow(name) << status << body << kind << text; };
        const auto unexpected = [](int status) {
            return u"Unexpected status code returned from negotiate '%1'"_s.arg(status);
        };
        for (const int status : {404, 500, 502, 302, 204, 201})
            row(qPrintable(QString::number(status)), status, "{}", FailureKind::HttpStatus,
                unexpected(status));
        row("error", 200, "{\"error\":\"This connection is not allowed.\"}", FailureKind::Negotiate,
            u"This connection is not allowed."_s);
        row("classic", 200, "{\"ProtocolVersion\":\"1.5\"}", FailureKind::Negotiate,
            u"The server speaks ASP.NET SignalR, not ASP.NET Core SignalR."_s);
        row("HTML", 200, "<html>", FailureKind::Negotiate, u"Not JSON."_s);
        row("stateful unasked", 200, "{\"useStatefulReconnect\":true}", FailureKind::Negotiate,
            u"Client didn't negotiate Stateful Reconnect but the server did."_s);
        row("no transports", 200, "{\"connectionId\":\"1\",\"availableTransports\":[]}",
            FailureKind::NoTransport,
            u"None of the transports supported by the client are supported by the server."_s);
        row("unknown transport", 200,
            "{\"connectionId\":\"1\",\"availableTransports\":[{\"transport\":\"Pigeon\"}]}",
            FailureKind::NoTransport,
            u"Unable to connect to the server with any of the available transports. "
            "'Pigeon' is not known to this client."_s);
    }
    void negotiateFails()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        ScriptedHub server;
        server.onNegotiate = [&](ScriptedPeer& peer, const ScriptedRequest&) {
            peer.respond(status, status == 204 ? QByteArray() : body, "Location: /elsewhere\r\n");
        };
        HubRig rig(optionsFor(server));
        const Failure failure = rig.start();
        QTEST(failure.kind, "kind");
        QTEST(failure.text, "text");
        QCOMPARE(failure.code, status == 200 ? 0 : status);
        QCOMPARE(server.requests.size(), std::size_t(1));
    }

    void negotiateIsSilent()
    {
        ScriptedHub server;
        server.onNegotiate = [](ScriptedPeer&, const ScriptedRequest&) {};
        HubOptions options = optionsFor(server);
        options.http.connectTimeout = 50ms;
        HubRig rig(options);
        QCOMPARE(rig.start().kind, FailureKind::ConnectTimeout);
    }

    void nobodyListens()
    {
        ScriptedHub server;
        const HubOptions options = optionsFor(server);
        server.stopListening();
        HubRig rig(options);
        QCOMPARE(rig.start().kind, FailureKind::Refused);
    }

    void stopWhileNegotiating()
    {
        ScriptedHub server;
        server.onNegotiate = [](ScriptedPeer&, const ScriptedRequest&) {};
        HubRig rig(optionsFor(server));
        std::optional<Failure> result;
        rig.hub.start([&](const Failure& failure) { result = failure; });
        QTRY_COMPARE(server.requests.size(), std::size_t(1));
        rig.hub.stop(); // at once, not when the server has answered
        QVERIFY(result);
        QCOMPARE(result->kind, FailureKind::Aborted);
        QCOMPARE(rig.hub.state(), HubConnection::State::Disconnected);
    }

    void redirect()
    {
        ScriptedHub server;
        server.onNegotiate = [&](ScriptedPeer& peer, const ScriptedRequest& request) {
            if (request.target.startsWith("/hub/"))
                peer.respond(200,
                    "{\"url\":\"http://127.0.0.1:" + QByteArray::number(server.port())
                        + "/other?x=1\",\"accessToken\":\"theirs\"}");
            else
                peer.respond(200, server.negotiateBody());
        };
        HubOptions options = optionsFor(server);
        int asked = 0;
        options.http.accessToken = [&](const auto& ready) {
            ++asked;
            ready(u"ours"_s);
        };
        HubRig rig(options);
        QCOMPARE(rig.start().text, QString());
        QCOMPARE(server.requests.size(), std::size_t(3));
        QCOMPARE(server.requests[0].headers.value("authorization"), QByteArray("Bearer ours"));
        QCOMPARE(server.requests[1].target, QByteArray("/other/negotiate?x=1&negotiateVersion=1"));
        QCOMPARE(server.requests[1].headers.value("authorization"), QByteArray("Bearer theirs"));
        QCOMPARE(server.requests[2].target, QByteArray("/other?x=1&id=TOKEN"));
        QCOMPARE(server.requests[2].headers.value("authorization"), QByteArray("Bearer theirs"));
        QCOMPARE(asked, 1);
    }

    void redirectsWithoutEnd()
    {
        ScriptedHub server;
        server.onNegotiate = [&](ScriptedPeer& peer, const ScriptedRequest&) {
            peer.respond(200, "{\"url\":\"" + server.url().toEncoded() + "\"}");
        };
        HubRig rig(optionsFor(server));
        const Failure failure = rig.start();
        QCOMPARE(failure.text, u"Negotiate redirection limit exceeded."_s);
        QCOMPARE(server.requests.size(), std::size_t(maxRedirects));
    }

    void fallsBackWithANewNegotiation()
    {
        EventHub hub;
        HubOptions options = optionsFor(hub.server);
        int asked = 0;
        hub.server.onNegotiate = [&](ScriptedPeer& peer, const ScriptedRequest&) {
            QByteArray body = hub.server.negotiateBody();
            peer.respond(200, body.replace("TOKEN", "TOKEN" + QByteArray::number(++asked)));
        };
        HubRig rig(options);
        QCOMPARE(rig.start().text, QString());
        QCOMPARE(rig.hub.transport(), u"ServerSentEvents"_s);
        QCOMPARE(asked, 2);
        QCOMPARE(hub.server.requests[1].target, QByteArray("/hub?id=TOKEN1"));
        QCOMPARE(hub.server.requests[3].target, QByteArray("/hub?id=TOKEN2"));
    }

    void everyTransportFails()
    {
        ScriptedHub server;
        server.onUpgrade
            = [](ScriptedPeer& peer, const ScriptedRequest&) { peer.respond(502, {}); };
        HubRig rig(optionsFor(server));
        const Failure failure = rig.start();
        QCOMPARE(failure.kind, FailureKind::HttpStatus);
        QCOMPARE(failure.code, 404);
        QVERIFY(failure.text.startsWith(
            u"Unable to connect to the server with any of the available transports."_s));
        QVERIFY(failure.text.contains(u"502"_s));
        QCOMPARE(std::count_if(server.requests.begin(), server.requests.end(),
                     [](const ScriptedRequest& r) { return r.isNegotiate(); }),
            3);
    }

    void binaryNeedsABinaryTransport()
    {
        EventHub hub;
        HubOptions options = hub.options();
        options.protocol = Encoding::MessagePack;
        HubRig rig(options);
        const Failure failure = rig.start();
        QCOMPARE(failure.kind, FailureKind::NoTransport);
        QVERIFY(failure.text.contains(u"'ServerSentEvents' does not support Binary."_s));
    }

    void eventsInPieces_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QList<QByteArray>>("events");
        const auto row
            = [](const char* name, const QByteArray& stream, const QList<QByteArray>& events) {
                  QTest::newRow(name) << stream << events;
              };
        row("one", "data: hello\n\n", {"hello"});
        row("CR LF", "data: hello\r\n\r\n", {"hello"});
        row("CR", "data: hello\r\rdata: x\r\r", {"hello", "x"});
        row("no space", "data:hello\n\n", {"hello"});
        row("two spaces", "data:  hello\n\n", {" hello"});
        row("lines", "data: a\ndata: b\ndata\n\n", {"a\nb\n"});
        row("empty", "data:\n\n", {""});
        row("no data, no event", "event: x\nid: 1\n\n\n\n", {});
        row("comments and other fields", ": ping\r\nretry: 5\r\ndata: a\r\nid: 7\r\n\r\n", {"a"});
        row("byte order mark",
            "\xef\xbb\xbf"
            "data: a\n\n",
            {"a"});
        row("not ended", "data: a\n\ndata: b\n", {"a"});
        row("field that only begins like it", "dataset: a\n\n", {});
    }
    void eventsInPieces()
    {
        QFETCH(QByteArray, stream);
        QFETCH(QList<QByteArray>, events);
        for (qsizetype size = 1; size <= stream.size(); ++size) {
            SseReader reader;
            QList<QByteArray> got;
            for (qsizetype at = 0; at < stream.size(); at += size)
                got += reader.take(
                    QByteArrayView(stream).sliced(at, std::min(size, stream.size() - at)));
            QCOMPARE(got, events);
        }
    }

    void eventStream_()
    {
        EventHub hub;
        HubRig rig(hub.options());
        int heard = 0;
        rig.hub.on(u"M"_s, [&](const Json&) { ++heard; });
        QCOMPARE(rig.start().text, QString());
        QCOMPARE(rig.hub.transport(), u"ServerSentEvents"_s);
        QTRY_COMPARE(hub.posts.size(), 2); // handshake, ping
        hub.stream->raw("data: {\"type\":1,\"target\":\"M\",\"arg");
        hub.stream->raw("uments\":[]}\x1e\r\n\r\n: still here\r\n\r\n");
        QTRY_COMPARE(heard, 1);
        for (int i = 0; i < 20; ++i)
            rig.hub.send(u"X"_s);
        QTRY_COMPARE(hub.posts.size(), 3);
        QCOMPARE(hub.posts[2].count('\x1e'), 20);
        rig.hub.stop();
        QTRY_COMPARE(hub.posts.size(), 4);
        QCOMPARE(hub.posts[3], QByteArray("{\"type\":7}\x1e"));
        QTRY_VERIFY(!hub.stream->isOpen());
    }

    void eventStreamEnds_data()
    {
        QTest::addColumn<QString>("how");
        QTest::addColumn<FailureKind>("kind");
        QTest::newRow("EOF") << u"eof"_s << FailureKind::EndOfStream;
        QTest::newRow("RST") << u"rst"_s << FailureKind::EndOfStream;
        QTest::newRow("a POST is refused") << u"post"_s << FailureKind::HttpStatus;
        QTest::newRow("garbage") << u"garbage"_s << FailureKind::Protocol;
    }
    void eventStreamEnds()
    {
        QFETCH(QString, how);
        EventHub hub;
        HubRig rig(hub.options());
        QCOMPARE(rig.start().text, QString());
        QTRY_COMPARE(hub.posts.size(), 2);
        if (how == "eof"_L1)
            hub.stream->end();
        if (how == "rst"_L1)
            hub.stream->reset();
        if (how == "garbage"_L1)
            hub.stream->raw("data: garbage\n\n");
        if (how == "post"_L1) {
            hub.postStatus = 404;
            rig.hub.send(u"X"_s);
        }
        QTRY_COMPARE(rig.diary, (QStringList {u"closed"_s}));
        QTEST(rig.cause.kind, "kind");
    }

    void longPolling_data()
    {
        QTest::addColumn<bool>("binary");
        QTest::newRow("json") << false;
        QTest::newRow("messagepack") << true;
    }
    void longPolling()
    {
        QFETCH(bool, binary);
        PolledHub hub;
        HubOptions options = hub.options();
        if (binary)
            options.protocol = Encoding::MessagePack;
        HubRig rig(options);
        int heard = 0;
        rig.hub.on(u"M"_s, [&](const Json&) { ++heard; });
        QCOMPARE(rig.start().text, QString());
        QCOMPARE(rig.hub.transport(), u"LongPolling"_s);
        hub.say(binary ? QByteArray::fromHex("08960180C0A14D9090")
                       : QByteArray("{\"type\":1,\"target\":\"M\",\"arguments\":[]}\x1e"));
        QTRY_COMPARE(heard, 1);
        hub.say({}); // a poll that ran out
        const int polls = hub.polls;
        QTRY_VERIFY(hub.polls > polls);
        QCOMPARE(hub.posts.size(), 1); // no ping
        rig.hub.stop();
        QTRY_COMPARE(hub.deletes, 1);
        QCOMPARE(hub.posts.size(), 2);
        QCOMPARE(hub.posts[1],
            binary ? QByteArray::fromHex("039207C0") : QByteArray("{\"type\":7}\x1e"));
    }

    void longPollingEnds_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<FailureKind>("kind");
        QTest::newRow("204") << 204 << FailureKind::EndOfStream;
        QTest::newRow("404") << 404 << FailureKind::HttpStatus;
        QTest::newRow("EOF") << 0 << FailureKind::EndOfStream;
    }
    void longPollingEnds()
    {
        QFETCH(int, status);
        PolledHub hub;
        HubRig rig(hub.options());
        QCOMPARE(rig.start().text, QString());
        QTRY_VERIFY(hub.poll);
        if (status)
            hub.poll->respond(status, {});
        else
            hub.server.stopListening(), hub.poll->end();
        QTRY_COMPARE(rig.diary, (QStringList {u"closed"_s}));
        if (status == 0) // Qt tries a poll that got no answer once more on its own
            QVERIFY(rig.cause.kind == FailureKind::EndOfStream
                || rig.cause.kind == FailureKind::Refused);
        else
            QTEST(rig.cause.kind, "kind");
    }
};

QTEST_GUILESS_MAIN(TestSignalrHttp)
#include "tst_signalrhttp.moc"
