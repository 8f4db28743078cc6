// SPDX-License-Identifier: MIT
// Vectors 1 and 2 of the protocol's specification and the official clients' tests, and RFC 6455.
#include "engine/signalr/binaryframing.h"
#include "engine/signalr/failure.h"
#include "engine/signalr/textframing.h"
#include "engine/signalr/websocketframing.h"
#include "engine/signalr/websocketupgrade.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless::signalr;

namespace {

QList<QByteArray> copies(const std::vector<QByteArrayView>& views)
{
    QList<QByteArray> list;
    for (const QByteArrayView view : views)
        list.append(view.toByteArray());
    return list;
}

/// What `parse` throws, as text; empty where it does not throw.
template <typename Parse> QByteArray complaintOf(Parse parse)
{
    try {
        parse();
        return {};
    } catch (const ProtocolError& error) {
        return error.what();
    }
}

QByteArray hex(const char* text)
{
    return QByteArray::fromHex(text);
}

} // namespace

class TestSignalrFraming : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void text_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QList<QByteArray>>("messages");
        QTest::addColumn<QByteArray>("complaint");
        const QByteArray incomplete = "Message is incomplete.";
        QTest::newRow("one empty") << QByteArray("\x1e") << QList<QByteArray> {""} << QByteArray();
        QTest::newRow("two empty")
            << QByteArray("\x1e\x1e") << QList<QByteArray> {"", ""} << QByteArray();
        QTest::newRow("one") << QByteArray("Hello\x1e") << QList<QByteArray> {"Hello"}
                             << QByteArray();
        QTest::newRow("two") << QByteArray("Hello,\x1eWorld!\x1e")
                             << QList<QByteArray> {"Hello,", "World!"} << QByteArray();
        QTest::newRow("nothing") << QByteArray() << QList<QByteArray>() << incomplete;
        QTest::newRow("no separator") << QByteArray("ABC") << QList<QByteArray>() << incomplete;
        QTest::newRow("half a message")
            << QByteArray("ABC\x1eXYZ") << QList<QByteArray>() << incomplete;
    }
    void text()
    {
        QFETCH(QByteArray, payload);
        QFETCH(QList<QByteArray>, messages);
        QFETCH(QByteArray, complaint);
        QList<QByteArray> got;
        QCOMPARE(complaintOf([&] { got = copies(splitTextMessages(payload)); }), complaint);
        QCOMPARE(got, messages);
    }

    void binary_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QList<QByteArray>>("messages");
        QTest::addColumn<QByteArray>("complaint");
        const auto good
            = [](const char* name, const char* bytes, const QList<QByteArray>& messages) {
                  QTest::newRow(name) << hex(bytes) << messages << QByteArray();
              };
        const auto bad = [](const char* name, const char* bytes, const QByteArray& complaint) {
            QTest::newRow(name) << hex(bytes) << QList<QByteArray>() << complaint;
        };
        const QByteArray noSize = "Cannot read message size.";
        const QByteArray incomplete = "Incomplete message.";
        const QByteArray tooBig = "Messages bigger than 2GB are not supported.";
        good("nothing", "", {});
        good("one empty", "00", {""});
        good("one", "01 FF", {"\xff"});
        good("two", "01 FF 01 7F", {"\xff", "\x7f"});
        good("two of the specification", "0B 48 65 6C 6C 6F 0A 57 6F 72 6C 64 02 01 02",
            {"Hello\nWorld", "\x01\x02"});
        bad("size cut off", "80", noSize);
        bad("second size cut off", "02 01 80 80", noSize);
        bad("long second size cut off", "07 FF FF FF FF FF FF FF 80", noSize);
        bad("second body missing", "07 FF FF FF FF FF FF FF 01", incomplete);
        bad("body cut off", "02 00", incomplete);
        bad("longest size, no body", "FF FF FF FF 07", incomplete);
        bad("size of all ones", "FF FF FF FF FF", tooBig);
        bad("one over the longest", "80 80 80 80 08", tooBig);
        bad("fifth byte goes on", "80 80 80 80 80", tooBig);
    }
    void binary()
    {
        QFETCH(QByteArray, payload);
        QFETCH(QList<QByteArray>, messages);
        QFETCH(QByteArray, complaint);
        QList<QByteArray> got;
        QCOMPARE(complaintOf([&] { got = copies(splitBinaryMessages(payload)); }), complaint);
        QCOMPARE(got, messages);
    }

    void varInt_data()
    {
        QTest::addColumn<quint32>("length");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("0") << 0u << hex("00");
        QTest::newRow("53") << 53u << hex("35");
        QTest::newRow("5248") << 5248u << hex("80 29");
        QTest::newRow("longest") << 0x7fffffffu << hex("FF FF FF FF 07");
    }
    void varInt()
    {
        QFETCH(quint32, length);
        QByteArray out;
        appendVarInt(out, length);
        QTEST(out, "bytes");
    }

    void binaryRoundTrip_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 0x7f, 0x80, 0x3fff, 0x4000, 0xc0de})
            QTest::addRow("%#x", unsigned(size)) << size;
    }
    void binaryRoundTrip()
    {
        QFETCH(int, size);
        const QByteArray body(size, 'x');
        QByteArray payload;
        for (int i = 0; i < 2; ++i) {
            appendVarInt(payload, quint32(size));
            payload += body;
        }
        QCOMPARE(copies(splitBinaryMessages(payload)), (QList<QByteArray> {body, body}));
    }

    // RFC 6455, 5.7: examples.
    void webSocketFrame_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("opcode");
        QTest::addColumn<bool>("final");
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("text") << hex("81 05 48 65 6c 6c 6f") << 1 << true << QByteArray("Hello");
        QTest::newRow("first fragment") << hex("01 03 48 65 6c") << 1 << false << QByteArray("Hel");
        QTest::newRow("last fragment") << hex("80 02 6c 6f") << 0 << true << QByteArray("lo");
        QTest::newRow("ping") << hex("89 05 48 65 6c 6c 6f") << 9 << true << QByteArray("Hello");
        QTest::newRow("256 bytes")
            << hex("82 7E 01 00") + QByteArray(256, 'a') << 2 << true << QByteArray(256, 'a');
        QTest::newRow("64 KiB") << hex("82 7F 00 00 00 00 00 01 00 00") + QByteArray(65536, 'a')
                                << 2 << true << QByteArray(65536, 'a');
    }
    void webSocketFrame()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, payload);
        // However it is cut, half a frame is no frame and takes nothing.
        for (qsizetype size = 0; size < bytes.size();
             size += std::max<qsizetype>(1, bytes.size() / 99)) {
            QByteArrayView half = QByteArrayView(bytes).first(size);
            QVERIFY(!takeFrame(half));
            QCOMPARE(half.size(), size);
        }
        const QByteArray more = bytes + "next";
        QByteArrayView rest = more;
        const auto frame = takeFrame(rest);
        QVERIFY(frame);
        QTEST(int(frame->opcode), "opcode");
        QTEST(frame->final, "final");
        QCOMPARE(frame->payload.toByteArray(), payload);
        QCOMPARE(rest.toByteArray(), QByteArray("next"));
    }

    void webSocketFrameRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("masked") << hex("81 85 37 fa 21 3d 7f 9f 4d 51 58");
        QTest::newRow("reserved bit") << hex("c1 00");
        QTest::newRow("opcode 3") << hex("83 00");
        QTest::newRow("opcode 11") << hex("8b 00");
        QTest::newRow("fragmented ping") << hex("09 00");
        QTest::newRow("long ping") << hex("89 7e 00 7e");
        QTest::newRow("too big") << hex("82 7F 00 00 00 01 00 00 00 00");
        QTest::newRow("negative") << hex("82 7F FF FF FF FF FF FF FF FF");
    }
    void webSocketFrameRefused()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!complaintOf([&] {
            QByteArrayView rest = bytes;
            takeFrame(rest);
        }).isEmpty());
    }

    void webSocketMasking_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("Hello") << QByteArray("Hello") << hex("81 85");
        QTest::newRow("empty") << QByteArray() << hex("81 80");
        QTest::newRow("8 bytes") << QByteArray("12345678") << hex("81 88");
        QTest::newRow("200 bytes") << QByteArray(200, 'y') << hex("81 FE 00 C8");
        QTest::newRow("70000 bytes")
            << QByteArray(70000, 'z') << hex("81 FF 00 00 00 00 00 01 11 70");
    }
    void webSocketMasking()
    {
        QFETCH(QByteArray, payload);
        QFETCH(QByteArray, header);
        const QByteArray key = hex("37 fa 21 3d");
        quint32 mask = 0;
        memcpy(&mask, key.data(), 4);
        QByteArray out;
        appendFrame(out, Opcode::Text, payload, mask);
        QByteArray expected = header + key;
        for (qsizetype i = 0; i < payload.size(); ++i)
            expected += char(payload[i] ^ key[i % 4]);
        QCOMPARE(out, expected);
        if (payload == "Hello") // the RFC's own bytes
            QCOMPARE(out, hex("81 85 37 fa 21 3d 7f 9f 4d 51 58"));
    }

    void closeFrame()
    {
        QCOMPARE(parseClose({}).code, 1005);
        QCOMPARE(parseClose(hex("03e8")).code, 1000);
        const QByteArray goingAway = hex("03e9") + "bye";
        QCOMPARE(parseClose(goingAway).code, 1001);
        QCOMPARE(parseClose(goingAway).reason, u"bye"_s);
        QVERIFY_EXCEPTION_THROWN(parseClose("x"), ProtocolError);
    }

    void upgradeRequest_data()
    {
        QTest::addColumn<QUrl>("url");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("hostLine");
        const auto row = [](const char* name, const QString& url, const QByteArray& host,
                             const QByteArray& line, const QByteArray& hostLine) {
            QTest::newRow(name) << QUrl(url) << host << line << hostLine;
        };
        row("plain", u"http://h/hub"_s, {}, "GET /hub HTTP/1.1", "Host: h");
        row("port", u"ws://h:8090/hub?id=a%2Fb"_s, {}, "GET /hub?id=a%2Fb HTTP/1.1",
            "Host: h:8090");
        row("default port", u"https://h:443/"_s, {}, "GET / HTTP/1.1", "Host: h");
        row("no path", u"wss://h"_s, {}, "GET / HTTP/1.1", "Host: h");
        row("IPv6", u"http://[::1]:5000/x"_s, {}, "GET /x HTTP/1.1", "Host: [::1]:5000");
        row("host replaced", u"http://127.0.0.1:40001/hub"_s, "chat.example.test",
            "GET /hub HTTP/1.1", "Host: chat.example.test");
    }
    void upgradeRequest()
    {
        QFETCH(QUrl, url);
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, hostLine);
        Headers headers {{"X-Own", "1"}, {"upgrade", "h2c"}};
        if (!host.isEmpty())
            headers.append({"host", host});
        const QByteArray request = gapless::signalr::upgradeRequest(url, headers, "KEY==");
        QVERIFY(request.startsWith(line + "\r\n"));
        QVERIFY(request.endsWith("\r\n\r\n"));
        QCOMPARE(request.toLower().count("\r\nhost:"), 1);
        QVERIFY(request.contains("\r\n" + hostLine + "\r\n"));
        QVERIFY(request.contains("\r\nSec-WebSocket-Key: KEY==\r\n"));
        QVERIFY(request.contains("\r\nX-Own: 1\r\n"));
        QVERIFY(!request.contains("h2c"));
    }

    void serverNames()
    {
        const QUrl tunnel(u"https://127.0.0.1:40001/hub"_s);
        QCOMPARE(serverName(tunnel, {}), u"127.0.0.1"_s);
        QCOMPARE(serverName(tunnel, {{"Host", "chat.example.test:8443"}}), u"chat.example.test"_s);
    }

    void headersThatBreakOut_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("valid");
        QTest::newRow("good") << QByteArray("X-A") << QByteArray("b c") << true;
        QTest::newRow("line break") << QByteArray("X-A") << QByteArray("b\r\nX-B: c") << false;
        QTest::newRow("bare LF") << QByteArray("X-A") << QByteArray("b\nc") << false;
        QTest::newRow("NUL") << QByteArray("X-A") << QByteArray("b\0c", 3) << false;
        QTest::newRow("colon") << QByteArray("X:A") << QByteArray("b") << false;
        QTest::newRow("empty name") << QByteArray() << QByteArray("b") << false;
    }
    void headersThatBreakOut()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QTEST(isValid({{name, value}}), "valid");
    }

    void upgradeResponse()
    {
        const QByteArray key = "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455, 1.3
        const QByteArray good = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\n"
                                "Connection: keep-alive, Upgrade\r\n"
                                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
        for (qsizetype size = 0; size < good.size(); ++size)
            QVERIFY(!parseUpgradeResponse(QByteArrayView(good).first(size)));
        const auto response = parseUpgradeResponse(good + "\x81\x00");
        QVERIFY(response);
        QCOMPARE(response->status, 101);
        QCOMPARE(response->size, good.size());
        checkUpgrade(*response, key);
        QVERIFY_EXCEPTION_THROWN(checkUpgrade(*response, "other"), ProtocolError);

        const auto refused = parseUpgradeResponse("HTTP/1.1 404 Not Found\r\nServer: x\r\n\r\n");
        QCOMPARE(refused->status, 404);
        QCOMPARE(refused->statusText, QByteArray("Not Found"));
        QVERIFY_EXCEPTION_THROWN(parseUpgradeResponse("SSH-2.0-OpenSSH\r\n\r\n"), ProtocolError);
        QVERIFY_EXCEPTION_THROWN(parseUpgradeResponse("HTTP/1.1 abc\r\n\r\n"), ProtocolError);
        QVERIFY_EXCEPTION_THROWN(parseUpgradeResponse(QByteArray(70000, 'a')), ProtocolError);
        UpgradeResponse deflated = *response;
        deflated.headers.emplaceBack("sec-websocket-extensions", "permessage-deflate");
        QVERIFY_EXCEPTION_THROWN(checkUpgrade(deflated, key), ProtocolError);
    }
};

QTEST_GUILESS_MAIN(TestSignalrFraming)
#include "tst_signalrframing.moc"
