// SPDX-License-Identifier: MIT
#include "app/desktop/furnish.h"
#include "app/desktop/mainwindow.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
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
