// SPDX-License-Identifier: MIT
// Vectors 4 and 5: hub messages in JSON and MessagePack, from the specification, the official
// clients' tests and recordings of a server.
#include "engine/signalr/failure.h"
#include "engine/signalr/jsonprotocol.h"
#include "engine/signalr/messagepackprotocol.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless::signalr;

using Messages = std::vector<HubMessage>;
Q_DECLARE_METATYPE(Messages)

namespace {

Messages parsed(const HubProtocol& protocol, const QByteArray& payload)
{
    Messages messages;
    protocol.parse(payload, messages);
    return messages;
}

QByteArray written(const HubProtocol& protocol, const HubMessage& message)
{
    QByteArray out;
    protocol.write(message, out);
    return out;
}

QByteArray complaintOf(const HubProtocol& protocol, const QByteArray& payload)
{
    try {
        parsed(protocol, payload);
        return {};
    } catch (const ProtocolError& error) {
        return error.what();
    }
}

QByteArray hex(const char* text)
{
    return QByteArray::fromHex(text);
}

/// A body as the specification prints it, behind its length.
QByteArray framed(const char* text)
{
    const QByteArray body = hex(text);
    return char(body.size()) + body;
}

Completion resultOf(std::string id, Json value)
{
    return {std::move(id), std::nullopt, std::move(value)};
}

} // namespace

