// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/host.h"
#include "engine/rollout/sitecontrol.h"

#include <QUrl>
#include <map>
#include <memory>

class QNetworkAccessManager;
class QNetworkRequest;

namespace gapless {

namespace signalr {
    struct HubOptions;
}

/// Asks a slot as nginx asks it: at its `server` address, from the gateway, through a tunnel; a
/// rehearsal (a `server` that the target does not have) from its own host. Lives
/// on one thread (a rollout's), which needs no event loop of its own.
class SlotProbe {
public:
    SlotProbe(const Target& target, Hosts& hosts);
    ~SlotProbe();
    HealthAnswer ask(const Slot& slot, std::stop_token stop);
    /// Empty when the hub answered the handshake.
    QString askHub(const Slot& slot, std::stop_token stop);
    void warmUp(const Slot& slot, int requests, std::stop_token stop);
    /// One request to the witness's URL; false where there is none.
    bool nudge(std::stop_token stop);
    /// Whether anything speaks HTTP on the host at `listen`, as nginx writes it after that word.
    bool answersAt(const QString& host, const QString& listen, std::stop_token stop);
    /// Closes the way to a slot whose server is about to go, so that nothing of ours is held open.
    void forget(const Slot& slot);

private:
    QUrl urlFor(const Slot& slot, const QString& path, std::stop_token stop);
    QString shakeHands(const Slot& slot, int count, std::stop_token stop);
    signalr::HubOptions hubOptions(const Slot& slot, std::stop_token stop);
    QString hostHeader(const Slot& slot) const;
    QNetworkAccessManager& network();
    /// All of them at once (Qt keeps six under way, as browsers do), whatever they are answered.
    void getAll(const QList<QNetworkRequest>& requests, const std::stop_token& stop);
    QNetworkRequest requestFor(const Slot& slot, std::stop_token stop);
    HealthAnswer get(const QNetworkRequest& request, const QString& expectStatus, std::stop_token stop);

    const Target& m_target;
    Hosts& m_hosts;
    std::map<QString, std::unique_ptr<Tunnel>> m_tunnels; ///< by `server`
    std::unique_ptr<QNetworkAccessManager> m_network;
};

} // namespace gapless
