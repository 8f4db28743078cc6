// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>
#include <chrono>
#include <functional>
#include <stop_token>

namespace gapless {

/// A program on this machine.
struct LocalCommand {
    QStringList words; ///< the program and its arguments; no shell reads them
    QString folder; ///< where it runs; empty: where we do
    QMap<QString, QString> environment; ///< over our own
    /// Each line of standard output (false) and standard error (true) as it arrives.
    std::function<void(bool isError, const QByteArray& line)> onLine;
    /// Standard output as it arrives, in place of keeping it in LocalResult::out.
    std::function<void(const QByteArray& bytes)> onOutput;
};

struct LocalResult {
    bool started = false; ///< false: there is no such program, or it may not be run
    int exit = -1; ///< -1: a signal ended it
    QByteArray out, err;
    bool ok() const { return started && exit == 0; }
};

/// Runs it with nothing to read on standard input and waits; needs no event loop. A requested stop
/// ends it with all that it started (SIGTERM to its process group, SIGKILL 2 s later): Cancelled.
LocalResult runLocally(const LocalCommand& command, std::stop_token stop);

} // namespace gapless
