// SPDX-License-Identifier: MIT
// The history, the test client, and what makes a good desktop program.
#include "app/desktop/furniture.h"
#include "app/desktop/historypage.h"
#include "app/desktop/notifier.h"
#include "app/desktop/reportspage.h"
#include "app/desktop/runpane.h"
#include "app/desktop/scenariopane.h"
#include "app/desktop/runexport.h"
#include "app/desktop/singleinstance.h"
#include "app/desktop/testclient.h"
#include "app/desktop/timelineview.h"
#include "app/report/report.h"
#include "tests/desktop/look.h"
#include "tests/support/scriptedhub/scriptedhub.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QThread>
#include <QToolButton>

using namespace gapless;
using namespace Qt::StringLiterals;

namespace {

struct Rig {
    Rig()
        : context(folder.path(), std::make_unique<MemoryKeychain>())
    {
        context.theme().install();
        context.theme().choose(Theme::Choice::Light);
        context.useLanguage(u"en"_s);
    }
    QString ran(const QString& target, const QString& kind, const QString& to,
        const QString& outcome, const QString& by = u"ada"_s)
    {
        Journal& journal = context.journal();
        const QString run = journal.newRun();
        journal.append(run,
            RunStarted {.target = target, .kind = kind, .strategy = u"rolling"_s,
                .from = u"hash_0"_s, .to = to, .by = by, .machine = u"desk"_s,
                .reason = u"a reason"_s, .version = u"1"_s, .slotOrder = {u"A"_s, u"B"_s}});
        if (!outcome.isEmpty())
            journal.append(
                run, RunFinished {.outcome = outcome, .serving = {{u"A"_s, to}, {u"B"_s, to}}});
        return run;
    }
    QTemporaryDir folder;
    DesktopContext context;
};

template <typename Widget> Widget* named(const QWidget& in, const QString& accessibleName)
{
    for (auto* one : in.findChildren<Widget*>())
        if (one->accessibleName() == accessibleName)
            return one;
    return nullptr;
}

} // namespace

