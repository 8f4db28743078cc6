// SPDX-License-Identifier: MIT
// The official JavaScript client and this one side by side on one server: the same events, with the
// same words, in the same order, whatever happens to the server.
#include "chatsite.h"
#include "engine/signalr/hubconnection.h"
#include "engine/signalr/jsonprotocol.h"
#include "tests/support/scriptedhub/scriptedhub.h"

#include <QElapsedTimer>
#include <QTest>
#include <csignal>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace gapless;
using namespace gapless::signalr;

namespace {

/// How a scenario connects.
struct How {
    QUrl url;
    TransportType transport = TransportType::WebSockets;
    bool skip = false;
    bool messagePack = false;
    bool reconnect = true;
};

/// The JavaScript client in a node of its own.
class JsClient {
public:
    JsClient(const QString& folder, const How& how)
    {
        const Json options {{"transport", nameOf(how.transport).toStdString()},
            {"skipNegotiation", how.skip}, {"protocol", how.messagePack ? "messagepack" : "json"},
            {"reconnect", how.reconnect}};
        m_process.setWorkingDirectory(folder);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        QObject::connect(&m_process, &QProcess::readyReadStandardOutput, [this] {
            while (m_process.canReadLine())
                take(parseJson(m_process.readLine()));
        });
        m_process.start(u"node"_s,
            {u"client.js"_s, how.url.toString(), QString::fromStdString(options.dump())});
        m_process.waitForStarted();
    }
    ~JsClient()
    {
        m_process.kill();
        m_process.waitForFinished(5000);
    }
    void invoke(const QString& method, const Json& arguments)
    {
        write({{"do", "invoke"}, {"id", 1}, {"method", method.toStdString()}, {"args", arguments}});
    }
    void stop() { write({{"do", "stop"}}); }

    QStringList diary;

private:
    void write(const Json& command)
    {
        m_process.write(QByteArray::fromStdString(command.dump()) + '\n');
    }
    void take(const Json& line)
    {
        const std::string event = line.at("event");
        QString entry = QString::fromStdString(event);
        if (line.contains("text"))
            entry += u'(' + QString::fromStdString(line.at("text")) + u')';
        if (event == "result")
            entry += u'(' + QString::fromStdString(line.at("value").dump()) + u')';
        if (event != "message")
            diary += entry;
    }
    QProcess m_process;
};

/// Ours, with a diary in the same words.
class OurClient {
public:
    explicit OurClient(const How& how)
        : hub(options(how))
    {
        QObject::connect(&hub, &HubConnection::reconnecting,
            [this](const Failure& why) { diary += u"reconnecting(%1)"_s.arg(why.text); });
        QObject::connect(&hub, &HubConnection::reconnected, [this] { diary += u"reconnected"_s; });
        QObject::connect(&hub, &HubConnection::closed,
            [this](const Failure& why) { diary += u"closed(%1)"_s.arg(why.text); });
        QObject::connect(
            &hub, &HubConnection::dropChanged, [this](const Drop& drop) { lastDrop = drop; });
        hub.start([this](const Failure& why) {
            diary += why.isError() ? u"failed(%1)"_s.arg(why.text) : u"started"_s;
        });
    }
    void invoke(const QString& method, const Json& arguments)
    {
        hub.invoke(method, arguments, [this](const InvocationResult& result) {
            diary += result.ok() ? u"result(%1)"_s.arg(QString::fromStdString(result.value.dump()))
                                 : u"failed(%1)"_s.arg(result.failure.text);
        });
    }

    HubConnection hub;
    QStringList diary;
    std::optional<Drop> lastDrop;

private:
    static HubOptions options(const How& how)
    {
        HubOptions each;
        each.http.url = how.url;
        each.http.transports = how.transport;
        each.http.skipNegotiation = how.skip;
        each.protocol = how.messagePack ? Encoding::MessagePack : Encoding::JsonText;
        if (how.reconnect)
            each.reconnect = std::make_shared<DelayListPolicy>();
        return each;
    }
};

} // namespace

