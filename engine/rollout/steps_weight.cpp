// SPDX-License-Identifier: MIT
// A canary's share: the weights that give it, and what came of it.
#include "engine/rollout/canarysteps.h"
#include "engine/rollout/groups.h"
#include "engine/witness/witness.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

    constexpr auto byHandDeadline = std::chrono::days(3);
    /// Fewer than this and the 99th percentile is but the slowest one.
    constexpr qint64 fewForP99 = 100;
    /// One failure is bad luck; it takes two to be a pattern.
    constexpr qint64 fewestFailed = 2;
    /// Where requests are rare, a pause is stretched to this many times its length, and at least so far.
    constexpr int stretched = 3;
    constexpr auto leastStretch = 60s;

    double percentOf(qint64 part, qint64 whole)
    {
        return whole > 0 ? 100.0 * double(part) / double(whole) : 0;
    }

    bool slower(double now, double before, int percent, int byMs)
    {
        return now > before * (1 + percent / 100.0) && now - before > byMs;
    }

    /// What the line said before: its weight, or -1 where it had none.
    int writtenWeight(const Run& run, const Slot& slot)
    {
        for (const ServerLine& line : run.found.gateway.upstream.servers)
            if (sameServer(line.address, slot.server.toUtf8()) && line.weight)
                return *line.weight;
        return -1;
    }

    struct Split {
        QList<Route> routes;
        QMap<QString, QString> tags; ///< of the slots that are up
    };

    /// Weights that are the shares themselves: of the whole upstream `percent` hundredths, the rest
    /// shared out as before.
    Split splitFor(const Run& run, const Canary& canary, int percent)
    {
        Split split;
        const QString& newSlot = canary.turn.slot.name;
        int others = 0;
        for (const SlotTurn& turn : canary.turns)
            others += turn.slot.name != newSlot && !turn.oldTag.isEmpty()
                ? std::max(1, writtenWeight(run, turn.slot))
                : 0;
        for (const SlotTurn& turn : canary.turns) {
            const int was = writtenWeight(run, turn.slot);
            if (turn.slot.name == newSlot) {
                split.routes.append({ newSlot, true, percent < 100 ? percent * others : was });
                split.tags[newSlot] = run.to;
            } else if (!turn.oldTag.isEmpty()) {
                const int weight = percent < 100 ? (100 - percent) * std::max(1, was) : was;
                split.routes.append({ turn.slot.name, percent < 100, weight });
                split.tags[turn.slot.name] = turn.oldTag;
            }
        }
        return split;
    }

    void weightBack(Run& run, Canary& canary)
    {
        // A slot whose old container could not be started again is sent nobody; were it the only one, the
        // new version stays.
        QList<Route> routes;
        QMap<QString, QString> tags;
        for (const SlotTurn& turn : canary.turns) {
            const bool isNew = turn.slot.name == canary.turn.slot.name;
            if (!isNew && (turn.oldTag.isEmpty() || turn.oldStopped))
                continue;
            routes.append({ turn.slot.name, !isNew, writtenWeight(run, turn.slot) });
            if (!isNew)
                tags[turn.slot.name] = turn.oldTag;
        }
        if (tags.isEmpty())
            throw Error(ErrorKind::SlotNotReady, { { u"slot"_s, canary.turns.back().slot.name } });
        QList<qint64> oldWorkers;
        run.route(routes, tags, {}, &oldWorkers);
        for (SlotTurn& turn : canary.turns)
            if (tags.contains(turn.slot.name)) {
                turn.takenOut = false;
                run.say(SlotChanged { turn.slot.name, turn.oldTag, u"serving"_s, turn.oldId });
            }
        steps::emptyBeforeKill(run, canary.turn, oldWorkers);
    }

    QString measured(const QString& why, const CanaryCompared& compared, bool ofNew)
    {
        if (why == u"failed")
            return u"%1 %"_s.arg(ofNew ? percentOf(compared.newFailed, compared.newSent)
                                       : percentOf(compared.oldFailed, compared.oldSent),
                0, 'f', 1);
        if (why == u"reconnects")
            return QString::number(ofNew ? compared.newReconnects : compared.oldReconnects);
        const double ms = why == u"p50" ? (ofNew ? compared.newP50Ms : compared.oldP50Ms)
                                        : (ofNew ? compared.newP99Ms : compared.oldP99Ms);
        return u"%1 ms"_s.arg(ms, 0, 'f', 1);
    }

    Error worse(const CanaryCompared& compared)
    {
        return Error(ErrorKind::CanaryWorse,
            { { u"slot"_s, compared.slot }, { u"percent"_s, compared.percent },
                { u"why"_s, compared.why }, { u"new"_s, measured(compared.why, compared, true) },
                { u"old"_s, measured(compared.why, compared, false) } });
    }

    /// A share that is off by more than chance explains is said; what arrived is what was compared.
    void sayWhereTheShareIsOff(Run& run, const CanaryCompared& compared)
    {
        const double n = double(compared.newSent + compared.oldSent);
        const double p = compared.percent / 100.0;
        const double chance = n > 0 ? 300 * std::sqrt(p * (1 - p) / n) : 100;
        if (std::abs(compared.observedPercent - compared.percent) <= 2 + chance)
            return;
        run.say(Warned { u"canaryShare"_s, u"warn"_s,
            { { u"slot"_s, compared.slot }, { u"percent"_s, compared.percent },
                { u"observed"_s, std::round(compared.observedPercent * 10) / 10 } } });
    }

    /// One share's time: what people say meanwhile, and what the witness sees.
    class Pause {
    public:
        Pause(Run& run, Canary& canary, int percent)
            : m_run(run)
            , m_canary(canary)
            , m_percent(percent)
            , m_ended(run.site.watchExit(canary.turn.slot, canary.turn.newId))
            , m_began(run.clock.steady())
            , m_question { u"promote"_s, canary.turn.slot.name, u"abort"_s,
                { u"promote"_s, u"pause"_s, u"abort"_s } }
        {
        }

        /// Until the share has proven itself, or not.
        CanaryCompared wait()
        {
            m_run.say(m_question);
            m_run.until(m_run.target.canary.byHand ? u"promotion"_s : u"samples"_s, byHandDeadline,
                200ms, [&](QJsonObject& numbers) { return look(numbers); });
            m_now.ms = elapsed().count();
            if (!m_answered)
                m_run.say(DecisionMade { u"promote"_s,
                    m_now.result == u"same" ? u"promote"_s : u"abort"_s, u"comparison"_s, {} });
            return m_now;
        }

    private:
        std::chrono::milliseconds elapsed() const
        {
            return std::chrono::duration_cast<std::chrono::milliseconds>(m_run.clock.steady() - m_began);
        }

        bool look(QJsonObject& numbers)
        {
            if (const auto exit = m_ended ? m_ended->exited() : std::nullopt)
                throw Error(ErrorKind::ContainerExited,
                    { { u"slot"_s, m_canary.turn.slot.name }, { u"exit"_s, *exit } })
                    .on(m_canary.turn.slot.host);
            const CanarySpec& spec = m_run.target.canary;
            m_now = comparedFrom(m_run.witness ? m_run.witness->arrivals() : QList<Arrivals>(),
                m_canary.turn.slot.name, m_canary.oldVersions, m_percent);
            numbers = { { u"percent"_s, m_percent }, { u"newSent"_s, m_now.newSent },
                { u"newFailed"_s, m_now.newFailed }, { u"oldSent"_s, m_now.oldSent },
                { u"oldFailed"_s, m_now.oldFailed }, { u"minimum"_s, spec.minimumSamples } };
            const bool enough = m_now.newSent >= spec.minimumSamples;
            const auto pause = std::chrono::seconds(spec.pauseSeconds);
            const bool over = elapsed() >= pause;
            const bool tooLate = elapsed() >= std::max<std::chrono::milliseconds>(
                                     pause * stretched, pause + leastStretch);
            m_now.result = enough ? u"same"_s : u"tooFew"_s;
            m_now.why = enough ? worseIn(m_now, spec.limits, over) : QString();
            if (!m_now.why.isEmpty()) {
                m_now.result = u"worse"_s;
                return true;
            }
            if (personSaidSo())
                return true;
            return !spec.byHand && !m_held && ((over && enough) || tooLate);
        }

        bool personSaidSo()
        {
            const auto made = m_run.answerTo(m_question);
            if (!made)
                return false;
            m_run.say(*made);
            if (made->choice == u"abort")
                throw Error(ErrorKind::CanaryAborted,
                    { { u"percent"_s, m_percent }, { u"by"_s, made->by }, { u"note"_s, made->note } });
            m_held = made->choice == u"pause";
            if (m_held) {
                m_run.say(m_question); // it stands again
                return false;
            }
            m_answered = true;
            m_now.result = u"promoted"_s;
            return true;
        }

        Run& m_run;
        Canary& m_canary;
        const int m_percent;
        std::unique_ptr<ExitWatch> m_ended;
        const Clock::Steady m_began;
        const DecisionAsked m_question;
        bool m_held = false, m_answered = false;
        CanaryCompared m_now;
    };

}

