// SPDX-License-Identifier: MIT
#include "app/cli/output.h"

#include "app/cli/context.h"
#include "app/cli/liveoutput.h"
#include "app/cli/plainoutput.h"
#include "engine/model/eventjson.h"

#include <QMetaObject>

namespace gapless {

namespace {

class JsonOutput : public EventOutput {
public:
    explicit JsonOutput(Console& console)
        : m_console(console)
    {
    }
    void show(const Event& event) override { m_console.object(toJson(event)); }
    void note(const QString& line) override { m_console.say(line); }

private:
    Console& m_console;
};

std::unique_ptr<EventOutput> makeOutput(Console& console, bool verbose, EventFeed::Style style)
{
    if (console.json())
        return std::make_unique<JsonOutput>(console);
    if (console.canDraw() && style == EventFeed::Style::Live)
        return std::make_unique<LiveOutput>(console, verbose);
    return std::make_unique<PlainOutput>(console, verbose);
}

} // namespace

EventFeed::EventFeed(Console& console, bool verbose, Style style)
    : m_console(console)
{
    onMainThread([&] { m_output = makeOutput(console, verbose, style); });
    m_console.setAskingHooks([this] { onMainThread([this] { m_output->pause(); }); },
        [this] { onMainThread([this] { m_output->resume(); }); });
}

EventFeed::~EventFeed()
{
    m_console.setAskingHooks({}, {});
    onMainThread([&] { m_output.reset(); });
}

void EventFeed::show(const Event& event)
{
    QMetaObject::invokeMethod(
        m_output.get(), [output = m_output.get(), event] { output->show(event); },
        Qt::QueuedConnection);
}

void EventFeed::note(const QString& line)
{
    QMetaObject::invokeMethod(
        m_output.get(), [output = m_output.get(), line] { output->note(line); },
        Qt::QueuedConnection);
}

void EventFeed::finish()
{
    onMainThread([&] { m_output->finish(); });
}

} // namespace gapless
