// SPDX-License-Identifier: MIT
#include "engine/model/error.h"
#include "engine/witness/samplefile.h"
#include "engine/witness/sitewitness.h"
#include "fakesite.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <atomic>
#include <future>

using namespace gapless;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSiteWitness : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void targetsWithoutAWitness();
    void nothingHappens();
    void theSiteGoesAway();
    void noBaseline();
    void cancelledInTheBaseline();
    void neverStarted();
    void startedTwice();
    void abortsOnEvidence();
    void theOwnNetworkIsNoReasonToAbort();
    void sessionsThatAreLost();
    void aSlowListenerIsNoStall();
    void samplesGoToAFile();
    void aWitnessAloneNamesItsFileAfterTheTime();
    void aDisplayGetsEverySampleInBatches();
    void destroyedWhileItRuns();
};

namespace {

/// A fake site on a thread of its own, so that blocking calls of the witness do not stop it.
class Site {
public:
    explicit Site(FakeSite::Answer answer
        = [](QTcpSocket& socket, const QByteArray&) { socket.write(FakeSite::ok("hello")); })
    {
        m_thread.start();
        m_context.moveToThread(&m_thread);
        run([&] { m_site = std::make_unique<FakeSite>(std::move(answer)); });
    }
    ~Site()
    {
        run([&] { m_site.reset(); });
        m_thread.quit();
        m_thread.wait();
    }
    void die()
    {
        run([&] { m_site->die(); });
    }
    QString url()
    {
        QString url;
        run([&] { url = m_site->url(); });
        return url;
    }

private:
    void run(const std::function<void()>& work)
    {
        QMetaObject::invokeMethod(&m_context, work, Qt::BlockingQueuedConnection);
    }
    QThread m_thread;
    QObject m_context;
    std::unique_ptr<FakeSite> m_site;
};

/// What a witness reports, from whatever thread.
class Reports {
public:
    std::function<void(EventBody)> sink()
    {
        return [this](EventBody body) {
            const std::lock_guard lock(m_mutex);
            m_all.append(std::move(body));
        };
    }
    template <typename Body> QList<Body> of() const
    {
        const std::lock_guard lock(m_mutex);
        QList<Body> found;
        for (const EventBody& body : m_all)
            if (const auto* one = std::get_if<Body>(&body))
                found.append(*one);
        return found;
    }

private:
    mutable std::mutex m_mutex;
    QList<EventBody> m_all;
};

WitnessSpec httpOnly(const QString& url, double perSecond = 100)
{
    WitnessSpec spec;
    spec.url = url;
    spec.http->perSecond = perSecond;
    return spec;
}

WitnessOptions quick()
{
    WitnessOptions options;
    options.summaryEvery = 50ms;
    options.stallLimit = 20s; // a busy machine is not what is tested here
    return options;
}

Event asEvent(EventBody body)
{
    Event event;
    event.body = std::move(body);
    return event;
}

qint64 sentIn(const Reports& reports)
{
    qint64 sent = 0;
    for (const ProbeSummary& summary : reports.of<ProbeSummary>())
        sent += summary.sent;
    return sent;
}

} // namespace

void TestSiteWitness::targetsWithoutAWitness()
{
    QVERIFY_EXCEPTION_THROWN(makeSiteWitness(Target()), Error);
    QVERIFY_EXCEPTION_THROWN(makeSiteWitness(httpOnly(u"example.org"_s), {}), Error);
}

