// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"
#include "engine/witness/httpconnection.h"
#include "engine/witness/openloop.h"
#include "engine/witness/probe.h"

#include <QNetworkCookieJar>

namespace gapless {

/// Judges the answers of one visitor's session. No I/O.
class SessionLedger {
public:
    enum class Judged {
        Kept, ///< as expected after the one before
        First, ///< nothing to compare with
        Lost, ///< another value: the session is gone
        Unreadable, ///< no value in the answer
    };
    explicit SessionLedger(bool increasing)
        : m_increasing(increasing)
    {
    }
    /// `sentCookies`: the names of the cookies that went with the request; `setCookies`: those the
    /// answer sets. A cookie that is set anew although it was sent could not be read: with ASP.NET
    /// Core that is what containers with Data Protection keys of their own do to each other.
    Judged judge(const QByteArray& body, const QSet<QByteArray>& sentCookies,
        const QSet<QByteArray>& setCookies);
    qint64 lostWithNewCookie() const { return m_lostWithNewCookie; }
    qint64 lostWithSameCookie() const { return m_lostWithSameCookie; }
    qint64 unreadable() const { return m_unreadable; }

private:
    bool m_increasing;
    std::optional<QByteArray> m_value;
    qint64 m_number = 0;
    qint64 m_lostWithNewCookie = 0, m_lostWithSameCookie = 0, m_unreadable = 0;
};

/// One visitor who comes back twice a second, on a new connection each time, with a cookie jar of
/// its own: the value in the answer must go on where it was. Belongs to the witness's thread.
class SessionProbe {
public:
    SessionProbe(const SessionProbeSpec& spec, Destination& destination, const WitnessClock& clock,
        std::chrono::milliseconds timeout, SampleSink sink);
    ~SessionProbe();
    void start();
    void stop();
    bool underWay() const { return m_connection && m_connection->asking(); }
    const SessionLedger& ledger() const { return m_ledger; }

private:
    void turn();
    void answered(Sample::Cause cause, const HttpResponse& response);

    SessionProbeSpec m_spec;
    Destination& m_destination;
    const WitnessClock& m_clock;
    qint64 m_timeoutUs;
    SampleSink m_sink;
    SocketPoll m_poll;
    QNetworkCookieJar m_cookies;
    SessionLedger m_ledger;
    std::unique_ptr<HttpConnection> m_connection;
    QSet<QByteArray> m_sentCookies;
    qint64 m_askedUs = 0;
    QTimer m_timer;
};

} // namespace gapless