class TestSignalrJsClient : public QObject {
    Q_OBJECT

    std::unique_ptr<ChatSite> m_site;
    std::unique_ptr<ChatSite::Slot> m_slot;
    QString m_folder;

    /// Both connected to `how`; whatever happens then happens to both.
    struct Pair {
        Pair(const QString& folder, const How& how)
            : js(folder, how)
            , ours(how)
        {
        }
        void invoke(const QString& method, const Json& arguments)
        {
            js.invoke(method, arguments);
            ours.invoke(method, arguments);
        }
        void stop()
        {
            js.stop();
            ours.hub.stop();
        }
        bool isAt(const QStringList& events) const
        {
            return js.diary.size() >= events.size() && ours.diary.size() >= events.size();
        }
        JsClient js;
        OurClient ours;
    };

    /// A slot that goes away for longer than the default policy's four attempts (0, 2, 12, 42 s).
    struct Outage {
        Outage(const ChatSite& site, const QString& folder)
            : slot(site, ChatSite::freePort())
            , pair(folder, {.url = slot.hub()})
        {
        }
        void begin()
        {
            slot.kill();
            clock.start();
            // Nobody else gets the port meanwhile.
            port.bind(QHostAddress::LocalHost, slot.port(), QAbstractSocket::ReuseAddressHint);
        }
        ChatSite::Slot slot;
        Pair pair;
        QElapsedTimer clock;
        QTcpSocket port;
    };
    std::unique_ptr<Outage> m_outage;

    How how() const
    {
        How each;
        each.url = m_slot->hub();
        return each;
    }

private Q_SLOTS:
    void initTestCase()
    {
        try {
            m_folder = ChatSite::jsClientFolder();
            m_site = std::make_unique<ChatSite>();
            m_slot = std::make_unique<ChatSite::Slot>(*m_site, ChatSite::freePort());
        } catch (const std::exception& error) {
            QFAIL(error.what());
        }
    }
    void cleanupTestCase()
    {
        m_outage.reset();
        m_slot.reset();
        m_site.reset();
    }

