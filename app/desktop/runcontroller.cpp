// SPDX-License-Identifier: MIT
#include "app/desktop/runcontroller.h"

#include "app/desktop/context.h"
#include "engine/model/eventjson.h"
#include "engine/store/person.h"

#include <QFile>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace gapless {

/// Asks through the window; the rollout's thread waits.
class RunController::WindowDecider : public Decider {
public:
    explicit WindowDecider(RunController& controller)
        : m_controller(controller)
    {
    }
    DecisionMade decide(const DecisionAsked& asked, std::stop_token stop) override
    {
        auto answer = std::make_shared<Question<DecisionMade>>();
        QMetaObject::invokeMethod(
            &m_controller, [&c = m_controller, asked, answer] { c.ask(asked, answer); },
            Qt::QueuedConnection);
        auto made = answer->wait(stop);
        QMetaObject::invokeMethod(
            &m_controller,
            [&c = m_controller] {
                c.m_asked.reset();
                c.m_answer.reset();
                Q_EMIT c.decisionOver();
            },
            Qt::QueuedConnection);
        if (made)
            return *made;
        return {asked.question, asked.fallback, u"fallback"_s, {}};
    }

    /// What has been decided in the window about a question that anybody may answer.
    std::optional<DecisionMade> answered(const DecisionAsked& asked) override
    {
        const std::lock_guard lock(m_controller.m_mutex);
        if (!m_controller.m_decided || m_controller.m_decided->question != asked.question)
            return std::nullopt;
        return std::exchange(m_controller.m_decided, std::nullopt);
    }

private:
    RunController& m_controller;
};

RunController::RunController(DesktopContext& context, QObject* parent)
    : QObject(parent)
    , m_context(context)
{
    m_clockTick.setInterval(100);
    connect(&m_clockTick, &QTimer::timeout, this, [this] {
        if (m_follower)
            followOn();
        m_feed.setNow(m_context.clock().now().toMSecsSinceEpoch());
    });
}

RunController::~RunController()
{
    m_thread.request_stop();
    if (m_answer)
        m_answer->dismiss();
}

void RunController::start(const RolloutRequest& request, bool watched)
{
    Q_ASSERT(!m_running);
    m_request = request;
    if (m_request.by.isEmpty())
        m_request.by = userName();
    if (m_request.machine.isEmpty())
        m_request.machine = machineName();
    begin([request = m_request](const RolloutPorts& ports,
              std::stop_token stop) { return runRollout(request, ports, stop); },
        watched);
}

void RunController::recover(const RecoveryRequest& request)
{
    Q_ASSERT(!m_running);
    m_request = {.target = request.target, .kind = u"resume"_s};
    m_request.reason = request.reason;
    begin([request](const RolloutPorts& ports,
              std::stop_token stop) { return runRecovery(request, ports, stop); },
        false);
}

void RunController::begin(Act act, bool watched)
{
    m_follower.reset();
    m_replayer.stop();
    m_running = true;
    m_stopping = m_pausing = false;
    m_wishes.take(); // what was asked of the run before
    m_reason = m_request.reason;
    m_feed.begin(RunFeed::Kind::Live);
    m_clockTick.start();
    m_thread = std::jthread([this, act = std::move(act), target = m_request.target, watched](
                                std::stop_token stop) { work(act, target, watched, stop); });
    Q_EMIT runningChanged();
}

/// On the rollout's thread.
void RunController::work(
    const Act& act, const Target& target, bool watched, std::stop_token stop)
{
    std::optional<RolloutResult> result;
    std::optional<Error> failure;
    try {
        Journal& journal = m_context.journal();
        const std::shared_ptr<Hosts> hosts = m_context.hosts(target);
        const std::unique_ptr<Witness> witness
            = watched ? m_context.witness(target, hosts) : nullptr;
        if (witness)
            witness->setSampleSink([this](const SampleBatch& batch) {
                QMetaObject::invokeMethod(
                    this, [this, batch] { takeSamples(batch); }, Qt::QueuedConnection);
            });
        WindowDecider decider(*this);
        const RolloutPorts ports {.hosts = *hosts,
            .journal = journal,
            .clock = m_context.clock(),
            .decider = decider,
            .witness = witness.get(),
            .secretEnv = [&] { return m_context.secretEnv(target, stop); },
            .wishes = &m_wishes};
        // Several rollouts may share the journal. The first event of ours comes on this thread.
        QString ours;
        std::mutex oursMutex;
        const int sink
            = journal.addSink([&, self = std::this_thread::get_id()](const Event& event) {
                  {
                      const std::lock_guard lock(oursMutex);
                      if (ours.isEmpty() && std::this_thread::get_id() == self)
                          ours = event.run;
                      if (event.run != ours)
                          return;
                  }
                  fromThread(event);
              });
        result = act(ports, stop);
        journal.removeSink(sink);
    } catch (const Error& error) {
        failure = error;
    } catch (const Cancelled&) {
        // Nothing had begun.
    } catch (const std::exception& fault) {
        failure = Error(ErrorKind::Internal, {{u"text"_s, QString::fromLocal8Bit(fault.what())}});
    }
    QMetaObject::invokeMethod(
        this, [this, result, failure] { ended(result, failure); }, Qt::QueuedConnection);
}

