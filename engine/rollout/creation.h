// SPDX-License-Identifier: MIT
#pragma once

#include "engine/rollout/configuration.h"
#include "engine/rollout/rollout.h"
#include "engine/site/observed.h"

namespace gapless {

/// What a container that the target makes for the slot gets that the recorded one had not, or no
/// longer: variables, mounts, networks, restart policy, labels of docker compose, and docker's other
/// options by their names (`--user`, `--log-driver`). `imageConfig` is the recorded one's image's own
/// (Image::config); where that is not known, what the image may have set is not told apart and left
/// out. Values that may be secret are `set`. Nothing where the record is empty.
QList<ConfigurationDifference> creationChanges(const Target& target, const Slot& slot,
    const QJsonObject& recordedInspect, const QJsonObject& imageConfig);

/// What the image itself sets, as observed on that host; empty where the host has it no longer.
QJsonObject configOfImage(const ObservedSite& found, const QString& host, const QString& imageId);

/// How a release was configured when it last ran, for whoever goes back to it.
struct ReleaseThen {
    QString tag;
    bool known = false; ///< a run noted it
    /// What it would get now that it did not have then, or no longer: slot by slot, mounted files too.
    QList<ConfigurationDiffers> changes;
    /// The options that were recorded are others than the target's, so that there is something to offer.
    bool canUseRecorded = false;
    /// The target with what was recorded in place of its own `container`. What hosts have in their files
    /// stays as it is there.
    Target recorded;
    QStringList lost; ///< variables whose values nobody kept
};

/// Looks at the site and changes nothing. Errors: as observeSite.
ReleaseThen releaseThen(
    const Target& target, const QString& tag, const RolloutPorts& ports, std::stop_token stop);

/// `recorded` and `lost` from one container's record, for the above and its tests.
void useRecorded(ReleaseThen& then, const Target& target, const Slot& slot,
    const QJsonObject& recordedInspect, const QJsonObject& imageConfig);

} // namespace gapless
