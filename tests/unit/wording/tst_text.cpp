// SPDX-License-Identifier: MIT
#include "app/wording/language.h"
#include "app/wording/text.h"

#include <QJsonArray>
#include <QLocale>
#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

class TestText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(m_language.use(u"en"_s)); }

    void printable_data()
    {
        QTest::addColumn<QString>("raw");
        QTest::addColumn<QString>("shown");
        const QString esc(QChar(0x1b)), csi(QChar(0x9b)), osc(QChar(0x9d));
        QTest::newRow("plain") << u"chat_A 是"_s << u"chat_A 是"_s;
        QTest::newRow("colour") << esc + u"[31mred"_s + esc + u"[0m"_s << u"red"_s;
        QTest::newRow("cursor") << u"a"_s + esc + u"[2J"_s + esc + u"[1;1Hb"_s << u"ab"_s;
        QTest::newRow("8-bit CSI") << csi + u"31mred"_s << u"red"_s;
        QTest::newRow("title, BEL") << esc + u"]0;owned\ax"_s << u"x"_s;
        QTest::newRow("title, ST") << esc + u"]0;owned"_s + esc + u"\\x"_s << u"x"_s;
        QTest::newRow("8-bit OSC") << osc + u"0;owned"_s + QChar(0x9c) + u"x"_s << u"x"_s;
        QTest::newRow("unended string ends with its line") << esc + u"]0;owned\nx"_s << u"\nx"_s;
        QTest::newRow("string cut by another escape")
            << esc + u"]0;owned"_s + esc + u"[31mx"_s << u"x"_s;
        QTest::newRow("charset") << esc + u"(0x"_s << u"x"_s;
        QTest::newRow("lone escape") << u"a"_s + esc << u"a"_s;
        QTest::newRow("unended CSI") << u"a"_s + esc + u"[12"_s << u"a"_s;
        QTest::newRow("CSI never swallows a line end") << esc + u"[1\nx"_s << u"\nx"_s;
        QTest::newRow("bell, backspace, NUL, DEL")
            << u"a\a\bb"_s + QChar(0) + QChar(0x7f) + u"c"_s << u"abc"_s;
        QTest::newRow("C1") << u"a"_s + QChar(0x85) + u"b"_s << u"ab"_s;
        QTest::newRow("CRLF") << u"a\r\nb"_s << u"a\nb"_s;
        QTest::newRow("CR overwrites nothing") << u"ok\revil"_s << u"ok\nevil"_s;
        QTest::newRow("tab") << u"a\tb"_s << u"a    b"_s;
        QTest::newRow("override") << u"a"_s + QChar(0x202e) + u"b"_s << u"ab"_s;
        QTest::newRow("isolate") << u"a"_s + QChar(0x2066) + u"b"_s << u"ab"_s;
        QTest::newRow("emoji stays") << u"\U0001F600"_s << u"\U0001F600"_s;
        QTest::newRow("half a pair")
            << QString(QChar(0xd83d)) + u"x"_s << QString(QChar(0xfffd)) + u"x"_s;
        QTest::newRow("other half") << QString(QChar(0xde00)) << QString(QChar(0xfffd));
    }
    void printable()
    {
        QFETCH(QString, raw);
        QTEST(gapless::printable(raw), "shown");
    }

    void noControlSurvives()
    {
        QString all;
        for (int c = 0; c <= 0xffff; ++c)
            all += QChar(c);
        for (const QChar c : gapless::printable(all))
            QVERIFY2(c == u'\n' || c.category() != QChar::Other_Control,
                qPrintable(QString::number(c.unicode(), 16)));
    }

    void lines()
    {
        QCOMPARE(printableLine(u" a\n\n b\t c "_s), u"a b c"_s);
        QCOMPARE(printableLine(u"abcdef"_s, 4), u"abc…"_s);
        QCOMPARE(printableLine(u"ab\U0001F600cd"_s, 4), u"ab…"_s);
    }

    void durations_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("en");
        QTest::addColumn<QString>("zh");
        QTest::newRow("0") << qint64(0) << u"0 ms"_s << u"0 ms"_s;
        QTest::newRow("ms") << qint64(999) << u"999 ms"_s << u"999 ms"_s;
        QTest::newRow("s") << qint64(1234) << u"1.2 s"_s << u"1.2 秒"_s;
        QTest::newRow("min") << qint64(130'000) << u"2 min 10 s"_s << u"2 分 10 秒"_s;
        QTest::newRow("h") << qint64(3'840'000) << u"1 h 4 min"_s << u"1 小時 4 分"_s;
    }
    void durations()
    {
        QFETCH(qint64, ms);
        QTEST(durationText(milliseconds(ms)), "en");
        QVERIFY(m_language.use(u"zh_TW"_s));
        QTEST(durationText(milliseconds(ms)), "zh");
    }

    void numbers()
    {
        QCOMPARE(countText(18204), u"18,204"_s);
        QCOMPARE(millisecondsText(38.4), u"38 ms"_s);
        QCOMPARE(millisecondsText(0.42), u"0.4 ms"_s);
        QCOMPARE(millisecondsText(0), u"0 ms"_s);
        QCOMPARE(bytesText(215'000'000), u"215.0 MB"_s);
        QCOMPARE(bytesText(512), u"512 bytes"_s);
    }

    void facts()
    {
        QCOMPARE(factText(8090), u"8090"_s);
        QCOMPARE(factText(QJsonArray {u"a"_s, 2}), u"a, 2"_s);
        QCOMPARE(factText(true), u"yes"_s);
        QCOMPARE(factText(u"a\x1b[31mb"_s), u"ab"_s);
        QCOMPARE(factText(QJsonValue::Undefined), QString());
    }

    void languageOfSystem_data()
    {
        QTest::addColumn<QStringList>("preferred");
        QTest::addColumn<QString>("code");
        QTest::newRow("none") << QStringList {} << u"en"_s;
        QTest::newRow("C") << QStringList {u"C"_s} << u"en"_s;
        QTest::newRow("zh_TW.UTF-8") << QStringList {u"zh_TW.UTF-8"_s} << u"zh_TW"_s;
        QTest::newRow("zh-Hant-HK") << QStringList {u"zh-Hant-HK"_s} << u"zh_TW"_s;
        QTest::newRow("zh-CN") << QStringList {u"zh-Hans-CN"_s, u"zh-CN"_s} << u"en"_s;
        QTest::newRow("German, then Chinese") << QStringList {u"de"_s, u"zh-TW"_s} << u"zh_TW"_s;
        QTest::newRow("English first") << QStringList {u"en-GB"_s, u"zh-TW"_s} << u"en"_s;
    }
    void languageOfSystem()
    {
        QFETCH(QStringList, preferred);
        QTEST(Language::codeFor(preferred), "code");
    }

    void unknownLanguageChangesNothing()
    {
        QVERIFY(!m_language.use(u"tlh"_s));
        QCOMPARE(m_language.code(), u"en"_s);
    }

private:
    Language m_language;
};

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
