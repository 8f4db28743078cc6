// SPDX-License-Identifier: MIT
// bench_gap [--quick] [--apart]
// How long a hub client is away when a rollout stops the slot it is on, through nginx, on the demo
// stack ($GAPLESS_DEMO_DIR's, else one of its own): ours and the official JavaScript client,
// connected to the same site during the same rollouts, one client each and ten. What counts is the
// gap of the second slot's stop, which sends everybody to the slot that has just begun: cold, and
// warmed as `warmUpRequests` says. --apart: they take turns, a rollout each.
#include "engine/journal/journal.h"
#include "engine/rollout/rollout.h"
#include "engine/signalr/hubconnection.h"
#include "tests/bench/benchtable.h"
#include "tests/live/signalr/chatsite.h"
#include "tests/support/demostack/demostack.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace gapless;
using namespace gapless::signalr;

namespace {

/// The last slot of a rollout is being stopped: who loses a connection now goes to a new container.
std::atomic<bool> s_toNew = false;

struct Seen {
    std::vector<double> gaps; ///< ms, onto a new container
    int closed = 0;
    void gap(double ms)
    {
        if (s_toNew)
            gaps.push_back(ms);
    }
};

/// So many of ours, in this process.
class Ours {
public:
    Ours(const QUrl& url, int count, Seen& seen)
    {
        for (int i = 0; i < count; ++i) {
            HubOptions options;
            options.http.url = url;
            options.reconnect = std::make_shared<DelayListPolicy>();
            HubConnection* hub
                = m_hubs.emplace_back(std::make_unique<HubConnection>(options)).get();
            QObject::connect(hub, &HubConnection::dropChanged, [&seen](const Drop& drop) {
                if (drop.end == Drop::End::Reconnected)
                    seen.gap(std::chrono::duration<double, std::milli>(drop.gap()).count());
                seen.closed += drop.end == Drop::End::Closed;
            });
            start(hub, 0);
        }
    }
    bool ready() const
    {
        return std::all_of(m_hubs.begin(), m_hubs.end(),
            [](const auto& hub) { return hub->state() == HubConnection::State::Connected; });
    }

private:
    void start(HubConnection* hub, int tries)
    {
        hub->start([this, hub, tries](const Failure& failure) {
            if (!failure.isError())
                return;
            if (tries == 20)
                qFatal("%s", qPrintable(failure.text));
            QMetaObject::invokeMethod(
                hub, [this, hub, tries] { start(hub, tries + 1); }, Qt::QueuedConnection);
        });
    }
    std::vector<std::unique_ptr<HubConnection>> m_hubs;
};

/// So many of the official client, in a node of their own.
class Theirs {
public:
    Theirs(const QString& folder, const QUrl& url, int count, Seen& seen)
    {
        m_process.setWorkingDirectory(folder);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        QObject::connect(&m_process, &QProcess::readyReadStandardOutput, [this, &seen] {
            while (m_process.canReadLine()) {
                const QJsonObject line = QJsonDocument::fromJson(m_process.readLine()).object();
                const QString event = line[u"event"_s].toString();
                m_ready = m_ready || event == u"ready";
                if (event == u"gap")
                    seen.gap(line[u"ms"_s].toDouble());
                seen.closed += event == u"closed";
            }
        });
        m_process.start(u"node"_s, {u"gaps.js"_s, url.toString(), QString::number(count)});
    }
    ~Theirs()
    {
        m_process.closeWriteChannel();
        if (!m_process.waitForFinished(5000))
            m_process.kill();
        m_process.waitForFinished(5000);
    }
    bool ready() const { return m_ready; }

private:
    QProcess m_process;
    bool m_ready = false;
};

class Holds final : public Decider {
public:
    DecisionMade decide(const DecisionAsked& question, std::stop_token) override
    {
        return {question.question, u"hold"_s, u"bench"_s, {}};
    }
};

class Bench {
public:
    Bench()
        : m_stack(QCoreApplication::applicationDirPath() + u"/stack"_s)
        , m_folder(ChatSite::jsClientFolder())
        , m_journal(m_data.path(), m_clock)
    {
        m_stack.reset();
        m_target = m_stack.target();
        m_target.health.watchSeconds = 1;
        m_journal.addSink([last = m_target.slots.last().name](const Event& event) {
            const auto* step = std::get_if<StepStarted>(&event.body);
            if (step && step->slot == last && step->step == u"stop")
                s_toNew = true;
        });
        m_url = QUrl(m_target.witness->url).resolved(QUrl(m_target.witness->hub->hub));
    }