CanaryCompared comparedFrom(
    const QList<Arrivals>& arrivals, const QString& slot, const QStringList& oldVersions, int percent)
{
    CanaryCompared sum;
    sum.slot = slot;
    sum.percent = percent;
    for (const Arrivals& one : arrivals) {
        const bool nobody = one.slot.isEmpty() && one.version.isEmpty();
        if (nobody) {
            sum.newFailed += one.failed;
            sum.newSent += one.failed;
            continue;
        }
        const bool isNew
            = one.slot.isEmpty() ? !oldVersions.contains(one.version) : one.slot == slot;
        (isNew ? sum.newSent : sum.oldSent) += one.sent;
        (isNew ? sum.newFailed : sum.oldFailed) += one.failed;
        (isNew ? sum.newReconnects : sum.oldReconnects) += one.reconnects;
        // Of several slots with one version the slower one counts.
        double& p50 = isNew ? sum.newP50Ms : sum.oldP50Ms;
        double& p99 = isNew ? sum.newP99Ms : sum.oldP99Ms;
        p50 = std::max(p50, one.p50Ms);
        p99 = std::max(p99, one.p99Ms);
    }
    sum.observedPercent = percentOf(sum.newSent, sum.newSent + sum.oldSent);
    return sum;
}

QString worseIn(const CanaryCompared& compared, const CanaryLimits& limits, bool whole)
{
    const double failed = percentOf(compared.newFailed, compared.newSent)
        - percentOf(compared.oldFailed, compared.oldSent);
    if (compared.newFailed >= fewestFailed && failed > limits.failedPoints)
        return u"failed"_s;
    if (slower(compared.newP50Ms, compared.oldP50Ms, limits.p50Percent, limits.slowerMs))
        return u"p50"_s;
    if (whole && compared.newSent >= fewForP99
        && slower(compared.newP99Ms, compared.oldP99Ms, limits.p99Percent, limits.slowerMs))
        return u"p99"_s;
    if (compared.newReconnects - compared.oldReconnects > limits.reconnects)
        return u"reconnects"_s;
    return {};
}