class TestSignalrMessages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void json_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Messages>("messages");
        const auto row = [](const char* name, const QByteArray& text, const Messages& messages) {
            QTest::newRow(name) << text << messages;
        };
        row("invocation", R"({"type":1,"target":"Send","arguments":[42,"Test Message"]})",
            {Invocation {"", "Send", {42, "Test Message"}, {}}});
        row("client result wanted",
            R"({"type":1,"invocationId":"123","target":"Send","arguments":[42,"Test Message"]})",
            {Invocation {"123", "Send", {42, "Test Message"}, {}}});
        row("invocation with headers",
            R"({"type":1,"headers":{"Foo":"Bar"},"invocationId":"123","target":"Send","arguments":[42]})",
            {Invocation {"123", "Send", Json::array({42}), {}}});
        row("upload",
            R"({"type":1,"invocationId":"1","target":"testMethod","arguments":["arg"],"streamIds":["0"]})",
            {Invocation {"1", "testMethod", Json::array({"arg"}), {"0"}}});
        row("fields in any order", R"({"arguments":[[1,{"a":[2]}]],"target":"T","type":1})",
            {Invocation {"", "T", Json::array({Json::array({1, {{"a", Json::array({2})}}})}), {}}});
        row("no arguments", R"({"type":1,"target":"T"})",
            {Invocation {"", "T", Json::array(), {}}});
        row("item", R"({"type":2, "invocationId": "abc", "headers": {}, "item": 8})",
            {StreamItem {"abc", 8}});
        row("item with header", R"({"type":2,"invocationId":"abc","headers":{"t":"u"},"item":8})",
            {StreamItem {"abc", 8}});
        row("null item", R"({"type":2,"invocationId":"abc","item":null})",
            {StreamItem {"abc", {}}});
        row("result", R"({"type":3, "invocationId": "abc", "result": "OK", "headers": {}})",
            {resultOf("abc", "OK")});
        row("null result", R"({"type":3, "invocationId": "abc", "result": null, "headers": {}})",
            {resultOf("abc", nullptr)});
        row("void", R"({"type":3,"invocationId":"123"})",
            {Completion {"123", std::nullopt, std::nullopt}});
        row("error beside a null result",
            R"({"type":3, "invocationId": "abc", "error": "Err", "result": null, "headers": {}})",
            {Completion {"abc", "Err", std::nullopt}});
        row("unknown property",
            R"({"type":3,"invocationId":"abc","result":null,"extraParameter":{"value":[1,[2]]}})",
            {resultOf("abc", nullptr)});
        row("stream", R"({"type":4,"invocationId":"1","target":"Count","arguments":[3]})",
            {StreamInvocation {"1", "Count", Json::array({3}), {}}});
        row("cancel", R"({"type":5,"invocationId":"1"})", {CancelInvocation {"1"}});
        row("ping", R"({"type":6})", {Ping {}});
        row("close", R"({"type":7})", {Close {std::nullopt, false}});
        row("close with an error", R"({"type":7,"error":"E"})", {Close {"E", false}});
        row("close, come back", R"({"type":7,"error":"E","allowReconnect":true})",
            {Close {"E", true}});
        row("close, flag is no boolean", R"({"type":7,"allowReconnect":1})",
            {Close {std::nullopt, false}});
        row("ack", R"({"type":8,"sequenceId":1394})", {Ack {1394}});
        row("sequence", R"({"type":9,"sequenceId":1234})", {Sequence {1234}});
        row("two in one payload",
            "{\"type\":2,\"invocationId\":\"abc\",\"item\":8}\x1e"
            R"({"type":3,"invocationId":"abc","result":"OK"})",
            {StreamItem {"abc", 8}, resultOf("abc", "OK")});
        row("unknown type", R"({"type":99})", {});
        row("unknown type between others", "{\"type\":6}\x1e{\"type\":99,\"x\":{}}\x1e{\"type\":6}",
            {Ping {}, Ping {}});
        row("raw UTF-8", R"({"type":2,"invocationId":"1","item":"é"})", {StreamItem {"1", "é"}});
        row("separator inside a string", R"({"type":2,"invocationId":"1","item":"a\u001Eb"})",
            {StreamItem {"1",
                "a\x1e"
                "b"}});
        row("server's error",
            R"({"type":3,"invocationId":"7","error":"Failed to invoke 'Nope' due to an error on the server. HubException: Method does not exist."})",
            {Completion {"7",
                "Failed to invoke 'Nope' due to an error on the server. HubException: Method does "
                "not exist.",
                std::nullopt}});
    }
    void json()
    {
        QFETCH(QByteArray, text);
        QFETCH(Messages, messages);
        const JsonProtocol protocol;
        QVERIFY(parsed(protocol, text + '\x1e') == messages);
    }

    void jsonRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("complaint");
        const QByteArray payload = "Invalid payload.";
        const QByteArray invocation = "Invalid payload for Invocation message.";
        const QByteArray item = "Invalid payload for StreamItem message.";
        const QByteArray completion = "Invalid payload for Completion message.";
        const auto row = [](const char* name, const QByteArray& text, const QByteArray& complaint) {
            QTest::newRow(name) << text << complaint;
        };
        row("no type", "{}", payload);
        row("type is text", R"({"type":"1"})", payload);
        row("no object", "[1]", payload);
        row("no JSON", "foo", payload);
        row("cut off", R"({"type":6)", payload);
        row("more behind it", R"({"type":6}{)", payload);
        row("bad UTF-8", "{\"type\":2,\"invocationId\":\"1\",\"item\":\"\xff\"}", payload);
        row("id is a number", R"({"type":1,"invocationId":1,"target":"method"})", invocation);
        row("id is empty", R"({"type":1,"invocationId":"","target":"method"})", invocation);
        row("target is a number", R"({"type":1,"invocationId":"1","target":1})", invocation);
        row("no target", R"({"type":1,"invocationId":"1"})", invocation);
        row("arguments are no array", R"({"type":1,"target":"t","arguments":{}})", invocation);
        row("stream id is a number", R"({"type":1,"target":"t","streamIds":[1]})", invocation);
        row("item without anything", R"({"type":2})", item);
        row("item with a number for an id", R"({"type":2,"invocationId":1})", item);
        row("item without an item", R"({"type":2,"invocationId":"1"})", item);
        row("result and error", R"({"type":3,"invocationId":"1","result":2,"error":"error"})",
            completion);
        row("completion without an id", R"({"type":3})", completion);
        row("error is a number", R"({"type":3,"invocationId":"1","error":1})", completion);
        row("ack without a number", R"({"type":8})", "Invalid SequenceId for Ack message.");
        row("sequence of text", R"({"type":9,"sequenceId":"1"})",
            "Invalid SequenceId for Sequence message.");
        row("nested too deep",
            R"({"type":2,"invocationId":"1","item":)" + QByteArray(200, '[') + QByteArray(200, ']')
                + '}',
            payload);
    }
    void jsonRefused()
    {
        QFETCH(QByteArray, text);
        const JsonProtocol protocol;
        QTEST(complaintOf(protocol, text + '\x1e'), "complaint");
    }

    void jsonWritten_data()
    {
        QTest::addColumn<Messages>("messages");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const HubMessage& message, const QByteArray& text) {
            QTest::newRow(name) << Messages {message} << text;
        };
        row("send", Invocation {"", "Send", {42, "x"}, {}},
            R"({"type":1,"target":"Send","arguments":[42,"x"]})");
        row("invocation", Invocation {"0", "Send", Json::array(), {}},
            R"({"type":1,"invocationId":"0","target":"Send","arguments":[]})");
        row("upload", Invocation {"1", "testMethod", Json::array({"arg"}), {"0"}},
            R"({"type":1,"invocationId":"1","target":"testMethod","arguments":["arg"],"streamIds":["0"]})");
        row("item", StreamItem {"0", {{"a", 1}}},
            R"({"type":2,"invocationId":"0","item":{"a":1}})");
        row("void", Completion {"0", {}, {}}, R"({"type":3,"invocationId":"0"})");
        // No backslash or double slash in raw literals of a test class: moc 6.4 loses its way in
        // them.
        row("false", resultOf("a\"b", false),
            "{\"type\":3,\"invocationId\":\"a\\\"b\",\"result\":false}");
        row("null", resultOf("0", nullptr), R"({"type":3,"invocationId":"0","result":null})");
        row("error", Completion {"0", "E", {}}, R"({"type":3,"invocationId":"0","error":"E"})");
        row("stream", StreamInvocation {"1", "Count", Json::array({3}), {}},
            R"({"type":4,"invocationId":"1","target":"Count","arguments":[3]})");
        row("cancel", CancelInvocation {"1"}, R"({"type":5,"invocationId":"1"})");
        row("ping", Ping {}, R"({"type":6})");
        row("close", Close {}, R"({"type":7})");
        row("ack", Ack {1}, R"({"type":8,"sequenceId":1})");
        row("sequence", Sequence {3}, R"({"type":9,"sequenceId":3})");
        row("separator is escaped", StreamItem {"0", "a\x1e"},
            R"({"type":2,"invocationId":"0","item":"a\u001e"})");
    }
    void jsonWritten()
    {
        QFETCH(Messages, messages);
        QFETCH(QByteArray, text);
        QCOMPARE(written(JsonProtocol(), messages[0]), text + '\x1e');
    }

    void badTextIsMended()
    {
        // What came over MessagePack need not be UTF-8; it must not make a JSON writer throw.
        const QByteArray out = written(JsonProtocol(), StreamItem {"0", "\xff"});
        QCOMPARE(
            out, QByteArray("{\"type\":2,\"invocationId\":\"0\",\"item\":\"\xef\xbf\xbd\"}\x1e"));
    }

    void messagePack_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Messages>("messages");
        const auto row = [](const char* name, const char* bytes, const Messages& messages) {
            QTest::newRow(name) << hex(bytes) << messages;
        };
        const auto body = [](const char* name, const char* bytes, const Messages& messages) {
            QTest::newRow(name) << framed(bytes) << messages;
        };
        const Json time32 = Json::binary({0x5a, 0x4a, 0x1a, 0x50}, 0xff);
        row("ping", "02 91 06", {Ping {}});
        row("error", "0C 95 03 80 A3 61 62 63 01 A3 45 72 72", {Completion {"abc", "Err", {}}});
        row("result", "0B 95 03 80 A3 61 62 63 03 A2 4F 4B", {resultOf("abc", "OK")});
        row("void", "08 94 03 80 A3 61 62 63 02", {Completion {"abc", {}, {}}});
        row("void and something new", "09 95 03 80 A3 61 62 63 02 00",
            {Completion {"abc", {}, {}}});
        row("timestamp", "0E 95 03 80 A3 61 62 63 03 D6 FF 5A 4A 1A 50", {resultOf("abc", time32)});
        row("item", "08 94 02 80 A3 61 62 63 08", {StreamItem {"abc", 8}});
        row("timestamp item", "0D 94 02 80 A3 61 62 63 D6 FF 5A 4A 1A 50",
            {StreamItem {"abc", time32}});
        row("item with header", "0C 94 02 81 A1 74 A1 75 A3 61 62 63 08", {StreamItem {"abc", 8}});
        row("two", "08 94 02 80 A3 61 62 63 08 0B 95 03 80 A3 61 62 63 03 A2 4F 4B",
            {StreamItem {"abc", 8}, resultOf("abc", "OK")});
        body("invocation", "96 01 80 A3 78 79 7A A6 6D 65 74 68 6F 64 91 2A 90",
            {Invocation {"xyz", "method", Json::array({42}), {}}});
        body("invocation, no answer", "96 01 80 C0 A6 6D 65 74 68 6F 64 91 2A 90",
            {Invocation {"", "method", Json::array({42}), {}}});
        body("stream", "96 04 80 A3 78 79 7A A6 6D 65 74 68 6F 64 91 2A 90",
            {StreamInvocation {"xyz", "method", Json::array({42}), {}}});
        body("invocation with headers",
            "96 01 82 A1 78 A1 79 A1 7A A1 7A A3 78 79 7A A6 6D 65 74 68 6F 64 91 2A 90",
            {Invocation {"xyz", "method", Json::array({42}), {}}});
        body("no stream ids", "95 01 80 A3 78 79 7A A6 6D 65 74 68 6F 64 91 2A",
            {Invocation {"xyz", "method", Json::array({42}), {}}});
        body("error of the specification", "95 03 80 A3 78 79 7A 01 A5 45 72 72 6F 72",
            {Completion {"xyz", "Error", {}}});
        row("cancel", "07 93 05 80 A3 61 62 63", {CancelInvocation {"abc"}});
        row("close", "06 92 07 A3 78 79 7A", {Close {"xyz", false}});
        row("close, nil", "03 92 07 C0", {Close {std::nullopt, false}});
        row("close, come back", "07 93 07 A3 78 79 7A C3", {Close {"xyz", true}});
        row("ack", "04 92 08 CC 24", {Ack {36}});
        row("sequence", "04 92 09 CC 13", {Sequence {19}});
        row("echo of a server", "09 95 03 80 A1 78 03 A2 68 69", {resultOf("x", "hi")});
        row("unknown type", "02 91 63", {});
        row("nothing", "", {});
    }
    void messagePack()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(Messages, messages);
        QCOMPARE(complaintOf(MessagePackProtocol(), bytes), QByteArray());
        QVERIFY(parsed(MessagePackProtocol(), bytes) == messages);
    }

    void messagePackRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("complaint");
        const QByteArray payload = "Invalid payload.";
        const QByteArray headers = "Invalid headers.";
        const auto row = [](const char* name, const char* bytes, const QByteArray& complaint) {
            QTest::newRow(name) << hex(bytes) << complaint;
        };
        row("empty message", "00", payload);
        row("empty array", "01 90", payload);
        row("no array", "01 C2", payload);
        row("array cut off", "01 91", payload);
        row("more behind it", "03 91 06 06", payload);
        row("type is text", "03 91 A1 78", payload);
        row("invocation's headers", "03 92 01 05", headers);
        row("item's headers", "03 92 02 05", headers);
        row("completion's headers", "03 92 03 05", headers);
        row("short invocation", "03 92 01 80", "Invalid payload for Invocation message.");
        row("arguments are no array", "09 95 01 80 A1 78 A2 6D 65 2A",
            "Invalid payload for Invocation message.");
        row("short item", "03 92 02 80", "Invalid payload for StreamItem message.");
        row("short completion", "03 92 03 80", "Invalid payload for Completion message.");
        row("completion without its error", "06 94 03 80 A1 61 01",
            "Invalid payload for Completion message.");
        row("completion without its result", "06 94 03 80 A1 61 03",
            "Invalid payload for Completion message.");
        row("unknown kind of completion", "07 95 03 80 A1 61 04 C0",
            "Invalid payload for Completion message.");
        row("short close", "02 91 07", "Invalid payload for Close message.");
        row("short ack", "02 91 08", "Invalid SequenceId for Ack message.");
        row("sequence of text", "04 92 09 A1 61", "Invalid SequenceId for Sequence message.");
        row("text longer than the message", "06 94 02 80 DB FF FF", payload);
        row("array longer than the message", "09 94 02 80 A1 61 DD FF FF FF", payload);
    }
    void messagePackRefused()
    {
        QFETCH(QByteArray, bytes);
        QTEST(complaintOf(MessagePackProtocol(), bytes), "complaint");
    }

    void messagePackTooDeep()
    {
        QByteArray body = hex("94 02 80 A1 61") + QByteArray(100'000, char(0x91)) + char(0xc0);
        const QByteArray length = hex("A6 8D 06"); // 100 006
        QCOMPARE(body.size(), 100'006);
        QCOMPARE(complaintOf(MessagePackProtocol(), length + body), QByteArray("Invalid payload."));
    }

    void messagePackWritten_data()
    {
        QTest::addColumn<Messages>("messages");
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const HubMessage& message, const char* bytes) {
            QTest::newRow(name) << Messages {message} << hex(bytes);
        };
        row("ping", Ping {}, "02 91 06");
        row("cancel", CancelInvocation {"abc"}, "07 93 05 80 A3 61 62 63");
        row("false", resultOf("abc", false), "09 95 03 80 A3 61 62 63 03 C2");
        row("null", resultOf("abc", nullptr), "09 95 03 80 A3 61 62 63 03 C0");
        row("void", Completion {"abc", {}, {}}, "08 94 03 80 A3 61 62 63 02");
        row("error", Completion {"abc", "Err", {}}, "0C 95 03 80 A3 61 62 63 01 A3 45 72 72");
        row("invocation", Invocation {"xyz", "method", Json::array({42}), {}},
            "11 96 01 80 A3 78 79 7A A6 6D 65 74 68 6F 64 91 2A 90");
        row("send", Invocation {"", "method", Json::array({42}), {}},
            "0E 96 01 80 C0 A6 6D 65 74 68 6F 64 91 2A 90");
        row("echo that a server understood", Invocation {"x", "Echo", Json::array({"hi"}), {}},
            "0F 96 01 80 A1 78 A4 45 63 68 6F 91 A2 68 69 90");
        row("item", StreamItem {"abc", 8}, "08 94 02 80 A3 61 62 63 08");
        row("close", Close {}, "03 92 07 C0");
        row("ack", Ack {36}, "03 92 08 24");
        row("sequence", Sequence {200}, "04 92 09 CC C8");
    }
    void messagePackWritten()
    {
        QFETCH(Messages, messages);
        QFETCH(QByteArray, bytes);
        QCOMPARE(written(MessagePackProtocol(), messages[0]), bytes);
    }

    void exactNumbers_data()
    {
        QTest::addColumn<QByteArray>("number");
        for (const char* number : {"9223372036854775807", "-9223372036854775808",
                 "18446744073709551615", "9007199254740993", "0.005", "-1", "1e300"})
            QTest::newRow(number) << QByteArray(number);
    }
    /// Through both protocols and back without a change: no integer becomes a double.
    void exactNumbers()
    {
        QFETCH(QByteArray, number);
        const Json value = parseJson(number);
        const HubMessage message = StreamItem {"1", value};
        for (const HubProtocol* protocol : {static_cast<const HubProtocol*>(new JsonProtocol),
                 static_cast<const HubProtocol*>(new MessagePackProtocol)}) {
            const std::unique_ptr<const HubProtocol> owner(protocol);
            const Messages back = parsed(*protocol, written(*protocol, message));
            QCOMPARE(back.size(), std::size_t(1));
            const Json& got = std::get<StreamItem>(back[0]).item;
            QVERIFY(got == value);
            QCOMPARE(got.is_number_float(), value.is_number_float());
        }
    }

    void timestamps_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("at");
        QTest::newRow("32 bits") << hex("5A4A1A50") << u"2018-01-01T11:24:00.000Z"_s;
        QTest::newRow("64 bits") << hex("773594005A4A1A50") << u"2018-01-01T11:24:00.500Z"_s;
        QTest::newRow("96 bits") << hex("1DCD65000000 00005A4A1A50")
                                 << u"2018-01-01T11:24:00.500Z"_s;
        QTest::newRow("before 1970")
            << hex("00000000FFFFFFFFFFFFFFFF") << u"1969-12-31T23:59:59.000Z"_s;
        QTest::newRow("no such size") << hex("5A4A") << QString();
        QTest::newRow("too many nanoseconds") << hex("FFFFFFFF000000005A4A1A50") << QString();
    }
    void timestamps()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, at);
        const Json value
            = Json::binary(std::vector<std::uint8_t>(bytes.begin(), bytes.end()), 0xff);
        const auto time = timestampOf(value);
        QCOMPARE(time ? time->toString(Qt::ISODateWithMs) : QString(), at);
        if (time)
            QCOMPARE(timestampOf(timestamp(*time)), time);
        QVERIFY(!timestampOf(Json(1)));
        QVERIFY(!timestampOf(Json::binary(std::vector<std::uint8_t>(bytes.begin(), bytes.end()))));
    }
};

QTEST_GUILESS_MAIN(TestSignalrMessages)
#include "tst_signalrmessages.moc"
