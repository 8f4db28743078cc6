// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/event.h"
#include "engine/model/target.h"
#include "engine/witness/samples.h"
#include "engine/witness/arrivals.h"

#include <chrono>
#include <functional>
#include <stop_token>

namespace gapless {

/// The clients that watch a site from the users' side while a rollout changes it. Owns one thread
/// with an event loop; the calls below come from the rollout's thread.
class Witness {
public:
    virtual ~Witness() = default;
    /// Starts every probe of the target's witness and returns once the baseline stands (each hub
    /// connection connected, the minimum of samples there) or `deadline` is over; without a
    /// baseline the probes go on and the verdict will be `invalid`. Throws Cancelled when `stop`
    /// asks, and Error(Internal) when it was started before.
    /// `report` is called with connectionChanged, gap and probeSummary, in order and one at a time,
    /// on a thread of the witness's own that measures nothing, so it may write to a disk; not any
    /// more once finish() has returned.
    virtual void start(std::function<void(EventBody)> report, std::chrono::milliseconds deadline,
        std::stop_token stop)
        = 0;
    /// Every event of the run passes through here, so that a gap can be attributed to the step just
    /// before it. Any thread.
    virtual void observe(const Event& event) = 0;
    /// What `abortOn` names has happened: `failed`, `closed` or `gap`; empty: nothing. Any thread.
    virtual QString abortReason() const = 0;
    /// From now on arrivals() counts anew. Any thread.
    virtual void beginArrivals() { }
    /// Who answered since then, by slot and version. Any thread.
    virtual QList<Arrivals> arrivals() const { return {}; }
    /// Ends the probes (each waits for what it has under way, a hub that is reconnecting for as
    /// long as the gap's limit) and says what they saw; the same again when called again.
    virtual Verdict finish() = 0;

    /// Hands every sample on while the probes run, for a display: in order, in batches of what came
    /// since the one before, at most ten a second. Set it before start(). `sink` is called on the
    /// thread that `report` is called on (so it must return soon: it queues what it gets for the
    /// window's thread), and not any more once finish() has returned. The samples are on disk by
    /// then where a file was asked for. Every batch carries the time base and all the labels.
    virtual void setSampleSink(std::function<void(const SampleBatch&)> sink) { (void)sink; }
    /// The file the samples are written to, once start() has opened it; empty: in none. Another
    /// process can follow it with SampleReader.
    virtual QString samplesFile() const { return {}; }
};

} // namespace gapless
