// SPDX-License-Identifier: MIT
#include "engine/witness/httpresponse.h"

#include <QList>
#include <QTest>

using namespace gapless;

class TestHttpResponse : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers();
    void headers();
    void aLongBodyIsCountedAndNotKept();
    void anEndlessHeadIsRefused();
};

using State = HttpResponse::State;

void TestHttpResponse::answers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("state"); ///< before the connection ends
    QTest::addColumn<int>("atEnd"); ///< after
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("keepAlive");

    const auto row = [](const char* name, const QByteArray& bytes, int status, State state,
                         State atEnd, const QByteArray& body, bool keepAlive) {
        QTest::newRow(name) << bytes << status << int(state) << int(atEnd) << body << keepAlive;
    };
    row("nothing", "", 0, State::Waiting, State::Waiting, "", false);
    row("by length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, State::Done,
        State::Done, "hello", true);
    row("empty", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, State::Done, State::Done, "",
        true);
    row("no reason phrase", "HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n", 404, State::Done,
        State::Done, "", true);
    row("cut in the head", "HTTP/1.1 200 OK\r\nContent-Le", 0, State::Head, State::Head, "", false);
    row("cut in the body", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", 200, State::Body,
        State::Body, "hel", false);
    row("up to the end", "HTTP/1.1 200 OK\r\n\r\nhello", 200, State::Body, State::Done, "hello",
        false);
    row("chunks",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
        "chunked\r\n\r\n5\r\nhello\r\n1;x=y\r\n!\r\n0\r\n\r\n",
        200, State::Done, State::Done, "hello!", true);
    row("chunks and a trailer",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\n", 200,
        State::Done, State::Done, "a", true);
    row("cut between chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        200, State::Body, State::Body, "hello", false);
    row("a chunk that is too long",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n", 200,
        State::Broken, State::Broken, "he", false);
    row("a chunk without a size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        200, State::Broken, State::Broken, "", false);
    row("chunks win over a length",
        "HTTP/1.1 200 OK\r\nContent-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 200,
        State::Done, State::Done, "", true);
    row("204 has no body", "HTTP/1.1 204 No Content\r\n\r\n", 204, State::Done, State::Done, "",
        true);
    row("304 has no body, whatever it says",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304, State::Done, State::Done, "",
        true);
    row("after a 100",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Made\r\nContent-Length: 1\r\n\r\nx", 201,
        State::Done, State::Done, "x", true);
    row("it will be closed", "HTTP/1.1 200 OK\r\nconnection: Close\r\nContent-Length: 1\r\n\r\nx",
        200, State::Done, State::Done, "x", false);
    row("HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, State::Done, State::Done,
        "x", false);
    row("more than was announced", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxyz", 200,
        State::Done, State::Done, "x", false);
    row("another protocol", "SSH-2.0-OpenSSH_9.2p1 Debian\r\n", 0, State::Broken, State::Broken, "",
        false);
    row("HTTP/2", "HTTP/2 200\r\n\r\n", 0, State::Broken, State::Broken, "", false);
    row("no status", "HTTP/1.1 OK\r\n\r\n", 0, State::Broken, State::Broken, "", false);
    row("a length that is none", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", 200,
        State::Broken, State::Broken, "", false);
}

void TestHttpResponse::answers()
{
    QFETCH(QByteArray, bytes);
    // In one piece and byte by byte: where it is split must not matter.
    for (const bool split : {false, true}) {
        HttpResponse response;
        for (qsizetype i = 0; split && i < bytes.size(); ++i)
            response.feed(QByteArrayView(bytes).sliced(i, 1));
        if (!split)
            response.feed(bytes);
        QTEST(int(response.state()), "state");
        QTEST(response.keepAlive(), "keepAlive");
        QTEST(int(response.end()), "atEnd");
        if (response.state() != State::Broken)
            QTEST(response.status(), "status");
        QTEST(response.body(), "body");
    }
}

void TestHttpResponse::headers()
{
    HttpResponse response;
    response.feed("HTTP/1.1 200 OK\r\nX-Slot:  A \r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\n"
                  "Content-Length: 0\r\n\r\n");
    QCOMPARE(response.header("x-slot").toByteArray(), "A");
    QCOMPARE(response.header("content-length").toByteArray(), "0");
    QVERIFY(response.header("x-slo").isEmpty());
    QVERIFY(response.header("http/1.1 200 ok").isEmpty());
    QCOMPARE(response.headers("Set-Cookie"), (QList<QByteArray> {"a=1", "b=2"}));
}

void TestHttpResponse::aLongBodyIsCountedAndNotKept()
{
    HttpResponse response(10);
    response.feed("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    response.feed(QByteArray(100'000, 'x'));
    QCOMPARE(response.state(), State::Done);
    QCOMPARE(response.body(), QByteArray(10, 'x'));
    QCOMPARE(response.bodyBytes(), 100'000);
}

void TestHttpResponse::anEndlessHeadIsRefused()
{
    HttpResponse response;
    response.feed("HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 100; ++i)
        response.feed(QByteArray(1024, 'x'));
    QCOMPARE(response.state(), State::Broken);
}

QTEST_GUILESS_MAIN(TestHttpResponse)
#include "tst_httpresponse.moc"
