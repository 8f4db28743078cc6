// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/console.h"
#include "engine/journal/runstate.h"

#include <QObject>
#include <memory>

namespace gapless {

/// Shows a run's events as they come. On the main thread.
class EventOutput : public QObject {
    Q_OBJECT
public:
    virtual void show(const Event& event) = 0;
    /// The terminal is somebody else's until resume(): a question is asked.
    virtual void pause() { }
    virtual void resume() { }
    /// The run is over: what is on the terminal stays.
    virtual void finish() { }
    /// A line of our own, above what is drawn.
    virtual void note(const QString& line) = 0;
};

/// The way from a rollout's thread to what shows its events: show() and note() never wait for a
/// slow terminal or a full pipe, so a reader that pauses never holds up a rollout. A question on
/// the console stops the drawing until it is answered. One at a time; not made on the main thread.
class EventFeed {
public:
    enum class Style {
        Live, ///< drawn in place where the console is a terminal
        Lines, ///< lines, also there
    };
    EventFeed(Console& console, bool verbose, Style style = Style::Live);
    ~EventFeed();
    EventFeed(const EventFeed&) = delete;
    EventFeed& operator=(const EventFeed&) = delete;

    void show(const Event& event); ///< any thread; returns at once
    void note(const QString& line); ///< any thread; returns at once
    /// Everything that was fed is shown. Not on the main thread.
    void finish();

private:
    Console& m_console;
    std::unique_ptr<EventOutput> m_output;
};

} // namespace gapless
