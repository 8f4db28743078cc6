// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/host.h"
#include "engine/rollout/sitecontrol.h"

#include <QSet>
#include <QStringList>
#include <memory>
#include <optional>

namespace gapless {

/// Follows nginx's connections to the slots on the gateway, from before the first slot is taken out:
/// what a socket did lately tells a request that waits for its answer from a WebSocket that idles.
/// `start` and the questions come from the rollout's thread; lines arrive on the host's I/O thread.
class ConnectionWatch {
public:
    /// `dumpWords`: the command that prints nginx's whole configuration; empty: there is none.
    ConnectionWatch(
        Host& gateway, QStringList servers, int requestSeconds, QStringList dumpWords = {});
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
    bool canProbe(std::stop_token stop);
    void clearUp(const QByteArray& server, const QSet<qint64>& workers, std::stop_token stop);

    Host& m_gateway;
    QStringList m_servers;
    int m_requestSeconds;
    QStringList m_dumpWords;
    std::optional<bool> m_canProbe; ///< not known before it was needed
    std::shared_ptr<Shared> m_shared;
    std::unique_ptr<RemoteProcess> m_process;
    std::unique_ptr<RemoteProcess> m_dump; ///< prints nginx's configuration; until it was needed
};

} // namespace gapless
