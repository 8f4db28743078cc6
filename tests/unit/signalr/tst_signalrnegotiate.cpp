// SPDX-License-Identifier: MIT
// Vectors 3, 6 and 8: handshake, negotiation and the books of stateful reconnect.
#include "engine/signalr/failure.h"
#include "engine/signalr/handshake.h"
#include "engine/signalr/messagebuffer.h"
#include "engine/signalr/negotiate.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless::signalr;

class TestSignalrNegotiate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requests()
    {
        QCOMPARE(
            handshakeRequest("json", 1), QByteArray("{\"protocol\":\"json\",\"version\":1}\x1e"));
        QCOMPARE(handshakeRequest("messagepack", 2),
            QByteArray("{\"protocol\":\"messagepack\",\"version\":2}\x1e"));
    }

    void response_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("error"); // null: none
        QTest::addColumn<QByteArray>("rest");
        QTest::newRow("ok") << QByteArray("{}\x1e") << QString() << QByteArray();
        QTest::newRow("message behind it")
            << QByteArray("{}\x1e{\"type\":6}\x1e") << QString() << QByteArray("{\"type\":6}\x1e");
        QTest::newRow("binary message behind it")
            << QByteArray::fromHex("7B7D1E029106") << QString() << QByteArray::fromHex("029106");
        QTest::newRow("error") << QByteArray("{\"error\":\"Error!\"}\x1e") << u"Error!"_s
                               << QByteArray();
        QTest::newRow("unknown protocol")
            << QByteArray("{\"error\":\"The protocol 'xyz' is not supported.\"}\x1e")
            << u"The protocol 'xyz' is not supported."_s << QByteArray();
        QTest::newRow("unknown field")
            << QByteArray("{\"minorVersion\":1}\x1e") << QString() << QByteArray();
        QTest::newRow("null error")
            << QByteArray("{\"error\":null}\x1e") << QString() << QByteArray();
        QTest::newRow("error that is no text")
            << QByteArray("{\"error\":5}\x1e") << u"5"_s << QByteArray();
    }
    void response()
    {
        QFETCH(QByteArray, payload);
        QFETCH(QString, error);
        const HandshakeResponse got = parseHandshakeResponse(payload);
        QCOMPARE(got.error.value_or(QString()), error);
        QCOMPARE(got.error.has_value(), !error.isNull());
        QTEST(got.rest.toByteArray(), "rest");
    }

    void responseRefused_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no separator") << QByteArray("{}");
        QTest::newRow("a message") << QByteArray("{\"type\":6}\x1e");
        QTest::newRow("no JSON") << QByteArray("HTTP/1.1 400\x1e");
        QTest::newRow("no object") << QByteArray("[]\x1e");
        QTest::newRow("empty") << QByteArray("\x1e");
    }
    void responseRefused()
    {
        QFETCH(QByteArray, payload);
        QVERIFY_EXCEPTION_THROWN(parseHandshakeResponse(payload), ProtocolError);
    }

    void negotiateUrls_data()
    {
        QTest::addColumn<QString>("hub");
        QTest::addColumn<bool>("stateful");
        QTest::addColumn<QString>("url");
        QTest::newRow("plain") << u"http://h/hub"_s << false
                               << u"http://h/hub/negotiate?negotiateVersion=1"_s;
        QTest::newRow("slash") << u"http://h/hub/"_s << false
                               << u"http://h/hub/negotiate?negotiateVersion=1"_s;
        QTest::newRow("root") << u"http://h"_s << false
                              << u"http://h/negotiate?negotiateVersion=1"_s;
        QTest::newRow("query") << u"http://h/hub?q=a%20b&r=%2F"_s << false
                               << u"http://h/hub/negotiate?q=a%20b&r=%2F&negotiateVersion=1"_s;
        QTest::newRow("version") << u"http://h/hub?negotiateVersion=0"_s << false
                                 << u"http://h/hub/negotiate?negotiateVersion=0"_s;
        QTest::newRow("escaped path")
            << u"http://h/a%2Fb"_s << false << u"http://h/a%2Fb/negotiate?negotiateVersion=1"_s;
        QTest::newRow("stateful")
            << u"https://h/hub"_s << true
            << u"https://h/hub/negotiate?negotiateVersion=1&useStatefulReconnect=true"_s;
    }
    void negotiateUrls()
    {
        QFETCH(QString, hub);
        QFETCH(bool, stateful);
        QTEST(negotiateUrl(QUrl(hub), stateful).toString(QUrl::FullyEncoded), "url");
    }

    void connectUrls()
    {
        const auto url = [](const char* hub, const QString& token) {
            return connectUrl(QUrl(QString::fromLatin1(hub)), token).toString(QUrl::FullyEncoded);
        };
        QCOMPARE(url("http://h/hub", u"abc"_s), u"http://h/hub?id=abc"_s);
        QCOMPARE(url("http://h/hub?x=1", u"a-_b"_s), u"http://h/hub?x=1&id=a-_b"_s);
        QCOMPARE(url("http://h/hub", u"a+b/c&d"_s), u"http://h/hub?id=a%2Bb%2Fc%26d"_s);
        QCOMPARE(url("http://h/hub", {}), u"http://h/hub"_s);
    }

    void version1()
    {
        const NegotiateResponse response = parseNegotiate(
            R"({"negotiateVersion":1,"connectionId":"ID","connectionToken":"TOKEN","new":{"a":[1]},
            "availableTransports":[
                {"transport":"WebSockets","transferFormats":["Text","Binary"]},
                {"transport":"ServerSentEvents","transferFormats":["Text"]},
                {"transport":"LongPolling","transferFormats":["Text","Binary"]},
                {"transport":"Pigeon","transferFormats":["Feather"]}]})");
        QCOMPARE(response.connectionId, u"ID"_s);
        QCOMPARE(response.connectionToken, u"TOKEN"_s);
        using Offer = NegotiateResponse::Offer;
        QCOMPARE(response.transports,
            (QList<Offer> {{u"WebSockets"_s, true, true}, {u"ServerSentEvents"_s, true, false},
                {u"LongPolling"_s, true, true}, {u"Pigeon"_s, false, false}}));
        QVERIFY(!response.statefulReconnect && !response.classic);
    }

    void tokens_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("token");
        QTest::newRow("version 0")
            << QByteArray(R"({"negotiateVersion":0,"connectionId":"ID"})") << u"ID"_s;
        QTest::newRow("no version") << QByteArray(R"({"connectionId":"ID"})") << u"ID"_s;
        QTest::newRow("version 0 with a token")
            << QByteArray(R"({"negotiateVersion":0,"connectionId":"ID","connectionToken":"T"})")
            << u"ID"_s;
        QTest::newRow("version 1")
            << QByteArray(R"({"negotiateVersion":1,"connectionId":"ID","connectionToken":"T"})")
            << u"T"_s;
    }
    void tokens()
    {
        QFETCH(QByteArray, body);
        QTEST(parseNegotiate(body).connectionToken, "token");
    }

    void redirectAndRefusals()
    {
        const NegotiateResponse redirect = parseNegotiate(
            "{\"url\":\"https://myapp.com/chat\",\"accessToken\":\"accessToken\"}");
        QCOMPARE(redirect.url, QUrl(u"https://myapp.com/chat"_s));
        QCOMPARE(redirect.accessToken, u"accessToken"_s);
        QCOMPARE(parseNegotiate(R"({"error":"This connection is not allowed."})").error,
            u"This connection is not allowed."_s);
        QVERIFY(parseNegotiate(R"({"ProtocolVersion":"1.5"})").classic);
        QVERIFY(parseNegotiate(R"({"useStatefulReconnect":true})").statefulReconnect);
        QVERIFY(!parseNegotiate(R"({"useStatefulReconnect":"true"})").statefulReconnect);
    }

    void negotiateRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("HTML") << QByteArray("<html>");
        QTest::newRow("array") << QByteArray("[]");
        QTest::newRow("cut off") << QByteArray(R"({"connectionId":"ID")");
        QTest::newRow("offers of text") << QByteArray(R"({"availableTransports":["WebSockets"]})");
        QTest::newRow("redirect to nowhere") << QByteArray(R"({"url":"/relative"})");
        QTest::newRow("redirect to nonsense") << QByteArray("{\"url\":\"http://[\"}");
    }
    void negotiateRefused()
    {
        QFETCH(QByteArray, body);
        QVERIFY_EXCEPTION_THROWN(parseNegotiate(body), ProtocolError);
    }

    /// The transcript of a real server, seen from the client.
    void statefulTranscript()
    {
        MessageBuffer buffer;
        const Invocation call {"1", "Pub", Json::array(), {}};
        const Invocation message {"", "msg", Json::array(), {}};
        const Completion done {"1", {}, {}};
        QVERIFY(buffer.send(call, "first"));
        QVERIFY(buffer.send(call, "second"));
        QVERIFY(buffer.send(Ping {}, "ping"));
        QCOMPARE(buffer.bytes(), 11);
        for (const HubMessage& each :
            std::vector<HubMessage> {message, done, Ping {}, message, done})
            QVERIFY(buffer.accept(each));
        QCOMPARE(buffer.dueAck(), std::optional(Ack {4}));
        QVERIFY(!buffer.dueAck());

        buffer.take(Ack {1});
        QCOMPARE(buffer.unacknowledged(), (std::deque<QByteArray> {"second"}));
        buffer.detach();
        QVERIFY(!buffer.send(call, "third"));
        QVERIFY(!buffer.send(Ping {}, "ping"));
        QVERIFY(!buffer.dueAck());
        QCOMPARE(buffer.reattached(), Sequence {2});
        QCOMPARE(buffer.unacknowledged(), (std::deque<QByteArray> {"second", "third"}));

        // The server's Sequence comes first; anything else before it is not for us.
        QVERIFY(!buffer.accept(message));
        QVERIFY(buffer.accept(Sequence {2}));
        QVERIFY(buffer.take(Sequence {2}));
        QVERIFY(!buffer.accept(done)); // 2, 3, 4 were seen already
        QVERIFY(!buffer.accept(message));
        QVERIFY(!buffer.accept(done));
        QVERIFY(buffer.accept(message)); // 5 is new
        QCOMPARE(buffer.dueAck(), std::optional(Ack {5}));
        buffer.take(Ack {3});
        QVERIFY(buffer.unacknowledged().empty());
        QCOMPARE(buffer.bytes(), 0);
        buffer.detach();
        QCOMPARE(buffer.reattached(), Sequence {4}); // nothing to resend: one past the last
    }

    void statefulRepeatIsAcknowledgedAgain()
    {
        MessageBuffer buffer;
        const Invocation message {"", "msg", Json::array(), {}};
        QVERIFY(buffer.accept(message));
        QCOMPARE(buffer.dueAck(), std::optional(Ack {1}));
        buffer.detach();
        buffer.reattached();
        QVERIFY(buffer.accept(Sequence {1}) && buffer.take(Sequence {1}));
        QVERIFY(!buffer.accept(message));
        QCOMPARE(buffer.dueAck(), std::optional(Ack {1}));
    }

    void statefulSequenceTooHigh_data()
    {
        QTest::addColumn<int>("id");
        QTest::addColumn<bool>("good");
        QTest::newRow("seen") << 1 << true;
        QTest::newRow("next") << 2 << true;
        QTest::newRow("one that never came") << 3 << false;
        QTest::newRow("99") << 99 << false;
        QTest::newRow("none") << 0 << false;
    }
    void statefulSequenceTooHigh()
    {
        QFETCH(int, id);
        MessageBuffer buffer;
        QVERIFY(buffer.accept(Invocation {"", "msg", Json::array(), {}}));
        QTEST(buffer.take(Sequence {id}), "good");
    }
};

QTEST_GUILESS_MAIN(TestSignalrNegotiate)
#include "tst_signalrnegotiate.moc"
