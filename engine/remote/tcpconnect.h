// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/filedescriptor.h"

#include <QString>
#include <chrono>
#include <stop_token>

namespace gapless {

/// Resolves `address` and connects to its addresses one after the other until one answers. The
/// socket has TCP_NODELAY, and notices a dead peer: by keep-alives when idle, by TCP_USER_TIMEOUT
/// when not. Errors: HostUnreachable {address, port}, with the system's words as detail; Cancelled.
FileDescriptor connectTcp(
    const QString& address, int port, std::chrono::milliseconds deadline, std::stop_token stop);

} // namespace gapless
