// SPDX-License-Identifier: MIT
#include "app/wording/facts.h"
#include "app/wording/wording.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace gapless {

namespace {

struct Events {
    Q_DECLARE_TR_FUNCTIONS(Events)
};

QString line(const QString& text)
{
    return printableLine(text);
}

QString took(qint64 ms)
{
    return durationText(milliseconds(ms));
}

/// "Slot A: Start the new container", or the step alone where no slot is concerned.
QString stepOf(const QString& step, const QString& slot)
{
    return slot.isEmpty() ? stepName(step)
                          : Events::tr("Slot %1: %2", "slot, step").arg(line(slot), stepName(step));
}

/// The error that an event carries as JSON, with its cause where there is one.
QString failure(const QJsonObject& error, const QString& reason)
{
    if (!error.isEmpty()) {
        Error whole = errorFromJson(error);
        whole.step.clear();
        return sentence(whole);
    }
    return reason == "cancelled"_L1 ? Events::tr("cancelled") : line(reason);
}

/// "served 52 of 498 requests (10.4 %); failed 0 of 52 (old 0 of 446) …": the evidence of both.
QString canaryNumbers(const CanaryCompared& e)
{
    return Events::tr("%1 of the requests arrived; failed: new %2 of %3, old %4 of %5; p50: new "
                      "%6, old %7; p99: new %8, old %9",
        "share and eight numbers")
        .arg(percentText(e.observedPercent), countText(e.newFailed), countText(e.newSent),
            countText(e.oldFailed), countText(e.oldSent), millisecondsText(e.newP50Ms),
            millisecondsText(e.oldP50Ms), millisecondsText(e.newP99Ms),
            millisecondsText(e.oldP99Ms));
}

QString canaryResult(const QString& result, const QString& why)
{
    if (result == "same"_L1)
        return Events::tr("as good as the old version");
    if (result == "tooFew"_L1)
        return Events::tr("too few requests to compare");
    if (result == "promoted"_L1)
        return Events::tr("promoted by a person");
    return Events::tr("worse than the old version (%1)", "why").arg(canaryReason(why));
}

/// One overload an event: a new event without one does not compile.
struct Say {
    QString operator()(const RunStarted& e) const
    {
        const QString what = kindName(e.kind);
        if (e.from.isEmpty())
            return Events::tr("%1 on %2: %3 (%4, by %5)", "kind, target, tag, strategy, person")
                .arg(what, line(e.target), line(e.to), strategyName(e.strategy), line(e.by));
        return Events::tr(
            "%1 on %2: from %3 to %4 (%5, by %6)", "kind, target, tag, tag, strategy, person")
            .arg(what, line(e.target), line(e.from), line(e.to), strategyName(e.strategy),
                line(e.by));
    }
    QString operator()(const StepStarted& e) const
    {
        const QString step = stepOf(e.step, e.slot);
        return e.expectedMs > 0
            ? Events::tr("%1 … (about %2)", "step, time").arg(step, took(e.expectedMs))
            : Events::tr("%1 …", "step begins").arg(step);
    }
    QString operator()(const StepFinished& e) const
    {
        return Events::tr("%1: done in %2", "step, time").arg(stepOf(e.step, e.slot), took(e.ms));
    }
    QString operator()(const StepFailed& e) const
    {
        return Events::tr("%1: failed after %2. %3", "step, time, why")
            .arg(stepOf(e.step, e.slot), took(e.ms), failure(e.error, e.reason));
    }
    QString operator()(const WaitingFor& e) const
    {
        return Events::tr("%1: %2", "step, what it waits for")
            .arg(stepOf(e.step, e.slot), sentence(e));
    }
    QString operator()(const CommandRan& e) const
    {
        if (e.exit == 0)
            return Events::tr("%1 $ %2 (%3)", "host, command, time")
                .arg(line(e.host), line(e.command), took(e.ms));
        if (!e.signal.isEmpty())
            return Events::tr("%1 $ %2 (%3, ended by signal %4)", "host, command, time, signal")
                .arg(line(e.host), line(e.command), took(e.ms), line(e.signal));
        if (e.exit < 0)
            return Events::tr("%1 $ %2 (%3, how it ended is not known)", "host, command, time")
                .arg(line(e.host), line(e.command), took(e.ms));
        return Events::tr("%1 $ %2 (%3, exit status %4)", "host, command, time, exit status")
            .arg(line(e.host), line(e.command), took(e.ms), QString::number(e.exit));
    }
    QString operator()(const OutputLine& e) const
    {
        const QString from = e.slot.isEmpty() ? e.host : e.slot;
        return from.isEmpty() ? line(e.text) : u"%1 | %2"_s.arg(line(from), line(e.text));
    }
    QString operator()(const TrafficChanged& e) const
    {
        if (e.state == "down"_L1)
            return Events::tr("Slot %1 is out of nginx: no new requests reach it")
                .arg(line(e.slot));
        return e.weight == 1
            ? Events::tr("Slot %1 is in nginx: requests reach it").arg(line(e.slot))
            : Events::tr("Slot %1 is in nginx with weight %2")
                  .arg(line(e.slot), countText(e.weight));
    }
    QString operator()(const SlotChanged& e) const
    {
        return Events::tr("Slot %1: %2, %3", "slot, image, state")
            .arg(line(e.slot), line(e.image), slotStateName(e.state));
    }
    QString operator()(const FileChanged& e) const
    {
        return Events::tr("%1: “%2” changed; the old one is kept as “%3”", "host, file, backup")
            .arg(line(e.host), line(e.file), line(e.backup));
    }
    QString operator()(const ReloadProven& e) const
    {
        return Events::tr("nginx runs the new configuration after %1: %2, %3", "time, two counts")
            .arg(took(e.ms), Events::tr("%n new worker(s)", nullptr, e.newWorkers),
                Events::tr("%n old one(s) still draining", nullptr, e.oldDraining));
    }
    QString operator()(const ConnectionsDrained& e) const
    {
        const QString counts
            = Events::tr("%1 in flight, %2 long-lived, %3 unclear")
                  .arg(countText(e.inFlight), countText(e.longLived), countText(e.ambiguous));
        if (e.method == "workersGone"_L1)
            return Events::tr("Slot %1: every connection ended after %2 (%3)", "slot, time, counts")
                .arg(line(e.slot), took(e.ms), counts);
        if (e.method == "time"_L1)
            return Events::tr("Slot %1: waited %2, its connections cannot be seen")
                .arg(line(e.slot), took(e.ms));
        return Events::tr(
            "Slot %1: stopped waiting for connections after %2 (left: %3)", "slot, time, counts")
            .arg(line(e.slot), took(e.ms), counts);
    }
    QString operator()(const ContainerStopped& e) const
    {
        if (e.by == "KILL"_L1)
            return Events::tr(
                "Slot %1: the container did not end by itself and was killed after %2")
                .arg(line(e.slot), took(e.ms));
        if (e.by == "exited"_L1)
            return Events::tr("Slot %1: the container had already ended with exit status %2")
                .arg(line(e.slot), QString::number(e.exit));
        return Events::tr("Slot %1: the container ended by itself in %2")
            .arg(line(e.slot), took(e.ms));
    }
    QString operator()(const HealthAnswered& e) const
    {
        if (e.ok)
            return Events::tr("Slot %1: healthy, status %2 in %3 (%4 in a row)")
                .arg(line(e.slot), QString::number(e.status), millisecondsText(e.ms),
                    countText(e.inARow));
        return e.status == 0 ? Events::tr("Slot %1: no answer (%2)").arg(line(e.slot), line(e.text))
                             : Events::tr("Slot %1: not healthy, status %2 (%3)")
                                   .arg(line(e.slot), QString::number(e.status), line(e.text));
    }
    QString operator()(const SlotEvidence& e) const
    {
        return Events::tr("Slot %1: kept %2 and %3 of the failed container")
            .arg(line(e.slot), Events::tr("%n log line(s)", nullptr, int(e.log.size())),
                Events::tr("%n health answer(s)", nullptr, int(e.health.size())));
    }
    QString operator()(const ContainerRecorded& e) const
    {
        return Events::tr("Slot %1: noted what the container of %2 is made of")
            .arg(line(e.slot), line(e.image));
    }
    QString operator()(const ConfigurationDiffers& e) const
    {
        const QStringList each = differenceTexts(e);
        return e.other.isEmpty()
            ? Events::tr("Slot %1: configuration has changed since %2 last ran there: %3",
                  "slot, tag, differences")
                  .arg(line(e.slot), line(e.image), each.join(u"; "_s))
            : Events::tr("Slot %1 has other configuration than slot %2, which works: %3",
                  "slot, slot, differences")
                  .arg(line(e.slot), line(e.other), each.join(u"; "_s));
    }
    QString operator()(const Warned& e) const
    {
        const QString said = checkSentence(e.check, e.state, e.facts);
        return e.state == "info"_L1 ? said : Events::tr("Warning: %1").arg(said);
    }
    QString operator()(const DecisionAsked& e) const { return questionText(e); }
    QString operator()(const DecisionMade& e) const
    {
        const QString said = Events::tr("Decided by %1: %2", "person, choice")
                                 .arg(line(e.by), choiceName(e.choice));
        return e.note.isEmpty() ? said
                                : Events::tr("%1 (%2)", "decision, note").arg(said, line(e.note));
    }
    QString operator()(const ReasonChanged& e) const
    {
        return Events::tr("Reason, by %1: %2", "person, reason").arg(line(e.by), line(e.reason));
    }
    QString operator()(const UndoRan& e) const
    {
        const QString what = undoName(e.what, line(e.slot));
        return e.ok
            ? Events::tr("Undone in %1: %2").arg(took(e.ms), what)
            : Events::tr("Undoing failed: %1. %2", "what, why").arg(what, failure(e.error, {}));
    }
    QString operator()(const HostSeen& e) const
    {
        QStringList said {Events::tr("%1 is %2", "host, address").arg(line(e.host), line(e.address))};
        if (!e.docker.isEmpty())
            said << Events::tr("Docker %1").arg(line(e.docker));
        if (!e.nginx.isEmpty())
            said << Events::tr("nginx %1").arg(line(e.nginx));
        if (e.uncertaintyMs > 0)
            said << Events::tr("clock off by %1").arg(millisecondsText(std::abs(e.offsetMs)));
        return said.join(Events::tr("; ", "between what is known of a host"));
    }
    QString operator()(const ImageSeen& e) const
    {
        return Events::tr("%1 on %2 is image %3", "tag, host, id")
            .arg(line(e.image), line(e.host), line(e.id.left(19)));
    }
    QString operator()(const WitnessStarted& e) const
    {
        return Events::tr("Clients watch %1", "an address").arg(line(e.url));
    }
    QString operator()(const PointOfNoReturn&) const
    {
        return Events::tr("The new version serves; from here on a cancel finishes tidily");
    }
    QString operator()(const ConnectionChanged& e) const
    {
        const QString number = countText(e.connection);
        if (e.state == "connected"_L1)
            return e.slot.isEmpty()
                ? Events::tr("Hub client %1: connected").arg(number)
                : Events::tr("Hub client %1: connected to slot %2").arg(number, line(e.slot));
        if (e.state == "reconnecting"_L1)
            return Events::tr("Hub client %1: connection lost (%2), reconnecting")
                .arg(number, line(e.reason));
        if (e.state == "disconnected"_L1)
            return Events::tr("Hub client %1: disconnected for good (%2)")
                .arg(number, line(e.reason));
        return Events::tr("Hub client %1: connecting").arg(number);
    }
    QString operator()(const Gap& e) const
    {
        const QString gap = Events::tr("Gap of %1 seen by %2 (%3)", "time, probe, cause")
                                .arg(millisecondsText(e.ms), line(e.probe), line(e.cause));
        if (e.after.isEmpty())
            return gap;
        return Events::tr("%1, %2 after “%3” began", "gap, time, step")
            .arg(gap, took(e.sinceStepMs), stepOf(e.after, e.afterSlot));
    }
    QString operator()(const ProbeSummary& e) const
    {
        return Events::tr("Witness: %1 of %2 requests failed, p99 %3, %4")
            .arg(countText(e.failed), countText(e.sent), millisecondsText(e.p99Ms),
                Events::tr("%n hub client(s) connected", nullptr, e.connected));
    }
    QString operator()(const CanaryCompared& e) const
    {
        return Events::tr("Slot %1 at %2: %3. %4", "slot, share, what it came to, the numbers")
            .arg(line(e.slot), percentText(e.percent), canaryResult(e.result, e.why),
                canaryNumbers(e));
    }
    QString operator()(const KeptWarm& e) const
    {
        const QString said
            = Events::tr("Slot %1: the old container runs on outside nginx for %2, for a rollback "
                         "of one reload")
                  .arg(line(e.slot), durationText(std::chrono::seconds(e.seconds)));
        return e.longLived == 0 ? said
                                : Events::tr("%1; %2 until then", "kept warm, connections")
                                      .arg(said,
                                          Events::tr("%n long-lived connection(s) stay on it",
                                              nullptr, e.longLived));
    }
    QString operator()(const RunFinished& e) const
    {
        return u"%1 %2"_s.arg(sentence(e), sentence(e.verdict));
    }
};

} // namespace

QString sentence(const EventBody& event)
{
    return std::visit(Say {}, event);
}

QString sentence(const Event& event)
{
    return sentence(event.body);
}

} // namespace gapless
