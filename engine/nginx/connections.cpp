// SPDX-License-Identifier: MIT
#include "engine/nginx/connections.h"

#include "engine/nginx/upstreamfile.h"

#include <algorithm>

namespace gapless {

namespace {

/// `POST / HTTP/1.1`, `Host:` and `Content-Length:` of one letter each.
constexpr qint64 smallestRequest = 48;
/// Below every HTTP answer; SignalR's ping is 13 bytes.
constexpr qint64 smallestAnswer = 64;
/// A body on its way comes in full segments, a hub's messages one by one.
constexpr qint64 bodySegment = 512;
/// So many small sends with pauses between and no answer are messages, not one request.
constexpr int messageBursts = 4;

qint64 mean(qint64 bytes, int segments)
{
    return bytes / std::max(segments, 1);
}

} // namespace

ConnectionHistory::Known ConnectionHistory::begin(const SocketSample& sample)
{
    Known socket;
    socket.now = sample;
    if (sample.lastReceiveMs != sample.lastSendMs)
        socket.last = sample.lastReceiveMs < sample.lastSendMs ? Last::Receive : Last::Send;
    return socket;
}

/// Signs that no connection shows on which HTTP requests follow one another.
void ConnectionHistory::noticeUpgrade(
    Known& socket, const SocketSample& sample, qint64 sent, qint64 received)
{
    if (sent == 0)
        return;
    // Less than a request, and not the rest of one that is being sent.
    const bool fresh = socket.last == Last::Receive
        || (socket.quietLooks > 0 && socket.pending < smallestRequest);
    if (sent < smallestRequest && fresh)
        socket.upgraded = true;
    // A worker that shuts down sends no second request.
    const bool sentAfterReceiving = socket.last == Last::Receive
        || (received > 0 && sample.lastSendMs < sample.lastReceiveMs);
    if (socket.exiting && sentAfterReceiving)
        socket.upgraded = true;
    const bool burst = received == 0 && socket.quietLooks > 0;
    if (burst && socket.pendingBursts + 1 >= messageBursts
        && mean(socket.pending + sent, socket.pendingBursts + 1) < bodySegment)
        socket.upgraded = true;
}

void ConnectionHistory::follow(Known& socket, const SocketSample& sample)
{
    const qint64 sent = sample.sent - socket.now.sent;
    const qint64 received = sample.received - socket.now.received;
    noticeUpgrade(socket, sample, sent, received);
    if (sent == 0 && received == 0) {
        ++socket.quietLooks;
    } else if (received == 0) {
        socket.pendingBursts += socket.quietLooks > 0 || socket.pending == 0;
        socket.pending += sent;
        socket.last = Last::Send;
    } else if (sent == 0) {
        if (socket.pending > 0)
            socket.answered = socket.pending;
        socket.pending = 0;
        socket.pendingBursts = 0;
        socket.last = Last::Receive;
        socket.grew = true;
        socket.meanGrowth = mean(received, sample.segmentsReceived - socket.now.segmentsReceived);
    } else {
        // Both within one interval: the socket's own clocks tell which came last, unless one tick
        // saw both. Then a request may have followed an answer at once.
        const bool receivedLast = sample.lastReceiveMs < sample.lastSendMs;
        socket.answered = socket.pending + sent;
        socket.pending = receivedLast ? 0 : sent;
        socket.pendingBursts = receivedLast ? 0 : 1;
        socket.last = receivedLast                     ? Last::Receive
            : sample.lastSendMs < sample.lastReceiveMs ? Last::Send
                                                       : Last::Unknown;
        socket.grew = false;
    }
    if (sent > 0 || received > 0) {
        socket.quietLooks = 0;
        socket.plain = false;
    }
    socket.now = sample;
}

void ConnectionHistory::add(qint64, const QList<SocketSample>& samples)
{
    QHash<QByteArray, Known> next;
    for (const SocketSample& sample : samples) {
        const QByteArray key = sample.local + '>' + sample.peer;
        const auto known = m_sockets.constFind(key);
        Known socket = known == m_sockets.constEnd() ? begin(sample) : *known;
        if (known != m_sockets.constEnd()) {
            const bool backwards
                = sample.sent < known->now.sent || sample.received < known->now.received;
            // A look that was taken before the last one and came after it; or, a second time or
            // with another owner, another connection on a port that is used again.
            const bool late = backwards && sample.pid > 0 && sample.pid == known->now.pid
                && sample.fd == known->now.fd && !known->late;
            if (!backwards)
                follow(socket, sample);
            else if (!late)
                socket = begin(sample);
            socket.late = late;
        }
        next.insert(key, socket);
    }
    m_sockets = std::move(next);
}

/// The last that happened is that something came.
ConnectionHistory::Kind ConnectionHistory::kindAfterReceive(const Known& socket, qint64 requestMs)
{
    const bool flowing = socket.grew && socket.quietLooks < 2;
    if (flowing && socket.meanGrowth >= bodySegment)
        return Kind::InFlight;
    if (socket.now.lastSendMs >= requestMs)
        return Kind::LongLived;
    // Long enough ago for the answer's rest not to come any more, or an answer that pauses.
    if (socket.answered >= smallestRequest)
        return flowing ? Kind::InFlight : Kind::Ambiguous;
    return socket.grew ? Kind::Ambiguous : Kind::LongLived;
}

ConnectionHistory::Kind ConnectionHistory::kindOf(const Known& socket, qint64 requestMs)
{
    const SocketSample& now = socket.now;
    if (socket.upgraded)
        return Kind::LongLived;
    if (now.received == 0 || now.receiveQueue > 0 || socket.pending >= smallestRequest)
        return Kind::InFlight;
    if (socket.plain) // so it is amid its request; server-sent events are long-lived too
        return socket.last == Last::Receive && now.lastSendMs >= requestMs
            ? kindAfterReceive(socket, requestMs)
            : Kind::InFlight;
    if (socket.last == Last::Receive)
        return kindAfterReceive(socket, requestMs);
    // It sent before we began to look, and how much is not known.
    if (now.lastSendMs >= requestMs || mean(now.received, now.segmentsReceived) < smallestAnswer
        || mean(now.sent, now.segmentsSent) < smallestRequest)
        return Kind::LongLived;
    return Kind::Ambiguous;
}

bool ConnectionHistory::isHeld(
    const Known& socket, const QByteArray& server, const QSet<qint64>& workers)
{
    const SocketSample& now = socket.now;
    return now.nginx && maybeServer(now.peer, server)
        && (now.pid == 0 || workers.isEmpty() || workers.contains(now.pid));
}

HeldCount ConnectionHistory::held(
    const QByteArray& server, const QSet<qint64>& workers, qint64 requestMs)
{
    HeldCount count;
    for (Known& socket : m_sockets) {
        if (!isHeld(socket, server, workers))
            continue;
        socket.exiting |= !workers.isEmpty();
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
    return int(std::count_if(m_sockets.begin(), m_sockets.end(),
        [&](const Known& socket) { return isHeld(socket, server, {}); }));
}

QStringList ConnectionHistory::unclear(const QByteArray& server, const QSet<qint64>& workers) const
{
    QStringList words;
    for (const Known& socket : m_sockets)
        if (isHeld(socket, server, workers) && socket.now.pid > 0 && socket.now.fd >= 0
            && !socket.upgraded && !socket.plain)
            words += QStringLiteral("%1:%2").arg(socket.now.pid).arg(socket.now.fd);
    words.sort();
    return words;
}

void ConnectionHistory::learn(const QByteArray& probeOutput)
{
    for (const QByteArray& line : probeOutput.split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        if (words.size() != 4 || (words[3] != "0" && words[3] != "1"))
            continue;
        for (Known& socket : m_sockets) {
            const SocketSample& now = socket.now;
            // By the ports too: the descriptor may meanwhile be another socket's.
            if (words[0] != QByteArray::number(now.pid) + ':' + QByteArray::number(now.fd)
                || !now.local.endsWith(':' + words[1]) || !now.peer.endsWith(':' + words[2]))
                continue;
            (words[3] == "1" ? socket.upgraded : socket.plain) = true;
        }
    }
}

bool socketsCanBeSeen(const QByteArray& server)
{
    return !canonicalServer(server).startsWith("unix:");
}

bool maybeServer(const QByteArray& peer, const QByteArray& server)
{
    const QByteArray wanted = canonicalServer(server);
    const QByteArray shown = canonicalServer(peer);
    if (wanted == shown)
        return true;
    const QByteArray host = wanted.left(wanted.lastIndexOf(':'));
    const bool isLiteral = host.startsWith('[')
        || std::all_of(
            host.begin(), host.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
    return !isLiteral && !wanted.startsWith("unix:")
        && wanted.mid(wanted.lastIndexOf(':')) == shown.mid(shown.lastIndexOf(':'));
}

} // namespace gapless
