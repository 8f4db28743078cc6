// SPDX-License-Identifier: MIT
#include "tests/support/load/responsereader.h"

#include <QTest>

using gapless::load::ResponseReader;
using State = ResponseReader::State;
using namespace Qt::StringLiterals;

class TestResponseReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void readsInPieces();
    void knowsTheVersion();
};

void TestResponseReader::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<State>("state");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("keepsAlive");

    QTest::newRow("length") << "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"_ba << false
                            << State::Done << 200 << true;
    QTest::newRow("nothing in it")
        << "HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n"_ba << false << State::Done << 200 << true;
    QTest::newRow("length, cut short") << "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok"_ba
                                       << true << State::Body << 200 << false;
    QTest::newRow("head, cut short")
        << "HTTP/1.1 200 OK\r\nConte"_ba << true << State::Head << 0 << false;
    QTest::newRow("chunks")
        << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\nA;x=1\r\n"
           "0123456789\r\n0\r\n\r\n"_ba
        << false << State::Done << 200 << true;
    QTest::newRow("chunks and a trailer")
        << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n\r\n"_ba << false
        << State::Done << 200 << true;
    QTest::newRow("chunks, cut short")
        << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n"_ba << true
        << State::Body << 200 << false;
    QTest::newRow("no such chunk size")
        << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"_ba << false
        << State::Malformed << 200 << true;
    QTest::newRow("until close") << "HTTP/1.1 502 Bad Gateway\r\n\r\noh"_ba << true << State::Done
                                 << 502 << false;
    QTest::newRow("no content") << "HTTP/1.1 204 No Content\r\n\r\n"_ba << false << State::Done
                                << 204 << true;
    QTest::newRow("continue, then the answer")
        << "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"_ba << false
        << State::Done << 200 << true;
    QTest::newRow("closes")
        << "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n"_ba << false
        << State::Done << 200 << false;
    QTest::newRow("1.0") << "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"_ba << false
                         << State::Done << 200 << false;
    QTest::newRow("not HTTP") << "SSH-2.0-OpenSSH_9.2\r\n\r\n"_ba << false << State::Malformed << 0
                              << true;
    QTest::newRow("no such length") << "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n"_ba << false
                                    << State::Malformed << 200 << true;
}

void TestResponseReader::reads()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, closes);
    ResponseReader reader;
    reader.feed({bytes.constData(), std::size_t(bytes.size())});
    if (closes)
        reader.peerClosed();
    QTEST(reader.state(), "state");
    QTEST(reader.status(), "status");
    QTEST(reader.keepsAlive(), "keepsAlive");
}

void TestResponseReader::readsInPieces()
{
    const std::string text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                             "4\r\na\r\nb\r\n0\r\n\r\n";
    ResponseReader reader;
    for (std::size_t i = 0; i < text.size(); ++i) {
        QVERIFY(reader.state() != State::Done);
        reader.feed(std::string_view(text).substr(i, 1));
    }
    QCOMPARE(reader.state(), State::Done);
}

void TestResponseReader::knowsTheVersion()
{
    ResponseReader reader;
    reader.feed("HTTP/1.1 200 OK\r\nX-Version:  v2 \r\nContent-Length: 0\r\n\r\n");
    QCOMPARE(QString::fromStdString(reader.version()), u"v2"_s);
}

QTEST_GUILESS_MAIN(TestResponseReader)
#include "tst_responsereader.moc"
