// SPDX-License-Identifier: MIT
// The precompiled header belongs to a target of its own; every other target reuses it.
