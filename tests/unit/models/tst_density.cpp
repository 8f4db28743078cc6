// SPDX-License-Identifier: MIT
#include "app/models/density.h"

#include <QTest>
#include <random>

using namespace gapless;
using Cause = Sample::Cause;
using Probe = Sample::Probe;

namespace {

constexpr qint64 zero = 1'795'000'000'000;

QList<Sample> someSamples(int count, qint64 everyUs, quint32 seed = 1)
{
    std::mt19937 random(seed);
    QList<Sample> samples;
    for (int i = 0; i < count; ++i)
        samples.append({.atUs = i * everyUs, .latencyUs = quint32(500 + random() % 5000)});
    return samples;
}

quint64 allCounts(const DensityImage& density)
{
    quint64 sum = 0;
    for (int x = 0; x < density.image().width(); ++x)
        for (int y = 0; y < density.image().height(); ++y)
            sum += density.count(x, y);
    return sum;
}

} // namespace

class TestDensity : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void latencyIsOnALogScale()
    {
        const LatencyScale scale {101};
        QCOMPARE(scale.row(LatencyScale::lowestMs), 100);
        QCOMPARE(scale.row(LatencyScale::highestMs), 0);
        QCOMPARE(scale.row(0.0001), 100); // at the end, not outside
        QCOMPARE(scale.row(1e9), 0);
        // As far from 1 to 10 as from 10 to 100.
        QVERIFY(qAbs((scale.row(1) - scale.row(10)) - (scale.row(10) - scale.row(100))) <= 1);
        QVERIFY(qAbs(scale.ms(scale.row(42)) - 42) < 42 * 0.06);
    }

    void everySampleIsInOnePixel()
    {
        SampleTrack track;
        track.add(zero, someSamples(5000, 10'000));
        DensityImage density;
        density.setColor(Qt::blue);
        density.update(track, TimeScale(zero, zero + 50'000, 400), 100);
        QCOMPARE(allCounts(density), 5000u);
    }
    void failuresAreNotInIt()
    {
        SampleTrack track;
        track.add(zero,
            {{.atUs = 10, .latencyUs = 900}, {.atUs = 20, .cause = Cause::Refused},
                {.atUs = 30, .latencyUs = 900, .probe = Probe::Session}});
        DensityImage density;
        density.update(track, TimeScale(zero, zero + 10, 10), 20);
        QCOMPARE(allCounts(density), 1u);
        QCOMPARE(track.failures().size(), 1);
    }

    /// Kept from paint to paint, it is the same as made anew.
    void keptIsTheSameAsMadeAnew_data()
    {
        QTest::addColumn<double>("movedPixels");
        QTest::addColumn<int>("more");
        QTest::newRow("more samples") << 0.0 << 700;
        QTest::newRow("moved on") << 37.0 << 0;
        QTest::newRow("moved back") << -37.0 << 0;
        QTest::newRow("moved and more") << 12.0 << 700;
        QTest::newRow("moved back and more") << -12.0 << 700;
        QTest::newRow("moved out of sight") << 5000.0 << 10;
        QTest::newRow("moved by half a pixel") << 0.5 << 10;
    }
    void keptIsTheSameAsMadeAnew()
    {
        QFETCH(double, movedPixels);
        QFETCH(int, more);
        SampleTrack track;
        const QList<Sample> samples = someSamples(4000, 10'000);
        track.add(zero, samples.mid(0, 4000 - more));
        const TimeScale before(zero + 5'000, zero + 45'000, 400);
        DensityImage kept;
        kept.setColor(Qt::blue);
        kept.update(track, before, 90);
        track.add(zero, samples.mid(4000 - more));
        const TimeScale after = before.panned(movedPixels);
        kept.update(track, after, 90);
        DensityImage anew;
        anew.setColor(Qt::blue);
        anew.update(track, after, 90);
        QCOMPARE(kept.image(), anew.image());
        const bool whole = movedPixels == std::floor(movedPixels) && qAbs(movedPixels) < 400;
        QCOMPARE(kept.rescans(), whole ? 1 : 2);
    }
    void anotherColourIsAnotherImage()
    {
        SampleTrack track;
        track.add(zero, someSamples(10, 1000));
        DensityImage density;
        density.setColor(Qt::blue);
        density.update(track, TimeScale(zero, zero + 10, 10), 20);
        const QImage blue = density.image().copy();
        density.setColor(Qt::red);
        density.update(track, TimeScale(zero, zero + 10, 10), 20);
        QVERIFY(density.image() != blue);
    }

    void pyramidSaysWhatTheSamplesSay_data()
    {
        QTest::addColumn<double>("from");
        QTest::addColumn<double>("to");
        QTest::newRow("all") << 0.0 << 400'000.0;
        QTest::newRow("whole bins") << 800.0 << 64'699.9;
        QTest::newRow("one bin") << 300.0 << 399.9;
        QTest::newRow("odd ends") << 12'300.0 << 345'699.9;
        QTest::newRow("before everything") << -5000.0 << -1.0;
        QTest::newRow("after everything") << 900'000.0 << 950'000.0;
    }
    void pyramidSaysWhatTheSamplesSay()
    {
        QFETCH(double, from);
        QFETCH(double, to);
        QList<Sample> samples = someSamples(40'000, 10'000);
        for (qsizetype i = 0; i < samples.size(); i += 1000)
            samples[i].cause = Cause::Timeout;
        SampleTrack track;
        track.add(zero, samples);
        SampleSum expected;
        for (const Sample& sample : samples) {
            const double bin = double(sample.atUs / 100'000) * 100; // the start of its bin
            if (bin < std::floor(from / 100) * 100 || bin > to || to < 0)
                continue;
            SampleSum one {1, sample.failed() ? 1 : 0};
            if (!sample.failed())
                one.minUs = one.maxUs = sample.latencyUs;
            expected.add(one);
        }
        const SampleSum sum = track.sum(double(zero) + from, double(zero) + to);
        QCOMPARE(sum.count, expected.count);
        QCOMPARE(sum.failed, expected.failed);
        QCOMPARE(sum.minUs, expected.minUs);
        QCOMPARE(sum.maxUs, expected.maxUs);
    }

    void measuresASpan()
    {
        SampleTrack track;
        QList<Sample> samples;
        for (int i = 0; i < 100; ++i)
            samples.append({.atUs = i * 1000, .latencyUs = quint32(i + 1) * 1000});
        samples.append({.atUs = 50'500, .cause = Cause::Reset});
        track.add(zero, samples);
        const Measured measured = track.measure(zero, zero + 99);
        QCOMPARE(measured.count, 101);
        QCOMPARE(measured.failed, 1);
        QVERIFY(qAbs(measured.p50Ms - 50) < 1);
        QVERIFY(qAbs(measured.p99Ms - 99) < 1);
        QCOMPARE(measured.maxMs, 100.0);
        QCOMPARE(track.measure(zero + 10, zero + 19).count, 10);
    }
    void failuresStandByTheirTime()
    {
        SampleTrack track;
        track.add(zero,
            {{.atUs = 5000, .cause = Cause::Eof}, {.atUs = 1000, .cause = Cause::Eof},
                {.atUs = 3000, .cause = Cause::Eof}});
        QCOMPARE(track.failures().size(), 3);
        QCOMPARE(track.failures()[0].atMs, zero + 1.0);
        QCOMPARE(track.failures()[2].atMs, zero + 5.0);
    }
    void aSecondWitnessHasAZeroOfItsOwn()
    {
        SampleTrack track;
        track.add(zero, {{.atUs = 1000, .latencyUs = 1}});
        track.add(zero + 5000, {{.atUs = 1000, .latencyUs = 1}});
        QCOMPARE(track.firstMs(), zero + 1.0);
        QCOMPARE(track.lastMs(), zero + 5001.0);
    }
};

QTEST_GUILESS_MAIN(TestDensity)
#include "tst_density.moc"
