// SPDX-License-Identifier: MIT
#include "app/desktop/furnish.h"
#include "app/desktop/elidedlabel.h"
#include "app/desktop/mainwindow.h"

#include "tests/desktop/look.h"

#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QStatusBar>
#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

class TestMainWindow : public QObject {
    Q_OBJECT
private:
    struct Rig {
        QTemporaryDir folder;
        DesktopContext context {folder.path(), std::make_unique<MemoryKeychain>()};
    };

private Q_SLOTS:
    void shows()
    {
        Rig rig;
        rig.context.theme().install();
        rig.context.useLanguage(u"en"_s);
        MainWindow window(rig.context);
        furnish(window);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QCOMPARE(window.runningCount(), 0);
    }
    void changesItsLanguageAtRunTime()
    {
        Rig rig;
        rig.context.useLanguage(u"en"_s);
        MainWindow window(rig.context);
        window.show();
        window.say(u"Exported."_s);
        QStringList before, after;
        for (auto* button : window.findChildren<QPushButton*>())
            before << button->accessibleName();
        rig.context.useLanguage(u"zh_TW"_s);
        QTRY_VERIFY([&] {
            after.clear();
            for (auto* button : window.findChildren<QPushButton*>())
                after << button->accessibleName();
            return after != before;
        }());
        QVERIFY(after.contains(u"部署紀錄"_s));
        // What was said in the language before is not left standing.
        QCOMPARE(window.statusBar()->findChild<ElidedLabel*>()->line(), QString());
    }
    void fitsASmallScreen_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("presenting");
        for (const QString& language : Language::codes())
            for (const bool presenting : {false, true})
                QTest::addRow("%s%s", qPrintable(language), presenting ? ", presenting" : "")
                    << language << presenting;
    }
    /// 1280 × 720 with a run in view whose names are as long as they get; at 200 % scale the same on twice the pixels.
    void fitsASmallScreen()
    {
        QFETCH(QString, language);
        QFETCH(bool, presenting);
        Rig rig;
        rig.context.theme().install();
        rig.context.useLanguage(language);
        const QString tag = u"hash_"_s + QString(40, u'f');
        const QString run = rig.context.journal().newRun();
        RunStarted started {.target = u"chat-production-taipei"_s, .kind = u"deploy"_s, .strategy = u"rolling"_s,
            .from = tag, .to = tag, .serving = {{u"A"_s, tag}, {u"B"_s, u"hash_"_s + QString(40, u'e')}},
            .slotOrder = {u"A"_s, u"B"_s}};
        rig.context.journal().append(run, started);
        rig.context.journal().append(run, ProbeSummary {.sent = 12'345'678, .failed = 12'345});
        MainWindow window(rig.context);
        furnish(window);
        window.resize(1280, 720);
        window.show();
        window.showRun(run);
        QTRY_VERIFY(window.shownRun()->feed().startMs() > 0);
        window.setPresenting(presenting);
        for (const Page page : {Page::Targets, Page::History, Page::Reports, Page::Settings}) {
            window.goTo(page);
            QTest::qWait(0); // what the text's size changes is laid out
            const QSize least = window.minimumSizeHint();
            QVERIFY2(least.width() <= 1280 && least.height() <= 720,
                qPrintable(u"page %1 needs %2 x %3"_s.arg(int(page)).arg(least.width()).arg(least.height())));
            QCOMPARE(window.size(), QSize(1280, 720));
        }
        window.setPresenting(false);
        window.closeSheet();
    }
    void everyControlHasANameAndAKeyOfItsOwn_data()
    {
        QTest::addColumn<QString>("language");
        for (const QString& language : Language::codes())
            QTest::newRow(qPrintable(language)) << language;
    }
    void everyControlHasANameAndAKeyOfItsOwn()
    {
        QFETCH(QString, language);
        Rig rig;
        rig.context.theme().install();
        rig.context.useLanguage(language);
        MainWindow window(rig.context);
        furnish(window);
        window.resize(1280, 720);
        window.show();
        auto* tabs = window.findChild<QTabWidget*>();
        QVERIFY(tabs && tabs->count() >= 6);
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            const QStringList complaints = accessComplaints(window);
            QVERIFY2(complaints.isEmpty(), qPrintable(tabs->tabText(tab) + u": "_s + complaints.join(u'\n')));
        }
        for (const Page page : {Page::History, Page::Reports, Page::Settings}) {
            window.goTo(page);
            const QStringList complaints = accessComplaints(window);
            QVERIFY2(complaints.isEmpty(), qPrintable(u"page %1: "_s.arg(int(page)) + complaints.join(u'\n')));
        }
        for (auto* menu : window.findChildren<QMenu*>()) {
            QSet<QString> keys;
            for (const QAction* action : menu->actions()) {
                const qsizetype at = action->text().indexOf(u'&');
                if (at < 0)
                    continue;
                const QString key = action->text().mid(at + 1, 1).toLower();
                QVERIFY2(!keys.contains(key), qPrintable(action->text()));
                keys.insert(key);
            }
        }
    }
    void opensOneSheetAtATime()
    {
        Rig rig;
        MainWindow window(rig.context);
        window.show();
        QPointer<QWidget> first = new QLineEdit;
        window.openSheet(first);
        QVERIFY(first->isVisible());
        QPointer<QWidget> second = new QLineEdit;
        window.openSheet(second, MainWindow::Place::BelowTimeline);
        QTRY_VERIFY(!first);
        QVERIFY(second->isVisible());
        QTest::keyClick(&window, Qt::Key_Escape);
        QTRY_VERIFY(!second);
        QVERIFY(!window.sheet());
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
