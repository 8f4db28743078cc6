// SPDX-License-Identifier: MIT
#include "engine/rollout/run.h"

#include "engine/rollout/wishes.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

    qint64 msSince(const Clock& clock, Clock::Steady start)
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(clock.steady() - start).count();
    }

}

/// While one lives, the site's lock says that the run waits, and for what.
class Run::Waiting {
public:
    Waiting(Run& run, const QString& question)
        : m_run(run)
    {
        m_run.tellWaiting(question);
    }
    ~Waiting() { m_run.tellWaiting({}); }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;

private:
    Run& m_run;
};

Run::Run(const RolloutRequest& itsRequest, SiteControl& itsSite, RunSink& itsSink, Clock& itsClock,
    Decider& itsDecider, QString itsId, std::stop_token itsStop)
    : request(itsRequest)
    , target(itsRequest.target)
    , site(itsSite)
    , clock(itsClock)
    , id(std::move(itsId))
    , m_sink(itsSink)
    , m_decider(itsDecider)
    , m_stop(std::move(itsStop))
{
}

void Run::say(EventBody body)
{
    try {
        m_sink.say(std::move(body));
    } catch (const Error&) {
        if (!m_undoing && !m_ending)
            throw;
    }
}

void Run::sayAside(EventBody body)
{
    try {
        m_sink.say(std::move(body));
    } catch (const Error& error) {
        const std::lock_guard lock(m_asideMutex);
        m_asideError = error;
    }
}

void Run::checkStop() const
{
    if (m_stop.stop_requested())
        throw Cancelled {};
}

void Run::checkWitness() const
{
    // An undo runs to its end whatever the users' side says: it is the cure.
    if (m_undoing)
        return;
    {
        const std::lock_guard lock(m_asideMutex);
        if (const auto error = std::exchange(m_asideError, {}); error && !m_ending)
            throw *error;
    }
    if (const QString what = m_sink.abortReason(); !what.isEmpty())
        throw Error(ErrorKind::WitnessAborted, { { u"what"_s, what } });
}

void Run::passPointOfNoReturn()
{
    undo.commit();
    noMoreCancel();
    say(PointOfNoReturn {});
}

void Run::noMoreCancel()
{
    m_stop = {};
    m_canStop = false;
    m_ending = true;
}

void Run::untilNoReturn(const std::function<void()>& act)
{
    try {
        act();
    } catch (const Error& error) {
        if (error.kind != ErrorKind::StoppedKeeping) {
            restore();
            throw;
        }
        heldAfter = error;
    } catch (...) {
        restore();
        throw;
    }
}

void Run::step(const QString& name, const QString& slot, const std::function<void()>& act)
{
    checkStop();
    if (request.paceSeconds > 0 && !m_firstStep && !m_undoing)
        pause(u"pace"_s, std::chrono::seconds(request.paceSeconds));
    m_firstStep = false;
    heed();
    holdWhereAsked(slot);
    checkWitness();

    const auto outerStep = std::exchange(m_step, name);
    const auto outerSlot = std::exchange(m_slot, slot);
    const auto start = clock.steady();
    say(StepStarted { name, slot, history.expectedMs ? history.expectedMs(name, slot) : 0 });
    const auto failed = [&](const QString& reason, const QJsonObject& error) {
        say(StepFailed { name, slot, msSince(clock, start), reason, error });
    };
    try {
        act();
        say(StepFinished { name, slot, msSince(clock, start) });
    } catch (Error& error) {
        if (error.step.isEmpty())
            error.step = name;
        failed(idOf(error.kind), toJson(error));
        throw;
    } catch (const Cancelled&) {
        failed(u"cancelled"_s, {});
        throw;
    }
    m_step = outerStep;
    m_slot = outerSlot;
}