namespace steps {

    void weight(Run& run, Canary& canary, int percent)
    {
        run.step(u"weight"_s, canary.turn.slot.name, [&] {
            if (!canary.weighed) {
                if (run.witness)
                    for (const Arrivals& one : run.witness->arrivals())
                        if (!one.version.isEmpty())
                            canary.oldVersions.append(one.version);
                run.undo.push(u"weightBack"_s, canary.turn.slot.name,
                    [&run, &canary] { weightBack(run, canary); });
                canary.weighed = true;
            }
            run.planned({ u"share"_s, {}, QString::number(percent) });
            const Split split = splitFor(run, canary, percent);
            QList<qint64> oldWorkers;
            run.route(split.routes, split.tags, run.stop(), &oldWorkers);
            proveTraffic(run, canary.turn);
            canary.turn.takenOut = false;
            run.say(SlotChanged { canary.turn.slot.name, run.to, u"serving"_s, canary.turn.newId });
            if (percent < 100)
                return;
            for (SlotTurn& turn : canary.turns)
                if (turn.slot.name != canary.turn.slot.name && !turn.oldTag.isEmpty()) {
                    turn.takenOut = true;
                    turn.oldWorkers = oldWorkers;
                    run.say(SlotChanged { turn.slot.name, turn.oldTag, u"draining"_s, turn.oldId });
                }
        });
    }

    void compare(Run& run, Canary& canary, int percent)
    {
        run.step(u"compare"_s, canary.turn.slot.name, [&] {
            if (run.planning()) {
                run.planned({ u"wait"_s, {}, run.target.canary.byHand ? u"promotion"_s : u"comparison"_s });
                return;
            }
            // What nginx's old workers still answer belongs to the share before.
            if (run.witness)
                run.witness->beginArrivals();
            const CanaryCompared seen = Pause(run, canary, percent).wait();
            run.say(seen);
            if (seen.result == u"worse")
                throw worse(seen).on(canary.turn.slot.host);
            sayWhereTheShareIsOff(run, seen);
            if (seen.result == u"tooFew" && !run.target.canary.byHand)
                throw Error(ErrorKind::CanaryUnproven,
                    { { u"slot"_s, seen.slot }, { u"percent"_s, percent },
                        { u"samples"_s, seen.newSent },
                        { u"minimum"_s, run.target.canary.minimumSamples } });
        });
    }

}

} // namespace gapless
