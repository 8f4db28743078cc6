// SPDX-License-Identifier: MIT
#include "engine/nginx/socketsample.h"

namespace gapless {

namespace {

/// The number that directly follows `key`; 0 where the line has no such field.
qint64 numberAfter(const QByteArray& line, const QByteArray& key)
{
    const qsizetype at = line.indexOf(key);
    if (at < 0)
        return 0;
    qint64 value = 0;
    for (qsizetype i = at + key.size(); i < line.size() && line[i] >= '0' && line[i] <= '9'; ++i)
        value = value * 10 + (line[i] - '0');
    return value;
}

} // namespace

QList<SocketSample> readSockets(const QByteArray& out)
{
    QList<SocketSample> samples;
    for (const QByteArray& line : out.split('\n')) {
        const QList<QByteArray> words = line.simplified().split(' ');
        bool isNumber = false;
        const qint64 receiveQueue = words[0].toLongLong(&isNumber);
        if (!isNumber || words.size() < 5 || !words[2].contains(':') || !words[3].contains(':'))
            continue;
        SocketSample sample;
        sample.receiveQueue = receiveQueue;
        sample.local = words[2];
        sample.peer = words[3];
        const QByteArray info = ' ' + words.mid(4).join(' ');
        sample.sent = numberAfter(info, " bytes_sent:") - numberAfter(info, " bytes_retrans:");
        sample.received = numberAfter(info, " bytes_received:");
        sample.segmentsSent = int(numberAfter(info, " data_segs_out:"));
        sample.segmentsReceived = int(numberAfter(info, " data_segs_in:"));
        sample.lastSendMs = numberAfter(info, " lastsnd:");
        sample.lastReceiveMs = numberAfter(info, " lastrcv:");
        if (const qsizetype users = info.indexOf(" users:(("); users >= 0) {
            const QByteArray owner = info.mid(users, info.indexOf("))", users) - users);
            sample.nginx = owner.startsWith(" users:((\"nginx\",");
            sample.pid = numberAfter(owner, ",pid=");
            sample.fd = int(numberAfter(owner, ",fd="));
        }
        samples += sample;
    }
    return samples;
}

} // namespace gapless