/// On whatever thread appends.
void RunController::fromThread(const Event& event)
{
    const std::lock_guard lock(m_mutex);
    m_arrived.append(event);
    // What comes while the window is busy waits there and is taken in one go.
    if (!std::exchange(m_posted, true))
        QMetaObject::invokeMethod(this, &RunController::takeEvents, Qt::QueuedConnection);
}

void RunController::takeEvents()
{
    QList<Event> arrived;
    {
        const std::lock_guard lock(m_mutex);
        m_posted = false;
        arrived.swap(m_arrived);
    }
    m_feed.append(arrived);
    for (const Event& event : std::as_const(arrived))
        askOrWithdraw(event);
}

/// An approval, and a promotion where nobody else promotes, may be given here or at any desktop: the
/// rollout asks nobody in particular.
void RunController::askOrWithdraw(const Event& event)
{
    const auto* asked = std::get_if<DecisionAsked>(&event.body);
    if (asked && !m_asked
        && (asked->question == "approve"_L1
            || (asked->question == "promote"_L1 && m_request.target.canary.byHand))) {
        m_asked = *asked;
        Q_EMIT decisionAsked(*asked);
        return;
    }
    const auto* made = std::get_if<DecisionMade>(&event.body);
    const bool over = (made && m_asked && !m_answer && made->question == m_asked->question)
        || std::holds_alternative<RunFinished>(event.body);
    if (!over || !m_asked)
        return;
    m_asked.reset();
    Q_EMIT decisionOver();
}

void RunController::ask(
    const DecisionAsked& question, std::shared_ptr<Question<DecisionMade>> answer)
{
    m_asked = question;
    m_answer = std::move(answer);
    Q_EMIT decisionAsked(question);
}

void RunController::decide(const QString& choice, const QString& note)
{
    if (!m_asked)
        return;
    const DecisionMade made {m_asked->question, choice, userName(), note};
    if (m_answer) {
        m_answer->answer(made);
        return;
    }
    const std::lock_guard lock(m_mutex);
    m_decided = made;
}

void RunController::stopAndRollBack()
{
    m_stopping = m_running;
    m_thread.request_stop();
    Q_EMIT runningChanged();
}

void RunController::stopAndKeep()
{
    m_stopping = m_running;
    wish(u"keep"_s);
}

void RunController::pauseBeforeNext()
{
    m_pausing = m_running;
    wish(u"pauseRun"_s);
}

void RunController::goOn()
{
    m_pausing = false;
    wish(u"continue"_s);
}

bool RunController::isPaused() const
{
    const Decision* pending = m_running ? m_feed.state().pendingDecision() : nullptr;
    return pending && pending->asked.question == "pause"_L1;
}

void RunController::changeReason(const QString& reason)
{
    m_reason = reason;
    wish(u"reason"_s, reason);
}

void RunController::wish(const QString& choice, const QString& note)
{
    if (!m_running)
        return;
    m_wishes.add({u"control"_s, choice, userName(), note});
    Q_EMIT runningChanged();
}

void RunController::ended(
    const std::optional<RolloutResult>& result, const std::optional<Error>& error)
{
    takeEvents();
    m_running = false;
    m_clockTick.stop();
    m_feed.setKind(RunFeed::Kind::Past);
    m_context.tellRunsChanged();
    Q_EMIT runningChanged();
    if (result)
        Q_EMIT finished(result->finished);
    else if (error)
        Q_EMIT failed(*error);
}