void TestSiteWitness::nothingHappens()
{
    Site site;
    Reports reports;
    const auto witness = makeSiteWitness(httpOnly(site.url()), {}, quick());
    witness->start(reports.sink(), 20s, {});
    QTRY_VERIFY(sentIn(reports) >= 120);
    const Verdict verdict = witness->finish();

    QCOMPARE(int(verdict.word), int(Verdict::Word::Unbroken));
    QVERIFY(verdict.clean);
    QVERIFY(verdict.http->sent >= 100);
    QCOMPARE(verdict.http->failed, 0);
    QVERIFY(verdict.http->keepAliveSent > 0);
    QVERIFY(verdict.http->p50Ms > 0);
    QVERIFY(verdict.http->p50Ms <= verdict.http->maxMs);
    QVERIFY(!verdict.session);
    QVERIFY(!verdict.signalr);
    QVERIFY(reports.of<Gap>().isEmpty());
    // The whole is the sum of what was reported on the way.
    QCOMPARE(sentIn(reports), verdict.http->sent);
    QVERIFY(witness->finish() == verdict);
}

void TestSiteWitness::theSiteGoesAway()
{
    Site site;
    Reports reports;
    const auto witness = makeSiteWitness(httpOnly(site.url()), {}, quick());
    witness->start(reports.sink(), 20s, {});
    witness->observe(asEvent(StepStarted {u"stop"_s, u"A"_s, 0}));
    site.die();
    const auto failed = [&] {
        qint64 sum = 0;
        for (const ProbeSummary& summary : reports.of<ProbeSummary>())
            sum += summary.failed;
        return sum;
    };
    QTRY_VERIFY(failed() >= 10);
    const Verdict verdict = witness->finish();

    QCOMPARE(int(verdict.word), int(Verdict::Word::Broken));
    QCOMPARE(verdict.why, u"failed"_s);
    QVERIFY(!verdict.clean);
    QVERIFY(verdict.http->failed >= 10);
    // It is not over, and is reported all the same, with what came before it.
    QCOMPARE(reports.of<Gap>().size(), 1);
    const Gap gap = reports.of<Gap>().first();
    QCOMPARE(gap.probe, u"http"_s);
    QVERIFY(gap.cause == u"refused" || gap.cause == u"reset");
    QCOMPARE(gap.after, u"stop"_s);
    QCOMPARE(gap.afterSlot, u"A"_s);
    QVERIFY(gap.ms > 0);
    QVERIFY(gap.lost >= 10);
}

void TestSiteWitness::noBaseline()
{
    Site site;
    const QString url = site.url();
    site.die();
    Reports reports;
    const auto witness = makeSiteWitness(httpOnly(url), {}, quick());
    witness->start(reports.sink(), 100ms, {});
    const Verdict verdict = witness->finish();
    QCOMPARE(int(verdict.word), int(Verdict::Word::Invalid));
    QCOMPARE(verdict.why, u"noBaseline"_s);
}

void TestSiteWitness::cancelledInTheBaseline()
{
    Site site;
    const QString url = site.url();
    site.die();
    Reports reports;
    const auto witness = makeSiteWitness(httpOnly(url), {}, quick());
    std::stop_source stop;
    const auto later = std::async(std::launch::async, [&] {
        while (sentIn(reports) < 5)
            std::this_thread::yield();
        stop.request_stop();
    });
    bool cancelled = false;
    try {
        witness->start(reports.sink(), 60s, stop.get_token());
    } catch (const Cancelled&) {
        cancelled = true;
    }
    QVERIFY(cancelled);
    QCOMPARE(witness->finish().why, u"noBaseline"_s);
}

void TestSiteWitness::neverStarted()
{
    const auto witness = makeSiteWitness(httpOnly(u"http://127.0.0.1:1"_s), {}, quick());
    QCOMPARE(witness->abortReason(), QString());
    QCOMPARE(int(witness->finish().word), int(Verdict::Word::NotMeasured));
}

void TestSiteWitness::startedTwice()
{
    Site site;
    const auto witness = makeSiteWitness(httpOnly(site.url()), {}, quick());
    witness->start([](const EventBody&) {}, 20s, {});
    QVERIFY_EXCEPTION_THROWN(witness->start([](const EventBody&) {}, 20s, {}), Error);
}

