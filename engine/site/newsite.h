// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"

#include <QByteArray>

namespace gapless {

/// The file that a first deployment writes where the upstream file is missing (gateway.site): the
/// upstream block, every slot `down`, and a site in front of it with the headers that WebSockets need.
QByteArray newSiteFile(const Target& target);

} // namespace gapless
