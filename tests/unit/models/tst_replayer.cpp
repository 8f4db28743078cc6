// SPDX-License-Identifier: MIT
#include "app/models/replayer.h"
#include "tests/unit/models/streams.h"

#include <QSignalSpy>
#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

class TestReplayer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void endsAsItWas_data()
    {
        QTest::addColumn<QString>("stream");
        for (const QString& name : goldenStreams())
            QTest::newRow(qPrintable(name)) << name;
    }
    /// Played in whatever portions, the state at the end is that of the events.
    void endsAsItWas()
    {
        QFETCH(QString, stream);
        const QList<Event> events = goldenStream(stream);
        RunFeed feed;
        Replayer replayer(feed);
        QSignalSpy finished(&replayer, &Replayer::finished);
        replayer.play(RunFeed::Kind::Replay, events, 0, {});
        replayer.setPaused(true);
        for (int i = 0; i < 10'000 && replayer.isLoaded(); ++i)
            replayer.advance(137);
        replayer.finish();
        QCOMPARE(finished.size(), 1);
        QCOMPARE(toJson(feed.state()), toJson(applyAll({}, events)));
        QVERIFY(feed.isRecorded());
    }
    void showsNothingOfLater()
    {
        const QList<Event> events = goldenStream(u"rolling-succeeded.jsonl"_s);
        const qint64 start = events.first().at.toMSecsSinceEpoch();
        QList<Sample> samples;
        for (int i = 0; i < 100; ++i)
            samples.append({.atUs = i * 100'000, .latencyUs = 1000});
        RunFeed feed;
        Replayer replayer(feed);
        replayer.play(RunFeed::Kind::Replay, events, start, samples);
        replayer.setPaused(true);
        QVERIFY(replayer.isPaused());
        const double before = double(feed.endMs());
        replayer.advance(2000);
        QVERIFY(double(feed.endMs()) >= before + 2000);
        for (const Event& event : feed.events())
            QVERIFY(event.at.toMSecsSinceEpoch() <= feed.endMs());
        QVERIFY(feed.samples().count() >= 20 && feed.samples().count() < 100);
        replayer.finish();
        QCOMPARE(feed.samples().count(), 100);
        QVERIFY(!replayer.isLoaded());
    }
    void playsByItself()
    {
        QList<Event> events = goldenStream(u"refused-by-lock.jsonl"_s);
        RunFeed feed;
        Replayer replayer(feed);
        replayer.setSpeed(60);
        QSignalSpy finished(&replayer, &Replayer::finished);
        replayer.play(RunFeed::Kind::Demo, events, 0, {});
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60'000);
        QCOMPARE(feed.state().lastSeq, events.last().seq);
    }
    void speedHasItsEnds()
    {
        RunFeed feed;
        Replayer replayer(feed);
        replayer.setSpeed(0);
        QCOMPARE(replayer.speed(), 1);
        replayer.setSpeed(1000);
        QCOMPARE(replayer.speed(), 60);
    }
    void nothingIsNothing()
    {
        RunFeed feed;
        Replayer replayer(feed);
        replayer.play(RunFeed::Kind::Demo, {}, 0, {});
        QVERIFY(!replayer.isLoaded());
        replayer.finish();
        replayer.setPaused(true);
        QVERIFY(!replayer.isPaused());
    }
};

QTEST_GUILESS_MAIN(TestReplayer)
#include "tst_replayer.moc"
