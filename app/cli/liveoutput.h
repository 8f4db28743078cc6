// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/output.h"

#include <QTimer>

namespace gapless {

/// Draws a run in place at the end of the terminal, at most ten times a second; what must not be
/// missed (warnings, gaps, failures, decisions) stays as lines above it.
class LiveOutput : public EventOutput {
    Q_OBJECT
public:
    LiveOutput(Console& console, bool verbose);
    ~LiveOutput() override;
    void show(const Event& event) override;
    void pause() override;
    void resume() override;
    void finish() override;
    void note(const QString& line) override;

private:
    void draw();
    QByteArray erased();
    void above(const QStringList& lines);

    Console& m_console;
    bool m_verbose;
    RunState m_state;
    QStringList m_drawn; ///< what stands on the terminal
    QTimer m_timer;
};

/// The lines of an event that stay above the live view.
QStringList lastingLines(const Event& event, bool verbose);

} // namespace gapless
