// SPDX-License-Identifier: MIT
#include "engine/journal/runstate.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// One operator() a body, none of them generic: a body that is forgotten here does not compile.
class Fold {
public:
    Fold(RunState& state, const Event& event)
        : m_state(state)
        , m_at(event.at)
        , m_seq(event.seq)
    {
    }

    void operator()(const RunStarted& body)
    {
        // A resumed run says it again, and goes on from where its slots are.
        const bool first = !m_state.started.isValid();
        m_state.request = body;
        m_state.result.reset();
        m_state.finished = {};
        if (first)
            m_state.started = m_at;
        for (const QString& name : body.slotOrder)
            slot(name);
        for (auto found = body.serving.begin(); found != body.serving.end(); ++found) {
            SlotState& one = slot(found.key());
            if (!first || found.value().isEmpty())
                continue;
            one.imageBefore = found.value();
            enter(one, u"serving"_s, found.value());
        }
    }

    void operator()(const StepStarted& body)
    {
        StepState step;
        step.step = body.step;
        step.slot = body.slot;
        step.started = m_at;
        step.startedSeq = m_seq;
        step.expectedMs = body.expectedMs;
        m_state.steps.append(step);
        m_state.waiting.reset();
    }

    void operator()(const StepFinished& body)
    {
        endStep(body.step, body.slot, body.ms, StepState::State::Done);
    }

    void operator()(const StepFailed& body)
    {
        StepState& step = endStep(body.step, body.slot, body.ms, StepState::State::Failed);
        step.reason = body.reason;
        step.error = body.error;
    }

    void operator()(const WaitingFor& body)
    {
        const std::optional<WaitingFor>& before = m_state.waiting;
        const bool same = before && before->step == body.step && before->slot == body.slot
            && before->what == body.what;
        if (!same)
            m_state.waitingSince = m_at;
        m_state.waiting = body;
    }

    void operator()(const CommandRan&)
    {
        ++m_state.commands;
        if (StepState* step = innermost())
            ++step->commands;
    }

    void operator()(const OutputLine& body)
    {
        ++m_state.lines;
        if (StepState* step = lastOf(body.step, body.slot))
            ++step->lines;
    }

    void operator()(const TrafficChanged& body)
    {
        SlotState& one = slot(body.slot);
        one.traffic = body.state;
        one.weight = body.weight;
        one.trafficHistory.append({m_at, body.state, body.weight});
    }

    void operator()(const SlotChanged& body)
    {
        SlotState& one = slot(body.slot);
        const bool removed = body.state == u"removed";
        // `retire` removes the old container while the new one serves: that says nothing of the
        // slot.
        if (removed && !body.container.isEmpty() && !one.container.isEmpty()
            && body.container != one.container)
            return;
        if (one.containerBefore.isEmpty() && !touched(body.slot))
            one.containerBefore = body.container;
        one.container = removed        ? QString()
            : body.container.isEmpty() ? one.container
                                       : body.container;
        enter(one, body.state, imageAfter(one, body));
    }

    void operator()(const FileChanged& body) { m_state.files.append({body, m_at}); }
    void operator()(const ReloadProven&) { }
    void operator()(const ConnectionsDrained& body) { slot(body.slot).drained = body; }
    void operator()(const ContainerStopped& body) { slot(body.slot).stopped = body; }
    void operator()(const HealthAnswered& body) { slot(body.slot).health = body; }
    void operator()(const SlotEvidence& body) { slot(body.slot).evidence = body; }
    void operator()(const ContainerRecorded& body)
    {
        ContainerRecorded& one = m_state.containers[body.container];
        const QJsonObject inspect = body.inspect.isEmpty() ? one.inspect : body.inspect;
        const QMap<QString, QString> files = body.files.isEmpty() ? one.files : body.files;
        one = body;
        one.inspect = inspect;
        one.files = files;
    }
    void operator()(const ConfigurationDiffers& body) { m_state.differences.append(body); }
    void operator()(const Warned& body) { m_state.warnings.append(body); }

    void operator()(const DecisionAsked& body)
    {
        m_state.decisions.append({body, m_at, std::nullopt, {}});
    }

    void operator()(const DecisionMade& body)
    {
        // Usually the newest; an answer without a question (a record that begins later) is kept
        // too.
        auto& all = m_state.decisions;
        const auto open = std::find_if(all.rbegin(), all.rend(), [&](const Decision& decision) {
            return !decision.made && decision.asked.question == body.question;
        });
        if (open != all.rend()) {
            open->made = body;
            open->madeAt = m_at;
        } else {
            DecisionAsked asked;
            asked.question = body.question;
            all.append({asked, m_at, body, m_at});
        }
    }

    void operator()(const ReasonChanged& body) { m_state.request.reason = body.reason; }
    void operator()(const UndoRan& body) { m_state.undos.append({body, m_at}); }
    void operator()(const HostSeen& body)
    {
        m_state.hosts.removeIf([&](const HostSeen& seen) { return seen.host == body.host; });
        m_state.hosts.append(body);
    }
    void operator()(const ImageSeen& body)
    {
        m_state.images.removeIf([&](const ImageSeen& seen) {
            return seen.host == body.host && seen.image == body.image;
        });
        m_state.images.append(body);
    }
    void operator()(const WitnessStarted& body) { m_state.witness = body; }

    void operator()(const PointOfNoReturn&) { m_state.pointOfNoReturn = true; }

