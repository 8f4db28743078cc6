// SPDX-License-Identifier: MIT
// bench_desktop [--samples N] [--spans N]
// The window with a run of 1e6 samples and 2,000 spans: the first frame (from main() to painted, the data
// folder empty), repaints while 1,000 samples a second arrive, with the view whole, following and panned,
// and what stays in memory. Wanted: first frame within 300 ms; repaint 8 ms median, 16 ms p95; 120 MiB.
#include "app/desktop/furnish.h"
#include "app/desktop/mainwindow.h"
#include "app/desktop/runpane.h"
#include "app/desktop/timelineview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>
#include <random>

using namespace gapless;
using namespace Qt::StringLiterals;

namespace {

double msOf(const QElapsedTimer& timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

double residentMiB()
{
    QFile status(u"/proc/self/status"_s);
    if (status.open(QIODevice::ReadOnly))
        for (const QByteArray& line : status.readAll().split('\n'))
            if (line.startsWith("VmRSS:"))
                return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
    return 0;
}

Event eventAt(qint64 seq, qint64 utcMs, EventBody body)
{
    return {seq, QDateTime::fromMSecsSinceEpoch(utcMs, Qt::UTC), u"20261127-120000-bnch"_s,
        std::move(body)};
}

/// A run of an hour: two slots and ten hub connections that change all the time.
QList<Event> manySpans(int spans, qint64 startMs, qint64 lastsMs)
{
    qint64 seq = 0;
    QList<Event> events;
    RunStarted started;
    started.target = u"bench"_s;
    started.kind = u"deploy"_s;
    started.from = u"hash_1"_s;
    started.to = u"hash_2"_s;
    started.slotOrder = {u"A"_s, u"B"_s};
    events.append(eventAt(++seq, startMs, started));
    const QStringList states {
        u"serving"_s, u"draining"_s, u"stopping"_s, u"starting"_s, u"checking"_s};
    for (int i = 0; i < spans; ++i) {
        const qint64 at = startMs + lastsMs * i / spans;
        if (i % 3 == 0)
            events.append(eventAt(++seq, at,
                SlotChanged {i % 2 ? u"A"_s : u"B"_s, i % 4 ? u"hash_1"_s : u"hash_2"_s,
                    states[i / 3 % states.size()], u"c"_s}));
        else
            events.append(eventAt(++seq, at,
                ConnectionChanged {i % 10 + 1, 1, i / 10 % 2 ? u"connected"_s : u"reconnecting"_s,
                    u"eof"_s, i % 2 ? u"A"_s : u"B"_s, u"v1"_s}));
    }
    return events;
}

struct Times {
    std::vector<double> ms;
    double at(double share)
    {
        std::sort(ms.begin(), ms.end());
        return ms.empty() ? 0 : ms[std::min(ms.size() - 1, size_t(share * double(ms.size())))];
    }
};

/// Paints 300 frames with 16 more samples each (1,000 a second at 60 frames a second).
void repaint(const char* name, MainWindow& window, RunFeed& feed, qint64 startMs, qint64& atUs,
    const std::function<void()>& before)
{
    std::mt19937 random(2);
    std::lognormal_distribution<double> latency(std::log(1900.0), 0.4);
    TimelineView& view = window.runPane().timeline();
    QPixmap surface(view.viewport()->size());
    Times times;
    for (int frame = 0; frame < 300; ++frame) {
        QList<Sample> samples;
        for (int i = 0; i < 16; ++i)
            samples.append({.atUs = atUs += 1000, .latencyUs = quint32(latency(random))});
        feed.appendSamples(startMs, samples);
        feed.setNow(startMs + atUs / 1000);
        before();
        QElapsedTimer timer;
        timer.start();
        view.viewport()->render(&surface);
        times.ms.push_back(msOf(timer));
    }
    std::printf("%-28s median %5.2f ms   p95 %5.2f ms   max %5.2f ms\n", name, times.at(0.5),
        times.at(0.95), times.at(1));
}

} // namespace

int main(int argc, char** argv)
{
    QElapsedTimer started;
    started.start();
    QApplication app(argc, argv);
    QTemporaryDir folder;
    DesktopContext context(folder.path(), std::make_unique<MemoryKeychain>());
    context.theme().install();
    context.useLanguage(u"en"_s);
    MainWindow window(context);
    furnish(window);
    window.resize(1600, 900);
    window.show();
    window.grab();
    std::printf("first frame                  %.0f ms after main()\n", msOf(started));
    std::printf("resident, empty              %.0f MiB\n", residentMiB());

    const qint64 startMs = 1'795'000'000'000, lastsMs = 3'600'000;
    const int count = 1'000'000;
    auto controller = std::make_unique<RunController>(context);
    RunFeed& feed = controller->feed();
    feed.begin(RunFeed::Kind::Live);
    feed.append(manySpans(2000, startMs, lastsMs));
    std::mt19937 random(1);
    std::lognormal_distribution<double> latency(std::log(1900.0), 0.4);
    qint64 atUs = 0;
    for (int block = 0; block < count / 10'000; ++block) {
        QList<Sample> samples;
        samples.reserve(10'000);
        for (int i = 0; i < 10'000; ++i)
            samples.append({.atUs = atUs += lastsMs * 1000 / count,
                .latencyUs = quint32(latency(random)),
                .cause = random() % 100'000 == 0 ? Sample::Cause::Status : Sample::Cause::None});
        feed.appendSamples(startMs, samples);
    }
    window.runPane().setController(controller.get());
    window.grab();
    std::printf("resident, 1e6 samples        %.0f MiB\n", residentMiB());

    TimelineView& view = window.runPane().timeline();
    view.showWhole();
    window.grab();
    repaint("whole run, 1000 samples/s", window, feed, startMs, atUs, [] {});
    view.zoom(0.05);
    view.follow();
    window.grab();
    repaint("following, 1000 samples/s", window, feed, startMs, atUs, [] {});
    view.showWhole();
    window.grab();
    bool in = true;
    repaint("zooming over all of it", window, feed, startMs, atUs, [&] {
        view.zoom(in ? 0.9 : 1 / 0.9);
        in = !in;
    });
    window.runPane().setController(nullptr);
    return 0;
}
