// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"
#include "app/cli/console.h"

#include <QCoreApplication>
#include <QThread>
#include <stop_token>

namespace gapless {

class Session;

/// What a command's body gets; all of it outlives the body.
struct Context {
    Console& console;
    const Options& options;
    Session& session;
    std::stop_token stop; ///< Ctrl-C and its like
};

/// Runs `act` on the thread of the event loop and waits for it: the keychain, the live view. `act`
/// throws nothing.
template <typename Act> void onMainThread(Act act)
{
    QCoreApplication* app = QCoreApplication::instance();
    if (QThread::currentThread() == app->thread())
        act();
    else
        QMetaObject::invokeMethod(app, std::move(act), Qt::BlockingQueuedConnection);
}

} // namespace gapless
