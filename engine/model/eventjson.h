// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/event.h"

#include <optional>

namespace gapless {

/// One flat object: `seq`, `at` (RFC 3339, ms, UTC), `run`, `type`, then the body's fields.
QJsonObject toJson(const Event& event);

/// Nothing where `type` is not one of ours (written by a newer version); a field that is missing
/// keeps its default, so that an older journal can be read.
std::optional<Event> eventFromJson(const QJsonObject& json);

/// The body's fields alone.
QJsonObject toJson(const EventBody& body);

/// The JSON `type` of a body.
QString typeOf(const EventBody& body);

} // namespace gapless
