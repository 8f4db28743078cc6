// SPDX-License-Identifier: MIT
#include "app/desktop/furnish.h"
#include "app/desktop/mainwindow.h"
#include "app/desktop/runpane.h"
#include "app/desktop/timelineview.h"
#include "engine/model/eventjson.h"
#include "engine/witness/samplefile.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <random>

using namespace gapless;
using namespace Qt::StringLiterals;

namespace {

QList<Event> stream(const QString& name)
{
    QFile file(QStringLiteral(GAPLESS_SOURCE_DIR) + u"/tests/golden/streams/"_s + name);
    QList<Event> events;
    if (file.open(QIODevice::ReadOnly))
        while (!file.atEnd())
            if (auto event = eventFromJson(QJsonDocument::fromJson(file.readLine()).object()))
                events.append(*event);
    return events;
}

/// Samples as a witness would have seen them: around 2 ms, slower while slots change, one failure.
SampleBatch samplesFor(const QList<Event>& events)
{
    std::mt19937 random(1);
    std::lognormal_distribution<double> latency(std::log(1900.0), 0.35);
    SampleBatch batch;
    batch.zeroUtcMs = events.first().at.toMSecsSinceEpoch();
    batch.labels = {QString()};
    const qint64 lasts = (events.last().at.toMSecsSinceEpoch() - batch.zeroUtcMs) * 1000;
    for (qint64 at = 1'100'000; at < lasts; at += 12'500) {
        Sample sample {.atUs = at, .latencyUs = quint32(latency(random)), .status = 200};
        sample.probe = at / 12'500 % 5 == 0 ? Sample::Probe::KeepAlive : Sample::Probe::Fresh;
        if (random() % 400 == 0)
            sample.latencyUs *= 40;
        batch.samples.append(sample);
    }
    batch.samples[batch.samples.size() / 3].cause = Sample::Cause::Status;
    return batch;
}

} // namespace

/// Every main view in both languages and both palettes. With GAPLESS_PICTURES=FOLDER the pictures
/// are kept there.
class TestPictures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mainWindow_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QString>("run");
        for (const auto& [name, run] : {std::pair("rolling", u"rolling-succeeded"_s),
                 std::pair("held", u"second-slot-held"_s)})
            for (const QString& language : Language::codes())
                for (const bool dark : {false, true})
                    QTest::addRow("%s-%s-%s", name, qPrintable(language), dark ? "dark" : "light")
                        << language << dark << run;
    }
    void mainWindow()
    {
        QFETCH(QString, language);
        QFETCH(bool, dark);
        QFETCH(QString, run);
        QTemporaryDir folder;
        DesktopContext context(folder.path(), std::make_unique<MemoryKeychain>());
        context.theme().install();
        context.theme().choose(dark ? Theme::Choice::Dark : Theme::Choice::Light);
        context.useLanguage(language);
        const QList<Event> events = stream(run + u".jsonl"_s);
        QVERIFY(!events.isEmpty());
        context.journal().importEvents(events, {});
        const SampleBatch samples = samplesFor(events);
        SampleWriter(
            samplesPath(samplesFolder(folder.path()), events.first().run), samples.zeroUtcMs)
            .write(samples);

        MainWindow window(context);
        furnish(window);
        window.resize(1280, 720);
        window.show();
        window.showRun(events.first().run);
        QTRY_VERIFY(window.shownRun()->feed().samples().count() > 0);
        QCOMPARE(window.shownRun()->feed().events().isEmpty(), false);
        QVERIFY(window.runPane().timeline().lanes().lanes.size() >= 5);
        const QImage picture = window.grab().toImage();
        QCOMPARE(picture.size(), QSize(1280, 720) * window.devicePixelRatio());
        keep(picture);
    }

private:
    static void keep(const QImage& picture)
    {
        const QString folder = qEnvironmentVariable("GAPLESS_PICTURES");
        if (!folder.isEmpty())
            QVERIFY(picture.save(
                QDir(folder).filePath(QLatin1StringView(QTest::currentDataTag()) + u".png"_s)));
    }
};

QTEST_MAIN(TestPictures)
#include "tst_pictures.moc"
