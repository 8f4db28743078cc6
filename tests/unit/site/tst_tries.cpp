// SPDX-License-Identifier: MIT
#include "engine/site/tries.h"
#include "tests/support/fakehost/localhost.h"
#include "tests/support/scriptedhub/scriptedhub.h"

#include <QTest>
#include <thread>

using namespace gapless;
using namespace gapless::doctor;
using namespace Qt::StringLiterals;

/// The tries with clients, against servers in this very thread: two slots and a gateway.
class TestTries : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FakeHosts> m_hosts;
    LocalHost* m_host = nullptr;
    std::unique_ptr<ScriptedHub> m_a, m_b, m_gateway;
    Target m_target;
    Trial m_trial;
    int m_count = 0;

    /// `/health` says ok; `/count` counts in a session that all slots share.
    void serve(ScriptedHub& hub)
    {
        hub.onOther = [this](ScriptedPeer& peer, const ScriptedRequest& request) {
            if (request.target == "/health")
                peer.respond(200, "ok");
            else if (request.headers.contains("cookie"))
                peer.respond(200, QByteArray::number(++m_count));
            else
                peer.respond(200, QByteArray::number(m_count = 1), "Set-Cookie: sid=x; Secure\r\n");
        };
    }
    Entry entry(const ScriptedHub& hub)
    {
        QUrl url(u"http://127.0.0.1"_s);
        url.setPort(hub.port());
        return {url, {}, false};
    }
    /// The gateway answers every `nth` connect as a slot does that did not negotiate it.
    void loseEvery(int nth)
    {
        m_gateway->onUpgrade
            = [nth, seen = 0](ScriptedPeer& peer, const ScriptedRequest& request) mutable {
                  if (++seen % nth == 0)
                      peer.respond(404, "No Connection with that ID");
                  else
                      peer.upgrade(request);
              };
    }
    Tries tried() { return tryClients(m_target, *m_hosts, m_trial, {}); }