class TestPanes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsPastRuns()
    {
        Rig rig;
        const QString first = rig.ran(u"chat"_s, u"deploy"_s, u"hash_1"_s, u"succeeded"_s);
        const QString second = rig.ran(u"chat"_s, u"rollback"_s, u"hash_0"_s, u"restored"_s, u"grace"_s);
        const QString third = rig.ran(u"shop"_s, u"deploy"_s, u"hash_9"_s, {});
        MainWindow window(rig.context);
        HistoryPage page(window);
        QAbstractItemModelTester tester(const_cast<HistoryModel*>(&page.model()));
        const auto shown = [&] {
            QStringList runs;
            for (const RunSummary& run : page.model().runs())
                runs.append(run.run);
            return runs;
        };
        page.resize(1100, 400);
        page.show();
        QTRY_COMPARE(shown(), (QStringList {third, second, first}));
        QVERIFY(look(rig.context, page, u"history"_s));
        QCOMPARE(accessComplaints(page), QStringList());
        auto* text = named<QLineEdit>(page, u"Search the history"_s);
        text->setText(u"HASH_9"_s);
        QTRY_COMPARE(shown(), QStringList {third});
        text->setText(u"退版"_s); // an alias of the glossary
        QTRY_COMPARE(shown(), QStringList {second});
        text->clear();
        named<QLineEdit>(page, u"Person"_s)->setText(u"grace"_s);
        QTRY_COMPARE(shown(), QStringList {second});
        named<QLineEdit>(page, u"Person"_s)->clear();
        auto* outcome = named<QComboBox>(page, u"Outcome"_s);
        outcome->setCurrentIndex(outcome->findText(u"Not finished"_s));
        QTRY_COMPARE(shown(), QStringList {third});
        outcome->setCurrentIndex(0);
        auto* time = named<QComboBox>(page, u"Time"_s);
        time->setCurrentIndex(1);
        QTRY_COMPARE(shown().size(), 3);
        page.select(first);
        QCOMPARE(page.selected(), QStringList {first});
        QVERIFY(button(page, u"Open"_s)->isEnabled());
        QVERIFY(!button(page, u"Compare the two"_s)->isEnabled());
    }

    void comparesTwoRuns()
    {
        Rig rig;
        const QString first = rig.ran(u"chat"_s, u"deploy"_s, u"hash_1"_s, u"succeeded"_s);
        const QString second = rig.ran(u"chat"_s, u"rollback"_s, u"hash_0"_s, u"restored"_s);
        MainWindow window(rig.context);
        new Furniture(window);
        window.resize(1280, 720);
        window.show();
        window.goTo(Page::History);
        auto* table = named<QTableView>(window, u"Past runs"_s);
        QTRY_COMPARE(table->model()->rowCount(), 2);
        table->selectAll();
        button(window, u"Compare the two"_s)->click();
        QTRY_COMPARE(window.shownRun()->feed().run(), first); // the older one, and the newer beneath it
        QVERIFY(window.runPane().timeline().isComparing());
        QTRY_VERIFY(std::any_of(window.runPane().timeline().lanes().lanes.begin(),
            window.runPane().timeline().lanes().lanes.end(),
            [](const Lane& lane) { return lane.title.startsWith(u'‖'); }));
        QVERIFY(named<QToolButton>(window, u"Compare…"_s)->isChecked());
        button(window, u"Compare…"_s)->click();
        QTRY_VERIFY(!window.runPane().timeline().isComparing());
    }

    void showsAReportToRead()
    {
        Rig rig;
        const QString first = rig.ran(u"chat"_s, u"deploy"_s, u"hash_1"_s, u"succeeded"_s);
        const QString second = rig.ran(u"chat"_s, u"rollback"_s, u"hash_0"_s, u"restored"_s, u"<b>eve</b>"_s);
        MainWindow window(rig.context);
        ReportsPage page(window);
        page.resize(1100, 600);
        page.show();
        QTRY_COMPARE(page.run(), second); // the newest
        QTRY_VERIFY(page.text().contains(second));
        QVERIFY(page.text().contains(u"<b>eve</b>"_s)); // what a person wrote is text
        QCOMPARE(accessComplaints(page), QStringList());
        page.select(first);
        QTRY_VERIFY(page.text().contains(first));
        QVERIFY(page.text().contains(u"hash_1"_s));
        const QString english = page.text();
        rig.context.useLanguage(u"zh_TW"_s);
        QTRY_VERIFY(page.text() != english && page.text().contains(first));
        QVERIFY(look(rig.context, page, u"reports"_s));
    }

    void theDemosScenariosAreForTheDemoAlone()
    {
        Rig rig;
        MainWindow window(rig.context);
        auto* pane = new ScenarioPane(window, QStringLiteral(GAPLESS_SOURCE_DIR) + u"/packaging/demo/stack"_s);
        window.runPane().addTab(pane);
        QSignalSpy offered(pane, &ScenarioPane::offeredChanged);
        Target target;
        target.name = u"shop"_s;
        target.hosts = {{.name = u"web"_s, .address = u"192.0.2.10"_s, .user = u"deploy"_s}};
        target.gateway = {.host = u"web"_s, .upstreamFile = u"/up.conf"_s, .upstream = u"app"_s};
        target.image.repository = u"chat"_s;
        target.slots = {{u"A"_s, u"web"_s, u"chat_A"_s, u"127.0.0.1:8090"_s, {u"8090:8080"_s}, {}},
            {u"B"_s, u"web"_s, u"chat_B"_s, u"127.0.0.1:8091"_s, {u"8091:8080"_s}, {}}};
        rig.context.targets().save(target);
        window.showTarget(u"shop"_s);
        QCOMPARE(offered.last().first().toBool(), false);
        pane->play(Scenario::Rolling); // a key's way past the button
        QCOMPARE(window.runningCount(), 0);
        target.name = u"demo"_s;
        target.container.options = {u"--label"_s, u"gapless.demo=abcd"_s};
        rig.context.targets().save(target);
        window.showTarget(u"demo"_s);
        QCOMPARE(offered.last().first().toBool(), true);
        window.show();
        QCOMPARE(accessComplaints(*pane), QStringList());
    }

    void exportsARun_data()
    {
        QTest::addColumn<QString>("format");
        for (const QString& format : reportFormats())
            QTest::newRow(qPrintable(format)) << format;
    }
    void exportsARun()
    {
        QFETCH(QString, format);
        Rig rig;
        const QString run = rig.ran(u"chat"_s, u"deploy"_s, u"hash_1"_s, u"succeeded"_s);
        MainWindow window(rig.context);
        HistoryPage page(window);
        QSignalSpy settled(&page, &HistoryPage::settled);
        const QString file = rig.folder.filePath(u"report."_s + format);
        page.exportTo(run, format, file);
        QTRY_COMPARE_WITH_TIMEOUT(settled.size(), 1, 60'000);
        QFile in(file);
        QVERIFY(in.open(QIODevice::ReadOnly));
        const QByteArray bytes = in.readAll();
        if (format == "pdf"_L1)
            QVERIFY(bytes.startsWith("%PDF-"));
        else
            QVERIFY(bytes.contains(run.toUtf8()) && bytes.contains("hash_1"));
        if (format == "json"_L1)
            QCOMPARE(QJsonDocument::fromJson(bytes)[u"run"_s].toString(), run);
    }

    void theTestClientConnectsInvokesAndListens()
    {
        Rig rig;
        ScriptedHub hub;
        hub.onMessage = [](ScriptedPeer& peer, const QByteArray& message) {
            if (message.contains("\"target\":\"SendMessage\"")) {
                peer.say(R"({"type":1,"target":"ReceiveMessage","arguments":["me","hello"]})");
                peer.say(R"({"type":3,"invocationId":"0","result":42})");
            }
        };
        TestClient client(rig.context.clock());
        QAbstractItemModelTester tester(const_cast<ClientLog*>(&client.log()));
        client.resize(1100, 400);
        client.show();
        QUrl url = hub.url();
        const QString path = url.path();
        url.setPath({});
        named<QLineEdit>(client, u"URL"_s)->setText(url.toString());
        named<QLineEdit>(client, u"Hub"_s)->setText(path);
        named<QLineEdit>(client, u"Messages to show, with commas"_s)->setText(u"ReceiveMessage"_s);
        named<QLineEdit>(client, u"Method to invoke"_s)->setText(u"SendMessage"_s);
        auto* arguments = named<QLineEdit>(client, u"Arguments, as a JSON list"_s);
        button(client, u"Connect"_s)->click();
        QTRY_COMPARE(client.state(), signalr::HubConnection::State::Connected);
        QVERIFY(client.stateText().contains(u"WebSockets"_s));
        arguments->setText(u"[\"me\","_s);
        QVERIFY(!button(client, u"Invoke"_s)->isEnabled());
        arguments->setText(u"[\"me\",\"hello\"]"_s);
        button(client, u"Invoke"_s)->click();
        QTRY_VERIFY(client.log().text().contains(u"✓ SendMessage 42"_s));
        QVERIFY(client.log().text().contains(u"← ReceiveMessage [\"me\",\"hello\"]"_s));
        QVERIFY(look(rig.context, client, u"testclient"_s));
        QCOMPARE(accessComplaints(client), QStringList());
        // The server goes: each attempt is said with its delay.
        hub.stopListening();
        hub.peer()->reset();
        QTRY_VERIFY(client.log().text().contains(u"Reconnect attempt 1 in"_s));
        QTRY_VERIFY(client.log().text().contains(u"Reconnect attempt 2 in 2.0 s"_s));
        QCOMPARE(client.state(), signalr::HubConnection::State::Reconnecting);
        button(client, u"Disconnect"_s)->click();
        QTRY_COMPARE(client.state(), signalr::HubConnection::State::Disconnected);
    }

    void theLogOfTheClientIsBounded()
    {
        ClientLog log;
        for (int i = 0; i < ClientLog::most + 5; ++i)
            log.add(QDateTime::currentDateTimeUtc(), ClientLog::Kind::Received, QString::number(i));
        QVERIFY(log.rowCount() <= ClientLog::most);
        QCOMPARE(log.line(log.rowCount() - 1).text, QString::number(ClientLog::most + 4));
    }

    void aSecondProgramHandsItsWordsOver()
    {
        QTemporaryDir folder;
        SingleInstance first(folder.path());
        QVERIFY(!first.handOver({u"chat"_s})); // nobody is there
        QVERIFY(first.listen());
        QSignalSpy called(&first, &SingleInstance::called);
        bool taken = false;
        // Another program: it blocks, so it has a thread of its own here.
        QScopedPointer<QThread> other(QThread::create([&] {
            SingleInstance second(folder.path());
            taken = second.handOver({u"--open"_s, u"20261127-1"_s}) && !second.listen();
        }));
        other->start();
        QTRY_COMPARE(called.size(), 1);
        QTRY_VERIFY(other->isFinished());
        QVERIFY(taken);
        QCOMPARE(called[0][0].toStringList(), (QStringList {u"--open"_s, u"20261127-1"_s}));
        // Another data folder is another program.
        QTemporaryDir elsewhere;
        SingleInstance third(elsewhere.path());
        QVERIFY(!third.handOver({}));
        QVERIFY(third.listen());
    }

    void aCrashedOnesSocketIsTakenOver()
    {
        QTemporaryDir folder;
        QString path;
        {
            SingleInstance first(folder.path());
            QVERIFY(first.listen());
            path = first.socket();
        }
        // What a crash leaves: a socket file that nobody listens on.
        QFile left(path);
        QVERIFY(left.open(QIODevice::WriteOnly));
        left.close();
        SingleInstance second(folder.path());
        QVERIFY(second.listen());
    }

    void theEndOfARunIsTold()
    {
        Rig rig;
        MainWindow window(rig.context);
        new Furniture(window);
        auto* notifier = window.findChild<Notifier*>();
        QCOMPARE(notifier->said(), 0);
        RunController controller(rig.context);
        Q_EMIT window.runFinished(&controller, RunFinished {.outcome = u"succeeded"_s});
        QCOMPARE(notifier->said(), 1);
    }
};

QTEST_MAIN(TestPanes)
#include "tst_panes.moc"
