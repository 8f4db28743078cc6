// SPDX-License-Identifier: MIT
#include "engine/model/error.h"
#include "engine/witness/samplefile.h"

#include <QDir>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/resource.h>

using namespace gapless;
using namespace Qt::StringLiterals;

class TestSampleFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatWasWrittenIsRead();
    void onlyItsOwnerMayReadIt();
    void aGrowingFileIsFollowed();
    void aTornEndIsLeftForLater();
    void damageEndsTheReading_data();
    void damageEndsTheReading();
    void anotherFileIsRefused_data();
    void anotherFileIsRefused();
    void itStaysWithinItsSize();
    void aDiskThatIsFullIsNoted();
    void pathsOfRuns_data();
    void pathsOfRuns();
    void theOldestGoFirst();

private:
    QString path() const { return m_folder->filePath(u"samples/run-1.samples"_s); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

constexpr qint64 zero = 1'795'000'000'123;

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

SampleBatch batchOf(int from, int count, const QStringList& labels = {u""_s, u"A|1"_s, u"B|1"_s})
{
    SampleBatch batch {.zeroUtcMs = zero, .samples = {}, .labels = labels};
    for (int i = from; i < from + count; ++i)
        batch.samples.append(sampleAt(i));
    return batch;
}

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

void TestSampleFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestSampleFile::whatWasWrittenIsRead()
{
    SampleWriter writer(path(), zero);
    writer.write(batchOf(0, 50, {u""_s, u"A|1"_s}));
    writer.write(batchOf(50, 0)); // nothing came
    writer.write(batchOf(50, 9000));
    QVERIFY(writer.complete());

    SampleReader reader(path());
    QCOMPARE(reader.zeroUtcMs(), zero);
    const SampleBatch all = reader.next();
    QCOMPARE(all.zeroUtcMs, zero);
    QCOMPARE(all.samples, batchOf(0, 9050).samples);
    QCOMPARE(all.labels, QStringList({u""_s, u"A|1"_s, u"B|1"_s}));
    QVERIFY(reader.next().samples.isEmpty());
}

void TestSampleFile::onlyItsOwnerMayReadIt()
{
    const SampleWriter writer(path(), zero);
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QCOMPARE(QFileInfo(path()).permissions() & others, QFile::Permissions());
    QCOMPARE(
        QFileInfo(m_folder->filePath(u"samples"_s)).permissions() & others, QFile::Permissions());
}

void TestSampleFile::aGrowingFileIsFollowed()
{
    SampleWriter writer(path(), zero);
    SampleReader reader(path());
    QVERIFY(reader.next().samples.isEmpty());
    for (int i = 0; i < 5; ++i) {
        writer.write(batchOf(i * 10, 10));
        QCOMPARE(reader.next().samples, batchOf(i * 10, 10).samples);
    }
}

void TestSampleFile::aTornEndIsLeftForLater()
{
    {
        SampleWriter writer(path(), zero);
        writer.write(batchOf(0, 10));
        writer.write(batchOf(10, 10));
    }
    const QByteArray whole = bytesOf(path());
    for (int missing = 1; missing < 10 * 20 + 5; ++missing) {
        put(path(), whole.chopped(missing));
        SampleReader reader(path());
        QCOMPARE(reader.next().samples, batchOf(0, 10).samples);
        QVERIFY(reader.next().samples.isEmpty());
        put(path(), whole);
        QCOMPARE(reader.next().samples, batchOf(10, 10).samples);
    }
}

void TestSampleFile::damageEndsTheReading_data()
{
    QTest::addColumn<QByteArray>("tail");
    QTest::newRow("unknown mark") << QByteArray("X\x01\0\0\0", 5);
    QTest::newRow("endless block") << QByteArray("B\xff\xff\xff\xff", 5);
    QTest::newRow("endless label") << QByteArray("L\xff\xff\xff\xfe", 5);
    QTest::newRow("unknown probe")
        << QByteArray("B\x01\0\0\0", 5) + QByteArray(18, '\0') + "\xff" + '\0';
    QTest::newRow("unknown cause") << QByteArray("B\x01\0\0\0", 5) + QByteArray(19, '\0') + "\xff";
}

void TestSampleFile::damageEndsTheReading()
{
    QFETCH(QByteArray, tail);
    {
        SampleWriter writer(path(), zero);
        writer.write(batchOf(0, 10));
    }
    put(path(), bytesOf(path()) + tail + QByteArray(1000, 'B'));
    SampleReader reader(path());
    QCOMPARE(reader.next().samples, batchOf(0, 10).samples);
    QVERIFY(reader.next().samples.isEmpty());
}

void TestSampleFile::anotherFileIsRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a database") << QByteArray("SQLite format 3 and more and more and more");
    QTest::newRow("no time base") << QByteArray("gapless-samples 1\n");
}