private Q_SLOTS:
    void init()
    {
        m_hosts = std::make_unique<FakeHosts>();
        m_host = &m_hosts->add(std::make_unique<LocalHost>(u"web"_s));
        m_a = std::make_unique<ScriptedHub>();
        m_b = std::make_unique<ScriptedHub>();
        m_gateway = std::make_unique<ScriptedHub>();
        serve(*m_a);
        serve(*m_b);
        m_count = 0;
        m_target = Target {};
        m_target.gateway.host = u"web"_s;
        m_target.health.path = u"/health"_s;
        m_target.witness = WitnessSpec {};
        m_target.witness->url = u"http://chat.example:9080"_s;
        m_target.witness->hub = HubProbeSpec {};
        m_target.witness->hub->hub = u"/hub"_s;
        m_target.witness->session = SessionProbeSpec {u"/count"_s, true};
        m_target.slots = {{u"A"_s, u"web"_s, {}, u"127.0.0.1:%1"_s.arg(m_a->port()), {}, {}},
            {u"B"_s, u"web"_s, {}, u"127.0.0.1:%1"_s.arg(m_b->port()), {}, {}}};
        m_trial = Trial {};
        m_trial.upSlots = {&m_target.slots[0], &m_target.slots[1]};
        m_trial.affinity = true;
        m_trial.entries = {entry(*m_gateway)};
    }

    void asksEachSlotAsNginxDoes()
    {
        const Tries tries = tried();
        QVERIFY(!tries.tunnelError);
        for (const Slot& slot : m_target.slots) {
            QCOMPARE(tries.slots[slot.name].status, 200);
            QCOMPARE(tries.slots[slot.name].body, "ok");
            QCOMPARE(tries.slots[slot.name].url.toString(), u"http://%1/health"_s.arg(slot.server));
            QCOMPARE(tries.slots[slot.name].hub->kind, signalr::FailureKind::None);
        }
        bool asked = false;
        for (const ScriptedRequest& request : m_a->requests) {
            QCOMPARE(request.headers["host"], "chat.example:9080");
            asked = asked || request.target == "/health";
        }
        QVERIFY(asked);
    }

    void takesTheTargetsHostHeader()
    {
        QCOMPARE(slotHostHeader(m_target, m_target.slots[0]), "chat.example:9080");
        m_target.health.hostHeader = u"inner.example"_s;
        QCOMPARE(slotHostHeader(m_target, m_target.slots[0]), "inner.example");
        m_target.health.hostHeader.clear();
        m_target.witness.reset();
        QCOMPARE(slotHostHeader(m_target, m_target.slots[0]), m_target.slots[0].server.toUtf8());
    }

    void seesWrongAnswers()
    {
        m_b->onOther = [](ScriptedPeer& peer, const ScriptedRequest&) { peer.respond(503, "no"); };
        m_b->onNegotiate
            = [](ScriptedPeer& peer, const ScriptedRequest&) { peer.respond(404, {}); };
        const Tries tries = tried();
        QCOMPARE(tries.slots[u"A"_s].status, 200);
        QCOMPARE(tries.slots[u"B"_s].status, 503);
        QCOMPARE(tries.slots[u"B"_s].hub->kind, signalr::FailureKind::HttpStatus);
    }

    void seesASlotThatIsAway()
    {
        m_b->stopListening();
        const Tries tries = tried();
        QCOMPARE(tries.slots[u"B"_s].status, 0);
        QVERIFY(!tries.slots[u"B"_s].error.isEmpty());
    }

    void doesNotWaitForASlotThatHangs()
    {
        m_b->onOther = [](ScriptedPeer&, const ScriptedRequest&) {};
        m_trial.limit = std::chrono::milliseconds(300);
        const Tries tries = tried();
        QCOMPARE(tries.slots[u"A"_s].status, 200);
        QCOMPARE(tries.slots[u"B"_s].status, 0);
        QCOMPARE(tries.slots[u"B"_s].error, u"timeout"_s);
    }

    void countsLoneClients()
    {
        const Tries good = tried();
        QCOMPARE(good.affinity->attempts, 20);
        QCOMPARE(good.affinity->failed, 0);
        loseEvery(2);
        const Tries bad = tried();
        QCOMPARE(bad.affinity->attempts, 20);
        QCOMPARE(bad.affinity->notFound, 10);
        QCOMPARE(bad.affinity->failed, 10);
    }

    void eachClientIsNew()
    {
        m_gateway->onNegotiate = [this](ScriptedPeer& peer, const ScriptedRequest& request) {
            QVERIFY(!request.headers.contains("cookie"));
            peer.respond(200, m_gateway->negotiateBody(), "Set-Cookie: route=a; Path=/\r\n");
        };
        m_gateway->onUpgrade = [](ScriptedPeer& peer, const ScriptedRequest& request) {
            QCOMPARE(request.headers["cookie"], "route=a"); // what a browser would send back
            peer.upgrade(request);
        };
        QCOMPARE(tried().affinity->failed, 0);
    }

    void goesThroughTheTunnelWhereTheUrlIsAway()
    {
        ScriptedHub away;
        away.stopListening();
        m_trial.entries = {entry(away), entry(*m_gateway)};
        m_trial.entries[0].url.setPort(1);
        m_trial.entries[1].throughTunnel = true;
        const Tries tries = tried();
        QCOMPARE(tries.affinity->attempts, 20);
        QVERIFY(tries.affinity->throughTunnel);
    }

    void giveUpWhereNothingAnswers()
    {
        m_trial.entries[0].url.setPort(1);
        const Tries tries = tried();
        QCOMPARE(tries.affinity->attempts, 1);
        QCOMPARE(tries.affinity->failed, 1);
        QCOMPARE(tries.affinity->notFound, 0);
    }

    void followsASession()
    {
        const Tries tries = tried();
        QVERIFY(tries.sessionHasCookie);
        QCOMPARE(tries.sessions.size(), 1);
        QCOMPARE(tries.sessions[0].from, u"A"_s);
        QCOMPARE(tries.sessions[0].to, u"B"_s);
        QCOMPARE(tries.sessions[0].before, "1");
        QCOMPARE(tries.sessions[0].after, "2");
        QCOMPARE(tries.sessions[0].cookies, QStringList {u"sid"_s});
        QVERIFY(tries.sessions[0].answered && tries.sessions[0].setAgain.isEmpty());
    }

    void losesASession()
    {
        m_b->onOther = [](ScriptedPeer& peer, const ScriptedRequest&) {
            peer.respond(200, "1", "Set-Cookie: sid=other\r\nSet-Cookie: more=1\r\n");
        };
        const Tries tries = tried();
        QCOMPARE(tries.sessions[0].after, "1");
        QCOMPARE(tries.sessions[0].setAgain, QStringList {u"sid"_s});
    }

    void hasNoSessionWithoutACookie()
    {
        m_a->onOther = [](ScriptedPeer& peer, const ScriptedRequest&) { peer.respond(200, "1"); };
        const Tries tries = tried();
        QVERIFY(!tries.sessionHasCookie);
        QVERIFY(!tries.sessions[0].answered);
    }

    void saysThatNoTunnelCanBeOpened()
    {
        m_host->refuseTunnels();
        m_trial.affinity = false;
        const Tries tries = tried();
        QCOMPARE(tries.tunnelError->kind, ErrorKind::TunnelRefused);
        QVERIFY(tries.slots.isEmpty());
    }

    void canBeCancelled()
    {
        std::stop_source stop;
        m_b->onOther = [&](ScriptedPeer&, const ScriptedRequest&) { stop.request_stop(); };
        QVERIFY_EXCEPTION_THROWN(
            tryClients(m_target, *m_hosts, m_trial, stop.get_token()), Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestTries)
#include "tst_tries.moc"