    /// Whether new containers are asked before anybody comes: HTTP requests and hub handshakes.
    void warm(int requests)
    {
        m_target.health.warmUpRequests = requests;
        m_target.health.hub = requests > 0;
    }

    /// One rollout with so many clients of each kind watching.
    void rollout(int ours, int theirs, Seen& seenByOurs, Seen& seenByTheirs)
    {
        const Ours mine(m_url, ours, seenByOurs);
        std::optional<Theirs> official;
        if (theirs > 0)
            official.emplace(m_folder, m_url, theirs, seenByTheirs);
        const bool ready = QTest::qWaitFor(
            [&] { return mine.ready() && (!official || official->ready()); }, 60'000);
        if (!ready)
            qFatal("not every client could connect");
        s_toNew = false;
        std::atomic<bool> done = false;
        QString outcome;
        std::jthread worker([&] {
            outcome = roll();
            done = true;
        });
        if (!QTest::qWaitFor([&] { return done.load(); }, 300'000) || outcome != u"succeeded")
            qFatal("the rollout ended %s", qPrintable(outcome));
        if (!QTest::qWaitFor([&] { return mine.ready(); }, 10'000))
            qWarning("a client of ours was not connected again ten seconds later");
    }

private:
    QString roll()
    {
        const auto hosts = m_stack.hosts(m_target);
        Holds decider;
        m_next = m_next == u"v2" ? u"v1"_s : u"v2"_s;
        const RolloutRequest request {
            .target = m_target, .tag = m_stack.tag(m_next), .by = u"bench"_s};
        return runRollout(request, {*hosts, m_journal, m_clock, decider}, {}).finished.outcome;
    }

    DemoStack m_stack;
    QString m_folder;
    QTemporaryDir m_data;
    SystemClock m_clock;
    Journal m_journal;
    Target m_target;
    QUrl m_url;
    QString m_next;
};

QStringList row(const QString& who, int warmUp, int clients, const Seen& seen)
{
    const double most
        = seen.gaps.empty() ? 0 : *std::max_element(seen.gaps.begin(), seen.gaps.end());
    return {warmUp > 0 ? u"warmed, %1 times"_s.arg(warmUp) : u"cold"_s, QString::number(clients), who,
        QString::number(seen.gaps.size()),
        QString::number(medianOf(seen.gaps), 'f', 1), QString::number(most, 'f', 1),
        QString::number(seen.closed)};
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int rollouts = arguments.contains(u"--quick"_s) ? 2 : 6;
    const bool apart = arguments.contains(u"--apart"_s);
    Bench bench;
    BenchTable table({u"slot"_s, u"clients at once"_s, u"client"_s, u"gaps"_s, u"median ms"_s,
        u"longest ms"_s, u"closed"_s});
    for (int warmUp : {0, 20}) {
        bench.warm(warmUp);
        for (int clients : {1, 10}) {
            Seen ours, theirs;
            for (int i = 0; i < rollouts; ++i) {
                const bool turn = i % 2 == 0;
                bench.rollout(
                    apart && !turn ? 0 : clients, apart && turn ? 0 : clients, ours, theirs);
            }
            table.add(row(u"Gapless"_s, warmUp, clients, ours));
            table.add(row(u"@microsoft/signalr"_s, warmUp, clients, theirs));
        }
    }
    table.print();
    return 0;
}
