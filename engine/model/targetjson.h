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

} // namespace gapless
