// SPDX-License-Identifier: MIT
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

QTEST_GUILESS_MAIN(TestTheme)
#include "tst_theme.moc"
