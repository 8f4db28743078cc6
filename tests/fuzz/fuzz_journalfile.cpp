// SPDX-License-Identifier: MIT
#include "engine/journal/journal.h"
#include "engine/model/error.h"
#include "engine/model/privatefile.h"
#include "tests/support/manualclock.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>

using namespace gapless;

namespace {

void useAsJournal(const QString& folder)
{
    ManualClock clock;
    Journal journal(folder, clock, systemRandom(), {.durable = false});
    for (const RunSummary& run : journal.runs()) {
        journal.events(run.run);
        journal.previousRelease(run.target, run.to);
        journal.stepDurations(run.target);
    }
    journal.append(QStringLiteral("new"), RunStarted {});
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv)
{
    static QCoreApplication application(*argc, *argv); // finds the SQLite driver
    return 0;
}

/// Any bytes in the journal's place: they are read as far as they go, or there is an Error; and the
/// next start, or the one after it, has a journal that can be written.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QTemporaryDir folder(QDir::tempPath() + QStringLiteral("/gapless-fuzz-XXXXXX"));
    writePrivateFile(folder.filePath(QStringLiteral("journal.sqlite")),
        QByteArray(reinterpret_cast<const char*>(data), qsizetype(size)));
    for (int start = 1;; ++start) {
        try {
            useAsJournal(folder.path());
            return 0;
        } catch (const Error& error) {
            if (error.kind == ErrorKind::StoreNewer)
                return 0;
            if (start == 3)
                throw;
        }
    }
}
