// SPDX-License-Identifier: MIT
// A site that somebody else's pipeline has served, adopted and deployed to on the real stack.
#include "engine/journal/journal.h"
#include "engine/model/targetjson.h"
#include "engine/remote/secrets.h"
#include "engine/rollout/rollout.h"
#include "engine/site/adopt.h"
#include "tests/support/demostack/demostack.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

class Holds final : public Decider {
public:
    DecisionMade decide(const DecisionAsked& question, std::stop_token) override
    {
        return {question.question, question.fallback, u"test"_s, {}};
    }
};

void show(const Event& event)
{
    if (const auto* failed = std::get_if<StepFailed>(&event.body))
        qInfo() << failed->step << failed->slot << failed->reason << failed->error;
    if (const auto* finished = std::get_if<RunFinished>(&event.body))
        qInfo() << finished->outcome << finished->error;
}

} // namespace

class TestAdoptLive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_stack.emplace(QStringLiteral(GAPLESS_TEST_STACK)); }
    void init() { m_stack->reset(); }
    void cleanup()
    {
        if (!m_site.isEmpty()) {
            QFile::remove(m_site);
            m_stack->docker(u"web"_s, {u"rm"_s, u"--force"_s, u"solo"_s, u"solo_B"_s});
            m_site.clear();
        }
        m_stack->reset();
    }

    /// What the shell pipeline left, whatever it was told about Gapless: nothing.
    void aSiteOfThePipelineIsAdoptedAndDeployed()
    {
        const Target demo = m_stack->target();
        const Adoption made = adopted(demo, demo.gateway.upstream);
        const Target& target = made.target;
        QCOMPARE(target.slots.size(), 2);
        for (const Slot& slot : demo.slots) {
            const Slot* same = target.slot(slot.name);
            QVERIFY(same);
            QCOMPARE(same->container, slot.container);
            QCOMPARE(same->server, slot.server);
            QCOMPARE(same->env, slot.env);
        }
        QCOMPARE(target.gateway.upstreamFile, demo.gateway.upstreamFile);
        QCOMPARE(target.container.env, demo.container.env);
        QCOMPARE(target.container.mounts.size(), demo.container.mounts.size());
        const RunFinished finished = roll(target, m_stack->tag(u"v2"_s));
        QCOMPARE(finished.outcome, u"succeeded"_s);
        for (const QString& tag : finished.serving)
            QCOMPARE(tag, m_stack->tag(u"v2"_s));
    }

    /// One container alone behind an upstream of one server: two slots, and no request fails meanwhile.
    void aSingleContainerBecomesTwoSlotsWithoutAnOutage()
    {
        const Target demo = m_stack->target();
        const int port = freePort(), site = freePort();
        m_stack->docker(u"web"_s,
            {u"run"_s, u"--detach"_s, u"--name"_s, u"solo"_s, u"--restart"_s, u"unless-stopped"_s,
                u"--label"_s, demo.container.options.value(1), u"--env"_s, u"SLOT=A"_s, u"--mount"_s,
                mountOf(demo.container.mounts[0]), u"--mount"_s, mountOf(demo.container.mounts[1]),
                u"--publish"_s, u"127.0.0.1:%1:8080"_s.arg(port), m_stack->image(u"v1"_s)});
        const QString folder = demo.gateway.upstreamFile.section(u'/', 0, -2);
        m_site = folder + u"/solo.conf"_s;
        QFile file(m_site);
        QVERIFY(file.open(QIODevice::WriteOnly));
        // A loopback port inside the gateway's network: the load comes from there too.
        file.write(u"upstream solo_up {\n    server 127.0.0.1:%1;\n}\nserver {\n    listen 127.0.0.1:%2;\n"
                   "    location / { proxy_pass http://solo_up; }\n}\n"_s.arg(port)
                       .arg(site)
                       .toUtf8());
        file.close();
        const auto hosts = m_stack->hosts(demo);
        run(*hosts, demo.gateway.reloadCommand);
        // It serves before anybody asks for it.
        run(*hosts,
            u"until curl -s -o /dev/null -f http://127.0.0.1:%1/version; do sleep 0.1; done"_s.arg(site));

        Adoption made = adopted(demo, u"solo_up"_s);
        QVERIFY(made.target.gateway.addServers);
        QCOMPARE(made.target.slots[0].container, u"solo"_s);
        QCOMPARE(made.target.slots[1].container, u"solo_B"_s);
        made.target.witness.reset();
        made.target.slots[1].env[u"SLOT"_s] = u"B"_s;

        // Its users, from the gateway's own network, until told to stop.
        Command users;
        users.script = u"sent=0 failed=0\n"
                       "while [ ! -e /tmp/solo-%1.stop ]; do\n"
                       "  sent=$((sent + 1))\n"
                       "  curl -s -o /dev/null --max-time 5 -f http://127.0.0.1:%1/version || failed=$((failed + 1))\n"
                       "done\nrm -f /tmp/solo-%1.stop\necho $sent $failed\n"_s.arg(site)
                           .toUtf8();
        users.deadline = std::chrono::minutes(5);
        const auto load = hosts->at(u"web"_s).start(users);
        const RunFinished finished = roll(made.target, m_stack->tag(u"v2"_s));
        run(*hosts, u"touch /tmp/solo-%1.stop"_s.arg(site));
        const QList<QByteArray> seen = load->wait({}).orThrow().out.trimmed().split(' ');
        QCOMPARE(finished.outcome, u"succeeded"_s);
        QCOMPARE(finished.serving.value(u"A"_s), m_stack->tag(u"v2"_s));
        QCOMPARE(finished.serving.value(u"B"_s), m_stack->tag(u"v2"_s));
        QVERIFY2(seen.value(0).toInt() > 50, seen.value(0).constData());
        QCOMPARE(seen.value(1).toInt(), 0);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains(made.target.slots[1].server.toUtf8() + ';'));
    }

