// SPDX-License-Identifier: MIT
#include "engine/witness/histogram.h"
#include "engine/witness/samples.h"

#include <QTest>
#include <algorithm>
#include <random>

using namespace gapless;
using namespace Qt::StringLiterals;

class TestSamples : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMillionFitInto32MiB();
    void olderOnesAreForgottenFirst();
    void labelsStandForTexts();
    void quantilesAreNearTheTruth_data();
    void quantilesAreNearTheTruth();
    void quantilesOfFew_data();
    void quantilesOfFew();
    void theGreatestValueHasABucket();
};

namespace {

Sample sampleAt(qint64 us)
{
    return {.atUs = us,
        .latencyUs = quint32(us % 100'000),
        .connection = quint16(us % 7),
        .status = 200,
        .label = quint16(us % 3),
        .probe = Sample::Probe(us % 4),
        .cause = Sample::Cause(us % 5)};
}

} // namespace

void TestSamples::aMillionFitInto32MiB()
{
    SampleStore store;
    for (int i = 0; i < 1'000'000; ++i)
        store.add(sampleAt(i));
    QCOMPARE(store.count(), 1'000'000);
    QVERIFY(store.kept() > 990'000);
    QVERIFY2(store.bytes() <= 32 * 1024 * 1024, qPrintable(QString::number(store.bytes())));
}

void TestSamples::olderOnesAreForgottenFirst()
{
    SampleStore store(3 * SampleStore::blockSize);
    for (int i = 0; i < 10 * SampleStore::blockSize; ++i)
        store.add(sampleAt(i));
    qint64 first = -1;
    qint64 last = -1;
    store.forEach([&](const Sample& sample) {
        first = first < 0 ? sample.atUs : first;
        last = sample.atUs;
    });
    QCOMPARE(store.count(), 10 * SampleStore::blockSize);
    QCOMPARE(store.kept(), 3 * SampleStore::blockSize);
    QCOMPARE(first, 7 * SampleStore::blockSize);
    QCOMPARE(last, 10 * SampleStore::blockSize - 1);
}

void TestSamples::labelsStandForTexts()
{
    SampleLabels labels;
    QCOMPARE(labels.label(QString()), 0);
    const quint16 a = labels.label(u"A"_s);
    QVERIFY(a != 0);
    QVERIFY(labels.label(u"B"_s) != a);
    QCOMPARE(labels.label(u"A"_s), a);
    QCOMPARE(labels.texts().value(a), u"A"_s);
    QCOMPARE(labels.texts().value(999), QString());
}

void TestSamples::quantilesAreNearTheTruth_data()
{
    QTest::addColumn<double>("share");
    for (double share : {0.0, 0.01, 0.5, 0.9, 0.99, 0.999, 1.0})
        QTest::addRow("p%g", share * 100) << share;
}

void TestSamples::quantilesAreNearTheTruth()
{
    QFETCH(double, share);
    std::mt19937 random(7);
    std::lognormal_distribution<double> draw(7.5, 1.8);
    std::vector<quint32> all;
    Histogram histogram;
    for (int i = 0; i < 100'000; ++i) {
        const auto value = quint32(std::min(draw(random), 4e9));
        all.push_back(value);
        histogram.add(value);
    }
    std::sort(all.begin(), all.end());
    const size_t rank = std::max<size_t>(1, size_t(std::ceil(share * double(all.size()))));
    const double truth = all.at(rank - 1);
    const double error = std::abs(histogram.quantile(share) - truth);
    QVERIFY2(error <= std::max(1.0, truth / 256), qPrintable(QString::number(error / truth)));
    QCOMPARE(histogram.max(), all.back());
}

void TestSamples::quantilesOfFew_data()
{
    QTest::addColumn<QList<quint32>>("values");
    QTest::addColumn<quint32>("median");
    QTest::addColumn<quint32>("p99");
    QTest::newRow("none") << QList<quint32> {} << 0u << 0u;
    QTest::newRow("one") << QList<quint32> {42} << 42u << 42u;
    QTest::newRow("two") << QList<quint32> {1, 100} << 1u << 100u;
    QTest::newRow("zero") << QList<quint32> {0, 0, 0} << 0u << 0u;
}

void TestSamples::quantilesOfFew()
{
    QFETCH(QList<quint32>, values);
    Histogram histogram;
    for (quint32 value : values)
        histogram.add(value);
    QTEST(histogram.quantile(0.5), "median");
    QTEST(histogram.quantile(0.99), "p99");
}

void TestSamples::theGreatestValueHasABucket()
{
    Histogram histogram;
    histogram.add(0xffffffff);
    QCOMPARE(histogram.max(), 0xffffffffu);
    QVERIFY(histogram.quantile(0.5) > 0xffffffffu - (0xffffffffu >> 8));
}

QTEST_GUILESS_MAIN(TestSamples)
#include "tst_samples.moc"
