// SPDX-License-Identifier: MIT
// `gapless` with a watchdog on the window's thread: $GAPLESS_WATCHDOG is the file that it writes.
#include "app/desktop/shell.h"
#include "tests/live/desktop/watchdog.h"

#include <QCoreApplication>

static void watch()
{
    auto* watchdog = new gapless::Watchdog(qEnvironmentVariable("GAPLESS_WATCHDOG"));
    QObject::connect(qApp, &QCoreApplication::aboutToQuit, watchdog, [watchdog] { delete watchdog; });
}

Q_COREAPP_STARTUP_FUNCTION(watch)

int main(int argc, char** argv)
{
    return gapless::runDesktop(argc, argv);
}