    void operator()(const ConnectionChanged& body)
    {
        auto& all = m_state.connections;
        auto place = std::lower_bound(all.begin(), all.end(), body.connection,
            [](const ConnectionSeen& seen, int number) { return seen.connection < number; });
        if (place == all.end() || place->connection != body.connection)
            place = all.insert(place, ConnectionSeen {body.connection, {}, 0});
        const bool wasReconnecting
            = !place->history.isEmpty() && place->history.last().state == u"reconnecting";
        if (wasReconnecting && body.state == u"connected")
            ++place->reconnects;
        place->history.append({m_at, body.state, body.reason, body.slot, body.version});
    }

    void operator()(const Gap& body) { m_state.gaps.append({m_at, body}); }

    void operator()(const ProbeSummary& body)
    {
        ProbeTotals& sum = m_state.probes;
        sum.sent += body.sent;
        sum.failed += body.failed;
        sum.keepAliveSent += body.keepAliveSent;
        sum.keepAliveFailed += body.keepAliveFailed;
        sum.sessionChecked += body.sessionChecked;
        sum.sessionLost += body.sessionLost;
        sum.hubSent += body.hubSent;
        sum.hubLost += body.hubLost;
        sum.maxMs = std::max(sum.maxMs, body.maxMs);
        sum.connected = body.connected;
        sum.last = body;
    }

    void operator()(const CanaryCompared& body) { m_state.comparisons.append({m_at, body}); }

    void operator()(const KeptWarm& body)
    {
        SlotState& one = slot(body.slot);
        one.warm = body;
        enter(one, u"warm"_s, body.image);
    }

    void operator()(const RunFinished& body)
    {
        m_state.result = body;
        m_state.finished = m_at;
        m_state.waiting.reset();
    }

private:
    SlotState& slot(const QString& name)
    {
        auto& all = m_state.slots;
        const auto found = std::find_if(
            all.begin(), all.end(), [&](const SlotState& one) { return one.name == name; });
        if (found != all.end())
            return *found;
        all.append(SlotState {});
        all.last().name = name;
        return all.last();
    }

    void enter(SlotState& one, const QString& state, const QString& image)
    {
        one.state = state;
        one.image = image;
        const bool news = one.history.isEmpty() || one.history.last().state != state
            || one.history.last().image != image;
        if (news)
            one.history.append({m_at, state, image});
    }

    /// A change that does not say the image is about the container it names.
    static QString imageAfter(const SlotState& one, const SlotChanged& body)
    {
        if (!body.image.isEmpty() && body.state != u"removed")
            return body.image;
        if (one.container.isEmpty())
            return {};
        return one.container == one.containerBefore ? one.imageBefore : one.image;
    }

    /// Whether a step of this slot has begun; before that, what is said of it is what was found.
    bool touched(const QString& name) const
    {
        return std::any_of(m_state.steps.begin(), m_state.steps.end(),
            [&](const StepState& step) { return step.slot == name; });
    }

    StepState* innermost()
    {
        auto& all = m_state.steps;
        const auto found = std::find_if(all.rbegin(), all.rend(),
            [](const StepState& step) { return step.state == StepState::State::Running; });
        return found == all.rend() ? nullptr : &*found;
    }

    StepState* lastOf(const QString& step, const QString& slotName)
    {
        auto& all = m_state.steps;
        const auto found = std::find_if(all.rbegin(), all.rend(),
            [&](const StepState& one) { return one.step == step && one.slot == slotName; });
        return found == all.rend() ? nullptr : &*found;
    }

    StepState& endStep(
        const QString& name, const QString& slotName, qint64 ms, StepState::State state)
    {
        StepState* step = lastOf(name, slotName);
        if (!step || step->state != StepState::State::Running) {
            // Its beginning is not in the record.
            StepState unseen;
            unseen.step = name;
            unseen.slot = slotName;
            unseen.started = m_at.addMSecs(-ms);
            m_state.steps.append(unseen);
            step = &m_state.steps.last();
        }
        step->state = state;
        step->finished = m_at;
        step->finishedSeq = m_seq;
        step->ms = ms;
        if (m_state.waiting && m_state.waiting->step == name && m_state.waiting->slot == slotName)
            m_state.waiting.reset();
        return *step;
    }

    RunState& m_state;
    const QDateTime m_at;
    const qint64 m_seq;
};

} // namespace

const StepState* RunState::currentStep() const
{
    if (result)
        return nullptr;
    const auto found = std::find_if(steps.rbegin(), steps.rend(),
        [](const StepState& step) { return step.state == StepState::State::Running; });
    return found == steps.rend() ? nullptr : &*found;
}

const SlotState* RunState::slot(const QString& name) const
{
    const auto found = std::find_if(
        slots.begin(), slots.end(), [&](const SlotState& one) { return one.name == name; });
    return found == slots.end() ? nullptr : &*found;
}

const Decision* RunState::pendingDecision() const
{
    if (result)
        return nullptr;
    const auto found = std::find_if(decisions.rbegin(), decisions.rend(),
        [](const Decision& decision) { return !decision.made; });
    return found == decisions.rend() ? nullptr : &*found;
}

double RunState::longestGapMs() const
{
    double longest = 0;
    for (const GapSeen& seen : gaps)
        longest = std::max(longest, seen.gap.ms);
    return longest;
}

RunState apply(RunState state, const Event& event)
{
    if (event.seq > 0 && event.seq <= state.lastSeq)
        return state;
    state.run = event.run;
    state.lastSeq = event.seq;
    state.lastAt = event.at;
    std::visit(Fold(state, event), event.body);
    return state;
}

RunState applyAll(RunState state, const QList<Event>& events)
{
    for (const Event& event : events)
        state = apply(std::move(state), event);
    return state;
}

} // namespace gapless
