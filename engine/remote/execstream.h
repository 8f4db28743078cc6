// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/error.h"

#include <QByteArray>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace gapless {

/// One exec request between the thread that waits for it and the I/O thread that owns its channel:
/// bytes both ways and how it ended. All members are guarded by `mutex`; `changed` tells the
/// waiting thread, SshLink::wake() the other.
struct ExecStream {
    explicit ExecStream(QByteArray execRequest)
        : request(std::move(execRequest))
    {
    }
    /// More than this in one direction makes the writer wait.
    static constexpr qsizetype limit = 1 << 20;

    const QByteArray request;
    std::mutex mutex;
    std::condition_variable_any changed;

    // Written by the I/O thread.
    QByteArray out, err; ///< arrived and not taken yet
    std::optional<std::chrono::steady_clock::time_point> sentAt; ///< not sent: nothing has run
    bool inputBroken = false; ///< the remote side takes no more input
    bool ended = false;
    std::optional<int> exit;
    QByteArray signal;
    std::optional<Error> error; ///< instead of an exit

    // Written by the waiting thread.
    QByteArray in; ///< not taken by the I/O thread yet
    bool inputEnded = false;
    bool cancelled = false;
};

} // namespace gapless
