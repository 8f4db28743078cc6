// SPDX-License-Identifier: MIT
#pragma once

#include "engine/journal/journal.h"
#include "tests/live/desktop/reader.h"

#include <QProcess>
#include <QTemporaryDir>
#include <memory>

namespace gapless {

/// The window's program on the test's screen, and a person in front of it who finds things by their names. What is
/// waited for is waited for until it is there, for `patienceMs` at most.
class Desk {
public:
    Desk();
    ~Desk();
    /// Starts it with these words; false where its window does not show.
    bool start(const QStringList& words = {});
    /// As closing the window ends it; its exit status.
    int quit();
    bool isRunning() const { return m_program.state() == QProcess::Running; }

    QString dataFolder() const { return m_folder.filePath(QStringLiteral("data")); }
    QString watchdogFile() const { return m_folder.filePath(QStringLiteral("watchdog")); }
    QString file(const QString& name) const { return m_folder.filePath(name); }

    /// The thing of this name, once it shows; nothing (and a warning with all that shows) when it does not.
    Thing the(const QString& name, int role = -1);
    /// Whose name begins so.
    Thing beginning(const QString& name, int role = -1);
    Thing wait(const Thing::Wanted& wanted, const QString& what, bool deep = false);
    /// Once it shows and can be pressed.
    bool press(const QString& name);
    bool pressBeginning(const QString& name);
    bool type(const QString& name, const QString& text);
    /// One of these, whichever shows: a dialog of Qt's own has its words where Qt's translations are installed.
    bool pressOne(const QStringList& beginnings);
    /// A key for the window itself, wherever the focus is in it.
    void key(uint keysym, bool control = false);
    /// Clicks on the row of the table that has such a cell, which may have to be scrolled to.
    bool choose(const QString& table, const QString& cell);
    bool hasGone(const QString& name);
    bool until(const std::function<bool()>& condition, int forMs = patienceMs);

    Reader reader;
    static constexpr int patienceMs = 60'000;
    static constexpr uint keyHome = 0xff50, keyDown = 0xff54, keyPageDown = 0xff56, keyEnd = 0xff57, keyEscape = 0xff1b, keyReturn = 0xff0d,
                          keyF5 = 0xffc2; ///< as X names them

private:
    bool pressed(const Thing::Wanted& wanted, const QString& what);
    Thing look(const Thing::Wanted& wanted, bool deep);
    QTemporaryDir m_folder;
    QProcess m_program;
};

/// What the watchdog saw between two moments (UTC ms).
struct Watched {
    int beats = 0; ///< events that were posted and taken
    double longestMs = 0; ///< the longest wait, and of it:
    double withoutQueueMs = 0; ///< the longest without what the machine had no processor for
    double processorMs = 0; ///< the most processor time of the thread in one wait
};
Watched watchedBetween(const QString& file, qint64 fromMs, qint64 toMs);

} // namespace gapless
