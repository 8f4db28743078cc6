// SPDX-License-Identifier: MIT
#include "engine/witness/httpprobe.h"
#include "fakesite.h"

#include "engine/model/error.h"

#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestHttpProbe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void urlsThatAreNone_data();
    void urlsThatAreNone();
    void requests();
    void causes_data();
    void causes();
    void freshAndKeptConnections();
    void posts();
    void onScheduleWhateverTheAnswersDo();
    void whatCannotBeSentHasFailed();
    void anOutageIsReportedWhenItIsOver();
    void labels();
    void stopWaitsForWhatIsUnderWay();
};

namespace {

using Cause = Sample::Cause;

/// A probe of a site, and what it saw.
struct Probed {
    explicit Probed(const QString& url, HttpProbeSpec spec = {}, HttpProbe::Options options = {})
        : destination(url, std::nullopt)
        , identifier(spec.versionFrom, {})
        , probe(spec, destination, identifier, clock, options,
              {[this](const Sample& sample) { samples.append(sample); },
                  [this](const Outage& outage) { outages.append(outage); },
                  [this](const Identity& identity) { return labels.label(identity.version); }})
    {
    }
    QList<Sample> of(Sample::Probe kind) const
    {
        QList<Sample> found;
        std::copy_if(samples.cbegin(), samples.cend(), std::back_inserter(found),
            [kind](const Sample& sample) { return sample.probe == kind; });
        return found;
    }

    WitnessClock clock;
    Destination destination;
    Identifier identifier;
    QList<Sample> samples;
    QList<Outage> outages;
    SampleLabels labels;
    HttpProbe probe;
};

HttpProbeSpec often(double perSecond)
{
    HttpProbeSpec spec;
    spec.perSecond = perSecond;
    return spec;
}

void answerOk(QTcpSocket& socket, const QByteArray&)
{
    socket.write(FakeSite::ok("hello"));
}

} // namespace

Q_DECLARE_METATYPE(FakeSite::Answer)

void TestHttpProbe::urlsThatAreNone_data()
{
    QTest::addColumn<QString>("url");
    for (const char* url : {"", "example.org", "ftp://example.org", "http://", "http://[", "/path"})
        QTest::newRow(*url ? url : "empty") << QString::fromLatin1(url);
}

void TestHttpProbe::urlsThatAreNone()
{
    QFETCH(QString, url);
    QVERIFY_EXCEPTION_THROWN(Destination(url, std::nullopt), Error);
}

void TestHttpProbe::requests()
{
    const Destination plain(u"http://[::1]:8080/base/"_s, std::nullopt);
    QCOMPARE(plain.request("GET", u"/a b?x=1"_s, {"X: y"}),
        "GET /base/a%20b?x=1 HTTP/1.1\r\nHost: [::1]:8080\r\nUser-Agent: gapless/" GAPLESS_VERSION
        "\r\nAccept: */*\r\nX: y\r\n\r\n");
    const Destination usual(u"https://example.org"_s, std::nullopt);
    const QByteArray post = usual.request("POST", u"/"_s, {}, "body");
    QVERIFY(post.startsWith("POST / HTTP/1.1\r\nHost: example.org\r\n"));
    QVERIFY(post.endsWith("\r\nContent-Length: 4\r\n\r\nbody"));
}

void TestHttpProbe::causes_data()
{
    QTest::addColumn<FakeSite::Answer>("answer");
    QTest::addColumn<int>("cause");
    QTest::addColumn<int>("status");

    const auto row = [](const char* name, Cause cause, int status, FakeSite::Answer answer) {
        QTest::newRow(name) << answer << int(cause) << status;
    };
    row("as expected", Cause::None, 200, answerOk);
    row("a redirection is expected too", Cause::None, 302,
        [](QTcpSocket& socket, const QByteArray&) {
            socket.write("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n");
        });
    row("another status", Cause::Status, 502, [](QTcpSocket& socket, const QByteArray&) {
        socket.write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    });
    row("reset before an answer", Cause::Reset, 0,
        [](QTcpSocket& socket, const QByteArray&) { FakeSite::reset(socket); });
    row("ended before an answer", Cause::Eof, 0,
        [](QTcpSocket& socket, const QByteArray&) { socket.disconnectFromHost(); });
    row("ended in the head", Cause::Truncated, 0, [](QTcpSocket& socket, const QByteArray&) {
        socket.write("HTTP/1.1 200 OK\r\nCont");
        socket.disconnectFromHost();
    });
    row("ended in the body", Cause::Truncated, 200, [](QTcpSocket& socket, const QByteArray&) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
        socket.disconnectFromHost();
    });
    row("silence", Cause::Timeout, 0, [](QTcpSocket&, const QByteArray&) {});
    row("not HTTP", Cause::Malformed, 0,
        [](QTcpSocket& socket, const QByteArray&) { socket.write("220 smtp ready\r\n"); });
    row("refused", Cause::Refused, 0, nullptr);
}

void TestHttpProbe::causes()
{
    QFETCH(FakeSite::Answer, answer);
    FakeSite site(answer);
    // Silence must not be ended by the fake site's own tidiness.
    site.setAnswer(
        [answer](QTcpSocket& socket, const QByteArray& request) { answer(socket, request); });
    if (!answer)
        site.die();
    HttpProbe::Options options;
    options.timeout = 200ms;
    // Kept connections only: nothing asks the server to close, so only the answer decides.
    Probed probed(site.url(), often(20), options);
    probed.probe.start();
    QTRY_VERIFY(!probed.of(Sample::Probe::KeepAlive).isEmpty());
    QTEST(int(probed.of(Sample::Probe::KeepAlive).first().cause), "cause");
    QTEST(int(probed.of(Sample::Probe::KeepAlive).first().status), "status");
}

