// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"

#include <QByteArray>

namespace gapless {

/// Reads a target file. Errors: JsonBroken (line, column), FieldMissing, FieldUnknown, FieldWrong,
/// FieldRepeated, FieldSecret, each with the field's path (`slots[1].server`). `file` is named in
/// them.
Target targetFromJson(const QByteArray& json, const QString& file);

/// The file that targetFromJson reads back to the same value: what equals its default is left out.
QByteArray targetToJson(const Target& target);

/// As the target file and `--strategy` write it: `rolling`, `blue-green`, `red-black`, `canary`.
QString strategyName(Strategy strategy);
/// Nothing where no strategy has that name.
std::optional<Strategy> strategyNamed(const QString& name);

} // namespace gapless
