// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/output.h"

#include <QHash>

namespace gapless {

/// Which lines a person wants of an event in a log, which of them hold the attention; `verbose`
/// adds every command and every file that is changed. Given the same events it says the same lines.
class PlainLines {
public:
    explicit PlainLines(bool verbose)
        : m_verbose(verbose)
    {
    }
    QStringList of(const Event& event);

private:
    QStringList summed(const ProbeSummary& summary, const QDateTime& at);
    bool m_verbose;
    QString m_waiting; ///< what was said last that is being waited for
    QDateTime m_waitingAt, m_summaryAt;
    ProbeSummary m_sum; ///< of the probes since the last line about them
    QHash<QString, int> m_badStatus; ///< slot -> the health status said last
};

/// A line an event, with the time before it: a pipe, a log file, a CI job.
class PlainOutput : public EventOutput {
public:
    PlainOutput(Console& console, bool verbose)
        : m_console(console)
        , m_lines(verbose)
    {
    }
    void show(const Event& event) override;
    void note(const QString& line) override { m_console.say(line); }

private:
    Console& m_console;
    PlainLines m_lines;
};

} // namespace gapless
