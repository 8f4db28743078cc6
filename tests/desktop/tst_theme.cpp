// SPDX-License-Identifier: MIT
#include "app/desktop/navigation.h"
#include "app/desktop/theme.h"

#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

/// WCAG: 4.5:1 for text, 3:1 for marks, in both palettes.
class TestTheme : public QObject {
    Q_OBJECT
private:
    static void rows()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

private Q_SLOTS:
    void contrastIsThatOfTheStandard()
    {
        QCOMPARE(qRound(contrast(Qt::white, Qt::black) * 10), 210);
        QCOMPARE(contrast(Qt::red, Qt::red), 1.0);
        QVERIFY(contrast(QColor(0x777777), Qt::white) < 4.5); // 4.48, the textbook's near miss
        QVERIFY(contrast(QColor(0x767676), Qt::white) >= 4.5);
    }
    void textCanBeRead_data() { rows(); }
    void textCanBeRead()
    {
        QFETCH(bool, dark);
        const Colors c = dark ? darkColors() : lightColors();
        for (const QColor& ground : {c.window, c.base, c.raised}) {
            QVERIFY(contrast(c.text, ground) >= 4.5);
            QVERIFY(contrast(c.muted, ground) >= 4.5);
        }
        for (const QColor& mark : {c.oldVersion, c.newVersion, c.failure, c.attribution, c.neutral})
            QVERIFY2(contrast(c.text, c.tint(mark)) >= 4.5, qPrintable(mark.name()));
        for (const QString& name : {u"production"_s, u"staging"_s, u"lab"_s})
            QVERIFY2(contrast(c.bandText, c.environment(name)) >= 4.5, qPrintable(name));
    }
    /// The pages' names, also after the colours were changed while they were on the screen.
    void thePagesCanBeReadAfterASwitch()
    {
        Theme theme;
        theme.install();
        Navigation navigation;
        navigation.show();
        for (const Theme::Choice choice : {Theme::Choice::Light, Theme::Choice::Dark, Theme::Choice::Light}) {
            theme.choose(choice);
            QCoreApplication::processEvents();
            const QImage picture = navigation.grab().toImage();
            const QRect last(0, picture.height() * 3 / 4, picture.width(), picture.height() / 4 - 8);
            const QColor ground = theme.colors().window;
            double best = 0;
            for (int y = last.top(); y < last.bottom(); ++y)
                for (int x = last.left(); x < last.right(); ++x)
                    best = std::max(best, contrast(picture.pixelColor(x, y), ground));
            QVERIFY2(best >= 4.5, qPrintable(QString::number(best)));
        }
    }
    void marksCanBeSeen_data() { rows(); }
    void marksCanBeSeen()
    {
        QFETCH(bool, dark);
        const Colors c = dark ? darkColors() : lightColors();
        for (const QColor& mark :
            {c.oldVersion, c.newVersion, c.failure, c.attribution, c.neutral, c.accent})
            for (const QColor& ground : {c.window, c.base})
                QVERIFY2(contrast(mark, ground) >= 3.0,
                    qPrintable(u"%1 on %2"_s.arg(mark.name(), ground.name())));
        QVERIFY(contrast(c.accentText, c.accent) >= (dark ? 3.0 : 4.5));
    }
    void productionHasAColourOfItsOwn()
    {
        const Colors c = lightColors();
        QCOMPARE(c.environment(u"Production"_s), c.production);
        QCOMPARE(c.environment(u"staging"_s), c.staging);
        QCOMPARE(c.environment({}), c.otherEnvironment);
        QVERIFY(c.production != c.staging && c.staging != c.otherEnvironment);
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
