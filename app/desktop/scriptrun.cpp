// SPDX-License-Identifier: MIT
#include "app/desktop/scriptrun.h"

#include "app/desktop/context.h"
#include "app/models/scenarios.h"
#include "engine/model/eventjson.h"
#include "engine/store/person.h"

#include <QElapsedTimer>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// A run of the journal that is told from outside: one step ends where the next begins.
class Told {
public:
    Told(Journal& journal, Witness* witness)
        : m_journal(journal)
        , m_witness(witness)
        , m_run(journal.newRun())
    {
    }
    const QString& run() const { return m_run; }
    void say(EventBody body)
    {
        const Event event = m_journal.append(m_run, std::move(body));
        if (m_witness)
            m_witness->observe(event);
    }
    void step(const StepStarted& next)
    {
        endStep();
        m_step = next;
        m_took.start();
        say(next);
    }
    void endStep()
    {
        if (m_step)
            say(StepFinished {m_step->step, m_step->slot, m_took.elapsed()});
        m_step.reset();
    }

private:
    Journal& m_journal;
    Witness* const m_witness;
    const QString m_run;
    std::optional<StepStarted> m_step;
    QElapsedTimer m_took;
};

void sayBegin(Told& told, const ScriptRun& script)
{
    RunStarted started {.target = script.target.name, .kind = u"pipeline"_s, .from = script.from, .to = script.to,
        .by = userName(), .machine = machineName(), .reason = script.command.join(u' '),
        .version = QStringLiteral(GAPLESS_VERSION)};
    for (const Slot& slot : script.target.slots) {
        started.slotOrder.append(slot.name);
        started.serving[slot.name] = script.from;
    }
    told.say(started);
    for (const Slot& slot : script.target.slots)
        told.say(SlotChanged {slot.name, script.from, u"serving"_s, {}});
}

/// Its exit status; -1 where it did not end by itself.
int watchProcess(Told& told, const ScriptRun& script, const std::stop_token& stop)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(script.command.first(), script.command.mid(1));
    process.waitForStarted();
    while (process.state() != QProcess::NotRunning || process.canReadLine()) {
        if (!process.canReadLine()) {
            process.waitForReadyRead(200);
            if (stop.stop_requested())
                process.terminate();
            continue;
        }
        const QString line = QString::fromUtf8(process.readLine()).trimmed();
        const QList<EventBody> events = pipelineEvents(line, script.from, script.to);
        for (const EventBody& event : events)
            if (const auto* step = std::get_if<StepStarted>(&event))
                told.step(*step);
            else
                told.say(event);
        told.say(OutputLine {.stream = u"out"_s, .text = line});
    }
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

} // namespace

void runScript(DesktopContext& context, const ScriptRun& script, std::stop_token stop)
{
    const std::shared_ptr<Hosts> hosts = context.hosts(script.target);
    const std::unique_ptr<Witness> witness = context.witness(script.target, hosts);
    Told told(context.journal(), witness.get());
    sayBegin(told, script);
    script.begun(told.run());
    RunFinished finished {.outcome = u"partial"_s};
    try {
        if (witness) {
            told.step({u"baseline"_s, {}});
            witness->start([&](EventBody body) { told.say(std::move(body)); }, std::chrono::seconds(30), stop);
        }
        const int exit = watchProcess(told, script, stop);
        if (exit == 0)
            finished.outcome = u"succeeded"_s;
        else
            finished.error = toJson(Error(
                ErrorKind::CommandFailed, {{u"command"_s, script.command.join(u' ')}, {u"exit"_s, exit}}));
    } catch (const Error& error) {
        finished.error = toJson(error);
    } catch (const Cancelled&) {
        finished.outcome = u"cancelled"_s;
    }
    told.endStep();
    if (witness)
        finished.verdict = witness->finish();
    for (const Slot& slot : script.target.slots)
        finished.serving[slot.name] = finished.outcome == "succeeded"_L1 ? script.to : QString();
    told.say(finished);
}

} // namespace gapless
