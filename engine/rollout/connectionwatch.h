// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/host.h"
#include "engine/rollout/sitecontrol.h"

#include <QStringList>
#include <memory>

namespace gapless {

/// Follows nginx's connections to the slots on the gateway, from before the first slot is taken out:
/// what a socket did lately tells a request that waits for its answer from a WebSocket that idles.
/// `start` and the questions come from the rollout's thread; lines arrive on the host's I/O thread.
class ConnectionWatch {
public:
    ConnectionWatch(Host& gateway, QStringList servers, int requestSeconds);
    ~ConnectionWatch();
    void start();
    void stop();
    /// What the old workers hold to `server`, from a fresh look.
    HeldConnections held(const QString& server, const QList<qint64>& oldWorkers, std::stop_token stop);
    /// Whether nginx had any connection to `server` since `mark()`.
    bool seenSinceMark(const QString& server, std::stop_token stop);
    void mark(const QString& server);

private:
    struct Shared;
    Host& m_gateway;
    QStringList m_servers;
    int m_requestSeconds;
    std::shared_ptr<Shared> m_shared;
    std::unique_ptr<RemoteProcess> m_process;
};

} // namespace gapless
