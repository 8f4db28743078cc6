// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/jsontext.h"
#include "engine/model/target.h"

namespace gapless {

/// Error FieldSecret where any member's name, at any depth, says that its value is a secret.
void refuseSecrets(const JsonText& json, const QString& file);

/// Fills in the host where there is only one, and checks what concerns more than one field: hosts
/// that are named and not there (FieldWrong), names and servers used twice (FieldRepeated), options
/// that Gapless decides, a password inside a URL (FieldSecret).
void completeTarget(Target& target, const QString& file);

/// What a strategy needs of a target beyond its single fields: two groups of slots, growing steps,
/// a way to tell the versions apart. Errors: FieldWrong, FieldMissing.
void requireStrategyFits(const Target& target, Strategy strategy, const QString& file = {});

} // namespace gapless
