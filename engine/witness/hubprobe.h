// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"
#include "engine/signalr/hubconnection.h"
#include "engine/witness/destination.h"
#include "engine/witness/echoledger.h"
#include "engine/witness/identity.h"
#include "engine/witness/probe.h"

#include <QTimer>

namespace gapless {

/// Hub clients that do what the site's own do: connect, listen, and reconnect by the target's
/// delays. In echo mode they also send numbered messages, a second apart each and five a second
/// together at most. Belongs to one thread with an event loop; the callbacks come on it.
///
/// `perSlot` opens one connection more than there are slots, so that two must share one, and then
/// more, up to four a slot, until each slot holds one. Which slot a connection is on is read from
/// the header fields of its WebSocket upgrade (or negotiation), see Identifier; a site whose
/// answers do not say gets four a slot, and the verdict says `slotsUnknown`.
class HubProbe {
public:
    struct Options {
        QString accessToken;
        std::optional<QSslConfiguration> tls;
        int atOnce = 20; ///< connections that are being opened at a time
        std::chrono::milliseconds retryStart {1000}; ///< a first connect that failed
        /// From Connected again to the gap's report: the first message after it ends the silence.
        std::chrono::milliseconds settle {1000};
        std::chrono::milliseconds echoEvery {1000}; ///< for each client
        std::chrono::milliseconds echoAtMost {200}; ///< for all of them together
    };
    struct Callbacks {
        std::function<void(const ConnectionChanged&)> changed;
        std::function<void(const Drop&)> dropOver; ///< with its silence and what was missed
        std::function<void(const Span&)> closed; ///< a client gave up: lost, given up
        SampleSink sample; ///< round trips of echoes
    };

    HubProbe(const HubProbeSpec& spec, const QUrl& url, const QList<Slot>& slotList,
        const Identifier& identifier, const WitnessClock& clock, Options options,
        Callbacks callbacks);
    ~HubProbe();

    void start();
    /// As many clients as are wanted are connected, and in echo mode messages of as many clients as
    /// there are slots, and one, have come back.
    bool ready() const;
    /// The baseline is over, ready or not: learns who gets whose messages, and counts from now on.
    void baselineOver();
    /// Sends no more messages and opens no more connections.
    void stop();
    /// A client is reconnecting, or a message is on its way.
    bool underWay() const;
    /// Leaves for good; `done` once all have. What happens from now on is not counted.
    void leave(std::function<void()> done);

    int connections() const { return int(m_members.size()); }
    int connected() const;
    const QList<Drop>& drops() const { return m_drops; }
    /// The gap of a client that is not over, the longest; 0: none.
    qint64 longestOpenGapUs() const;
    EchoTotals echo() const;
    bool echoMissing() const;
    QString tlsFailure() const { return m_tlsFailure; }
    QJsonArray notes() const;

private:
    struct Member {
        int number = 0; ///< from 1
        std::unique_ptr<signalr::HubConnection> hub;
        Identity identity;
        bool wasConnected = false;
        qsizetype openDrop = -1; ///< index into m_drops
    };

    void openMore();
    void addMember();
    void connectMember(Member& member);
    void started(Member& member, const signalr::Failure& failure);
    void decide();
    void dropChanged(Member& member, const signalr::Drop& drop);
    void lost(Member& member, const signalr::Drop& drop);
    void reconnected(Member& member, const signalr::Drop& drop);
    void gaveUp(Member& member, qint64 atUs);
    void finishDrop(int number, qsizetype index);
    void report(const Member& member, const QString& state, const QString& reason, int attempt);
    Identity identityOf(const Member& member) const;
    void sendEcho();
    signalr::Json argumentsWith(const QString& token) const;
    void heard(Member& member, const signalr::Json& arguments);
    QStringList uncovered() const;
    bool slotsKnown() const;
    int wantedAtMost() const;

    HubProbeSpec m_spec;
    QUrl m_url;
    QStringList m_slots;
    const Identifier& m_identifier;
    const WitnessClock& m_clock;
    Options m_options;
    Callbacks m_callbacks;
    std::shared_ptr<signalr::HttpClient> m_http;
    std::vector<std::unique_ptr<Member>> m_members;
    int m_wanted = 0;
    int m_starting = 0;
    bool m_decided = false; ///< no more connections are needed, or allowed
    qint64 m_decidedUs = 0;
    bool m_stopped = false;
    bool m_leaving = false;
    qint64 m_failedStarts = 0;
    QString m_failedStartCause;
    QString m_tlsFailure; ///< why TLS failed last, in OpenSSL's words; empty: it never did
    QList<Drop> m_drops;
    int m_unsettled = 0; ///< drops that are over and not reported yet
    EchoLedger m_ledger;
    EchoLedger::Learnt m_learnt;
    bool m_baselineOver = false;
    bool m_slotsUnknown = false; ///< when the baseline was over
    QStringList m_uncovered; ///< slots that held nobody then
    int m_echoesUnderWay = 0;
    size_t m_nextSender = 0;
    qint64 m_stoppedUs = 0;
    QTimer m_echo;
    QObject m_context; ///< what is posted to it dies with the probe
};

/// Why a hub connection was lost, as events name it: close, closeFrame, eof, timeout, http:404 …
QString causeOf(const signalr::Failure& failure);

} // namespace gapless
