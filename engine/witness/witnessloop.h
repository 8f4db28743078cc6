// SPDX-License-Identifier: MIT
#pragma once

#include "engine/witness/controlwatch.h"
#include "engine/witness/httpprobe.h"
#include "engine/witness/hubprobe.h"
#include "engine/witness/selfwatch.h"
#include "engine/witness/sessionprobe.h"
#include "engine/witness/sitewitness.h"

#include <mutex>

namespace gapless {

/// What the witness's thread and its callers share.
struct SharedTrace {
    mutable std::mutex mutex;
    Attribution attribution;
    QString abortReason;
    ArrivalCount arrivals; ///< with a mutex of its own
};

/// The witness on its own thread: runs the probes, keeps their evidence and folds it at the end.
/// Made, used and destroyed on that thread.
class WitnessLoop : public QObject {
    Q_OBJECT
public:
    struct Callbacks {
        std::function<void(EventBody)> report;
        std::function<void(SampleBatch)> samples;
        std::function<void()> baselineStands;
        std::function<void(Verdict)> finished;
    };
    WitnessLoop(const WitnessSpec& spec, const QList<Slot>& slotList, const WitnessOptions& options,
        const WitnessClock& clock, SharedTrace& trace, Callbacks callbacks);
    ~WitnessLoop() override;

    void start();
    /// No baseline came in time: what is seen from now on is kept, and proves nothing.
    void giveUpBaseline();
    /// Ends the probes; `finished` is called once they have.
    void finish();

private:
    enum class Phase { Baseline, Watching, Finishing, Leaving };

    void makeProbes(const QList<Slot>& slotList);
    void tick();
    void checkBaseline();
    void beginWatching(bool stands);
    void checkGaps();
    void checkFinished();
    void conclude();
    void add(const Sample& sample);
    void outageOver(const Outage& outage);
    void dropOver(const Drop& drop);
    void reportOpenGaps();
    void incident(const QString& what, const Span& span);
    void controlAnswered(qint64 askedUs, std::optional<bool> works);
    void askControl();
    void summarize();
    void handOverSamples();
    Attributed before(qint64 atUs) const;
    Evidence evidence() const;
    QJsonArray notes() const;

    WitnessSpec m_spec;
    WitnessOptions m_options;
    const WitnessClock& m_clock;
    SharedTrace& m_trace;
    Callbacks m_callbacks;
    int m_slotCount;

    Destination m_destination;
    Identifier m_identifier;
    SampleLabels m_labels;
    QList<Sample> m_batch; ///< since the last hand-over
    std::optional<HttpProbe> m_http;
    std::optional<SessionProbe> m_session;
    std::optional<HubProbe> m_hub;
    std::optional<ControlWatch> m_control;

    Phase m_phase = Phase::Baseline;
    bool m_baseline = false;
    qint64 m_baselineUs = 0; ///< from here on things count
    qint64 m_finishUs = 0;
    SampleTotals m_totals;
    SampleTotals m_window; ///< since the last probeSummary
    EchoTotals m_windowEcho;
    QList<Span> m_outages;
    QList<Span> m_stalls;
    QStringList m_versions; ///< that answered, in the order of their first answer
    StallWatch m_stallWatch;
    AbortGate m_gate;
    bool m_gapTold = false;
    qint64 m_lastTroubleUs = -1;
    qint64 m_lastAskedUs = 0;
    qint64 m_lastSummaryUs = 0;
    qint64 m_lastBatchUs = 0;
    QTimer m_tick;
};

} // namespace gapless
