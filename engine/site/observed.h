// SPDX-License-Identifier: MIT
#pragma once

#include "engine/docker/container.h"
#include "engine/docker/image.h"
#include "engine/model/target.h"
#include "engine/nginx/upstreamfile.h"
#include "engine/remote/host.h"

#include <QMap>
#include <optional>
#include <stop_token>

namespace gapless {

/// The gateway as it is: nginx's file as bytes, and what the gateway host can do.
struct ObservedGateway {
    QString realPath; ///< of the upstream file, symlinks resolved
    bool pinned = false; ///< it is a mount point: a rename cannot replace it, so write in place
    /// There is no such file, and the target says what site to write (gateway.site): `bytes` is that
    /// one, with every slot down.
    bool missing = false;
    QByteArray bytes;
    QString sha256; ///< lower-case hex
    Upstream upstream;
    bool root = false; ///< gateway scripts run as root
    bool hasSs = false, hasUnshare = false, hasFlock = false, hasSetsid = false, hasCurl = false;
    QString stateDir; ///< resolved, exists, writable
    /// Every user of this gateway finds it; else it is the SSH user's own, and another user's lock
    /// is not seen.
    bool stateDirShared = false;
    bool operator==(const ObservedGateway&) const = default;
};

struct ObservedSlot {
    enum class Routing { Up, Down, Missing };
    QString name;
    std::optional<Container> container; ///< what has the slot's name on its host
    /// The container's inspect without what is secret (docker::recordableInspect), and what was left
    /// out: both make it again when it is gone.
    QJsonObject inspect;
    QMap<QString, QByteArray> secrets; ///< variable -> value; never recorded, never shown
    QString imageId; ///< of that container
    QString tag; ///< the release tag (tagPrefix…) of that image id; empty: none of the host's tags
                 ///< has it
    Routing routing = Routing::Missing;
    int weight = 1;
};

/// A site as it was found, in one look that changes nothing.
struct ObservedSite {
    ObservedGateway gateway;
    QList<ObservedSlot> slots; ///< in the target's order
    QMap<QString, QList<Image>> images; ///< host -> its images of the target's repository
    /// Host -> the other containers there that carry Gapless's labels: one that a rollout is about
    /// to use, an old one that it keeps, or what an interrupted one has left.
    QMap<QString, QList<Container>> others;
    const ObservedSlot& slot(const QString& name) const;
};

/// A container's inspect as a journal may keep it: the values that the target calls secret, and those
/// whose names or contents look it, are left out, and so is what making it again does not need.
QJsonObject recordable(const Target& target, const Slot& slot, const QJsonObject& inspect);

/// Looks at gateway and slots: one script a host. Errors: those of Host; DockerMissing,
/// DockerUnusable, UpstreamFileUnreadable, UpstreamMissing, UpstreamTwice, ServerMissing,
/// ServerTwice.
ObservedSite observeSite(const Target& target, Hosts& hosts, std::stop_token stop);

} // namespace gapless