void TestHttpProbe::freshAndKeptConnections()
{
    QList<QByteArray> heads;
    FakeSite site([&](QTcpSocket& socket, const QByteArray& request) {
        heads.append(request);
        answerOk(socket, request);
    });
    Probed probed(site.url(), often(100));
    probed.probe.start();
    QTRY_VERIFY(probed.of(Sample::Probe::KeepAlive).size() >= 12);
    probed.probe.stop();
    QTRY_VERIFY(!probed.probe.underWay());

    const qsizetype fresh = probed.of(Sample::Probe::Fresh).size();
    const qsizetype kept = probed.of(Sample::Probe::KeepAlive).size();
    QVERIFY2(fresh > 3 * kept && fresh < 5 * kept + 5, qPrintable(QString::number(fresh)));
    QCOMPARE(site.requests(), fresh + kept);
    QCOMPARE(site.connections(), fresh + 4); // four kept ones take turns
    QCOMPARE(std::count_if(heads.cbegin(), heads.cend(),
                 [](const QByteArray& head) { return head.contains("Connection: close"); }),
        fresh);
    for (const Sample& sample : probed.samples)
        QVERIFY(!sample.failed());
}

void TestHttpProbe::posts()
{
    QByteArray got;
    FakeSite site([&](QTcpSocket& socket, const QByteArray& request) {
        if (request.startsWith("POST"))
            got = request;
        answerOk(socket, request);
    });
    HttpProbeSpec spec = often(1);
    spec.post = {{u"path"_s, u"/api"_s}, {u"body"_s, u"{}"_s},
        {u"contentType"_s, u"application/json"_s}, {u"perSecond"_s, 50}};
    Probed probed(site.url(), spec);
    probed.probe.start();
    QTRY_VERIFY(probed.of(Sample::Probe::Post).size() >= 5);
    QVERIFY(got.startsWith("POST /api HTTP/1.1\r\n"));
    QVERIFY(got.contains("\r\nContent-Type: application/json\r\n"));
    QVERIFY(got.endsWith("\r\n\r\n{}"));
}

void TestHttpProbe::onScheduleWhateverTheAnswersDo()
{
    // A site that never answers still gets every request: that is what open loop means.
    FakeSite site([](QTcpSocket& socket, const QByteArray&) { socket.setParent(socket.parent()); });
    HttpProbe::Options options;
    options.timeout = 10s;
    HttpProbeSpec spec = often(100);
    Probed probed(site.url(), spec, options);
    probed.probe.start();
    QTRY_VERIFY(site.requests() >= 100);
    QVERIFY(probed.of(Sample::Probe::Fresh).size()
        < 100); // it is the site that ends them, not an answer
}

void TestHttpProbe::whatCannotBeSentHasFailed()
{
    FakeSite site(answerOk);
    HttpProbe::Options options;
    options.maxUnderWay = 0;
    options.maxKept = 0;
    Probed probed(site.url(), often(100), options);
    probed.probe.start();
    QTRY_VERIFY(probed.samples.size() >= 20);
    for (const Sample& sample : probed.samples)
        QCOMPARE(sample.cause, Cause::Unsent);
    QCOMPARE(site.requests(), 0);
}

void TestHttpProbe::anOutageIsReportedWhenItIsOver()
{
    FakeSite site(answerOk);
    Probed probed(site.url(), often(100));
    probed.probe.start();
    QTRY_VERIFY(probed.of(Sample::Probe::Fresh).size() >= 5);
    site.die();
    QTRY_VERIFY(probed.probe.openOutage());
    QVERIFY(probed.outages.isEmpty());
    QTRY_VERIFY(probed.probe.openOutage()->failed >= 5);
    site.listen();
    QTRY_COMPARE(probed.outages.size(), 1);
    const Outage outage = probed.outages.first();
    QVERIFY(outage.cause == Cause::Refused || outage.cause == Cause::Reset);
    qint64 failed = 0;
    for (const Sample& sample : probed.of(Sample::Probe::Fresh))
        failed += sample.failed() && outage.span.contains(sample.atUs);
    QCOMPARE(outage.failed, failed);
    QVERIFY(!probed.probe.openOutage());
}

void TestHttpProbe::labels()
{
    FakeSite site([](QTcpSocket& socket, const QByteArray&) {
        socket.write(FakeSite::ok("x", "X-Version: hash_1\r\n"));
    });
    HttpProbeSpec spec = often(50);
    spec.versionFrom = u"X-Version"_s;
    Probed probed(site.url(), spec);
    probed.probe.start();
    QTRY_VERIFY(!probed.samples.isEmpty());
    QCOMPARE(probed.labels.texts().value(probed.samples.first().label), u"hash_1"_s);
}

void TestHttpProbe::stopWaitsForWhatIsUnderWay()
{
    QList<QTcpSocket*> held;
    FakeSite site([&](QTcpSocket& socket, const QByteArray& request) {
        if (!request.contains("Connection: close"))
            held.append(&socket);
        else
            answerOk(socket, request);
    });
    Probed probed(site.url(), often(20));
    probed.probe.start();
    QTRY_VERIFY(!held.isEmpty());
    probed.probe.stop();
    QVERIFY(probed.probe.underWay());
    for (QTcpSocket* socket : held)
        socket->write(FakeSite::ok("late"));
    QTRY_VERIFY(!probed.probe.underWay());
    const int requests = site.requests();
    QCOMPARE(probed.of(Sample::Probe::KeepAlive).size(), held.size());
    QCOMPARE(site.requests(), requests);
}

QTEST_GUILESS_MAIN(TestHttpProbe)
#include "tst_httpprobe.moc"
