// SPDX-License-Identifier: MIT
// The window over the demo stack, as somebody uses it who has only the names of things: imports the target, deploys,
// watches the lanes, rolls back with one click, changes the language, exports the report. With GAPLESS_PICTURES=FOLDER
// the main views are kept there as pictures, in both languages and both palettes: those of the README.
#include "tests/live/desktop/desk.h"
#include "tests/live/desktop/notices.h"
#include "tests/live/desktop/screen.h"
#include "tests/support/demostack/demostack.h"

#include <QDir>
#include <QGuiApplication>
#include <QPixmap>
#include <QScreen>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

const QString chineseName = u"繁體中文（台灣）"_s;

}

class TestWindowLive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_stack = std::make_unique<DemoStack>(QStringLiteral(GAPLESS_TEST_STACK));
        m_stack->reset();
        m_desk = std::make_unique<Desk>();
        QVERIFY2(m_desk->reader.error().isEmpty(), qPrintable(m_desk->reader.error()));
        QDBusConnection session(u"session of the test"_s);
        QVERIFY(session.registerObject(u"/org/freedesktop/Notifications"_s, &m_notices, QDBusConnection::ExportAllSlots));
        QVERIFY(session.registerService(u"org.freedesktop.Notifications"_s));
        QVERIFY(m_desk->start());
    }
    void importsTheTarget()
    {
        QVERIFY(m_desk->press(u"Add…"_s));
        QVERIFY(m_desk->press(u"Import a target file…"_s));
        QVERIFY(m_desk->type(u"File name:"_s, m_stack->folder() + u"/target.json"_s));
        QVERIFY(m_desk->press(u"Open"_s));
        QVERIFY(m_desk->hasGone(u"File name:"_s));
        QVERIFY(m_desk->the(u"chat-demo"_s, Thing::Label)); // of the band
    }
    void deploys()
    {
        QVERIFY(m_desk->press(u"Deploy…"_s));
        QVERIFY(m_desk->choose(u"Images on the hosts"_s, m_stack->tag(u"v2"_s)));
        QVERIFY(m_desk->type(u"Reason"_s, u"seen by a test"_s));
        QVERIFY(m_desk->wait(
            [&](const Thing& thing) {
                return thing.name().startsWith(u"From "_s) && thing.name().contains(m_stack->tag(u"v2"_s));
            },
            u"the plan to v2"_s));
        QVERIFY(m_desk->press(u"Deploy"_s));
        QVERIFY(ends(1));
        QCOMPARE(lastRun().outcome, u"succeeded"_s);
        QCOMPARE(lastRun().to, m_stack->tag(u"v2"_s));
        QCOMPARE(lastRun().reason, u"seen by a test"_s);
        QCOMPARE(lastRun().verdict.http->failed, 0);
        QTRY_COMPARE(m_notices.said.size(), 1);
        QVERIFY(m_notices.said.first().startsWith(u"chat-demo: "_s));
        // Each lane said what it was.
        for (const QString& slot : {u"A"_s, u"B"_s})
            for (const QString& state : {u"draining"_s, u"starting"_s, u"checking"_s, u"serving"_s})
                QVERIFY2(hasSeen(slot, state), qPrintable(slot + u' ' + state + u" in\n"_s + m_seen.join(u'\n')));
    }
    void rollsBackWithOneClick()
    {
        QVERIFY(m_desk->pressBeginning(u"Roll back to "_s));
        // The one confirmation, with the same words on its button.
        QVERIFY(m_desk->pressBeginning(u"Roll back to "_s + m_stack->tag(u"v1"_s).left(20)));
        QVERIFY(ends(2));
        QCOMPARE(lastRun().kind, u"rollback"_s);
        QCOMPARE(lastRun().outcome, u"succeeded"_s);
        QCOMPARE(lastRun().to, m_stack->tag(u"v1"_s));
    }
    /// Nothing here is a bound in time but the last line, which a busy machine does not lengthen: what the thread had
    /// no processor for is not in it.
    void theWindowNeverWaits()
    {
        const QList<RunSummary> runs = journal().runs();
        QCOMPARE(runs.size(), 2);
        for (const RunSummary& run : runs) {
            const Watched watched = watchedBetween(m_desk->watchdogFile(), run.started.toMSecsSinceEpoch(),
                run.finished.toMSecsSinceEpoch());
            qInfo("%s: %d events; longest wait %.1f ms, %.1f without the machine's queue, processor %.1f",
                qPrintable(run.kind), watched.beats, watched.longestMs, watched.withoutQueueMs, watched.processorMs);
            QVERIFY(watched.beats > 500);
            QVERIFY(watched.withoutQueueMs <= 50);
        }
    }
    void speaksChineseAtOnce()
    {
        m_desk->key('4', true);
        QVERIFY(pick(u"Language"_s, 1, chineseName));
        QVERIFY(m_desk->the(u"部署紀錄"_s));
        QVERIFY(m_desk->hasGone(u"History"_s));
    }
    void exportsTheReport()
    {
        m_desk->key('2', true);
        QVERIFY(m_desk->choose(u"過去的部署作業"_s, m_stack->tag(u"v2"_s)));
        const QString file = m_desk->file(u"report.html"_s);
        QVERIFY(m_desk->press(u"匯出(E)…"_s));
        const Thing name = m_desk->wait([](const Thing& thing) { return thing.role() == Thing::Text && thing.text().endsWith(u".html"_s); },
            u"a file's name"_s);
        QVERIFY(name && name.type(file));
        QVERIFY(m_desk->pressOne({u"Save"_s, u"儲存"_s}));
        QVERIFY(m_desk->until([&] { return QFile::exists(file); }));
        QFile report(file);
        QVERIFY(report.open(QIODevice::ReadOnly));
        const QByteArray html = report.readAll();
        QVERIFY(html.contains("zh-Hant-TW"));
        QVERIFY(html.contains(m_stack->tag(u"v2"_s).toUtf8()));
    }
    void mainViews_data()
    {
        QTest::addColumn<bool>("chinese");
        QTest::addColumn<bool>("dark");
        for (const bool chinese : {false, true})
            for (const bool dark : {false, true})
                QTest::addRow("%s-%s", chinese ? "zh_TW" : "en", dark ? "dark" : "light") << chinese << dark;
    }
    /// Each in the language and the palette of the row, as a person comes to it.
    void mainViews()
    {
        QFETCH(bool, chinese);
        QFETCH(bool, dark);
        m_desk->key('4', true);
        const bool wasChinese = bool(m_desk->reader.windows(u"gapless"_s).value(0).named(u"部署紀錄"_s));
        QVERIFY(pick(wasChinese ? u"語言"_s : u"Language"_s, chinese ? 1 : 0, chinese ? chineseName : u"English"_s));
        QVERIFY(pick(chinese ? u"色彩"_s : u"Colours"_s, dark ? 2 : 1,
            dark ? (chinese ? u"深色"_s : u"Dark"_s) : (chinese ? u"淺色"_s : u"Light"_s)));
        keepView(u"settings"_s);
        m_desk->key('2', true);
        QVERIFY(m_desk->the(chinese ? u"過去的部署作業"_s : u"Past runs"_s));
        keepView(u"history"_s);
        m_desk->key('3', true);
        QVERIFY(m_desk->wait([](const Thing& thing) { return thing.text().contains(u"hash_"_s); }, u"a report's text"_s));
        keepView(u"report"_s);
        m_desk->key('1', true);
        QVERIFY(m_desk->the(chinese ? u"時間軸"_s : u"Timeline"_s));
        keepView(u"run"_s);
        QVERIFY(m_desk->press(chinese ? u"部署(D)…"_s : u"Deploy…"_s));
        const QString v2 = m_stack->tag(u"v2"_s);
        QVERIFY(m_desk->choose(chinese ? u"主機上的映像檔"_s : u"Images on the hosts"_s, v2));
        QVERIFY(m_desk->wait(
            [&](const Thing& thing) {
                return thing.role() == Thing::Label && thing.name().contains(v2)
                    && thing.name().contains(m_stack->tag(u"v1"_s));
            },
            u"the plan"_s));
        keepView(u"deploy"_s);
        m_desk->key(Desk::keyEscape);
        QVERIFY(m_desk->hasGone(chinese ? u"主機上的映像檔"_s : u"Images on the hosts"_s));
        QVERIFY(m_desk->press(chinese ? u"新增(A)…"_s : u"Add…"_s));
        keepView(u"wizard"_s);
        QVERIFY(m_desk->press(chinese ? u"關閉"_s : u"Close"_s));
        if (dark)
            return;
        m_desk->key(Desk::keyF5);
        QVERIFY(m_desk->hasGone(chinese ? u"部署紀錄"_s : u"History"_s)); // the column at the left makes room
        keepView(u"room"_s);
        m_desk->key(Desk::keyF5);
        QVERIFY(m_desk->the(chinese ? u"部署紀錄"_s : u"History"_s));
    }
    void cleanup()
    {
        if (QTest::currentTestFailed())
            keep(u"failed-"_s + QLatin1StringView(QTest::currentTestFunction()));
    }
    void cleanupTestCase()
    {
        if (!m_desk || !m_desk->isRunning())
            return;
        QCOMPARE(m_desk->quit(), 0);
        m_desk.reset();
    }

