// SPDX-License-Identifier: MIT
#pragma once

#include "engine/guard/runrecord.h"
#include "engine/model/target.h"
#include "engine/site/doctor.h"

namespace gapless {

/// The fields in which two targets of one site differ, by their paths (`health.path`, `slots[1].server`),
/// without those that are each desktop's own affair: name, protection, how hosts are logged in to.
QStringList targetDifferences(const QByteArray& one, const QByteArray& other);

/// The check `target`: a warning where this target is not the one that the site's last run was made
/// with. Nothing where it is, or none is known.
std::optional<Check> targetDiffersCheck(
    const Target& target, const RecordPlace& place, std::stop_token stop);

/// Takes in what other desktops have recorded on the gateway. A gateway that cannot be read is no
/// reason to fail: what is known here is known all the same.
void learnFromGateway(
    Journal& journal, const RecordPlace& place, const Target& target, std::stop_token stop);

} // namespace gapless
