// SPDX-License-Identifier: MIT
// The client against a hub that does what real ones seldom do: half frames, wrong order, garbage,
// silence, refused upgrades, ends in the middle. Over WebSockets.
#include "hubrig.h"

#include "engine/signalr/handshakeprobe.h"

#include <QProcess>
#include <QSslConfiguration>
#include <QTemporaryDir>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace gapless;
using namespace gapless::signalr;

namespace {

HubOptions socketsOnly(const ScriptedHub& server)
{
    HubOptions options = optionsFor(server);
    options.http.transports = TransportType::WebSockets;
    options.http.skipNegotiation = true;
    return options;
}

using Mischief = std::function<void(ScriptedPeer&)>;

} // namespace
Q_DECLARE_METATYPE(Mischief)

class TestSignalrHub : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QSslCertificate m_certificate;
    QSslKey m_key;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QProcess openssl;
        openssl.start(u"openssl"_s,
            {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
                u"ec_paramgen_curve:P-256"_s, u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s,
                u"/CN=chat.example.test"_s, u"-addext"_s, u"subjectAltName=DNS:chat.example.test"_s,
                u"-keyout"_s, m_folder.filePath(u"key"_s), u"-out"_s,
                m_folder.filePath(u"certificate"_s)});
        QVERIFY(openssl.waitForFinished());
        QCOMPARE(openssl.exitCode(), 0);
        m_certificate = QSslCertificate::fromPath(m_folder.filePath(u"certificate"_s)).value(0);
        QFile key(m_folder.filePath(u"key"_s));
        QVERIFY(key.open(QIODevice::ReadOnly));
        m_key = QSslKey(&key, QSsl::Ec);
        QVERIFY(!m_certificate.isNull() && !m_key.isNull());
    }

    void connectsAndCalls()
    {
        ScriptedHub server;
        server.onMessage = [](ScriptedPeer& peer, const QByteArray& message) {
            if (message.contains("\"Echo\""))
                peer.say("{\"type\":3,\"invocationId\":\"0\",\"result\":9007199254740993}");
        };
        HubOptions options = optionsFor(server);
        options.http.headers = {{"Host", "chat.example.test"}, {"X-Own", "a b"}};
        options.http.accessToken = [](const auto& ready) { ready(u"secret"_s); };
        server.onNegotiate = [&](ScriptedPeer& peer, const ScriptedRequest&) {
            peer.respond(200, server.negotiateBody(),
                "Set-Cookie: affinity=A; Path=/\r\nSet-Cookie: other=1; Path=/elsewhere\r\n");
        };
        HubRig rig(options);
        QCOMPARE(rig.start().text, QString());
        QCOMPARE(rig.hub.connectionId(), u"ID"_s);
        QCOMPARE(rig.hub.transport(), u"WebSockets"_s);
        QCOMPARE(server.requests.size(), std::size_t(2));
        QCOMPARE(server.requests[0].method, QByteArray("POST"));
        QCOMPARE(server.requests[0].target, QByteArray("/hub/negotiate?negotiateVersion=1"));
        QVERIFY(server.requests[0].body.isEmpty());
        QCOMPARE(server.requests[1].target, QByteArray("/hub?id=TOKEN"));
        for (const ScriptedRequest& request : server.requests) {
            QCOMPARE(request.headers.value("host"), QByteArray("chat.example.test"));
            QCOMPARE(request.headers.value("x-own"), QByteArray("a b"));
            QCOMPARE(request.headers.value("authorization"), QByteArray("Bearer secret"));
        }
        QCOMPARE(server.requests[0].headers.value("cookie"), QByteArray());
        QCOMPARE(server.requests[1].headers.value("cookie"), QByteArray("affinity=A"));

        std::optional<InvocationResult> result;
        rig.hub.invoke(u"Echo"_s, Json::array({1}), [&](const InvocationResult& r) { result = r; });
        QTRY_VERIFY(result);
        QCOMPARE(result->value.get<qint64>(), 9007199254740993);
        QTRY_COMPARE(server.pings, 1);
        rig.hub.stop();
        QCOMPARE(rig.diary, (QStringList {u"closed"_s}));
        QTRY_COMPARE(server.messages.back(), QByteArray("{\"type\":7}"));
        QTRY_VERIFY(!server.peer()->isOpen());
    }

    void callsOfOneTurnTravelTogether()
    {
        ScriptedHub server;
        HubRig rig(socketsOnly(server));
        QCOMPARE(rig.start().text, QString());
        int frames = 0;
        const auto before = server.peer()->onFrame;
        server.peer()->onFrame = [&](int opcode, const QByteArray& payload) {
            frames += payload.contains("\"M\"");
            before(opcode, payload);
        };
        for (int i = 0; i < 50; ++i)
            rig.hub.send(u"M"_s);
        QTRY_COMPARE(std::count_if(server.messages.begin(), server.messages.end(),
                         [](const QByteArray& m) { return m.contains("\"M\""); }),
            50);
        QCOMPARE(frames, 1);
    }

    /// However TCP and WebSocket frames cut it, each message is heard once and in order.
    void pieces_data()
    {
        QTest::addColumn<Mischief>("mischief");
        const QByteArray call = "{\"type\":1,\"target\":\"M\",\"arguments\":[1]}\x1e";
        const QByteArray next = "{\"type\":1,\"target\":\"M\",\"arguments\":[2]}\x1e";
        const auto row = [](const char* name, Mischief mischief) {
            QTest::newRow(name) << std::move(mischief);
        };
        row("two messages in one frame", [=](ScriptedPeer& p) { p.frame(1, call + next); });
        row("two frames", [=](ScriptedPeer& p) {
            p.frame(1, call);
            p.frame(1, next);
        });
        row("binary frames", [=](ScriptedPeer& p) { p.frame(2, call + next); });
        row("fragments", [=](ScriptedPeer& p) {
            p.frame(1, (call + next).first(10), false);
            p.frame(0, (call + next).sliced(10, 40), false);
            p.frame(9, "ping between fragments");
            p.frame(0, (call + next).sliced(50));
        });
        row("empty last fragment", [=](ScriptedPeer& p) {
            p.frame(1, call + next, false);
            p.frame(0, {});
        });
        row("one byte at a time", [=](ScriptedPeer& p) {
            const QByteArray all = call + next;
            QByteArray bytes;
            bytes += char(0x81);
            bytes += char(all.size());
            bytes += all;
            for (const char byte : bytes) {
                p.raw(QByteArray(1, byte));
                QTest::qWait(0);
            }
        });
    }
    void pieces()
    {
        QFETCH(Mischief, mischief);
        ScriptedHub server;
        HubRig rig(socketsOnly(server));
        QList<int> heard;
        rig.hub.on(u"M"_s, [&](const Json& arguments) { heard += arguments[0].get<int>(); });
        QCOMPARE(rig.start().text, QString());
        mischief(*server.peer());
        QTRY_COMPARE(heard, (QList<int> {1, 2}));
        QCOMPARE(rig.hub.state(), HubConnection::State::Connected);
    }

    void bigMessage()
    {
        ScriptedHub server;
        HubRig rig(socketsOnly(server));
        std::size_t size = 0;
        rig.hub.on(u"M"_s, [&](const Json& arguments) {
            size = arguments[0].get_ref<const std::string&>().size();
        });
        QCOMPARE(rig.start().text, QString());
        server.peer()->say(
            "{\"type\":1,\"target\":\"M\",\"arguments\":[\"" + QByteArray(3'000'000, 'x') + "\"]}");
        QTRY_COMPARE(size, std::size_t(3'000'000));
        rig.hub.send(u"Up"_s, Json::array({std::string(3'000'000, 'y')}));
        QTRY_COMPARE(server.messages.size(), std::size_t(1));
        QVERIFY(server.messages[0].size() > 3'000'000);
    }

    void pingIsAnswered()
    {
        ScriptedHub server;
        HubRig rig(socketsOnly(server));
        QCOMPARE(rig.start().text, QString());
        QByteArray pong;
        server.peer()->onFrame = [&](int opcode, const QByteArray& payload) {
            if (opcode == 10)
                pong = payload;
        };
        server.peer()->frame(9, "are you there");
        QTRY_COMPARE(pong, QByteArray("are you there"));
    }

    void refusedUpgrades_data()
    {
        QTest::addColumn<Mischief>("mischief");
        QTest::addColumn<FailureKind>("kind");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, Mischief mischief, FailureKind kind, int code = 0) {
            QTest::newRow(name) << std::move(mischief) << kind << code;
        };
        row(
            "404", [](ScriptedPeer& p) { p.respond(404, "No Connection with that ID"); },
            FailureKind::HttpStatus, 404);
        row(
            "502", [](ScriptedPeer& p) { p.respond(502, "<html>"); }, FailureKind::HttpStatus, 502);
        row(
            "307", [](ScriptedPeer& p) { p.respond(307, {}, "Location: /x\r\n"); },
            FailureKind::HttpStatus, 307);
        row(
            "200", [](ScriptedPeer& p) { p.respond(200, "hello"); }, FailureKind::HttpStatus, 200);
        row(
            "EOF", [](ScriptedPeer& p) { p.end(); }, FailureKind::EndOfStream);
        row(
            "RST", [](ScriptedPeer& p) { p.reset(); }, FailureKind::EndOfStream);
        row(
            "EOF in mid-head",
            [](ScriptedPeer& p) {
                p.raw("HTTP/1.1 101 Swit");
                p.end();
            },
            FailureKind::EndOfStream);
        row(
            "garbage", [](ScriptedPeer& p) { p.raw("SSH-2.0-OpenSSH_9.2\r\n\r\n"); },
            FailureKind::Protocol);
        row(
            "wrong accept",
            [](ScriptedPeer& p) {
                p.raw("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
                      "Sec-WebSocket-Accept: AAAA\r\n\r\n");
            },
            FailureKind::Protocol);
        row(
            "silence", [](ScriptedPeer&) {}, FailureKind::ConnectTimeout);
    }
    void refusedUpgrades()
    {
        QFETCH(Mischief, mischief);
        QFETCH(FailureKind, kind);
        ScriptedHub server;
        server.onUpgrade = [&](ScriptedPeer& peer, const ScriptedRequest&) { mischief(peer); };
        HubOptions options = socketsOnly(server);
        if (kind == FailureKind::ConnectTimeout)
            options.http.connectTimeout = 50ms;
        HubRig rig(options);
        const Failure failure = rig.start();
        QCOMPARE(failure.kind, kind);
        QTEST(failure.code, "code");
        QVERIFY(!failure.text.isEmpty());
        QVERIFY(rig.diary.isEmpty());
        QCOMPARE(rig.hub.state(), HubConnection::State::Disconnected);
        // The same connection can be started again, and then works.
        server.onUpgrade
            = [](ScriptedPeer& peer, const ScriptedRequest& request) { peer.upgrade(request); };
        QCOMPARE(rig.start().text, QString());
    }

    void nobodyListens()
    {
        ScriptedHub server;
        const HubOptions options = socketsOnly(server);
        server.stopListening();
        HubRig rig(options);
        QCOMPARE(rig.start().kind, FailureKind::Refused);
    }

    void handshakes_data()
    {
        QTest::addColumn<Mischief>("mischief");
        QTest::addColumn<FailureKind>("kind");
        QTest::addColumn<QString>("text");
        const auto row
            = [](const char* name, Mischief mischief, FailureKind kind, const QString& text) {
                  QTest::newRow(name) << std::move(mischief) << kind << text;
              };
        row(
            "error",
            [](ScriptedPeer& p) {
                p.say("{\"error\":\"The protocol 'xyz' is not supported.\"}");
                p.closeFrame(1000);
            },
            FailureKind::HandshakeRefused,
            u"Server returned handshake error: The protocol 'xyz' is not supported."_s);
        row(
            "message first", [](ScriptedPeer& p) { p.say("{\"type\":6}"); }, FailureKind::Protocol,
            u"Error parsing handshake response: Expected a handshake response from the server."_s);
        row(
            "half of it", [](ScriptedPeer& p) { p.frame(1, "{}"); }, FailureKind::Protocol,
            u"Error parsing handshake response: Message is incomplete."_s);
        row(
            "garbage", [](ScriptedPeer& p) { p.say("<html>"); }, FailureKind::Protocol,
            u"Error parsing handshake response: Not JSON."_s);
        row(
            "EOF", [](ScriptedPeer& p) { p.end(); }, FailureKind::EndOfStream,
            u"WebSocket closed with status code: 1006 (no reason given)."_s);
        row(
            "close frame", [](ScriptedPeer& p) { p.closeFrame(1000); }, FailureKind::CloseFrame,
            u"The underlying connection was closed before the hub handshake could complete."_s);
        row(
            "silence", [](ScriptedPeer&) {}, FailureKind::HandshakeTimeout,
            u"The server did not answer the handshake within 50 ms."_s);
    }
    void handshakes()
    {
        QFETCH(Mischief, mischief);
        QFETCH(FailureKind, kind);
        ScriptedHub server;
        server.onHandshake = mischief;
        HubOptions options = socketsOnly(server);
        options.reconnect = std::make_shared<DelayListPolicy>();
        if (kind == FailureKind::HandshakeTimeout)
            options.handshakeTimeout = 50ms;
        HubRig rig(options);
        const Failure failure = rig.start();
        QCOMPARE(failure.kind, kind);
        QTEST(failure.text, "text");
        QVERIFY(rig.diary.isEmpty());
        QCOMPARE(server.handshakes, 1);
    }

    void drops_data()
    {
        QTest::addColumn<Mischief>("mischief");
        QTest::addColumn<FailureKind>("kind");
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("isError");
        const auto row = [](const char* name, Mischief mischief, FailureKind kind, int code = 0,
                             bool isError = true) {
            QTest::newRow(name) << std::move(mischief) << kind << code << isError;
        };
        row(
            "EOF", [](ScriptedPeer& p) { p.end(); }, FailureKind::EndOfStream);
        row(
            "RST", [](ScriptedPeer& p) { p.reset(); }, FailureKind::EndOfStream);
        row(
            "EOF in mid-frame",
            [](ScriptedPeer& p) {
                p.raw(QByteArray::fromHex("8130") + "{\"type\":1,\"tar");
                p.end();
            },
            FailureKind::EndOfStream);
        row(
            "EOF in mid-message",
            [](ScriptedPeer& p) {
                p.frame(1, "{\"type\"", false);
                p.end();
            },
            FailureKind::EndOfStream);
        row(
            "close 1000", [](ScriptedPeer& p) { p.closeFrame(1000); }, FailureKind::CloseFrame,
            1000, false);
        row(
            "close 1001", [](ScriptedPeer& p) { p.closeFrame(1001); }, FailureKind::CloseFrame,
            1001);
        row(
            "close without a code", [](ScriptedPeer& p) { p.frame(8, {}); },
            FailureKind::CloseFrame, 1005);
        row(
            "half a close code", [](ScriptedPeer& p) { p.frame(8, "x"); }, FailureKind::Protocol);
        row(
            "masked frame",
            [](ScriptedPeer& p) { p.raw(QByteArray::fromHex("818537fa213d7f9f4d5158")); },
            FailureKind::Protocol);
        row(
            "continuation of nothing", [](ScriptedPeer& p) { p.frame(0, "x"); },
            FailureKind::Protocol);
        row(
            "message within a message",
            [](ScriptedPeer& p) {
                p.frame(1, "x", false);
                p.frame(1, "y");
            },
            FailureKind::Protocol);
        row(
            "frame without an end",
            [](ScriptedPeer& p) { p.raw(QByteArray::fromHex("827f7fffffffffffffff")); },
            FailureKind::Protocol);
        row(
            "garbage in a message", [](ScriptedPeer& p) { p.say("garbage"); },
            FailureKind::Protocol);
        row(
            "HTTP in a WebSocket",
            [](ScriptedPeer& p) { p.raw("HTTP/1.1 502 Bad Gateway\r\n\r\n"); },
            FailureKind::Protocol);
        row(
            "Close message",
            [](ScriptedPeer& p) {
                p.say("{\"type\":7,\"error\":\"E\",\"allowReconnect\":true}");
                p.closeFrame(1000);
            },
            FailureKind::CloseMessage);
        row(
            "silence", [](ScriptedPeer&) {}, FailureKind::ServerTimeout);
    }
    /// Each is seen for what it is, and the client is back at once.
    void drops()
    {
        QFETCH(Mischief, mischief);
        QFETCH(FailureKind, kind);
        ScriptedHub server;
        HubOptions options = socketsOnly(server);
        options.reconnect = std::make_shared<DelayListPolicy>();
        if (kind == FailureKind::ServerTimeout)
            options.serverTimeout = 100ms;
        HubRig rig(options);
        std::optional<Drop> drop;
        QObject::connect(&rig.hub, &HubConnection::dropChanged, [&](const Drop& each) {
            if (each.end != Drop::End::Open && !drop)
                drop = each;
        });
        QCOMPARE(rig.start().text, QString());
        mischief(*server.peer());
        QTRY_VERIFY(rig.diary.size() >= 2);
        QCOMPARE(rig.diary.first(2), (QStringList {u"reconnecting"_s, u"reconnected"_s}));
        QVERIFY(drop);
        QCOMPARE(drop->cause.kind, kind);
        QTEST(drop->cause.code, "code");
        QTEST(drop->cause.isError(), "isError");
        QCOMPARE(drop->attempts, 1);
        QCOMPARE(drop->end, Drop::End::Reconnected);
        QVERIFY(drop->gap() > 0ms && drop->gap() < 2s);
    }

    void killedWithLastWords()
    {
        ScriptedHub server;
        HubOptions options = socketsOnly(server);
        HubRig rig(options);
        QStringList heard;
        rig.hub.on(u"M"_s, [&](const Json&) { heard += u"M"_s; });
        QCOMPARE(rig.start().text, QString());
        server.peer()->say("{\"type\":1,\"target\":\"M\",\"arguments\":[]}");
        server.peer()->end();
        QTRY_COMPARE(rig.diary, (QStringList {u"closed"_s}));
        QCOMPARE(heard.size(), 1);
    }

    void statefulReattachment()
    {
        ScriptedHub server;
        server.onNegotiate = [&](ScriptedPeer& peer, const ScriptedRequest&) {
            peer.respond(200, server.negotiateBody("\"useStatefulReconnect\":true,"));
        };
        HubOptions options = optionsFor(server);
        options.http.statefulReconnect = true;
        options.reconnect = std::make_shared<DelayListPolicy>();
        HubRig rig(options);
        QCOMPARE(rig.start().text, QString());
        QVERIFY(server.requests[0].target.endsWith("useStatefulReconnect=true"));
        int answers = 0;
        rig.hub.invoke(u"A"_s, {}, [&](const InvocationResult& result) { answers += result.ok(); });
        QTRY_COMPARE(server.messages.size(), std::size_t(1));
        server.peer()->end();
        QTRY_COMPARE(server.messages.size(), std::size_t(3));
        QCOMPARE(server.messages[1], QByteArray("{\"type\":9,\"sequenceId\":1}"));
        QCOMPARE(server.messages[2], server.messages[0]);
        QCOMPARE(server.requests.size(), std::size_t(3)); // no second negotiation
        QCOMPARE(server.requests[2].target, QByteArray("/hub?id=TOKEN"));
        QCOMPARE(server.handshakes, 1);
        server.peer()->say("{\"type\":9,\"sequenceId\":1}");
        server.peer()->say("{\"type\":3,\"invocationId\":\"0\"}");
        QTRY_COMPARE(answers, 1);
        QVERIFY(rig.diary.isEmpty());

        // On another server there is no such id: then it is an ordinary drop.
        int refusals = 0;
        server.onUpgrade = [&](ScriptedPeer& peer, const ScriptedRequest& request) {
            if (++refusals == 1)
                peer.respond(404, {});
            else
                peer.upgrade(request);
        };
        server.peer()->end();
        QTRY_COMPARE(rig.diary, (QStringList {u"reconnecting"_s, u"reconnected"_s}));
        QCOMPARE(rig.cause.kind, FailureKind::EndOfStream);
        QCOMPARE(server.handshakes, 2);
    }

    void tls_data()
    {
        QTest::addColumn<bool>("trusted");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("negotiates");
        QTest::addColumn<bool>("good");
        for (const bool negotiates : {false, true}) {
            const char* how = negotiates ? "negotiating" : "directly";
            QTest::addRow("unknown authority, %s", how)
                << false << QByteArray("chat.example.test") << negotiates << false;
            QTest::addRow("wrong name, %s", how) << true << QByteArray() << negotiates << false;
            QTest::addRow("name of the Host header, %s", how)
                << true << QByteArray("chat.example.test") << negotiates << true;
        }
    }
    void tls()
    {
        QFETCH(bool, trusted);
        QFETCH(QByteArray, host);
        QFETCH(bool, negotiates);
        QFETCH(bool, good);
        ScriptedHub server(m_certificate, m_key);
        HubOptions options = socketsOnly(server);
        options.http.skipNegotiation = !negotiates;
        if (!host.isEmpty())
            options.http.headers = {{"Host", host}};
        if (trusted)
            options.http.tls.setCaCertificates({m_certificate});
        HubRig rig(options);
        const Failure failure = rig.start();
        QCOMPARE(failure.kind, good ? FailureKind::None : FailureKind::Tls);
        QCOMPARE(server.requests.empty(), !good);
        if (!good)
            QVERIFY(!failure.text.isEmpty());
    }

    void badUsage_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("no URL") << QString() << QByteArray();
        QTest::newRow("no host") << u"http:///hub"_s << QByteArray();
        QTest::newRow("other scheme") << u"ftp://h/hub"_s << QByteArray();
        QTest::newRow("header that breaks out")
            << u"http://127.0.0.1:1/"_s << QByteArray("a\r\nX: b");
    }
    void badUsage()
    {
        QFETCH(QString, url);
        QFETCH(QByteArray, header);
        HubOptions options;
        options.http.url = QUrl(url);
        if (!header.isEmpty())
            options.http.headers = {{"X-Own", header}};
        HubRig rig(options);
        QCOMPARE(rig.start().kind, FailureKind::Usage);
    }

    void skippingNeedsWebSocketsAlone()
    {
        ScriptedHub server;
        HubOptions options = optionsFor(server);
        options.http.skipNegotiation = true;
        HubRig rig(options);
        QCOMPARE(rig.start().kind, FailureKind::Usage);
        QVERIFY(server.requests.empty());
    }

    void probes()
    {
        ScriptedHub server;
        int upgrades = 0;
        server.onUpgrade = [&](ScriptedPeer& peer, const ScriptedRequest& request) {
            if (++upgrades % 4 == 0)
                peer.respond(404, {});
            else
                peer.upgrade(request);
        };
        HandshakeProbe probe(socketsOnly(server));
        std::vector<HandshakeResult> results;
        probe.run(20, 3, [&](const auto& all) { results = all; });
        QTRY_COMPARE(results.size(), std::size_t(20));
        QCOMPARE(
            std::count_if(results.begin(), results.end(), [](const auto& r) { return r.ok(); }),
            15);
        QVERIFY(std::all_of(results.begin(), results.end(), [](const auto& r) {
            return r.took > 0ms
                && (r.ok() || (r.failure.kind == FailureKind::HttpStatus && r.failure.code == 404));
        }));
        // Each one that got in has said good-bye.
        QTRY_COMPARE(
            std::count(server.messages.begin(), server.messages.end(), "{\"type\":7}"), 15);
    }

    void destroyedInMidAir_data()
    {
        QTest::addColumn<QString>("moment");
        for (const char* moment : {"at once", "negotiating", "connected"})
            QTest::newRow(moment) << QString::fromLatin1(moment);
    }
    void destroyedInMidAir()
    {
        QFETCH(QString, moment);
        ScriptedHub server;
        int calls = 0;
        if (moment == "negotiating"_L1)
            server.onNegotiate = [](ScriptedPeer&, const ScriptedRequest&) {};
        auto hub = std::make_unique<HubConnection>(optionsFor(server));
        hub->start([&](const Failure&) { ++calls; });
        if (moment == "negotiating"_L1)
            QTRY_COMPARE(server.requests.size(), std::size_t(1));
        if (moment == "connected"_L1)
            QTRY_COMPARE(calls, 1);
        hub.reset();
        QTest::qWait(0);
        QCOMPARE(calls, moment == "connected"_L1 ? 1 : 0);
        if (moment == "connected"_L1)
            QTRY_VERIFY(!server.peer()->isOpen());
    }
};

QTEST_GUILESS_MAIN(TestSignalrHub)
#include "tst_signalrhub.moc"
