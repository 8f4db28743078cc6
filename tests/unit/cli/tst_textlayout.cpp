// SPDX-License-Identifier: MIT
#include "app/cli/textlayout.h"

#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

class TestTextLayout : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void widths_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("columns");
        QTest::newRow("empty") << QString() << 0;
        QTest::newRow("Latin") << u"slot A"_s << 6;
        QTest::newRow("Han is two") << u"容器 A"_s << 6;
        QTest::newRow("full-width punctuation") << u"（，）"_s << 6;
        QTest::newRow("combining is none") << u"e\u0301"_s << 1;
        QTest::newRow("beyond the first plane") << u"\U00020000"_s << 2;
    }
    void widths()
    {
        QFETCH(QString, text);
        QTEST(layout::displayWidth(text), "columns");
    }

    void elision_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("columns");
        QTest::addColumn<QString>("shown");
        QTest::newRow("fits") << u"abc"_s << 3 << u"abc"_s;
        QTest::newRow("cut") << u"abcd"_s << 3 << u"ab…"_s;
        QTest::newRow("half a Han does not fit") << u"容器容器"_s << 4 << u"容…"_s;
        QTest::newRow("nothing fits") << u"abc"_s << 0 << QString();
        QTest::newRow("one column") << u"abc"_s << 1 << u"…"_s;
    }
    void elision()
    {
        QFETCH(QString, text);
        QFETCH(int, columns);
        QTEST(layout::elided(text, columns), "shown");
        QVERIFY(layout::displayWidth(layout::elided(text, columns)) <= columns);
    }

    void wrapping_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("indent");
        QTest::addColumn<QStringList>("lines");
        QTest::newRow("fits") << u"a b"_s << 10 << 0 << QStringList {u"a b"_s};
        QTest::newRow("between words")
            << u"one two three"_s << 8 << 0 << QStringList {u"one two"_s, u"three"_s};
        QTest::newRow("indented") << u"one two"_s << 6 << 2 << QStringList {u"  one"_s, u"  two"_s};
        QTest::newRow("a long word stays whole")
            << u"a abcdefgh b"_s << 4 << 0 << QStringList {u"a"_s, u"abcdefgh"_s, u"b"_s};
        QTest::newRow("between Han")
            << u"部署作業"_s << 4 << 0 << QStringList {u"部署"_s, u"作業"_s};
        QTest::newRow("never before closing punctuation")
            << u"部署。"_s << 4 << 0 << QStringList {u"部"_s, u"署。"_s};
        QTest::newRow("line ends stay")
            << u"a\n\nb"_s << 9 << 1 << QStringList {u" a"_s, QString(), u" b"_s};
    }
    void wrapping()
    {
        QFETCH(QString, text);
        QFETCH(int, columns);
        QFETCH(int, indent);
        QTEST(layout::wrapped(text, columns, indent), "lines");
    }

    void tables()
    {
        QCOMPARE(layout::table({{u"標籤"_s, u"X"_s}, {u"a"_s, u"YY"_s}, {u"abcdef"_s, QString()}}),
            (QStringList {u"標籤    X"_s, u"a       YY"_s, u"abcdef"_s}));
    }
};

QTEST_GUILESS_MAIN(TestTextLayout)
#include "tst_textlayout.moc"
