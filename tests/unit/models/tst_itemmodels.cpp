// SPDX-License-Identifier: MIT
#include "app/models/addresses.h"
#include "app/models/eventmodel.h"
#include "app/models/logmodel.h"
#include "app/models/planmodel.h"
#include "app/models/stepmodel.h"
#include "tests/unit/models/streams.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

namespace {

/// Output lines of one step, after a stream's first `events`.
QList<Event> withLines(const QString& stream, int events, int lines)
{
    QList<Event> all = goldenStream(stream).mid(0, events);
    for (int i = 0; i < lines; ++i) {
        Event event = all.last();
        ++event.seq;
        event.body = OutputLine {u"drain"_s, u"A"_s, u"web"_s, u"out"_s, u"line %1"_s.arg(i)};
        all.append(event);
    }
    return all;
}

} // namespace

class TestItemModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyStreamOneEventAfterTheOther_data()
    {
        QTest::addColumn<QString>("stream");
        for (const QString& name : goldenStreams())
            QTest::newRow(qPrintable(name)) << name;
    }
    void everyStreamOneEventAfterTheOther()
    {
        QFETCH(QString, stream);
        RunFeed feed;
        StepModel steps;
        EventModel events;
        LogModel log;
        using Mode = QAbstractItemModelTester::FailureReportingMode;
        const QAbstractItemModelTester testers[] {
            {&steps, Mode::QtTest}, {&events, Mode::QtTest}, {&log, Mode::QtTest}};
        steps.setFeed(&feed);
        events.setFeed(&feed);
        log.setFeed(&feed);
        for (const Event& event : goldenStream(stream))
            feed.append({event});
        QTRY_COMPARE(events.rowCount(), int(feed.events().size()));
        QTRY_COMPARE(log.rowCount(), int(feed.log().count()));
        QCOMPARE(steps.rowCount(), int(feed.state().steps.size()));
        for (int step = 0; step < steps.rowCount(); ++step) {
            log.setStep(step);
            for (int row = 0; row < log.rowCount(); ++row)
                QCOMPARE(log.index(row, 0).data(LogModel::StepRole).toInt(), step);
        }
        feed.begin(RunFeed::Kind::None);
        QCOMPARE(steps.rowCount() + events.rowCount() + log.rowCount(), 0);
    }

    void stepsSayHowTheyStand()
    {
        RunFeed feed;
        StepModel model;
        model.setFeed(&feed);
        QSignalSpy failed(&model, &StepModel::stepFailed);
        feed.append(goldenStream(u"first-slot-restored.jsonl"_s));
        QVERIFY(failed.size() >= 1);
        const QModelIndex row = model.index(failed.first().first().toInt(), 0);
        QCOMPARE(row.data(StepModel::StateRole).toInt(), int(StepState::State::Failed));
        QVERIFY(row.data().toString().startsWith(u'✕')); // colour is not the only sign
        const qsizetype told = failed.size();
        feed.append({}); // said once
        QCOMPARE(failed.size(), told);
    }
    void eventsLinkWithTheTimeline()
    {
        RunFeed feed;
        EventModel model;
        feed.append(goldenStream(u"rolling-succeeded.jsonl"_s));
        model.setFeed(&feed);
        const int row = model.rowOf(45); // the first gap
        QVERIFY(row >= 0);
        const QModelIndex index = model.index(row, 0);
        QVERIFY(index.data(EventModel::TroubleRole).toBool());
        QCOMPARE(index.data(EventModel::ToRole).toLongLong()
                - index.data(EventModel::FromRole).toLongLong(),
            38);
        QCOMPARE(model.rowAt(feed.startMs() - 1000), 0);
        QCOMPARE(model.rowAt(feed.endMs() + 1000), model.rowCount() - 1);
        QCOMPARE(model.rowOf(99'999), -1);
    }

    void logComesInBatches()
    {
        RunFeed feed;
        LogModel model;
        model.setFeed(&feed);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        const QList<Event> events = withLines(u"rolling-succeeded.jsonl"_s, 31, 500);
        for (const Event& event : events)
            feed.append({event});
        QTRY_COMPARE(model.rowCount(), int(feed.log().count()));
        QVERIFY(inserted.size() < 100); // not once a line
    }
    void logIsSearchedBothWaysRound_data()
    {
        QTest::addColumn<int>("step");
        QTest::newRow("whole") << -1;
        QTest::newRow("one step") << 5;
    }
    void logIsSearchedBothWaysRound()
    {
        QFETCH(int, step);
        RunFeed feed;
        feed.append(withLines(u"rolling-succeeded.jsonl"_s, 31, 50));
        LogModel model;
        model.setFeed(&feed);
        model.setStep(step < 0 ? -1 : int(feed.state().steps.size()) - 1);
        const int seven = model.find(u"LINE 7"_s, 0, 1);
        QVERIFY(seven >= 0);
        QVERIFY(model.index(seven, 0).data().toString().endsWith(u"line 7"));
        QCOMPARE(model.find(u"line 7"_s, seven + 1, 1), seven); // round the end
        QCOMPARE(model.find(u"line 7"_s, seven - 1, -1), seven); // round the beginning
        QCOMPARE(model.find(u"line 49"_s, model.rowCount() - 1, -1), model.rowCount() - 1);
        QCOMPARE(model.find(u"no such line"_s, 0, 1), -1);
        QCOMPARE(model.find(QString(), 0, 1), -1);
    }
    void logFindsWhatIsNotAscii()
    {
        LogStore log;
        log.add({}, u"容器 B 已結束");
        log.add({}, u"ÄÖÜ");
        QCOMPARE(log.find(u"已結束"_s, 0, 1), 0);
        QCOMPARE(log.find(u"äöü"_s, 0, 1), 1);
        QCOMPARE(log.text(0), u"容器 B 已結束"_s);
    }
    void aMillionLinesAreNoTrouble()
    {
        LogStore log;
        const QString text = u"2026-11-27 12:00:00 info: a line as containers write them"_s;
        for (int i = 0; i < 1'000'000; ++i)
            log.add({.atMs = i, .step = i % 7}, text);
        log.add({}, u"the needle");
        QCOMPARE(log.count(), 1'000'001);
        QCOMPARE(log.find(u"Needle"_s, 0, 1), 1'000'000);
        QVERIFY(log.bytes() < 130 * 1024 * 1024);
    }

    void planIsATree()
    {
        Plan plan;
        plan.steps
            = {{u"down"_s, u"A"_s,
                   {{u"command"_s, u"web"_s, u"nginx -t"_s},
                       {u"diff"_s, u"web"_s, u"@@ -1 +1 @@\n-server a;\n+server a down;\n"_s}}},
                {u"drain"_s, u"A"_s, {{u"wait"_s, {}, u"connections"_s}}}, {u"unlock"_s, {}, {}}};
        PlanModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPlan(plan);
        QCOMPARE(model.rowCount(), 3);
        const QModelIndex down = model.index(0, 0);
        QCOMPARE(model.rowCount(down), 4);
        const QList<int> kinds {
            PlanModel::Command, PlanModel::Diff, PlanModel::DiffRemoved, PlanModel::DiffAdded};
        for (int row = 0; row < 4; ++row) {
            QCOMPARE(model.index(row, 0, down).data(PlanModel::KindRole).toInt(), kinds[row]);
            QCOMPARE(model.index(row, 0, down).parent(), down);
        }
        QCOMPARE(model.rowCount(model.index(0, 0, down)), 0);
        model.setPlan({});
        QCOMPARE(model.rowCount(), 0);
    }

    void addressesAreHidden_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("IPv4") << u"dial 192.0.2.10:8080"_s << u"dial •••:8080"_s;
        QTest::newRow("IPv6") << u"at 2001:db8:0:1:2:3:4:5 now"_s << u"at ••• now"_s;
        QTest::newRow("bracketed") << u"[::1]:80"_s << u"•••:80"_s;
        QTest::newRow("login") << u"ssh deploy@web-1.example.com"_s << u"ssh •••"_s;
        QTest::newRow("url") << u"GET http://shop.example.com/x"_s << u"GET http://•••/x"_s;
        QTest::newRow("time") << u"12:00:05 took 1.5 s"_s << u"12:00:05 took 1.5 s"_s;
        QTest::newRow("version") << u"v1.2.3 of hash_1a2b3c4d"_s << u"v1.2.3 of hash_1a2b3c4d"_s;
        QTest::newRow("path") << u"/etc/nginx/conf.d/a.conf"_s << u"/etc/nginx/conf.d/a.conf"_s;
    }
    void addressesAreHidden()
    {
        QFETCH(QString, text);
        QTEST(withoutAddresses(text), "shown");
        QCOMPARE(shownText(text, false), text);
    }
    void modelsHideAddresses()
    {
        RunFeed feed;
        QList<Event> events = withLines(u"rolling-succeeded.jsonl"_s, 31, 0);
        Event event = events.last();
        ++event.seq;
        event.body = OutputLine {u"drain"_s, u"A"_s, u"web"_s, u"out"_s, u"from 192.0.2.10"_s};
        events.append(event);
        feed.append(events);
        LogModel model;
        model.setFeed(&feed);
        const QModelIndex last = model.index(model.rowCount() - 1, 0);
        QVERIFY(last.data().toString().contains(u"192.0.2.10"));
        model.hideAddresses(true);
        QVERIFY(!last.data().toString().contains(u"192.0.2.10"));
    }
};

QTEST_GUILESS_MAIN(TestItemModels)
#include "tst_itemmodels.moc"
