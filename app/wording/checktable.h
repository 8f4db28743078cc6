// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <span>

/// The doctor's checks in English, before translation (context “Checks”); what each finds is listed
/// in engine/site/doctorchecks.h.
namespace gapless::checks {

struct Name {
    const char* id;
    const char* name;
};
std::span<const Name> names();

/// What a check says where it is not ok, and what to do. The first row that fits holds: an empty
/// `what` or `state` fits any. `facts` fill %1, %2, %3 of both texts.
struct Finding {
    const char* id;
    const char* what;
    const char* state;
    const char* problem;
    const char* remedy;
    std::array<const char*, 3> facts {};
};
std::span<const Finding> findings();

} // namespace gapless::checks
