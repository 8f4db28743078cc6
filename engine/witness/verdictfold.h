// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/verdict.h"
#include "engine/witness/attribution.h"
#include "engine/witness/histogram.h"
#include "engine/witness/samples.h"

#include <QMap>
#include <optional>

namespace gapless {

/// What samples come to, taken in one by one: bounded in size by how long things failed, not by how
/// many samples there were.
class SampleTotals {
public:
    void add(const Sample& sample);

    qint64 freshSent = 0, freshFailed = 0;
    qint64 keepAliveSent = 0, keepAliveFailed = 0; ///< GET and POST
    qint64 sessionChecked = 0, sessionLost = 0;
    Histogram freshLatency; ///< µs, of fresh requests that were answered as expected
    /// Failures by the tenth of a second in which they were due.
    QMap<qint64, qint64> freshFailedAt, sessionLostAt;
};

/// One hub connection was lost, from its transport's end to Connected again.
struct Drop {
    int connection = 0;
    Span span; ///< toUs is Span::open where it never came back
    bool closed = false; ///< the client gave up: only a reload of the page would help
    QString cause; ///< close, closeFrame, eof, timeout, http:<status> … (HubConnection's)
    int attempt = 0; ///< the attempt that connected again, 1 the first; 0: none did
    qint64 silenceUs = 0; ///< last message before to first after; 0: not known
    QString slotBefore, slotAfter, versionBefore, versionAfter; ///< empty: not known
    qint64 lost = 0; ///< messages that this client missed meanwhile
    Attributed after;
    bool operator==(const Drop&) const = default;
};

/// What echoes came to. Off in passive mode: all zero.
struct EchoTotals {
    qint64 sent = 0;
    qint64 lost = 0; ///< of `sent`: at least one client that should have got it never did
    qint64 lostOutsideGaps = 0; ///< of `lost`: that client was connected all the while
    qint64 duplicated = 0;
    qint64 outOfOrder = 0;
    bool operator==(const EchoTotals&) const = default;
};

/// The limits that a verdict is held against.
struct VerdictRules {
    qint64 maxGapUs = 5'000'000;
    qint64 maxFailed = 0;
    qint64 minFresh = 20; ///< fewer fresh requests prove nothing
    qint64 minSession = 2;
    qint64 stallLimitUs = 1'000'000;
    int slotCount = 0; ///< 0: not known
};

/// All that a verdict is made of.
struct Evidence {
    VerdictRules rules;
    bool http = false, session = false, hub = false; ///< which probes were on
    bool baseline = false; ///< it stood before the run began
    SampleTotals totals; ///< since the baseline's first sample
    QList<Span> outages; ///< of the HTTP probe: first failed to the next answered
    int connections = 0; ///< of the hub, numbered from 1
    QList<Drop> drops; ///< in the order in which they began
    EchoTotals echo;
    bool echoMissing = false; ///< echo mode, and no message came back in the baseline
    QList<SlotStop> stops;
    bool runObserved = false; ///< a rollout's events came by, so `stops` is all that was stopped
    QList<Span> stalls; ///< the witness's own, those worth noting
    QList<Span> ownNetwork; ///< when this machine's network to the gateway's host failed
    qint64 endUs = 0;
    QJsonArray notes; ///< of the probes
};

/// The verdict's rules, in the order in which they are asked:
/// 1. no probe was on: `notMeasured`;
/// 2. no baseline: `invalid` (`noBaseline`), since what failed may have failed before;
/// 3. evidence of a breach, found while neither the witness nor its own network was at fault:
///    `broken` with `closed` (a client gave up), `gap` (longer than the limit, or not over at the
///    end), `unexplainedDrop` (a connection lost that no stop of its slot explains; each stop
///    explains one a connection), `failed` (fresh requests above the limit), `session`, `lost`
///    (messages lost by a client that was connected all the while);
/// 4. `invalid` with `stalled`, `ownNetwork` or `tooFewSamples` (echoes that never came count too);
/// 5. `recovered` where a connection was lost, else `unbroken`.
/// Where no rollout was observed (the witness alone), each slot may lose a connection once.
Verdict foldVerdict(const Evidence& evidence);

/// The drops that no stop explains, as indices into `evidence.drops`.
QList<int> unexplainedDrops(const Evidence& evidence);

} // namespace gapless