private:
    /// Unfolds the list that is labelled so, and chooses its entry there.
    bool pick(const QString& label, int at, const QString& entry)
    {
        const Thing list = m_desk->wait(
            [&](const Thing& thing) {
                if (thing.role() != Thing::ComboBox)
                    return false;
                const QList<Thing> labels = thing.labels();
                return std::any_of(labels.begin(), labels.end(),
                    [&](const Thing& one) { return one.name().startsWith(label); });
            },
            label);
        if (!list || list.name() == entry)
            return bool(list);
        m_desk->reader.click(list.rect().center());
        m_desk->reader.key(Desk::keyHome);
        for (int i = 0; i < at; ++i)
            m_desk->reader.key(Desk::keyDown);
        m_desk->reader.key(Desk::keyReturn);
        return m_desk->until([&] { return list.name() == entry; });
    }
    /// Once nothing moves any more.
    void keepView(const QString& name)
    {
        QImage before;
        m_desk->until(
            [&] {
                const QImage now = QGuiApplication::primaryScreen()->grabWindow(0).toImage();
                return std::exchange(before, now) == now;
            },
            5000);
        keep(name + u'-' + QLatin1StringView(QTest::currentDataTag()));
    }
    Journal& journal()
    {
        if (!m_journal)
            m_journal = std::make_unique<Journal>(m_desk->dataFolder(), m_clock);
        return *m_journal;
    }
    /// The screen as it is, into the folder of pictures.
    static void keep(const QString& name)
    {
        const QString folder = qEnvironmentVariable("GAPLESS_PICTURES");
        if (folder.isEmpty() || !QDir().mkpath(folder))
            return;
        const QImage picture = QGuiApplication::primaryScreen()->grabWindow(0).toImage();
        QVERIFY(picture.save(QDir(folder).filePath(name + u".png"_s), "PNG", 0));
    }
    RunSummary lastRun() { return journal().runs({.limit = 1}).value(0); }
    /// Reads the lanes until so many runs are over.
    bool ends(int runs)
    {
        m_seen.clear();
        return m_desk->until(
            [&] {
                const QList<RunSummary> all = journal().runs();
                for (const Thing& bar : m_desk->the(u"Timeline"_s).children())
                    if (const QString name = bar.name(); !m_seen.contains(name))
                        m_seen.append(name);
                if (runs == 1 && !m_live && hasSeen(u"B"_s, u"starting"_s)) {
                    m_live = true;
                    keep(u"live-en-light"_s);
                }
                // One whose first event is not written yet stands at the end of the list, without an outcome.
                return all.size() == runs
                    && std::none_of(all.begin(), all.end(), [](const RunSummary& run) { return run.outcome.isEmpty(); });
            },
            300'000);
    }
    bool hasSeen(const QString& slot, const QString& state) const
    {
        return std::any_of(m_seen.begin(), m_seen.end(), [&](const QString& name) {
            return name.contains(slot) && name.contains(state);
        });
    }

    SystemClock m_clock;
    Notices m_notices;
    std::unique_ptr<DemoStack> m_stack;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<Journal> m_journal;
    QStringList m_seen;
    bool m_live = false; ///< a picture of the run as it went on is kept
};

int main(int argc, char** argv)
{
    Screen screen(1280, 720);
    if (!screen.error().isEmpty())
        qFatal("%s", qPrintable(screen.error()));
    qputenv("QT_QPA_PLATFORM", "xcb"); // the test sees the screen that it made
    QGuiApplication app(argc, argv);
    TestWindowLive test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_windowlive.moc"
