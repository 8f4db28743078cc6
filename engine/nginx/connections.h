// SPDX-License-Identifier: MIT
#pragma once

#include "engine/nginx/socketsample.h"

#include <QHash>
#include <QSet>
#include <QStringList>

namespace gapless {

/// What nginx's old workers still hold to a server.
struct HeldCount {
    int inFlight = 0; ///< a request waits for its answer, or the answer is on its way
    int longLived = 0; ///< WebSockets and the like
    int ambiguous = 0; ///< cannot be told: to be treated as in flight
    bool operator==(const HeldCount&) const = default;
};

/// What each of the gateway's connections to the slots did lately. One look cannot tell a request
/// that has waited for four seconds on a reused connection from a WebSocket that idles; what both
/// sent and received since we began to look mostly can, and upgradeProbe tells for certain.
///
/// What it rests on: a worker that shuts down closes an upstream connection as soon as its answer
/// is complete, so one that is still open is either amid a request or has been upgraded; nothing
/// that nginx can send as a request is smaller than 48 bytes, while a WebSocket's pings (6),
/// SignalR's (17, 9 with MessagePack) and its handshake (38, 45) are.
class ConnectionHistory {
public:
    /// One look at all of them. `look` grows from look to look.
    void add(qint64 look, const QList<SocketSample>& samples);
    /// Of the last look: connections to `server` that `workers` hold; where `ss` shows no process,
    /// that any nginx holds. `workers` are the old ones, and all of them must be shutting down:
    /// from then on their connections are known to get no new request. Empty: any nginx, and
    /// nothing is known. `requestMs`: how long a request may take; what waited longer is taken for
    /// long-lived.
    HeldCount held(const QByteArray& server, const QSet<qint64>& workers, qint64 requestMs);
    /// How many connections to `server` the last look showed.
    int count(const QByteArray& server) const;

    /// The words that upgradeProbe needs to tell for certain; empty where everything is certain or
    /// no process is shown. Asking it is worth the while as soon as `held` counts in flight or
    /// ambiguous.
    QStringList unclear(const QByteArray& server, const QSet<qint64>& workers) const;
    /// What upgradeProbe printed. It holds until a connection is used again.
    void learn(const QByteArray& probeOutput);

private:
    enum class Last { Unknown, Send, Receive };
    struct Known {
        SocketSample now;
        Last last = Last::Unknown; ///< which way data went last
        bool exiting = false; ///< its worker is shutting down
        bool upgraded = false; ///< it has done what no HTTP request does
        bool late = false; ///< the last sample of it was older than the one before
        bool plain = false; ///< it has not been upgraded, and has not been used since that was seen
        qint64 pending = 0; ///< bytes that we saw sent since something was last received
        int pendingBursts = 0; ///< how often, with pauses between
        qint64 answered = 0; ///< bytes that we saw sent before what is being received
        int quietLooks = 0; ///< in which nothing changed
        bool grew = false; ///< received something while we looked, without anything being sent
        qint64 meanGrowth = 0; ///< bytes a segment, when it last did
    };
    enum class Kind { InFlight, LongLived, Ambiguous };
    static Known begin(const SocketSample& sample);
    static void follow(Known& socket, const SocketSample& sample);
    static void noticeUpgrade(
        Known& socket, const SocketSample& sample, qint64 sent, qint64 received);
    static Kind kindOf(const Known& socket, qint64 requestMs);
    static Kind kindAfterReceive(const Known& socket, qint64 requestMs);
    static bool isHeld(const Known& socket, const QByteArray& server, const QSet<qint64>& workers);

    QHash<QByteArray, Known> m_sockets; ///< by local and peer address
};

/// True where `ss` can show connections to that address: not for unix sockets.
bool socketsCanBeSeen(const QByteArray& server);

/// True where a peer that `ss` shows may be that server. A server that is written as a name is
/// recognised by its port alone.
bool maybeServer(const QByteArray& peer, const QByteArray& server);

/// A Perl program (perl-base is enough; root; Linux 5.6) that asks the sockets named by its words
/// (ConnectionHistory::unclear) whether TCP_NODELAY is set: nginx sets it on an upstream connection
/// when it upgrades it. It borrows each worker's socket for that one question and prints a line a
/// socket.
QByteArray upgradeProbe();

/// Whether upgradeProbe's answers mean what they seem to, under the whole configuration that `nginx
/// -T` printed: nginx also sets TCP_NODELAY for https and gRPC upstreams, for
/// `proxy_request_buffering off` and in `stream`, and never where `tcp_nodelay` is off.
bool upgradesShow(const QByteArray& dump);

} // namespace gapless