void TestSiteWitness::abortsOnEvidence()
{
    Site site;
    WitnessSpec spec = httpOnly(site.url());
    spec.abortOn = {u"failed"_s};
    std::atomic<int> asked = 0;
    WitnessOptions options = quick();
    options.controlProbe = [&asked] {
        ++asked;
        return std::optional(true);
    };
    const auto witness = makeSiteWitness(spec, {}, options);
    witness->start([](const EventBody&) {}, 20s, {});
    QCOMPARE(witness->abortReason(), QString());
    site.die();
    QTRY_COMPARE(witness->abortReason(), u"failed"_s);
    QVERIFY(asked > 0);
    QCOMPARE(witness->finish().why, u"failed"_s);
}

void TestSiteWitness::theOwnNetworkIsNoReasonToAbort()
{
    Site site;
    WitnessSpec spec = httpOnly(site.url());
    spec.abortOn = {u"failed"_s, u"gap"_s, u"closed"_s};
    std::atomic<int> asked = 0;
    WitnessOptions options = quick();
    options.controlProbe = [&asked] {
        ++asked;
        return std::optional(false);
    };
    const auto witness = makeSiteWitness(spec, {}, options);
    witness->start([](const EventBody&) {}, 20s, {});
    site.die();
    QTRY_VERIFY_WITH_TIMEOUT(asked >= 2, 10'000);
    QCOMPARE(witness->abortReason(), QString());
    const Verdict verdict = witness->finish();
    QCOMPARE(int(verdict.word), int(Verdict::Word::Invalid));
    QCOMPARE(verdict.why, u"ownNetwork"_s);
    QVERIFY(verdict.http->failed > 0); // said all the same
}

void TestSiteWitness::sessionsThatAreLost()
{
    std::atomic<int> count = 0;
    std::atomic<bool> forgotten = false;
    Site site([&](QTcpSocket& socket, const QByteArray& request) {
        if (!request.startsWith("GET /count "))
            return void(socket.write(FakeSite::ok("hello")));
        if (forgotten.exchange(false))
            count = 0;
        ++count;
        socket.write(FakeSite::ok(QByteArray::number(count),
            count == 1 ? "Set-Cookie: session=x" + QByteArray::number(int(count)) + "; path=/\r\n"
                       : ""));
    });
    WitnessSpec spec = httpOnly(site.url());
    spec.session = SessionProbeSpec {u"/count"_s, true};
    Reports reports;
    const auto witness = makeSiteWitness(spec, {}, quick());
    witness->start(reports.sink(), 20s, {});
    forgotten = true;
    const auto lost = [&] {
        qint64 sum = 0;
        for (const ProbeSummary& summary : reports.of<ProbeSummary>())
            sum += summary.sessionLost;
        return sum;
    };
    QTRY_COMPARE(lost(), 1);
    const Verdict verdict = witness->finish();
    QCOMPARE(int(verdict.word), int(Verdict::Word::Broken));
    QCOMPARE(verdict.why, u"session"_s);
    QCOMPARE(verdict.session->lost, 1);
    QVERIFY(verdict.session->checked >= 3);
    QStringList ids;
    for (const QJsonValue& note : verdict.notes)
        ids.append(note[u"id"].toString());
    QVERIFY2(ids.contains(u"dataProtection"), qPrintable(ids.join(u' ')));
}

void TestSiteWitness::aSlowListenerIsNoStall()
{
    Site site;
    Reports reports;
    WitnessOptions options = quick();
    options.summaryEvery = 20ms;
    options.stallNoted = 10s;
    const auto witness = makeSiteWitness(httpOnly(site.url()), {}, options);
    std::promise<void> release;
    std::shared_future<void> released = release.get_future().share();
    std::atomic<int> told = 0;
    witness->start(
        [&](const EventBody& body) {
            released.wait(); // a disk that has gone to sleep
            reports.sink()(body);
            ++told;
        },
        20s, {}); // the baseline stood all the same
    QCOMPARE(told, 0);
    release.set_value();
    QTRY_VERIFY(sentIn(reports) >= 120);
    const Verdict verdict = witness->finish();
    QCOMPARE(int(verdict.word), int(Verdict::Word::Unbroken));
    QCOMPARE(sentIn(reports), verdict.http->sent); // nothing was left out
}

void TestSiteWitness::samplesGoToAFile()
{
    QTemporaryDir folder;
    Site site;
    Reports reports;
    WitnessOptions options = quick();
    options.samplesFolder = folder.filePath(u"samples"_s);
    const auto witness = makeSiteWitness(httpOnly(site.url()), {}, options);
    QCOMPARE(witness->samplesFile(), QString());
    witness->observe({1, QDateTime::currentDateTimeUtc(), u"20261123-213045-k3f9"_s, RunStarted()});
    witness->start(reports.sink(), 20s, {});
    QCOMPARE(witness->samplesFile(), samplesPath(options.samplesFolder, u"20261123-213045-k3f9"_s));
    const Verdict verdict = witness->finish();
    qint64 fresh = 0;
    for (const Sample& sample : SampleReader(witness->samplesFile()).next().samples)
        fresh += sample.probe == Sample::Probe::Fresh;
    QCOMPARE(fresh, verdict.http->sent);
}

void TestSiteWitness::aWitnessAloneNamesItsFileAfterTheTime()
{
    QTemporaryDir folder;
    Site site;
    Reports reports;
    WitnessOptions options = quick();
    options.samplesFolder = folder.path();
    const auto witness = makeSiteWitness(httpOnly(site.url()), {}, options);
    witness->start(reports.sink(), 20s, {});
    witness->finish();
    QVERIFY2(QFileInfo(witness->samplesFile()).fileName().startsWith(u"witness-2"),
        qPrintable(witness->samplesFile()));
    QVERIFY(!SampleReader(witness->samplesFile()).next().samples.isEmpty());
}

void TestSiteWitness::aDisplayGetsEverySampleInBatches()
{
    QTemporaryDir folder;
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    Site site([](QTcpSocket& socket, const QByteArray&) {
        socket.write("HTTP/1.1 200 OK\r\nX-Version: hash_7\r\nContent-Length: 2\r\n\r\nok");
    });
    Reports reports;
    WitnessOptions options = quick();
    options.samplesFolder = folder.path();
    WitnessSpec spec = httpOnly(site.url());
    spec.http->versionFrom = u"X-Version"_s;
    const auto witness = makeSiteWitness(spec, {}, options);
    std::mutex mutex;
    QList<SampleBatch> batches;
    witness->setSampleSink([&](const SampleBatch& batch) {
        const std::lock_guard lock(mutex);
        batches.append(batch);
    });
    witness->start(reports.sink(), 20s, {});
    QTRY_VERIFY(sentIn(reports) >= 100);
    witness->finish();

    QList<Sample> samples; // nobody writes any more
    for (const SampleBatch& batch : batches) {
        QVERIFY(!batch.samples.isEmpty());
        QVERIFY(
            batch.zeroUtcMs >= before && batch.zeroUtcMs <= QDateTime::currentMSecsSinceEpoch());
        for (const Sample& sample : batch.samples)
            if (sample.probe == Sample::Probe::Fresh)
                QCOMPARE(batch.labels.value(sample.label), u"|hash_7"_s);
        samples += batch.samples;
    }
    QVERIFY(batches.size() < samples.size());
    QCOMPARE(samples, SampleReader(witness->samplesFile()).next().samples);
}

void TestSiteWitness::destroyedWhileItRuns()
{
    Site site;
    Reports reports;
    auto witness = makeSiteWitness(httpOnly(site.url()), {}, quick());
    witness->start(reports.sink(), 20s, {});
    witness.reset();
    const qint64 sent = sentIn(reports);
    QCOMPARE(sentIn(reports), sent);
}

QTEST_GUILESS_MAIN(TestSiteWitness)
#include "tst_sitewitness.moc"