    /// The other tests run while this outage lasts.
    void outageBegins()
    {
        m_outage = std::make_unique<Outage>(*m_site, m_folder);
        QTRY_VERIFY_WITH_TIMEOUT(m_outage->pair.isAt({u"started"_s}), 20'000);
        m_outage->begin();
    }

    void calls_data()
    {
        QTest::addColumn<int>("transport");
        QTest::addColumn<bool>("messagePack");
        QTest::addColumn<bool>("skip");
        QTest::newRow("WebSockets") << int(TransportType::WebSockets) << false << false;
        QTest::newRow("WebSockets, MessagePack") << int(TransportType::WebSockets) << true << false;
        QTest::newRow("WebSockets, no negotiation")
            << int(TransportType::WebSockets) << false << true;
        QTest::newRow("server-sent events")
            << int(TransportType::ServerSentEvents) << false << false;
        QTest::newRow("long polling") << int(TransportType::LongPolling) << false << false;
    }
    void calls()
    {
        QFETCH(int, transport);
        QFETCH(bool, messagePack);
        QFETCH(bool, skip);
        How each = how();
        each.transport = TransportType(transport);
        each.messagePack = messagePack;
        each.skip = skip;
        Pair pair(m_folder, each);
        QTRY_VERIFY_WITH_TIMEOUT(pair.isAt({u"started"_s}), 20'000);
        pair.invoke(u"Echo"_s, {"é"});
        QTRY_VERIFY(pair.isAt({{}, {}}));
        pair.invoke(u"Fail"_s, {"boom"});
        QTRY_VERIFY(pair.isAt({{}, {}, {}}));
        pair.invoke(u"Abort"_s, Json::array());
        QTRY_VERIFY_WITH_TIMEOUT(pair.isAt({{}, {}, {}, {}, {}}), 20'000);
        if (transport == int(TransportType::WebSockets))
            QCOMPARE(pair.ours.diary, pair.js.diary);
        else // whether the answer to Abort still comes is a race on the server
            QCOMPARE(pair.ours.diary.first(3), pair.js.diary.first(3));
    }

    void closeThatAllowsReconnecting_data()
    {
        QTest::addColumn<bool>("reconnect");
        QTest::newRow("with a policy") << true;
        QTest::newRow("without") << false;
    }
    void closeThatAllowsReconnecting()
    {
        QFETCH(bool, reconnect);
        How each = how();
        each.reconnect = reconnect;
        Pair pair(m_folder, each);
        QTRY_VERIFY_WITH_TIMEOUT(pair.isAt({u"started"_s}), 20'000);
        pair.invoke(u"Echo"_s, Json::array({std::string(40'000, 'x')})); // over the server's limit
        QTRY_VERIFY_WITH_TIMEOUT(pair.isAt(QStringList(reconnect ? 4 : 3)), 20'000);
        QCOMPARE(pair.ours.diary, pair.js.diary);
        QVERIFY(pair.ours.diary[1].contains(u"Server returned an error on close"_s));
    }

    void close_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<bool>("reconnect");
        QTest::addColumn<QStringList>("events"); // of both, after started
        const auto row = [](const char* name, const char* message, bool reconnect,
                             const QStringList& events) {
            QTest::newRow(name) << QByteArray(message) << reconnect << events;
        };
        const QString why = u"(Server returned an error on close: Error!)"_s;
        row("for good", "{\"type\":7}", true, {u"closed()"_s});
        row("for good, with an error", "{\"type\":7,\"error\":\"Error!\"}", true, {u"closed"_s + why});
        row("for good, said", "{\"type\":7,\"error\":\"Error!\",\"allowReconnect\":false}", true,
            {u"closed"_s + why});
        row("come back", "{\"type\":7,\"allowReconnect\":true}", true,
            {u"reconnecting()"_s, u"reconnected"_s});
        row("come back, with an error", "{\"type\":7,\"error\":\"Error!\",\"allowReconnect\":true}",
            true, {u"reconnecting"_s + why, u"reconnected"_s});
        row("come back, without a policy", "{\"type\":7,\"error\":\"Error!\",\"allowReconnect\":true}",
            false, {u"closed"_s + why});
        row("for good, without a policy", "{\"type\":7}", false, {u"closed()"_s});
    }
    /// Close messages as no server can be made to send them on demand: from a hub of the test's.
    void close()
    {
        QFETCH(QByteArray, message);
        QFETCH(bool, reconnect);
        QFETCH(QStringList, events);
        ScriptedHub hub;
        QList<ScriptedPeer*> users;
        hub.onHandshake = [&users](ScriptedPeer& peer) {
            peer.say("{}");
            users.append(&peer);
        };
        How each;
        each.url = hub.url();
        each.reconnect = reconnect;
        Pair pair(m_folder, each);
        QTRY_VERIFY_WITH_TIMEOUT(pair.isAt({u"started"_s}), 20'000);
        QCOMPARE(users.size(), 2);
        for (ScriptedPeer* user : std::exchange(users, {}))
            user->say(message);
        events.prepend(u"started"_s);
        QTRY_VERIFY_WITH_TIMEOUT(pair.isAt(events), 20'000);
        QCOMPARE(pair.js.diary, events);
        QCOMPARE(pair.ours.diary, events);
        QCOMPARE(users.size(), events.last() == u"reconnected" ? 2 : 0);
        if (events.last() != u"reconnected")
            return;
        pair.stop();
        events.append(u"closed()"_s);
        QTRY_VERIFY(pair.isAt(events));
        QCOMPARE(pair.js.diary, events);
        QCOMPARE(pair.ours.diary, events);
    }

    void stop()
    {
        Pair pair(m_folder, how());
        QTRY_VERIFY_WITH_TIMEOUT(pair.isAt({u"started"_s}), 20'000);
        pair.stop();
        QTRY_VERIFY(pair.isAt({{}, {}}));
        QCOMPARE(pair.ours.diary, pair.js.diary);
    }

    void kill_data()
    {
        QTest::addColumn<bool>("skip");
        QTest::newRow("SIGKILL") << false;
        QTest::newRow("SIGKILL, no negotiation") << true;
    }
    void kill()
    {
        QFETCH(bool, skip);
        How each = how();
        each.skip = skip;
        Pair pair(m_folder, each);
        QTRY_VERIFY_WITH_TIMEOUT(pair.isAt({u"started"_s}), 20'000);
        pair.invoke(
            u"Count"_s, {3, 1'000'000}); // pending when it happens; not a plain method: an error
        QTRY_VERIFY(pair.isAt({{}, {}}));
        m_slot->kill();
        QTRY_VERIFY_WITH_TIMEOUT(pair.isAt({{}, {}, u"reconnecting"_s}), 5000);
        m_slot->start();
        QTRY_VERIFY_WITH_TIMEOUT(pair.isAt({{}, {}, {}, u"reconnected"_s}), 30'000);
        QCOMPARE(pair.ours.diary, pair.js.diary);
        QCOMPARE(pair.ours.lastDrop->cause.kind, FailureKind::EndOfStream);
        pair.stop();
        QTRY_VERIFY(pair.isAt(QStringList(5)));
        QCOMPARE(pair.ours.diary, pair.js.diary);
    }

    /// A rollout's stop: the slot is drained, the other one takes over, here on the same address.
    void drain()
    {
        Pair pair(m_folder, how());
        QTRY_VERIFY_WITH_TIMEOUT(pair.isAt({u"started"_s}), 20'000);
        m_slot->signalled(SIGTERM);
        QTRY_VERIFY_WITH_TIMEOUT(pair.isAt({{}, u"reconnecting"_s}), 40'000);
        m_slot->kill();
        m_slot->start();
        QTRY_VERIFY_WITH_TIMEOUT(pair.ours.hub.state() == HubConnection::State::Connected
                && pair.js.diary.last() == u"reconnected"_s
                && pair.ours.diary.last() == u"reconnected"_s,
            40'000);
        pair.stop();
        QTRY_COMPARE(pair.js.diary.last(), u"closed()"_s);
        QCOMPARE(pair.ours.diary.last(), u"closed()"_s);
        // A dying server may let one of them in for a moment: then it is dropped once more.
        QCOMPARE(pair.ours.diary.first(2), pair.js.diary.first(2));
    }

    /// The server stands still for longer than the server timeout, and goes on.
    void pause()
    {
        Pair pair(m_folder, how());
        QTRY_VERIFY_WITH_TIMEOUT(pair.isAt({u"started"_s}), 20'000);
        m_slot->signalled(SIGSTOP);
        QTRY_VERIFY_WITH_TIMEOUT(pair.isAt({{}, u"reconnecting"_s}), 45'000);
        m_slot->signalled(SIGCONT);
        QTRY_VERIFY_WITH_TIMEOUT(pair.isAt({{}, {}, u"reconnected"_s}), 30'000);
        QCOMPARE(pair.ours.diary, pair.js.diary);
        QCOMPARE(pair.ours.lastDrop->cause.kind, FailureKind::ServerTimeout);
    }

    /// Closed for good once the four attempts are over, here and there.
    void outage()
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_outage->pair.isAt({{}, {}, u"closed"_s}), 60'000);
        QVERIFY(m_outage->clock.elapsed() > 41'000);
        QCOMPARE(m_outage->pair.ours.diary, m_outage->pair.js.diary);
        QCOMPARE(m_outage->pair.ours.lastDrop->attempts, 4);
    }
};

QTEST_GUILESS_MAIN(TestSignalrJsClient)
#include "tst_signalr_jsclient.moc"
