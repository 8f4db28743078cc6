// SPDX-License-Identifier: MIT
#include "engine/nginx/connections.h"

#include "engine/nginx/upstreamfile.h"

#include <algorithm>

namespace gapless {

namespace {

    /// Smaller than any request that nginx can send (a request line and a Host header), larger than a
    /// WebSocket ping or a SignalR ping in its masked frame (6 and 17 bytes).
    constexpr qint64 smallestRequest = 64;
    /// SignalR's keep-alive is 13 bytes a segment; the smallest answer of an HTTP server is above 64.
    constexpr qint64 pingSegment = 64;
    /// A body on its way comes in full segments; messages of a hub come one by one and are small.
    constexpr qint64 bodySegment = 512;

    qint64 numberAfter(const QByteArray& line, const char* key)
    {
        const QByteArray name = QByteArray(" ") + key + ':';
        const qsizetype at = line.indexOf(name);
        if (at < 0)
            return 0;
        qint64 value = 0;
        for (qsizetype i = at + name.size(); i < line.size() && line[i] >= '0' && line[i] <= '9'; ++i)
            value = value * 10 + (line[i] - '0');
        return value;
    }

}

QList<SocketSample> readSockets(const QByteArray& out)
{
    QList<SocketSample> samples;
    for (const QByteArray& line : out.split('\n')) {
        const QList<QByteArray> words = line.simplified().split(' ');
        if (words.size() < 5)
            continue;
        bool isNumber = false;
        SocketSample sample;
        sample.receiveQueue = words[0].toLongLong(&isNumber);
        if (!isNumber || !words[3].contains(':'))
            continue;
        sample.local = words[2];
        sample.peer = words[3];
        const QByteArray info = ' ' + words.mid(4).join(' ');
        sample.sent = numberAfter(info, "bytes_sent");
        sample.received = numberAfter(info, "bytes_received");
        sample.segmentsReceived = int(numberAfter(info, "data_segs_in"));
        sample.lastSendMs = numberAfter(info, "lastsnd");
        sample.lastReceiveMs = numberAfter(info, "lastrcv");
        if (const qsizetype users = info.indexOf(" users:(("); users >= 0) {
            sample.nginx = info.indexOf("((\"nginx\"", users) == users + 7;
            if (const qsizetype pid = info.indexOf("pid=", users); pid >= 0)
                sample.pid = info.mid(pid + 4, info.indexOf(',', pid) - pid - 4).toLongLong();
        }
        samples.append(sample);
    }
    return samples;
}

void ConnectionHistory::follow(Known& socket, const SocketSample& sample)
{
    const qint64 sent = sample.sent - socket.now.sent;
    const qint64 received = sample.received - socket.now.received;
    socket.growth = 0;
    socket.growthSegments = 0;
    if (sent > 0) {
        socket.sendSeen = true;
        if (received == 0)
            socket.pending += sent;
        else // both within one interval: the clocks of the socket tell which came last
            socket.pending = sample.lastSendMs < sample.lastReceiveMs ? sent : 0;
    } else if (received > 0) {
        socket.pending = 0;
        socket.growth = received;
        socket.growthSegments = sample.segmentsReceived - socket.now.segmentsReceived;
    }
    socket.now = sample;
}

void ConnectionHistory::add(qint64, const QList<SocketSample>& samples)
{
    QHash<QByteArray, Known> next;
    for (const SocketSample& sample : samples) {
        const QByteArray key = sample.local + '>' + sample.peer;
        const auto known = m_sockets.constFind(key);
        // A port that is used again is another connection.
        const bool same = known != m_sockets.constEnd() && known->now.sent <= sample.sent
            && known->now.received <= sample.received;
        Known socket = same ? *known : Known {};
        if (same)
            follow(socket, sample);
        else
            socket.now = sample;
        next.insert(key, socket);
    }
    m_sockets = std::move(next);
}

ConnectionHistory::Kind ConnectionHistory::kindOf(const Known& socket, qint64 requestMs)
{
    const SocketSample& now = socket.now;
    if (now.received == 0 || now.receiveQueue > 0 || socket.pending >= smallestRequest)
        return Kind::InFlight;
    if (socket.growth > 0)
        return socket.growth / std::max(socket.growthSegments, 1) >= bodySegment ? Kind::InFlight
                                                                                 : Kind::LongLived;
    // An old worker closes a connection whose answer is complete: what it keeps open is no request.
    if (now.lastReceiveMs <= now.lastSendMs || socket.sendSeen)
        return Kind::LongLived;
    // It sent before we began to look, and what it sent is not known.
    if (now.lastSendMs >= requestMs)
        return Kind::LongLived;
    if (now.segmentsReceived > 0 && now.received / now.segmentsReceived < pingSegment)
        return Kind::LongLived;
    return Kind::Ambiguous;
}

HeldCount ConnectionHistory::held(
    const QByteArray& server, const QSet<qint64>& workers, qint64 requestMs) const
{
    HeldCount count;
    for (const Known& socket : m_sockets) {
        const SocketSample& now = socket.now;
        if (!now.nginx || !sameServer(now.peer, server))
            continue;
        if (now.pid && !workers.isEmpty() && !workers.contains(now.pid))
            continue;
        switch (kindOf(socket, requestMs)) {
        case Kind::InFlight:
            ++count.inFlight;
            break;
        case Kind::LongLived:
            ++count.longLived;
            break;
        case Kind::Ambiguous:
            ++count.ambiguous;
            break;
        }
    }
    return count;
}

int ConnectionHistory::count(const QByteArray& server) const
{
    int count = 0;
    for (const Known& socket : m_sockets)
        count += socket.now.nginx && sameServer(socket.now.peer, server);
    return count;
}

} // namespace gapless
