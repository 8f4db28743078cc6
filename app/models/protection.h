// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"

namespace gapless {

/// What a person has to do before something of a target changes.
struct Demand {
    bool forbidden = false; ///< readOnly
    bool confirm = false; ///< one question, answered with a button
    bool typeName = false;
    bool reason = false; ///< not empty
    bool operator==(const Demand&) const = default;
};

/// `previous`: a rollback to the previous release, which never asks for typing.
Demand demandOf(const Target& target, bool previous = false);

/// Whether what was typed is the target's name: normal form C, letter by letter.
bool isNameOf(const Target& target, const QString& typed);

/// The strategies that can be run, and those that are not built yet.
bool isBuilt(Strategy strategy);

} // namespace gapless
