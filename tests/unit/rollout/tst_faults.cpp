// SPDX-License-Identifier: MIT
// Random faults at random moments of a rollout, and of the recovery from it, on a model of docker and
// nginx. Each row is a seed; the same seed gives the same faults.
#include "engine/model/targetjson.h"
#include "engine/rollout/conduct.h"
#include "engine/rollout/recovery.h"
#include "tests/support/fakesite/fakesite.h"
#include "tests/unit/rollout/switchstage.h"

#include <QTest>
#include <random>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

/// The process is gone, in the middle of whatever it was doing: nothing of it runs any more.
struct Killed { };

class Quiet final : public RunSink, public Decider {
public:
    void say(EventBody body) override
    {
        if (std::exchange(breaks, false))
            throw Error(ErrorKind::StoreUnusable, { { u"why"_s, u"full"_s } });
        events.append(std::move(body));
    }
    DecisionMade decide(const DecisionAsked& question, std::stop_token) override
    {
        return { question.question, choice, u"tester"_s, {} };
    }
    std::optional<DecisionMade> answered(const DecisionAsked& question) override
    {
        if (question.question != u"approve")
            return std::nullopt;
        return DecisionMade { question.question, approval, u"tester"_s, {} };
    }
    QList<EventBody> events;
    QString choice, approval;
    bool breaks = false; ///< the journal cannot be written: it says so once
};

/// One site with its history of faults.
class World {
public:
    explicit World(unsigned seed)
        : m_random(seed)
        , target(SwitchStage::chat(below(4) == 0 ? 3 : 2))
        , strategy(randomStrategy())
        , site(target, clock)
        , witness(site, clock)
    {
        site.addImage(u"hash_v1"_s);
        site.addImage(u"hash_v2"_s, randomImage());
        // The group that does not serve is empty, or it has an older release that stands or runs there.
        const int spare = below(3);
        site.addImage(u"hash_v0"_s);
        for (const Slot& slot : target.slots) {
            if (!hasGroups() || target.groupOf(slot) == target.groups().first()) {
                site.setServing(slot.name, u"hash_v1"_s);
                continue;
            }
            if (spare > 0)
                site.setServing(slot.name, u"hash_v0"_s);
            if (spare == 1)
                site.containers.last().running = false;
            site.up[slot.name] = false;
        }
        site.onAct = [this](const QString& act, const QString& slot) { before(act, slot); };
        site.afterAct = [this](const QString& act, const QString& slot) { after(act, slot); };
    }

    /// The outcome; nothing where the process was killed.
    std::optional<RunFinished> deploy()
    {
        RolloutRequest request { .target = target, .tag = u"hash_v2"_s };
        const OnPartialFailure policies[] { OnPartialFailure::Ask, OnPartialFailure::Hold,
            OnPartialFailure::Rollback };
        request.onPartialFailure = policies[below(3)];
        const QString choices[] { u"hold"_s, u"rollback"_s, u"retry"_s };
        sink.choice = choices[below(3)];
        sink.approval = below(4) == 0 ? u"reject"_s : u"approve"_s;
        request.strategy = strategy;
        trace.append(strategyName(strategy));
        return run(request, [&](Run& one) {
            return conduct(one, strategy == Strategy::Canary ? &witness : nullptr,
                [](const QString&) { return u"hash_v1"_s; });
        });
    }

    std::optional<RunFinished> resume(const QString& choice)
    {
        const RolloutRequest request { .target = target, .kind = u"resume"_s };
        return run(request, [&](Run& one) {
            InterruptedRun interrupted;
            interrupted.run = u"run1"_s;
            interrupted.owner.run = site.lockTaken ? u"run%1"_s.arg(m_runs - 1) : QString();
            interrupted.from = u"hash_v1"_s;
            interrupted.to = u"hash_v2"_s;
            trace.append(u"resume "_s + choice);
            return recover(one, interrupted, choice);
        });
    }

    /// So many faults within the next `acts` acts.
    void plan(int faults, int acts)
    {
        m_plan.clear();
        for (int i = 0; i < faults; ++i)
            m_plan[m_acts + 1 + below(acts)] = below(faultCount);
    }