void TestSampleFile::anotherFileIsRefused()
{
    QFETCH(QByteArray, content);
    QDir(m_folder->path()).mkdir(u"samples"_s);
    put(path(), content);
    try {
        SampleReader reader(path());
        QFAIL("taken");
    } catch (const Error& error) {
        QCOMPARE(int(error.kind), int(ErrorKind::StoreDamaged));
    }
}

void TestSampleFile::itStaysWithinItsSize()
{
    SampleWriter writer(path(), zero, 10'000);
    for (int i = 0; i < 1000; ++i)
        writer.write(batchOf(i * 10, 10));
    QVERIFY(!writer.complete());
    QVERIFY(QFileInfo(path()).size() <= 10'000);
    SampleReader reader(path());
    const SampleBatch kept = reader.next();
    QVERIFY(kept.samples.size() > 400);
    QCOMPARE(kept.samples, batchOf(0, int(kept.samples.size())).samples);
}

void TestSampleFile::aDiskThatIsFullIsNoted()
{
    // As good as a full disk, for this process alone.
    rlimit usual {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &usual), 0);
    const auto whenUsual = std::signal(SIGXFSZ, SIG_IGN);
    const auto restored = qScopeGuard([&] {
        ::setrlimit(RLIMIT_FSIZE, &usual);
        std::signal(SIGXFSZ, whenUsual);
    });
    const rlimit full {4000, usual.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &full), 0);
    SampleWriter writer(path(), zero);
    writer.write(batchOf(0, 100));
    QVERIFY(writer.complete());
    writer.write(batchOf(100, 100));
    QVERIFY(!writer.complete());
    SampleReader reader(path());
    QCOMPARE(reader.next().samples, batchOf(0, 100).samples);
    QVERIFY(reader.next().samples.isEmpty());
}

void TestSampleFile::pathsOfRuns_data()
{
    QTest::addColumn<QString>("run");
    QTest::addColumn<QString>("path");
    QTest::newRow("a run") << u"20261123-213045-k3f9"_s << u"/d/20261123-213045-k3f9.samples"_s;
    QTest::newRow("none") << QString() << QString();
    QTest::newRow("up and out") << u"../../home/x"_s << QString();
    QTest::newRow("a line end") << u"run\n"_s << QString();
    QTest::newRow("hidden") << u".run"_s << QString();
}

void TestSampleFile::pathsOfRuns()
{
    QFETCH(QString, run);
    QTEST(samplesPath(u"/d"_s, run), "path");
}

void TestSampleFile::theOldestGoFirst()
{
    const QString folder = m_folder->filePath(u"samples"_s);
    const auto ages = {5, 1, 3, 2, 4};
    for (int age : ages) {
        const QString file = samplesPath(folder, QString::number(age));
        SampleWriter(file, zero).write(batchOf(0, 100));
        QFile aged(file);
        QVERIFY(aged.open(QIODevice::ReadWrite));
        QVERIFY(aged.setFileTime(
            QDateTime::currentDateTime().addDays(-age), QFileDevice::FileModificationTime));
    }
    put(folder + u"/notes.txt"_s, "mine");
    const auto left = [&] { return QDir(folder).entryList(QDir::Files, QDir::Name); };
    tidySamples(folder, 4);
    QCOMPARE(left(),
        QStringList(
            {u"1.samples"_s, u"2.samples"_s, u"3.samples"_s, u"4.samples"_s, u"notes.txt"_s}));
    tidySamples(folder, 10, 2 * QFileInfo(samplesPath(folder, u"1"_s)).size());
    QCOMPARE(left(), QStringList({u"1.samples"_s, u"2.samples"_s, u"notes.txt"_s}));
}

QTEST_GUILESS_MAIN(TestSampleFile)
#include "tst_samplefile.moc"
