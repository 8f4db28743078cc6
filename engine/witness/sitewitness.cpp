// SPDX-License-Identifier: MIT
#include "engine/witness/sitewitness.h"

#include "engine/model/error.h"
#include "engine/witness/reporter.h"
#include "engine/witness/samplefile.h"
#include "engine/witness/witnessloop.h"

#include <QFileInfo>
#include <QThread>
#include <condition_variable>
#include <optional>

using namespace Qt::StringLiterals;

namespace gapless {
namespace {

class SiteWitness final : public Witness {
public:
    SiteWitness(const WitnessSpec& spec, const QList<Slot>& slotList, WitnessOptions options)
        : m_spec(spec)
        , m_slots(slotList)
        , m_options(std::move(options))
    {
    }
    ~SiteWitness() override { end(); }

    void start(std::function<void(EventBody)> report, std::chrono::milliseconds deadline,
        std::stop_token stop) override;
    void observe(const Event& event) override;
    QString abortReason() const override;
    void beginArrivals() override { m_trace.arrivals.begin(); }
    QList<Arrivals> arrivals() const override { return m_trace.arrivals.look(); }
    Verdict finish() override;
    void setSampleSink(std::function<void(const SampleBatch&)> sink) override;
    QString samplesFile() const override;

private:
    void openSamplesFile();
    WitnessStarted whatBegins() const;
    void takeSamples(const SampleBatch& batch);
    void post(const std::function<void(WitnessLoop&)>& work);
    void end();

    WitnessSpec m_spec;
    QList<Slot> m_slots;
    WitnessOptions m_options;
    WitnessClock m_clock;
    SharedTrace m_trace;

    std::mutex m_mutex; ///< of what follows
    std::condition_variable_any m_changed;
    bool m_baselineDecided = false;
    std::optional<Verdict> m_verdict;
    QString m_run; ///< whose events were observed

