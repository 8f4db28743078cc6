// SPDX-License-Identifier: MIT
// The client against the demo's ASP.NET Core site: every transport, both protocols, and the ways in
// which a real server ends a connection.
#include "chatsite.h"
#include "engine/signalr/handshakeprobe.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <csignal>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace gapless;
using namespace gapless::signalr;

Q_DECLARE_METATYPE(TransportType)

class TestSignalrAspNet : public QObject {
    Q_OBJECT

    std::unique_ptr<ChatSite> m_site;
    std::unique_ptr<ChatSite::Slot> m_slot;

    HubOptions options() const
    {
        HubOptions each;
        each.http.url = m_slot->hub();
        return each;
    }

    /// Starts and waits for it.
    static Failure start(HubConnection& hub)
    {
        std::optional<Failure> result;
        hub.start([&](const Failure& failure) { result = failure; });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(result, 30'000); }();
        return result.value_or(Failure {FailureKind::Usage, u"no answer"_s});
    }

    static InvocationResult invoke(HubConnection& hub, const QString& method, const Json& arguments,
        const std::vector<HubConnection::Upload>& uploads = {},
        const std::function<void()>& meanwhile = {})
    {
        std::optional<InvocationResult> result;
        hub.invoke(
            method, arguments, [&](const InvocationResult& r) { result = r; }, uploads);
        if (meanwhile)
            meanwhile();
        [&] { QTRY_VERIFY_WITH_TIMEOUT(result, 30'000); }();
        return result.value_or(InvocationResult {{}, {FailureKind::Usage, u"no answer"_s}});
    }

private Q_SLOTS:
    void initTestCase()
    {
        try {
            m_site = std::make_unique<ChatSite>();
            m_slot = std::make_unique<ChatSite::Slot>(*m_site, ChatSite::freePort());
        } catch (const std::exception& error) {
            QFAIL(error.what());
        }
    }
    void cleanupTestCase()
    {
        m_slot.reset();
        m_site.reset();
    }

    void everything_data()
    {
        QTest::addColumn<TransportType>("transport");
        QTest::addColumn<Encoding>("protocol");
        QTest::addColumn<bool>("skip");
        QTest::addColumn<bool>("stateful");
        const auto row = [](const char* name, TransportType transport, Encoding protocol,
                             bool skip = false, bool stateful = false) {
            QTest::newRow(name) << transport << protocol << skip << stateful;
        };
        row("WebSockets, JSON", TransportType::WebSockets, Encoding::JsonText);
        row("WebSockets, MessagePack", TransportType::WebSockets, Encoding::MessagePack);
        row("WebSockets, JSON, no negotiation", TransportType::WebSockets, Encoding::JsonText,
            true);
        row("WebSockets, MessagePack, no negotiation", TransportType::WebSockets,
            Encoding::MessagePack, true);
        row("WebSockets, JSON, stateful", TransportType::WebSockets, Encoding::JsonText, false,
            true);
        row("WebSockets, MessagePack, stateful", TransportType::WebSockets, Encoding::MessagePack,
            false, true);
        row("server-sent events, JSON", TransportType::ServerSentEvents, Encoding::JsonText);
        row("long polling, JSON", TransportType::LongPolling, Encoding::JsonText);
        row("long polling, MessagePack", TransportType::LongPolling, Encoding::MessagePack);
    }
    void everything()
    {
        QFETCH(TransportType, transport);
        QFETCH(Encoding, protocol);
        QFETCH(bool, skip);
        QFETCH(bool, stateful);
        HubOptions how = options();
        how.http.transports = transport;
        how.http.skipNegotiation = skip;
        how.http.statefulReconnect = stateful;
        how.protocol = protocol;
        HubConnection hub(how);
        QStringList heard;
        hub.on(u"ReceiveMessage"_s, [&](const Json& arguments) {
            if (arguments.at(1) == "é 你好")
                heard += QString::fromStdString(arguments.at(0));
        });
        hub.on(u"Answered"_s,
            [&](const Json& arguments) { heard += QString::fromStdString(arguments.at(0)); });
        hub.onRequest(u"answer"_s, [](const Json& arguments) -> Json {
            return "you said " + arguments.at(0).get<std::string>();
        });
        int history = 0;
        hub.on(u"history"_s, [&](const Json&) { ++history; });
        QCOMPARE(start(hub).text, QString());
        QCOMPARE(hub.transport(), nameOf(transport));
        QCOMPARE(hub.connectionId().isEmpty(), skip);
        QTRY_COMPARE(history, 1); // sent from OnConnectedAsync

        const Json values = {9007199254740993, -1, 0.005, "\x1e", nullptr, true, {1, {{"a", "b"}}}};
        const InvocationResult echoed = invoke(hub, u"Echo"_s, Json::array({values}));
        QCOMPARE(echoed.failure.text, QString());
        QCOMPARE(
            QString::fromStdString(echoed.value.dump()), QString::fromStdString(values.dump()));

        QVERIFY(invoke(hub, u"SendMessage"_s, {"me", "é 你好"}).ok());
        QTRY_COMPARE(heard, (QStringList {u"me"_s}));
        QVERIFY(invoke(hub, u"Ask"_s, {"hello"}).ok());
        QTRY_COMPARE(heard, (QStringList {u"me"_s, u"you said hello"_s}));

        QCOMPARE(invoke(hub, u"Fail"_s, {"boom"}).failure.text,
            u"An unexpected error occurred invoking 'Fail' on the server. HubException: boom"_s);
        QCOMPARE(invoke(hub, u"Nope"_s, {}).failure.text,
            u"Failed to invoke 'Nope' due to an error on the server. HubException: Method does not exist."_s);

        QList<int> items;
        std::optional<Failure> done;
        hub.stream(u"Count"_s, {3, 0},
            {[&](const Json& item) { items += item.get<int>(); },
                [&](const Failure& f) { done = f; }});
        QTRY_VERIFY(done);
        QCOMPARE(done->kind, FailureKind::None);
        QCOMPARE(items, (QList<int> {0, 1, 2}));

        quint64 endless = 0;
        int seen = 0;
        endless = hub.stream(u"Count"_s, {1'000'000, 1},
            {[&](const Json&) {
                 if (++seen == 3)
                     hub.cancel(endless);
             },
                {}});
        QTRY_COMPARE(seen, 3);

        const auto upload = hub.openUpload();
        const InvocationResult sum = invoke(hub, u"Sum"_s, Json::array(), {upload}, [&] {
            for (int i = 1; i <= 10; ++i)
                hub.uploadItem(upload, i);
            hub.endUpload(upload);
        });
        QCOMPARE(sum.value.get<int>(), 55);
        QCOMPARE(seen, 3);

        std::optional<Failure> closed;
        QObject::connect(
            &hub, &HubConnection::closed, [&](const Failure& failure) { closed = failure; });
        hub.stop();
        QVERIFY(closed);
        QCOMPARE(closed->kind, FailureKind::None);
    }

    void serverCloses_data()
    {
        QTest::addColumn<QString>("how");
        QTest::addColumn<FailureKind>("kind");
        QTest::addColumn<bool>("comesBack");
        QTest::newRow("hub aborts") << u"abort"_s << FailureKind::CloseMessage << false;
        QTest::newRow("message too big") << u"big"_s << FailureKind::CloseMessage << true;
        QTest::newRow("SIGTERM") << u"term"_s << FailureKind::EndOfStream << true;
        QTest::newRow("SIGKILL") << u"kill"_s << FailureKind::EndOfStream << true;
    }
    void serverCloses()
    {
        QFETCH(QString, how);
        QFETCH(bool, comesBack);
        HubOptions each = options();
        each.http.transports = TransportType::WebSockets;
        each.reconnect = std::make_shared<DelayListPolicy>(DelayListPolicy::Delays(300, 100ms));
        HubConnection hub(each);
        std::optional<Drop> first;
        QStringList diary;
        QObject::connect(&hub, &HubConnection::dropChanged, [&](const Drop& drop) {
            if (!first)
                first = drop;
        });
        QObject::connect(&hub, &HubConnection::reconnected, [&] { diary += u"reconnected"_s; });
        QObject::connect(&hub, &HubConnection::closed, [&] { diary += u"closed"_s; });
        QCOMPARE(start(hub).text, QString());
        const QString before = hub.connectionId();
        if (how == "abort"_L1)
            hub.send(u"Abort"_s);
        if (how == "big"_L1)
            hub.send(u"Echo"_s, Json::array({std::string(40'000, 'x')}));
        if (how == "term"_L1)
            m_slot->terminate();
        if (how == "kill"_L1)
            m_slot->kill();
        QTRY_VERIFY_WITH_TIMEOUT(first, 40'000);
        QTEST(first->cause.kind, "kind");
        QCOMPARE(first->cause.allowReconnect, how == "big"_L1);
        if (how == "term"_L1 || how == "kill"_L1)
            m_slot->start();
        QTRY_COMPARE_WITH_TIMEOUT(
            diary, (QStringList {comesBack ? u"reconnected"_s : u"closed"_s}), 40'000);
        if (comesBack) {
            QVERIFY(hub.connectionId() != before);
            QVERIFY(invoke(hub, u"Echo"_s, {"x"}).ok());
        }
    }

    void statefulReconnectOverADeadConnection()
    {
        // A proxy in between whose connections the test can cut.
        QTcpServer proxy;
        QVERIFY(proxy.listen(QHostAddress::LocalHost));
        std::vector<QTcpSocket*> clients;
        QObject::connect(&proxy, &QTcpServer::newConnection, [&] {
            QTcpSocket* client = proxy.nextPendingConnection();
            auto* server = new QTcpSocket(client);
            server->connectToHost(QHostAddress::LocalHost, m_slot->port());
            QObject::connect(
                client, &QTcpSocket::readyRead, server, [=] { server->write(client->readAll()); });
            QObject::connect(server, &QTcpSocket::readyRead, client, [=] {
                if (client->isOpen())
                    client->write(server->readAll());
            });
            QObject::connect(client, &QTcpSocket::disconnected, server, &QTcpSocket::abort);
            clients.push_back(client);
        });
        HubOptions each = options();
        each.http.url.setPort(proxy.serverPort());
        each.http.statefulReconnect = true;
        each.reconnect = std::make_shared<DelayListPolicy>();
        HubConnection hub(each);
        int events = 0;
        QList<int> items;
        std::optional<Failure> done;
        QObject::connect(&hub, &HubConnection::reconnecting, [&] { ++events; });
        QCOMPARE(start(hub).text, QString());
        const QString id = hub.connectionId();
        hub.stream(u"Count"_s, {200, 5},
            {[&](const Json& item) { items += item.get<int>(); },
                [&](const Failure& f) { done = f; }});
        for (int cut = 1; cut <= 3; ++cut) {
            QTRY_VERIFY_WITH_TIMEOUT(items.size() > cut * 30, 20'000);
            clients.back()->abort();
            // A second cut before the reattachment is through would rightly be a drop.
            QVERIFY(invoke(hub, u"Echo"_s, {cut}).ok());
        }
        QTRY_VERIFY_WITH_TIMEOUT(done, 30'000);
        QCOMPARE(done->text, QString());
        QCOMPARE(items.size(), 200); // none lost, none twice, in order
        for (int i = 0; i < items.size(); ++i)
            QCOMPARE(items[i], i);
        QCOMPARE(events, 0);
        QCOMPARE(hub.connectionId(), id);
    }

    void probes()
    {
        HubOptions each = options();
        each.http.transports = TransportType::WebSockets;
        each.http.headers = {{"Host", "chat.example.test"}};
        HandshakeProbe probe(each);
        std::vector<HandshakeResult> results;
        probe.run(20, 4, [&](const auto& all) { results = all; });
        QTRY_COMPARE(results.size(), std::size_t(20));
        for (const HandshakeResult& result : results)
            QCOMPARE(result.failure.text, QString());
    }
};

QTEST_GUILESS_MAIN(TestSignalrAspNet)
#include "tst_signalr_aspnet.moc"
