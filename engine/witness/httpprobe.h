// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"
#include "engine/witness/httpconnection.h"
#include "engine/witness/identity.h"
#include "engine/witness/openloop.h"
#include "engine/witness/outages.h"
#include "engine/witness/probe.h"

namespace gapless {

/// Asks a site over HTTP on schedule, whatever its answers do:
/// - GET on a fresh connection each, `perSecond` of them, as new visitors come;
/// - GET on kept connections, a quarter as many (one a second at least), as a page's scripts do;
/// - POST on kept connections where the target names one: `{path, body, contentType, perSecond}`.
/// Nothing is tried twice. A probe that was due and could not be sent (no free connection, the
/// witness itself too late) is a failed one, Cause::Unsent. Belongs to one thread with an event
/// loop; the callbacks come on it.
///
/// A client of its own: QNetworkAccessManager opens six connections a host at most, sends a request
/// again where its kept connection has gone, and reports a reset as an orderly end. All three hide
/// what this probe is for.
class HttpProbe {
public:
    struct Options {
        std::chrono::milliseconds timeout {5000};
        std::chrono::milliseconds tooLate {1000}; ///< due longer ago: not sent any more
        int maxUnderWay = 512; ///< fresh requests that may be waiting for an answer
        int maxKept = 16; ///< kept connections of each kind
    };
    struct Callbacks {
        SampleSink sample;
        std::function<void(const Outage&)> outage; ///< one that is over
        std::function<quint16(const Identity&)> label;
    };

    HttpProbe(const HttpProbeSpec& spec, Destination& destination, const Identifier& identifier,
        const WitnessClock& clock, Options options, Callbacks callbacks);
    ~HttpProbe();

    void start();
    /// Sends nothing more; what is under way is waited for.
    void stop();
    bool underWay() const;
    /// An outage of fresh requests that is not over.
    const std::optional<Outage>& openOutage() const { return m_outages.open(); }

private:
    struct Lane {
        std::unique_ptr<HttpConnection> connection;
        Sample::Probe kind = Sample::Probe::Fresh;
        qint64 dueUs = 0;
        qint64 sinceUs = 0; ///< when it was asked, then when it was answered
        quint16 number = 0;
    };
    struct Kind {
        Sample::Probe probe;
        double perSecond;
        OpenLoop loop;
        QByteArray request;
        size_t lastUsed = 0;
    };

    void turn();
    void schedule();
    void sweep();
    void probe(Kind& kind, qint64 dueUs);
    Lane* freeLane(Kind& kind);
    Lane& addLane(Sample::Probe kind);
    int lanesOf(Sample::Probe kind, bool asking) const;
    void answered(Lane& lane, Sample::Cause cause, const HttpResponse& response);
    void record(Sample sample);

    Destination& m_destination;
    const Identifier& m_identifier;
    const WitnessClock& m_clock;
    Options m_options;
    Callbacks m_callbacks;
    QString m_expected;
    SocketPoll m_poll;
    std::vector<Kind> m_kinds;
    std::vector<std::unique_ptr<Lane>> m_lanes;
    quint16 m_laneCount = 0;
    OutageTracker m_outages;
    QTimer m_next;
    QTimer m_sweep;
    bool m_stopped = true;
};

} // namespace gapless
