// SPDX-License-Identifier: MIT
// bench_fold [--quick | SAMPLES]
// Samples (an hour's worth: 1e6) folded into a verdict; must take less than 100 ms.
#include "engine/witness/verdictfold.h"
#include "tests/bench/benchtable.h"

#include <QElapsedTimer>
#include <cstdio>
#include <random>

using namespace gapless;
using namespace Qt::StringLiterals;

int main(int argc, char** argv)
{
    const bool quick = argc > 1 && QByteArrayView(argv[1]) == "--quick";
    const qint64 count = quick ? 100'000 : argc > 1 ? atoll(argv[1]) : 1'000'000;
    std::mt19937 random(1);
    std::lognormal_distribution<double> latency(7, 1);
    SampleStore store(count + SampleStore::blockSize);
    for (qint64 i = 0; i < count; ++i)
        store.add({.atUs = i * 3600,
            .latencyUs = quint32(latency(random)),
            .status = 200,
            .probe = Sample::Probe(i % 3),
            .cause = i % 1000 == 0 ? Sample::Cause::Refused : Sample::Cause::None});

    QElapsedTimer timer;
    timer.start();
    Evidence evidence;
    evidence.http = evidence.hub = evidence.baseline = true;
    evidence.connections = 200;
    evidence.endUs = count * 3600;
    store.forEach([&](const Sample& sample) { evidence.totals.add(sample); });
    for (int i = 0; i < 200; ++i) {
        Drop drop;
        drop.connection = i + 1;
        drop.span = {evidence.endUs / 2, evidence.endUs / 2 + 38'000};
        evidence.drops.append(drop);
    }
    const Verdict verdict = foldVerdict(evidence);
    const double ms = double(timer.nsecsElapsed()) / 1e6;
    BenchTable table(
        {u"samples"_s, u"KiB"_s, u"folded in ms"_s, u"sent"_s, u"failed"_s, u"p99 ms"_s});
    table.add({QString::number(store.count()), QString::number(store.bytes() / 1024),
        QString::number(ms, 'f', 1), QString::number(verdict.http->sent),
        QString::number(verdict.http->failed), QString::number(verdict.http->p99Ms, 'f', 1)});
    table.print();
    return 0;
}
