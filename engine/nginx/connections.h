// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QSet>

namespace gapless {

/// A connection from the gateway to a slot, as `ss -tniHOp state established` shows it.
struct SocketSample {
    QByteArray local, peer;
    qint64 receiveQueue = 0; ///< bytes that came and were not read yet
    qint64 sent = 0, received = 0; ///< bytes since it was opened
    qint64 lastSendMs = 0, lastReceiveMs = 0; ///< ago; since it was opened where nothing ever was
    int segmentsReceived = 0; ///< that carried data
    qint64 pid = 0; ///< 0: not shown (only root sees it)
    bool nginx = true; ///< false where `ss` shows another program
};

/// The samples in what `ss` printed; lines that are none are passed over.
QList<SocketSample> readSockets(const QByteArray& out);

/// What nginx's old workers still hold to a server.
struct HeldCount {
    int inFlight = 0; ///< a request waits for its answer, or the answer is on its way
    int longLived = 0; ///< WebSockets and the like
    int ambiguous = 0; ///< cannot be told: to be treated as in flight
};

/// What each connection did lately. One look cannot tell a request that has waited for four seconds
/// from a WebSocket that idles; what it sent and received since we began to look mostly can.
class ConnectionHistory {
public:
    /// One look at all of them; `atMs` grows.
    void add(qint64 atMs, const QList<SocketSample>& samples);
    /// Of the last look: connections to `server` held by `workers` (empty: by any nginx).
    HeldCount held(const QByteArray& server, const QSet<qint64>& workers, qint64 requestMs) const;
    /// How many connections to `server` the last look showed.
    int count(const QByteArray& server) const;

private:
    struct Known {
        SocketSample now;
        bool sendSeen = false; ///< its last send happened before our eyes
        qint64 pending = 0; ///< bytes sent since something was last received, as far as we saw
        qint64 growth = 0; ///< bytes received in the last look's interval, nothing being sent
        int growthSegments = 0;
    };
    enum class Kind { InFlight, LongLived, Ambiguous };
    static Kind kindOf(const Known& socket, qint64 requestMs);
    static void follow(Known& socket, const SocketSample& sample);

    QHash<QByteArray, Known> m_sockets; ///< by local and peer address
};

} // namespace gapless
