// SPDX-License-Identifier: MIT
#pragma once

#include "engine/site/adopt.h"

#include <QString>

namespace gapless {

/// What an adopted site is like: one sentence, with what to do where something is to be done.
QString sentence(const AdoptionNote& note);
/// Text to be copied as it stands, in no language; empty where there is none.
QString snippet(const AdoptionNote& note);
/// Whether a person has to do something before the first deployment.
bool needsAct(const AdoptionNote& note);

} // namespace gapless
