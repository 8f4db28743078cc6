// SPDX-License-Identifier: MIT
#include "app/models/timescale.h"

#include <QLocale>
#include <QTest>
#include <cmath>

using namespace gapless;

class TestTimeScale : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void pixelsAndTimes_data()
    {
        QTest::addColumn<double>("ms");
        QTest::addColumn<double>("x");
        QTest::newRow("left") << 1000.0 << 0.0;
        QTest::newRow("middle") << 1500.0 << 250.0;
        QTest::newRow("right") << 2000.0 << 500.0;
        QTest::newRow("before") << 0.0 << -500.0;
    }
    void pixelsAndTimes()
    {
        QFETCH(double, ms);
        QFETCH(double, x);
        const TimeScale scale(1000, 2000, 500);
        QCOMPARE(scale.x(ms), x);
        QCOMPARE(scale.ms(x), ms);
    }

    void zoomKeepsWhatIsUnderThePointer_data()
    {
        QTest::addColumn<double>("factor");
        QTest::addColumn<double>("x");
        for (const double factor : {0.1, 0.7, 1.3, 20.0})
            for (const double x : {0.0, 123.0, 799.0})
                QTest::addRow("%g at %g", factor, x) << factor << x;
    }
    void zoomKeepsWhatIsUnderThePointer()
    {
        QFETCH(double, factor);
        QFETCH(double, x);
        // Real times: a scale of this century must not lose its milliseconds.
        const TimeScale scale(1'795'000'000'000.0, 1'795'000'060'000.0, 800);
        const TimeScale zoomed = scale.zoomed(factor, x);
        QVERIFY(qAbs(zoomed.ms(x) - scale.ms(x)) < 0.01);
        QVERIFY(qAbs(zoomed.spanMs() - 60'000 * factor) < 0.01);
        QCOMPARE(zoomed.width(), 800);
    }
    void zoomHasItsEnds()
    {
        const TimeScale scale(0, 1000, 100);
        QCOMPARE(scale.zoomed(1e-9, 50).spanMs(), TimeScale::shortestMs);
        QCOMPARE(scale.zoomed(1e15, 50).spanMs(), TimeScale::longestMs);
    }
    void pansByPixels()
    {
        const TimeScale moved = TimeScale(0, 1000, 100).panned(25);
        QCOMPARE(moved.fromMs(), 250.0);
        QCOMPARE(moved.toMs(), 1250.0);
    }
    void followsTheEnd()
    {
        const TimeScale followed = TimeScale(0, 1000, 100).following(5000, 100);
        QCOMPARE(followed.toMs(), 5100.0);
        QCOMPARE(followed.spanMs(), 1000.0);
    }
    void focusHasAMargin()
    {
        const TimeScale focused = TimeScale(0, 1, 100).focusedOn(100, 200, 0.25);
        QCOMPARE(focused.fromMs(), 75.0);
        QCOMPARE(focused.toMs(), 225.0);
    }
    void roomGrowsByLeaps_data()
    {
        QTest::addColumn<double>("lastedMs");
        QTest::addColumn<double>("roomMs");
        QTest::newRow("nothing") << 0. << 15'000.;
        QTest::newRow("nearly full") << 14'250. << 15'000.;
        QTest::newRow("full") << 14'251. << 30'000.;
        QTest::newRow("an hour") << 3'420'000. << 3'600'000.;
        QTest::newRow("more") << 3'420'001. << 4'500'000.;
        QTest::newRow("a day") << 86'400'000. << 3'600'000 * std::pow(1.25, 15);
    }
    void roomGrowsByLeaps()
    {
        QFETCH(double, lastedMs);
        QFETCH(double, roomMs);
        QCOMPARE(roomFor(lastedMs), roomMs);
    }
    void aMomentIsNoSpan() { QVERIFY(TimeScale(5, 5, 10).spanMs() > 0); }

    void ticksAreRound_data()
    {
        QTest::addColumn<double>("span");
        QTest::addColumn<double>("step");
        QTest::newRow("10 ms") << 10.0 << 1.0;
        QTest::newRow("1 s") << 1000.0 << 100.0;
        QTest::newRow("10 s") << 10'000.0 << 1000.0;
        QTest::newRow("17 s") << 17'000.0 << 2000.0;
        QTest::newRow("100 s") << 100'000.0 << 10'000.0;
        QTest::newRow("10 min") << 600'000.0 << 60'000.0;
        QTest::newRow("2 h") << 7'200'000.0 << 900'000.0;
        QTest::newRow("3 d") << 3 * 86'400'000.0 << 12 * 3'600'000.0;
    }
    void ticksAreRound()
    {
        QFETCH(double, span);
        QFETCH(double, step);
        const TimeScale scale(0, span, 1000);
        QCOMPARE(scale.majorStepMs(100), step);
        const QList<TimeScale::Tick> ticks = scale.ticks(0, 100);
        QCOMPARE(ticks.first(), (TimeScale::Tick {0, true}));
        for (const TimeScale::Tick& tick : ticks)
            if (tick.major)
                QVERIFY(qAbs(std::remainder(tick.ms, step)) < 1e-6);
    }
    void ticksCountFromTheRunsStart()
    {
        const QList<TimeScale::Tick> ticks = TimeScale(1000, 11'000, 1000).ticks(300, 100);
        for (const TimeScale::Tick& tick : ticks)
            if (tick.major)
                QVERIFY(qAbs(std::remainder(tick.ms - 300, 1000)) < 1e-6);
        QVERIFY(ticks.size() > 40);
    }

    void labels_data()
    {
        QTest::addColumn<double>("ms");
        QTest::addColumn<double>("step");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << 0.0 << 1000.0 << "0 s";
        QTest::newRow("seconds") << 12'000.0 << 1000.0 << "12 s";
        QTest::newRow("tenths") << 1500.0 << 100.0 << "1.5 s";
        QTest::newRow("ms") << 1234.0 << 1.0 << "1.234 s";
        QTest::newRow("minutes") << 65'000.0 << 1000.0 << "1:05";
        QTest::newRow("minutes, tenths") << 65'500.0 << 100.0 << "1:05.5";
        QTest::newRow("hours") << 3'725'000.0 << 1000.0 << "1:02:05";
        QTest::newRow("before") << -2000.0 << 1000.0 << QStringLiteral("−2 s");
    }
    void labels()
    {
        QFETCH(double, ms);
        QFETCH(double, step);
        QTEST(tickText(ms, step), "text");
    }
};

QTEST_GUILESS_MAIN(TestTimeScale)
#include "tst_timescale.moc"