private:
    static QString mountOf(const Mount& mount)
    {
        return u"type=bind,source=%1,target=%2,readonly"_s.arg(mount.source, mount.target);
    }
    int freePort()
    {
        static int next = 18'700;
        return next++;
    }
    void run(Hosts& hosts, const QString& line)
    {
        Command command;
        command.script = line.toUtf8() + '\n';
        command.deadline = std::chrono::minutes(3);
        hosts.at(u"web"_s).run(command, {}).orThrow();
    }
    Adoption adopted(const Target& demo, const QString& upstream)
    {
        Target look = demo;
        const auto hosts = m_stack->hosts(look);
        const HostSurvey survey
            = surveyHost(look.hosts.first(), look.gateway, hosts->at(u"web"_s), {});
        QList<Adoption> found = proposeTargets(survey, {.name = u"adopted"_s, .upstream = upstream});
        if (found.size() != 1)
            qFatal("%lld proposals for %s", qint64(found.size()), qPrintable(upstream));
        // What a person adds: how long to wait, and where the gateway of the demo keeps its state.
        found.first().target.gateway.stateDir = demo.gateway.stateDir;
        found.first().target.health.path = u"/health"_s;
        found.first().target.health.watchSeconds = 1;
        // The target that the reader takes is the one that runs.
        found.first().target
            = targetFromJson(targetToJson(found.first().target), u"adopted"_s);
        return found.first();
    }
    RunFinished roll(const Target& target, const QString& tag)
    {
        QTemporaryDir data;
        SystemClock clock;
        Journal journal(data.path(), clock);
        journal.addSink(show);
        Holds decider;
        const auto hosts = m_stack->hosts(target);
        RolloutRequest request {.target = target, .tag = tag};
        request.by = u"test"_s;
        return runRollout(request,
            {.hosts = *hosts, .journal = journal, .clock = clock, .decider = decider}, {})
            .finished;
    }

    std::optional<DemoStack> m_stack;
    QString m_site;
};

QTEST_GUILESS_MAIN(TestAdoptLive)
#include "tst_adoptlive.moc"