    std::function<void(EventBody)> m_report;
    std::function<void(const SampleBatch&)> m_sampleSink;
    bool m_incompleteNoted = false;
    std::optional<SampleWriter> m_samples; ///< written by the reporter's thread
    std::optional<Reporter> m_reporter;
    QThread m_thread;
    WitnessLoop* m_loop = nullptr; ///< lives and dies on the thread
};

void SiteWitness::openSamplesFile()
{
    if (m_options.samplesFolder.isEmpty())
        return;
    const std::lock_guard lock(m_mutex);
    const QDateTime began = QDateTime::fromMSecsSinceEpoch(m_clock.zeroUtcMs()).toUTC();
    QString path = samplesPath(m_options.samplesFolder, m_run);
    if (path.isEmpty())
        path = samplesPath(
            m_options.samplesFolder, began.toString(u"'witness'-yyyyMMdd-HHmmss-zzz"_s));
    tidySamples(m_options.samplesFolder);
    m_samples.emplace(path, m_clock.zeroUtcMs());
}

WitnessStarted SiteWitness::whatBegins() const
{
    WitnessStarted began;
    began.url = m_spec.url;
    began.zeroAt
        = QDateTime::fromMSecsSinceEpoch(m_clock.zeroUtcMs()).toUTC().toString(Qt::ISODateWithMs);
    if (m_samples)
        began.samples = QFileInfo(m_samples->path()).fileName();
    if (const auto& http = m_spec.http)
        began.probes[u"http"_s]
            = QJsonObject {{u"path"_s, http->path}, {u"expectStatus"_s, http->expectStatus},
                {u"perSecond"_s, http->perSecond}, {u"post"_s, http->post}};
    if (const auto& session = m_spec.session)
        began.probes[u"session"_s] = QJsonObject {{u"path"_s, session->path},
            {u"expect"_s, session->increasing ? u"increasing"_s : u"same"_s}};
    if (const auto& hub = m_spec.hub) {
        QJsonArray delays;
        for (int ms : hub->reconnectDelaysMs)
            delays.append(ms);
        QJsonObject signalr {{u"hub"_s, hub->hub}, {u"protocol"_s, hub->protocol},
            {u"transport"_s, hub->transport}, {u"skipNegotiation"_s, hub->skipNegotiation},
            {u"connections"_s, hub->connections}, {u"reconnectDelaysMs"_s, delays}};
        if (hub->echo)
            signalr[u"echo"_s]
                = QJsonObject {{u"invoke"_s, hub->echo->invoke}, {u"expect"_s, hub->echo->expect}};
        began.probes[u"signalr"_s] = signalr;
    }
    began.maxGapMs = m_spec.maxGapMs;
    began.maxFailed = m_spec.maxFailed;
    began.abortOn = m_spec.abortOn;
    began.control = bool(m_options.controlProbe);
    return began;
}

void SiteWitness::takeSamples(const SampleBatch& batch)
{
    if (m_samples)
        m_samples->write(batch);
    if (m_sampleSink)
        m_sampleSink(batch);
}

void SiteWitness::setSampleSink(std::function<void(const SampleBatch&)> sink)
{
    m_sampleSink = std::move(sink);
}

QString SiteWitness::samplesFile() const
{
    return m_samples ? m_samples->path() : QString();
}

void SiteWitness::start(
    std::function<void(EventBody)> report, std::chrono::milliseconds deadline, std::stop_token stop)
{
    if (m_loop || m_verdict)
        throw Error(ErrorKind::Internal, {{u"text"_s, u"the witness was started twice"_s}});
    openSamplesFile();
    m_report = std::move(report);
    m_reporter.emplace();
    m_reporter->post([this, began = whatBegins()] { m_report(began); });
    const WitnessLoop::Callbacks callbacks {
        [this](EventBody body) {
            m_reporter->post([this, body = std::move(body)] { m_report(body); });
        },
        [this](SampleBatch batch) {
            m_reporter->post([this, batch = std::move(batch)] { takeSamples(batch); });
        },
        [this] {
            {
                const std::lock_guard lock(m_mutex);
                m_baselineDecided = true;
            }
            m_changed.notify_all();
        },
        [this](Verdict verdict) {
            {
                const std::lock_guard lock(m_mutex);
                m_verdict = std::move(verdict);
            }
            m_changed.notify_all();
        },
    };
    m_thread.setObjectName(u"witness"_s);
    m_thread.start();
    // Sockets and timers belong to the thread they are made on.
    QObject maker;
    maker.moveToThread(&m_thread);
    std::exception_ptr failed;
    QMetaObject::invokeMethod(
        &maker,
        [&] {
            try {
                m_loop = new WitnessLoop(m_spec, m_slots, m_options, m_clock, m_trace, callbacks);
                m_loop->start();
            } catch (...) {
                failed = std::current_exception();
            }
            maker.moveToThread(nullptr);
        },
        Qt::BlockingQueuedConnection);
    if (failed) {
        end();
        std::rethrow_exception(failed);
    }

    std::unique_lock lock(m_mutex);
    const bool stands
        = m_changed.wait_for(lock, stop, deadline, [this] { return m_baselineDecided; });
    if (stands)
        return;
    lock.unlock();
    if (stop.stop_requested())
        throw Cancelled {};
    post([](WitnessLoop& loop) { loop.giveUpBaseline(); });
}

void SiteWitness::observe(const Event& event)
{
    if (std::holds_alternative<RunStarted>(event.body)) {
        const std::lock_guard lock(m_mutex);
        m_run = event.run;
    }
    const std::lock_guard lock(m_trace.mutex);
    m_trace.attribution.observe(event.body, m_clock.nowUs());
}

QString SiteWitness::abortReason() const
{
    const std::lock_guard lock(m_trace.mutex);
    return m_trace.abortReason;
}

Verdict SiteWitness::finish()
{
    if (m_loop)
        post([](WitnessLoop& loop) { loop.finish(); });
    std::unique_lock lock(m_mutex);
    if (m_loop)
        m_changed.wait(lock, [this] { return m_verdict.has_value(); });
    if (!m_verdict)
        m_verdict = Verdict(); // never started: notMeasured
    lock.unlock();
    end();
    if (m_samples && !m_samples->complete() && !std::exchange(m_incompleteNoted, true))
        m_verdict->notes.append(
            QJsonObject {{u"id"_s, u"samplesIncomplete"_s}, {u"file"_s, m_samples->path()}});
    return *m_verdict;
}

void SiteWitness::post(const std::function<void(WitnessLoop&)>& work)
{
    QMetaObject::invokeMethod(
        m_loop, [loop = m_loop, work] { work(*loop); }, Qt::QueuedConnection);
}

void SiteWitness::end()
{
    if (m_loop) {
        m_loop->deleteLater(); // done by the thread before it ends
        m_loop = nullptr;
    }
    m_thread.quit();
    m_thread.wait();
    // Last: what the loop reported while it ended is handed on before finish() returns.
    m_reporter.reset();
}

} // namespace

std::unique_ptr<Witness> makeSiteWitness(const Target& target, WitnessOptions options)
{
    if (!target.witness)
        throw Error(ErrorKind::FieldMissing, {{u"path"_s, u"witness"_s}});
    return makeSiteWitness(*target.witness, target.slots, std::move(options));
}

std::unique_ptr<Witness> makeSiteWitness(
    const WitnessSpec& spec, const QList<Slot>& slotList, WitnessOptions options)
{
    const Destination checked(spec.url, std::nullopt); // throws
    return std::make_unique<SiteWitness>(spec, slotList, std::move(options));
}

} // namespace gapless
