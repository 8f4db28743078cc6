// SPDX-License-Identifier: MIT
#pragma once

#include "engine/rollout/rollout.h"

namespace gapless {

/// A release that nothing holds any more: not one of the newest `image.keep`, not pinned, not the one
/// that serves nor the one before it, and no container of any kind on that host is made from it.
struct Prunable {
    QString host, tag, imageId;
    qint64 size = 0; ///< bytes, all its layers
    qint64 frees = -1; ///< of these, the ones that no other image has; -1: docker did not say
    bool operator==(const Prunable&) const = default;
};

/// What `prune` would remove; changes nothing. Errors: those of observeSite.
QList<Prunable> planPrune(const Target& target, const RolloutPorts& ports, std::stop_token stop);

/// Removes them behind the site's lock, then what builds of this repository left without a tag; the
/// tags that went. Looks anew: what came to be held meanwhile stays. Errors: LockHeld, those of
/// observeSite.
QStringList prune(const Target& target, const RolloutPorts& ports, const QString& by,
    const QString& machine, std::stop_token stop);

/// The bytes in docker's own words (`122.6MB`, `49B`); nothing where it is no size.
std::optional<qint64> bytesFromDocker(const QString& text);

} // namespace gapless
