// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/event.h"

#include <QSet>

namespace gapless {

/// One difference of what a container gets beside its image. `before` and `after` are values that may
/// be shown; one is empty where the thing is on one side only. Of a variable whose value may be secret
/// there is the word `set`.
struct ConfigurationDifference {
    QString what; ///< env, mount, file, port, network, image, option
    QString name; ///< the variable, the path in the container, the file on the host, docker's field
    QString before, after;
    bool operator==(const ConfigurationDifference&) const = default;
};

/// Whether two slots are compared, which differ in some things on purpose, or one slot at two times.
enum class Comparing { SlotWithItself, TwoSlots };

/// What differs between two recorded containers. Labels and names do not count; of two slots neither
/// do their ports and the variables in `perSlot`.
QList<ConfigurationDifference> differences(const ContainerRecorded& before,
    const ContainerRecorded& after, Comparing comparing, const QSet<QString>& perSlot = {});

QJsonArray toJson(const QList<ConfigurationDifference>& differences);

} // namespace gapless