    int below(int limit) { return int(m_random() % unsigned(limit)); }
    /// Traffic is switched from one group to the other, and the one that served stays as it is.
    bool hasGroups() const { return strategy == Strategy::BlueGreen || strategy == Strategy::RedBlack; }
    QStringList versionsServing()
    {
        QStringList tags;
        for (const QString& slot : site.readyAndUp())
            tags.append(site.runningTag(slot));
        tags.removeDuplicates();
        return tags;
    }
    QStringList containerNames() const
    {
        QStringList names;
        for (const auto& container : site.containers)
            names.append(container.name);
        names.sort();
        return names;
    }

private:
    static constexpr int faultCount = 11;
    std::mt19937 m_random;
    QMap<int, int> m_plan; ///< number of the act -> the fault
    int m_acts = 0, m_runs = 0;
    bool m_dead = false, m_couldServe = false;
    QStringList m_servedBefore;

public:
    FakeClock clock;
    Target target;
    Strategy strategy;
    FakeSite site;
    ModelWitness witness;
    Quiet sink;
    std::stop_source stop;
    QStringList trace; ///< what happened, for a failing row
    QStringList broken; ///< the invariants that did not hold
    bool otherHand = false; ///< somebody else has changed something

private:
    Strategy randomStrategy()
    {
        const Strategy all[] { Strategy::Rolling, Strategy::BlueGreen, Strategy::RedBlack, Strategy::Canary };
        return all[below(4)];
    }
    FakeImage randomImage()
    {
        switch (below(8)) {
        case 0:
            return { .crashes = true };
        case 1:
            return { .neverReady = true };
        case 2:
            return { .diesAfterMs = 4'000 };
        case 3:
            return { .bootMs = 90'000 };
        case 4:
            return { .ignoresTerm = true };
        default:
            return {};
        }
    }

    template <typename Act> std::optional<RunFinished> run(const RolloutRequest& request, Act act)
    {
        m_dead = false;
        stop = {};
        sink.events.clear();
        Run one(request, site, sink, clock, sink, u"run%1"_s.arg(++m_runs), stop.get_token());
        try {
            return act(one);
        } catch (const Killed&) {
            return std::nullopt;
        }
    }

    void before(const QString& act, const QString& slot)
    {
        if (m_dead)
            throw Killed {};
        ++m_acts;
        trace.append(u"%1 %2"_s.arg(act, slot));
        m_servedBefore = site.readyAndUp();
        switch (m_plan.value(m_acts, -1)) {
        case 0:
            trace.append(u"! fails before"_s);
            throw Error(ErrorKind::CommandFailed);
        case 1:
            trace.append(u"! killed before"_s);
            m_dead = true;
            throw Killed {};
        case 2:
            trace.append(u"! cancelled"_s);
            stop.request_stop();
            break;
        case 3:
            stopSomebodys();
            break;
        case 4:
            removeAKeptOne();
            break;
        case 5:
            toggleALine();
            break;
        case 6:
            trace.append(u"! dockerd restarts"_s);
            otherHand = true;
            site.restartDaemon();
            break;
        case 9:
            trace.append(u"! the journal cannot be written"_s);
            sink.breaks = true;
            break;
        default:
            break;
        }
        m_servedBefore = site.readyAndUp();
        // An older release that a group was left with is not what users had.
        m_couldServe = site.ready(slot) && site.runningTag(slot) != u"hash_v0";
    }

    void after(const QString& act, const QString& slot)
    {
        const QStringList now = site.readyAndUp();
        // Between the last look and the act another hand is always faster.
        const int fault = m_plan.value(m_acts, -1);
        const bool raced = fault >= 3 && fault <= 6;
        if (m_servedBefore == QStringList { slot } && now.isEmpty() && !raced)
            broken.append(u"%1 %2 took the last ready slot out"_s.arg(act, slot));
        if (act == u"stop" && m_couldServe && m_servedBefore.isEmpty() && !raced)
            broken.append(u"stop %1: nothing else served, and it could have"_s.arg(slot));
        switch (m_plan.value(m_acts, -1)) {
        case 7:
            trace.append(u"! lost after"_s);
            m_plan.remove(m_acts);
            throw Error(ErrorKind::ConnectionLost);
        case 8:
            trace.append(u"! killed after"_s);
            m_dead = true;
            throw Killed {};
        case 10:
            trace.append(u"! the journal cannot be written after it"_s);
            sink.breaks = true;
            break;
        default:
            break;
        }
    }

    void stopSomebodys()
    {
        if (site.containers.isEmpty())
            return;
        auto& container = site.containers[below(int(site.containers.size()))];
        trace.append(u"! somebody stops "_s + container.name);
        otherHand = otherHand || container.running;
        container.running = false;
    }
    void removeAKeptOne()
    {
        for (const auto& container : std::as_const(site.containers))
            if (!container.running && container.name == u"chat_"_s + container.slot) {
                trace.append(u"! somebody prunes "_s + container.name);
                otherHand = true;
                const QString id = container.id;
                site.containers.removeIf([&](const auto& one) { return one.id == id; });
                return;
            }
    }
    void toggleALine()
    {
        const QString slot = target.slots[below(int(target.slots.size()))].name;
        trace.append(u"! somebody turns the line of "_s + slot);
        otherHand = true;
        site.up[slot] = !site.up.value(slot);
    }
};

/// What has to hold once a run, or a recovery, has come to its own end.
void checkAfter(World& world, const RunFinished& finished)
{
    if (finished.outcome == u"refused")
        return; // it has changed nothing, and mended nothing
    if (world.site.lockTaken)
        world.broken.append(u"the lock is not given back"_s);
    if (finished.outcome == u"partial" || world.otherHand)
        return;
    if (world.versionsServing().size() > 1)
        world.broken.append(u"two versions serve after "_s + finished.outcome);
    for (const Slot& slot : world.target.slots) {
        const bool serves = world.site.readyAndUp().contains(slot.name);
        const QString told = finished.serving.value(slot.name);
        if (serves && told != world.site.runningTag(slot.name))
            world.broken.append(u"%1: slot %2 serves %3, and the journal says %4"_s.arg(finished.outcome,
                slot.name, world.site.runningTag(slot.name), told));
    }
    QStringList own;
    for (const Slot& slot : world.target.slots)
        // A group that is not next may be empty.
        if (!world.hasGroups() || world.containerNames().contains(slot.container))
            own.append(slot.container);
    if (world.containerNames() != own)
        world.broken.append(
            u"%1 leaves %2"_s.arg(finished.outcome, world.containerNames().join(u' ')));
}

} // namespace

class TestFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whateverHappensTheSiteIsMended_data()
    {
        QTest::addColumn<unsigned>("seed");
        const bool full = qEnvironmentVariableIntValue("GAPLESS_TEST_FULL") == 1;
        const unsigned first = qEnvironmentVariable("GAPLESS_TEST_SEED", u"1"_s).toUInt();
        for (unsigned seed = first; seed < first + (full ? 20'000 : 600); ++seed)
            QTest::newRow(qPrintable(QString::number(seed))) << seed;
    }
    void whateverHappensTheSiteIsMended()
    {
        QFETCH(unsigned, seed);
        World world(seed);
        world.plan(1 + world.below(3), 30);
        std::optional<RunFinished> finished = world.deploy();
        if (finished)
            checkAfter(world, *finished);
        const QString choices[] { {}, u"finish"_s, u"restore"_s };
        for (int i = world.below(3); i > 0 && (!finished || finished->outcome == u"partial"); --i) {
            world.plan(1, 15);
            finished = world.resume(choices[world.below(3)]);
            if (finished)
                checkAfter(world, *finished);
        }
        // Nothing goes wrong any more: a recovery has to leave one clean state. Where the traffic was
        // switched nothing is to be recovered: the other group stays out, ready for the way back.
        const bool switched = world.hasGroups() && finished && finished->outcome != u"partial"
            && !world.otherHand && !world.site.lockTaken;
        world.plan(0, 1);
        world.otherHand = false;
        if (!switched)
            finished = world.resume({});
        QVERIFY(finished);
        checkAfter(world, *finished);
        const auto why = [&] {
            return u"%1\n%2\n%3"_s
                .arg(world.broken.join(u"; "), world.trace.join(u", "), finished->outcome)
                .toLocal8Bit();
        };
        QVERIFY2(world.broken.isEmpty(), why().constData());
        const bool failed = switched && (finished->outcome == u"refused" || finished->outcome == u"cancelled");
        QVERIFY2(finished->outcome == u"succeeded" || finished->outcome == u"restored" || failed, why().constData());
        const qsizetype serving = world.site.readyAndUp().size();
        QVERIFY2(switched ? serving > 0 : serving == world.target.slots.size(), why().constData());
        QVERIFY2(world.versionsServing().size() == 1, why().constData());
        QVERIFY2(!world.site.lockTaken, why().constData());
    }
};

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
