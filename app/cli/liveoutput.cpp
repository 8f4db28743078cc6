// SPDX-License-Identifier: MIT
#include "app/cli/liveoutput.h"

#include "app/cli/liveview.h"
#include "app/cli/plainoutput.h"
#include "app/cli/textlayout.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

constexpr int frameMs = 100;

template <typename... Bodies> bool isAnyOf(const EventBody& body)
{
    return (std::holds_alternative<Bodies>(body) || ...);
}

/// How many rows a line that was drawn takes now: the window may have become narrower.
int rowsOf(const QString& line, int columns)
{
    static const QRegularExpression colour(u"\x1b\\[[0-9;]*m"_s);
    const int width = layout::displayWidth(QString(line).remove(colour));
    return std::max(1, (width + columns - 1) / columns);
}

} // namespace

QStringList lastingLines(const Event& event, bool verbose)
{
    const bool lasts = isAnyOf<StepFailed, SlotEvidence, Warned, DecisionMade, UndoRan, Gap,
                           OutputLine, RunFinished>(event.body)
        || (verbose && isAnyOf<CommandRan, FileChanged, ReloadProven>(event.body));
    return lasts ? PlainLines(verbose).of(event) : QStringList();
}

LiveOutput::LiveOutput(Console& console, bool verbose)
    : m_console(console)
    , m_verbose(verbose)
{
    connect(&m_timer, &QTimer::timeout, this, &LiveOutput::draw);
    m_timer.setInterval(frameMs);
    m_console.hideCursor();
}

LiveOutput::~LiveOutput()
{
    m_console.restore();
}

void LiveOutput::show(const Event& event)
{
    m_state = apply(std::move(m_state), event);
    if (std::holds_alternative<RunFinished>(event.body)) {
        draw(); // the last picture stays above the outcome
        m_drawn.clear();
        m_timer.stop();
    } else if (!m_timer.isActive()) {
        m_timer.start();
    }
    if (const QStringList lines = lastingLines(event, m_verbose); !lines.isEmpty())
        above(lines);
}

QByteArray LiveOutput::erased()
{
    int rows = 0;
    for (const QString& line : std::as_const(m_drawn))
        rows += rowsOf(line, m_console.columns());
    m_drawn.clear();
    return rows > 0 ? "\x1b[" + QByteArray::number(rows) + "A\r\x1b[J" : QByteArray();
}

void LiveOutput::draw()
{
    const LiveView view {m_console.columns(), m_console.rows(), m_console.colorOut()};
    const QStringList lines = view.lines(m_state, QDateTime::currentDateTimeUtc());
    if (lines == m_drawn)
        return;
    const QByteArray erase = erased();
    m_drawn = lines;
    m_console.raw(erase + (lines.join(u'\n') + (lines.isEmpty() ? u""_s : u"\n"_s)).toUtf8());
}

void LiveOutput::above(const QStringList& lines)
{
    m_console.raw(erased() + (lines.join(u'\n') + u'\n').toUtf8());
    if (m_timer.isActive())
        draw();
}

void LiveOutput::pause()
{
    m_timer.stop();
    m_console.restore();
}

void LiveOutput::resume()
{
    m_drawn.clear(); // the question stays on the terminal
    m_console.hideCursor();
    m_timer.start();
}

void LiveOutput::finish()
{
    m_timer.stop();
    m_console.restore();
}

void LiveOutput::note(const QString& line)
{
    above({line});
}

} // namespace gapless
