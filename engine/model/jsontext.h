// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QString>
#include <nlohmann/json.hpp>

namespace gapless {

/// JSON that a person wrote, with its members in the file's order (QJsonObject sorts them). For the
/// .cpp files of engine/model only.
using JsonText = nlohmann::ordered_json;

/// Errors: JsonBroken {file, line, column} (1-based, the column in characters), FieldRepeated where
/// one object has a name twice, FieldWrong for a number no double holds and for nesting beyond 64.
JsonText parseJsonText(const QByteArray& json, const QString& file);

QString textOf(const JsonText& value); ///< of a JSON string
QJsonValue qtValueOf(const JsonText& value);
JsonText jsonTextOf(const QJsonValue& value);

} // namespace gapless