bool Run::until(const QString& what, std::chrono::milliseconds deadline,
    std::chrono::milliseconds poll, const std::function<bool(QJsonObject& numbers)>& done)
{
    if (planning()) {
        m_sink.planned({ u"wait"_s, {}, what });
        return true;
    }
    const auto start = clock.steady();
    auto lastSaid = start - 1h;
    QJsonObject saidNumbers;
    for (;;) {
        checkStop();
        heed();
        checkWitness();
        QJsonObject numbers;
        if (done(numbers))
            return true;
        const auto now = clock.steady();
        if (now - lastSaid >= 1s && (numbers != saidNumbers || saidNumbers.isEmpty())) {
            lastSaid = now;
            saidNumbers = numbers;
            say(WaitingFor { m_step, m_slot, what, numbers });
        }
        if (now - start >= deadline)
            return false;
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - (now - start));
        clock.wait(std::min(poll, std::max(left, 1ms)), m_stop);
    }
}

void Run::pause(const QString& what, std::chrono::milliseconds duration)
{
    if (duration <= 0ms)
        return;
    until(what, duration, 100ms, [&](QJsonObject& numbers) {
        numbers[u"ms"_s] = qint64(duration.count());
        return false;
    });
}

bool Run::rollBackTo(Undo::Mark mark)
{
    const auto stop = std::exchange(m_stop, {});
    const bool outer = std::exchange(m_undoing, true);
    bool allDone = true;
    undo.rollBackTo(mark, [&](const Undo::Entry& entry) {
        const auto start = clock.steady();
        UndoRan ran { entry.what, entry.slot, true, 0, {} };
        try {
            entry.act();
        } catch (const Error& error) {
            ran.ok = false;
            ran.error = toJson(error);
            allDone = false;
        }
        ran.ms = msSince(clock, start);
        say(std::move(ran));
    });
    m_undoing = outer;
    m_stop = stop;
    return allDone;
}

void Run::restore()
{
    if (undo.empty() || planning())
        return;
    restored = restoreSince(0);
}

bool Run::restoreSince(Undo::Mark mark)
{
    const auto start = clock.steady();
    m_undoing = true; // from its first word on
    say(StepStarted {
        u"restore"_s, {}, history.expectedMs ? history.expectedMs(u"restore"_s, {}) : 0 });
    const bool done = rollBackTo(mark);
    const auto took = msSince(clock, start);
    if (done)
        say(StepFinished { u"restore"_s, {}, took });
    else
        say(StepFailed { u"restore"_s, {}, took, u"undoFailed"_s, {} });
    m_undoing = false;
    return done;
}

void Run::attempt(const std::function<void()>& act, int tries)
{
    // What it leaves undone when it fails stays behind, so one hiccup is not enough to give up.
    constexpr auto again = 1s;
    for (int triesLeft = tries;;) {
        try {
            act();
            return;
        } catch (const Error& error) {
            if (--triesLeft > 0 && error.kind != ErrorKind::LockLost) {
                clock.wait(again, {});
                continue;
            }
            say(Warned { error.step, u"warn"_s, toJson(error) });
            return;
        }
    }
}

DecisionMade Run::ask(const DecisionAsked& question)
{
    say(question);
    const Waiting waiting(*this, question.question);
    DecisionMade made = m_decider.decide(question, m_stop);
    if (!question.choices.contains(made.choice))
        made.choice = question.fallback;
    say(made);
    return made;
}

bool Run::nobodyServes() const
{
    for (auto slot = serving.begin(); slot != serving.end(); ++slot)
        if (!slot->isEmpty() && !unready.contains(slot.key()))
            return false;
    return true;
}

std::optional<DecisionMade> Run::answerTo(const DecisionAsked& question)
{
    if (m_paused && m_pauseAnswer)
        return std::exchange(m_pauseAnswer, std::nullopt);
    std::optional<DecisionMade> made;
    // The gateway is asked about once a second, however often a step comes by.
    if (const auto now = clock.steady(); now - m_gatewayAsked >= 1s) {
        m_gatewayAsked = now;
        made = m_decider.answered(question);
        if (!made)
            made = site.answer(question.question, m_stop);
    }
    if (made && !question.choices.contains(made->choice))
        made.reset();
    return made;
}

