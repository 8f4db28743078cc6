// SPDX-License-Identifier: MIT
#include "app/desktop/theme.h"
#include "app/desktop/timelineview.h"
#include "tests/unit/models/streams.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

namespace {

/// A view over a golden stream, shown.
struct Rig {
    explicit Rig(const QString& stream = u"rolling-succeeded.jsonl"_s)
    {
        feed.begin(RunFeed::Kind::Past);
        feed.append(goldenStream(stream));
        view.setFeed(&feed);
        view.resize(1000, 600);
        view.show();
        view.grab(); // laid out and painted once
    }
    void click(QPoint at) { QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, at); }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers keys = {})
    {
        QTest::mousePress(view.viewport(), Qt::LeftButton, keys, from);
        QTest::mouseMove(view.viewport(), (from + to) / 2);
        QTest::mouseMove(view.viewport(), to);
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, keys, to);
    }
    TimelineView::Item first(Lane::Kind kind, bool step = false)
    {
        for (const TimelineView::Item& item : view.items())
            if (view.lanes().lanes[item.lane].kind == kind && item.step == step)
                return item;
        return {};
    }
    Theme theme;
    RunFeed feed;
    RunSelection selection;
    TimelineView view {theme, selection};
};

} // namespace

class TestTimeline : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void clickSelectsABar()
    {
        Rig rig;
        const auto item = rig.first(Lane::Kind::Slot);
        rig.click(rig.view.rectOf(item).center());
        QCOMPARE(rig.selection.fromMs(), qint64(rig.view.span(item).fromMs));
        QVERIFY(rig.selection.step() < 0);
        const auto step = rig.first(Lane::Kind::Slot, true);
        rig.click(rig.view.rectOf(step).center());
        QCOMPARE(rig.selection.step(), rig.view.span(step).step);
    }
    void clickOnNothingClears()
    {
        Rig rig;
        rig.selection.selectSpan(rig.feed.startMs(), rig.feed.endMs());
        rig.click({rig.view.viewport()->width() - 3, rig.view.viewport()->height() - 3});
        QVERIFY(rig.selection.isEmpty());
    }
    void dragMeasures()
    {
        Rig rig;
        QList<Sample> samples;
        for (int i = 0; i < 1500; ++i)
            samples.append({.atUs = i * 10'000, .latencyUs = 2000});
        rig.feed.appendSamples(rig.feed.startMs(), samples);
        rig.drag({300, 200}, {700, 210});
        QVERIFY(!rig.selection.isEmpty());
        const double expected = 400 * rig.view.scale().msPerPixel();
        QVERIFY(qAbs(double(rig.selection.toMs() - rig.selection.fromMs()) - expected) < 5);
        const Measured measured = rig.feed.samples().measure(
            double(rig.selection.fromMs()), double(rig.selection.toMs()));
        QVERIFY(measured.count > 100);
        QVERIFY(rig.view.measuredText().contains(QString::number(measured.count)));
    }
    void selectionFromElsewhereIsShown()
    {
        Rig rig;
        const QImage before = rig.view.grab().toImage();
        rig.selection.selectSpan(rig.feed.startMs() + 2000, rig.feed.startMs() + 6000);
        QVERIFY(rig.view.grab().toImage() != before);
    }
    void keysZoomAndPan_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("span"); // -1 shorter, 1 longer, 0 the same
        QTest::addColumn<int>("moves");
        QTest::newRow("W") << int(Qt::Key_W) << -1 << 0;
        QTest::newRow("S") << int(Qt::Key_S) << 1 << 0;
        QTest::newRow("+") << int(Qt::Key_Plus) << -1 << 0;
        QTest::newRow("-") << int(Qt::Key_Minus) << 1 << 0;
        QTest::newRow("A") << int(Qt::Key_A) << 0 << -1;
        QTest::newRow("D") << int(Qt::Key_D) << 0 << 1;
    }
    void keysZoomAndPan()
    {
        QFETCH(int, key);
        QFETCH(int, span);
        QFETCH(int, moves);
        Rig rig;
        const TimeScale before = rig.view.scale();
        QTest::keyClick(&rig.view, Qt::Key(key));
        const TimeScale after = rig.view.scale();
        const double tiny = 1e-6 * before.spanMs();
        QCOMPARE(after.spanMs() > before.spanMs() + tiny, span > 0);
        QCOMPARE(after.spanMs() < before.spanMs() - tiny, span < 0);
        if (span == 0)
            QCOMPARE(after.fromMs() > before.fromMs(), moves > 0);
        QCOMPARE(rig.view.mode(), TimelineView::Mode::Free);
        QTest::keyClick(&rig.view, Qt::Key_Home);
        rig.view.grab();
        QCOMPARE(rig.view.mode(), TimelineView::Mode::Whole);
        QVERIFY(rig.view.scale().fromMs() <= double(rig.feed.startMs()));
        QVERIFY(rig.view.scale().toMs() >= double(rig.feed.endMs()));
    }
    void wheelZoomsAtThePointer()
    {
        Rig rig;
        const QPoint at(600, 200);
        const TimeScale before = rig.view.scale();
        const double x = at.x() - (rig.view.viewport()->width() - before.width());
        QWheelEvent wheel(at, rig.view.viewport()->mapToGlobal(at), {}, {0, 120}, {}, {},
            Qt::NoScrollPhase, false);
        QApplication::sendEvent(rig.view.viewport(), &wheel);
        QVERIFY(rig.view.scale().spanMs() < before.spanMs());
        QVERIFY(qAbs(rig.view.scale().ms(x) - before.ms(x)) < 1);
    }
    void fFocusesTheSelection()
    {
        Rig rig;
        rig.selection.selectSpan(rig.feed.startMs() + 1000, rig.feed.startMs() + 2000);
        QTest::keyClick(&rig.view, Qt::Key_F);
        QVERIFY(qAbs(rig.view.scale().spanMs() - 1500) < 1);
    }
    void failuresAreVisitedInTurn()
    {
        Rig rig;
        rig.feed.appendSamples(
            rig.feed.startMs(), {{.atUs = 5'000'000, .cause = Sample::Cause::Status}});
        QList<qint64> visited;
        while (rig.view.goToFailure(1))
            visited << rig.selection.fromMs();
        QCOMPARE(visited.size(), 3); // two gaps and the sample
        QVERIFY(std::is_sorted(visited.begin(), visited.end()));
        QList<qint64> back;
        while (rig.view.goToFailure(-1))
            back << rig.selection.fromMs();
        QCOMPARE(back.size(), 2);
        QVERIFY(visited.contains(rig.feed.startMs() + 5000));
    }
    void aLiveRunIsFollowed()
    {
        Rig rig;
        const QList<Event> events = goldenStream(u"rolling-succeeded.jsonl"_s);
        rig.feed.begin(RunFeed::Kind::Live);
        rig.feed.append(events.mid(0, 60));
        rig.view.grab();
        QVERIFY(rig.view.scale().toMs() > double(rig.feed.endMs())); // room for what comes
        rig.view.follow();
        rig.view.grab();
        const double before = rig.view.scale().toMs();
        rig.feed.setNow(rig.feed.endMs() + 5000);
        rig.view.grab();
        QVERIFY(rig.view.scale().toMs() > before + 4000);
    }
    /// Else everything would be counted anew, a frame after the other.
    void aLiveRunStaysCalm()
    {
        Rig rig;
        rig.feed.begin(RunFeed::Kind::Live);
        rig.feed.append(goldenStream(u"rolling-succeeded.jsonl"_s).mid(0, 60));
        QSet<QPair<double, double>> scales;
        for (int second = 0; second < 2 * 3600; second += 2) {
            rig.feed.setNow(rig.feed.startMs() + second * 1000);
            rig.view.lanes();
            scales.insert({rig.view.scale().fromMs(), rig.view.scale().toMs()});
            QVERIFY(rig.view.scale().toMs() > double(rig.feed.endMs()));
        }
        QVERIFY2(scales.size() < 20, qPrintable(QString::number(scales.size())));
    }
    void twoRunsAreAlignedAtTheirFirstSwitch()
    {
        Rig rig;
        RunFeed other;
        other.append(goldenStream(u"rollback-broken-verdict.jsonl"_s));
        const int lanes = int(rig.view.lanes().lanes.size());
        rig.view.setComparison(&other);
        const Lanes& both = rig.view.lanes();
        QVERIFY(both.lanes.size() > lanes);
        const Lanes alone = Lanes::of(other.state(), other.events(), double(other.endMs()));
        QVERIFY(alone.firstSwitchMs && both.firstSwitchMs);
        const double shift = *both.firstSwitchMs - *alone.firstSwitchMs;
        QCOMPARE(both.lanes[lanes + 1].spans.first().fromMs,
            alone.lanes[1].spans.first().fromMs + shift);
        rig.view.setComparison(nullptr);
        QCOMPARE(rig.view.lanes().lanes.size(), lanes);
    }
    void everyBarIsAnAccessibleChild()
    {
        Rig rig;
        QAccessibleInterface* timeline = QAccessible::queryAccessibleInterface(&rig.view);
        QVERIFY(timeline);
        QVERIFY(!timeline->text(QAccessible::Name).isEmpty());
        QCOMPARE(timeline->childCount(), int(rig.view.items().size()));
        QVERIFY(timeline->childCount() > 20);
        for (int i = 0; i < timeline->childCount(); ++i) {
            QAccessibleInterface* bar = timeline->child(i);
            QVERIFY(bar && bar->isValid());
            QVERIFY(!bar->text(QAccessible::Name).isEmpty());
            QVERIFY(!bar->rect().isEmpty());
            QCOMPARE(bar->parent(), timeline);
            QCOMPARE(timeline->indexOfChild(bar), i);
        }
        QAccessibleInterface* bar = timeline->child(3);
        bar->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(rig.selection.fromMs(), qint64(rig.view.span(rig.view.items()[3]).fromMs));
        // A run that is gone has no bars; who still holds one is not led astray.
        rig.feed.begin(RunFeed::Kind::None);
        QVERIFY(!bar->isValid());
        QCOMPARE(timeline->childCount(), 0);
    }
    void arrowsGoFromBarToBar()
    {
        Rig rig;
        QTest::keyClick(&rig.view, Qt::Key_Right);
        QCOMPARE(rig.view.focusedItem(), 0);
        QTest::keyClick(&rig.view, Qt::Key_Right);
        QCOMPARE(rig.view.focusedItem(), 1);
        QTest::keyClick(&rig.view, Qt::Key_Down);
        QVERIFY(rig.view.items()[rig.view.focusedItem()].lane == 1);
        QTest::keyClick(&rig.view, Qt::Key_Return);
        QVERIFY(!rig.selection.isEmpty());
        QTest::keyClick(&rig.view, Qt::Key_Escape);
        QVERIFY(rig.selection.isEmpty());
    }
    void paintsEveryStream_data()
    {
        QTest::addColumn<QString>("stream");
        for (const QString& name : goldenStreams())
            QTest::newRow(qPrintable(name)) << name;
    }
    /// Half-way and whole, near and far.
    void paintsEveryStream()
    {
        QFETCH(QString, stream);
        Rig rig(stream);
        const QImage whole = rig.view.grab().toImage();
        rig.view.zoom(0.05);
        const QImage near = rig.view.grab().toImage();
        QVERIFY(whole != near);
        const QList<Event> events = goldenStream(stream);
        rig.feed.begin(RunFeed::Kind::Live);
        rig.feed.append(events.mid(0, events.size() / 2));
        QVERIFY(!rig.view.grab().isNull());
    }
};

QTEST_MAIN(TestTimeline)
#include "tst_timeline.moc"