void RunController::open(const QString& run)
{
    Q_ASSERT(!m_running);
    m_clockTick.stop();
    m_follower.reset();
    m_samples.reset();
    m_replayer.stop();
    runInBackground(
        this, [&context = m_context, run](std::stop_token) { return recordedRun(context, run); },
        [this, run](Outcome<Recorded> recorded) {
            if (m_running)
                return;
            if (!recorded.value) {
                if (recorded.error)
                    Q_EMIT failed(*recorded.error);
                return;
            }
            m_feed.begin(RunFeed::Kind::Past);
            m_feed.append(recorded.value->events);
            m_feed.appendSamples(
                recorded.value->samples.zeroUtcMs, recorded.value->samples.samples);
            if (!m_feed.state().running())
                return;
            m_feed.setKind(RunFeed::Kind::Followed);
            m_follower
                = std::make_unique<RunFollower>(m_context.journal(), run, m_feed.state().lastSeq);
            m_clockTick.start();
        });
}

void RunController::play(RunFeed::Kind kind, const std::function<Recorded()>& load)
{
    if (m_running)
        return;
    m_clockTick.stop();
    m_follower.reset();
    runInBackground(
        this, [load](std::stop_token) { return load(); },
        [this, kind](Outcome<Recorded> recorded) {
            if (recorded.error)
                Q_EMIT failed(*recorded.error);
            if (recorded.value && !m_running)
                m_replayer.play(kind, recorded.value->events, recorded.value->samples.zeroUtcMs,
                    recorded.value->samples.samples);
        });
}

void RunController::replay()
{
    if (m_feed.kind() == RunFeed::Kind::Demo)
        return playDemo();
    play(RunFeed::Kind::Replay,
        [&context = m_context, run = m_feed.run()] { return recordedRun(context, run); });
}

void RunController::playDemo()
{
    play(RunFeed::Kind::Demo, recordedDemo);
}

void RunController::takeSamples(const SampleBatch& batch)
{
    m_feed.appendSamples(batch.zeroUtcMs, batch.samples);
}

void RunController::followOn()
{
    try {
        m_feed.append(m_follower->newEvents());
        if (!m_samples)
            if (const QString file
                = samplesPath(samplesFolder(m_context.dataFolder()), m_feed.run());
                QFile::exists(file)) {
                // What open() has read already is passed over.
                m_samples = std::make_unique<SampleReader>(file);
                for (qsizetype seen = m_feed.samples().count(); seen > 0;) {
                    const qsizetype passed = m_samples->next(seen).samples.size();
                    seen = passed == 0 ? 0 : seen - passed;
                }
            }
        if (m_samples)
            takeSamples(m_samples->next());
    } catch (const Error& error) {
        m_follower.reset();
        m_clockTick.stop();
        Q_EMIT failed(error);
        return;
    }
    if (m_feed.state().running())
        return;
    m_follower.reset();
    m_clockTick.stop();
    m_feed.setKind(RunFeed::Kind::Past);
    m_context.tellRunsChanged();
}

Recorded recordedRun(DesktopContext& context, const QString& run)
{
    Recorded recorded;
    recorded.events = context.journal().events(run);
    const QString file = samplesPath(samplesFolder(context.dataFolder()), run);
    if (!QFile::exists(file))
        return recorded;
    try {
        SampleReader reader(file);
        recorded.samples.zeroUtcMs = reader.zeroUtcMs();
        for (SampleBatch batch = reader.next(); !batch.samples.isEmpty(); batch = reader.next())
            recorded.samples.samples += batch.samples;
    } catch (const Error&) {
        // Without them the summaries in the events still show what was seen.
    }
    return recorded;
}

Recorded recordedDemo()
{
    Recorded recorded;
    QFile events(u":/demo/demo.jsonl"_s);
    if (!events.open(QIODevice::ReadOnly))
        return recorded;
    while (!events.atEnd())
        if (auto event = eventFromJson(QJsonDocument::fromJson(events.readLine()).object()))
            recorded.events.append(*event);
    SampleReader reader(u":/demo/demo.samples"_s);
    recorded.samples.zeroUtcMs = reader.zeroUtcMs();
    for (SampleBatch batch = reader.next(); !batch.samples.isEmpty(); batch = reader.next())
        recorded.samples.samples += batch.samples;
    return recorded;
}

} // namespace gapless