std::optional<DecisionMade> Run::askUntil(const DecisionAsked& question, const QString& what,
    std::chrono::milliseconds deadline, const std::function<void()>& meanwhile)
{
    if (planning()) {
        m_sink.planned({ u"wait"_s, {}, what });
        return std::nullopt;
    }
    say(question);
    const Waiting waiting(*this, question.question);
    std::optional<DecisionMade> made;
    until(what, deadline, 1s, [&](QJsonObject& numbers) {
        numbers[u"seconds"_s] = qint64(std::chrono::duration_cast<std::chrono::seconds>(deadline).count());
        meanwhile();
        made = answerTo(question);
        return made.has_value();
    });
    say(made ? *made : DecisionMade { question.question, question.fallback, u"fallback"_s, {} });
    return made;
}

void Run::route(const Slot& slot, bool up, const QString& tagWhenUp, std::stop_token stop,
    QList<qint64>* oldWorkers, bool leaveNobody)
{
    // A line that this run has added goes again with it.
    const bool added = found.slot(slot.name).routing == ObservedSlot::Routing::Missing;
    route({ { .slot = slot.name, .up = up, .leaveNobody = leaveNobody, .remove = added && !up } }, { { slot.name, tagWhenUp } }, stop, oldWorkers);
}

void Run::route(const QList<Route>& routes, const QMap<QString, QString>& tags, std::stop_token stop,
    QList<qint64>* oldWorkers)
{
    changed = true;
    const RouteOutcome outcome = site.route(routes, stop);
    if (oldWorkers)
        *oldWorkers = outcome.oldWorkers;
    for (const Route& route : routes) {
        serving[route.slot] = route.up ? tags.value(route.slot) : QString();
        routedUp[route.slot] = route.up;
    }
    if (planning())
        return;
    if (outcome.sha256Before != outcome.sha256After) {
        say(FileChanged { target.gateway.host, found.gateway.realPath, outcome.sha256Before,
            outcome.sha256After, outcome.backup });
        say(ReloadProven { outcome.newWorkers, outcome.oldDraining, outcome.took.count() });
    }
    for (const Route& route : routes)
        say(TrafficChanged {
            route.slot, route.up ? u"up"_s : u"down"_s, route.weight > 0 ? route.weight : 1 });
}

bool Run::untilReady(const Slot& slot, int successes, std::chrono::milliseconds deadline,
    ExitWatch* ended, QStringList* answers, const std::function<void()>& onFirst)
{
    // Before the first answer a quick look costs nothing and finds the boot's end sooner; after it the
    // target's own interval counts, since successes are meant to be spread over time.
    constexpr auto beforeFirstAnswer = 25ms;
    const auto interval = std::chrono::milliseconds(target.health.intervalMs);
    int inARow = 0;
    auto next = clock.steady();
    HealthAnswer last;
    const bool ready = until(u"http"_s, deadline, beforeFirstAnswer, [&](QJsonObject& numbers) {
        if (ended)
            if (const auto exit = ended->exited())
                throw Error(ErrorKind::ContainerExited, { { u"slot"_s, slot.name }, { u"exit"_s, *exit } })
                    .on(slot.host);
        numbers = { { u"status"_s, last.status }, { u"inARow"_s, inARow }, { u"of"_s, successes } };
        if (clock.steady() < next)
            return false;
        const HealthAnswer answer = site.askHealth(slot, m_stop);
        next = clock.steady() + (answer.status ? interval : beforeFirstAnswer);
        inARow = answer.ok ? inARow + 1 : 0;
        const bool news = answer.status != last.status || answer.ok || answer.text != last.text;
        last = answer;
        if (answers) {
            answers->append(u"%1 %2"_s.arg(answer.status).arg(answer.text));
            while (answers->size() > 10)
                answers->removeFirst();
        }
        if (news)
            say(HealthAnswered { slot.name, answer.text, answer.status, answer.ok, inARow, answer.ms });
        if (inARow == 1 && onFirst)
            onFirst();
        return inARow >= successes;
    });
    if (planning() && onFirst)
        onFirst();
    return ready;
}

} // namespace gapless
