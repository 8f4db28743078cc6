// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>

namespace gapless {

/// A TCP connection of the gateway as `ss -tniHOp state established` (iproute2) prints it: numbers
/// only, one line a socket. Without root, `users:` shows the caller's own processes only.
struct SocketSample {
    QByteArray local, peer; ///< `127.0.0.1:8090`, `[::1]:8090`
    qint64 receiveQueue = 0; ///< bytes that came and were not read yet
    qint64 sent = 0; ///< bytes since it was opened, each counted once however often it was sent
    qint64 received = 0; ///< bytes since it was opened
    int segmentsSent = 0, segmentsReceived = 0; ///< that carried data
    /// Ago; since it was opened where nothing ever was. The kernel counts them in ticks of 1 to 10
    /// ms.
    qint64 lastSendMs = 0, lastReceiveMs = 0;
    qint64 pid = 0; ///< 0: not shown
    int fd = -1; ///< in that process
    bool nginx = true; ///< false where it is known to belong to another program
    bool operator==(const SocketSample&) const = default;
};

/// The samples in what `ss` printed; lines that are none are passed over.
QList<SocketSample> readSockets(const QByteArray& out);

} // namespace gapless
