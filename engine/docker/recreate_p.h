// SPDX-License-Identifier: MIT
#pragma once

#include "engine/docker/recreate.h"

// The parts of recreate(). Private to this room.
namespace gapless::docker {

/// Limits, capabilities, devices, logging: what stands in HostConfig alone.
void addHostConfig(Recreation& made, const QJsonObject& inspect);
/// Binds, volumes (those without a name by the name docker gave them) and tmpfs.
void addMounts(Recreation& made, const QJsonObject& inspect);
/// Networks and published ports.
void addNetworks(Recreation& made, const QJsonObject& inspect, const QString& name);

} // namespace gapless::docker
