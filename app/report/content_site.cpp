// SPDX-License-Identifier: MIT
#include "app/report/content.h"

#include "app/wording/text.h"
#include "app/wording/wording.h"

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace gapless::report {

namespace {

QString digest(const QString& text)
{
    return printableLine(text, 200);
}

QString offsetText(const HostSeen& host)
{
    if (host.uncertaintyMs <= 0)
        return Report::tr("not measured");
    return Report::tr("%1 ms, ± %2 ms", "clock offset, uncertainty")
        .arg((host.offsetMs < 0 ? u"−"_s : u"+"_s) + countText(qint64(std::abs(host.offsetMs))),
            countText(std::max<qint64>(1, qint64(host.uncertaintyMs))));
}

QString authText(const QString& method)
{
    if (method == "agent"_L1)
        return Report::tr("a key of the SSH agent");
    if (method == "key"_L1)
        return Report::tr("a private key");
    if (method == "password"_L1)
        return Report::tr("a password");
    if (method == "keyboard-interactive"_L1)
        return Report::tr("keyboard-interactive");
    return printableLine(method);
}

QString stopText(const ContainerStopped& stop)
{
    if (stop.by == "TERM"_L1)
        return Report::tr("graceful: it ended by itself after SIGTERM");
    if (stop.by == "KILL"_L1)
        return Report::tr("SIGKILL: its time was over");
    if (stop.by == "exited"_L1)
        return Report::tr("it had ended before");
    return printableLine(stop.by);
}

QString drainText(const ConnectionsDrained& drain)
{
    if (drain.method == "workersGone"_L1)
        return Report::tr("every old nginx worker had gone");
    if (drain.method == "sockets"_L1)
        return Report::tr("the old workers' connections were counted");
    if (drain.method == "time"_L1)
        return Report::tr("a fixed time was waited");
    return printableLine(drain.method);
}

} // namespace

Section versionsSection(const ReportRecord& record)
{
    Section section {Report::tr("Versions and digests"), {}};
    Table images {{Report::tr("Host"), Report::tr("Image"), Report::tr("Image id"),
                      Report::tr("Registry digest"), Report::tr("Created")},
        {}};
    for (const ImageSeen& image : record.state.images)
        images.rows.append({printableLine(image.host), printableLine(image.image), digest(image.id),
            image.digests.isEmpty() ? Report::tr("none: it was never in a registry")
                                    : digest(image.digests.join(u", "_s)),
            printableLine(image.created)});
    if (!images.rows.isEmpty())
        section.add(images);
    Table slotTable {
        {Report::tr("Slot"), Report::tr("Container before"), Report::tr("Image before"),
            Report::tr("Container now"), Report::tr("Image now")},
        {}};
    for (const SlotState& slot : record.state.slots)
        slotTable.rows.append({printableLine(slot.name), digest(slot.containerBefore.left(12)),
            printableLine(slot.imageBefore), digest(slot.container.left(12)),
            printableLine(slot.image)});
    if (!slotTable.rows.isEmpty())
        section.add(slotTable);
    Table files {{Report::tr("At"), Report::tr("File"), Report::tr("SHA-256 before"),
                     Report::tr("SHA-256 after"), Report::tr("Copy of the old one")},
        {}};
    for (const FileState& file : record.state.files)
        files.rows.append({shortTime(record, file.at),
            u"%1:%2"_s.arg(printableLine(file.changed.host), printableLine(file.changed.file)),
            digest(file.changed.sha256Before), digest(file.changed.sha256After),
            printableLine(file.changed.backup)});
    if (!files.rows.isEmpty())
        section.add(files);
    return section;
}

Section hostsSection(const ReportRecord& record)
{
    Section section {Report::tr("Hosts and clocks"), {}};
    Table table {{Report::tr("Host"), Report::tr("Address"), Report::tr("Logged in as"),
                     Report::tr("Host key"), Report::tr("Docker"), Report::tr("nginx"),
                     Report::tr("Its clock less this machine's")},
        {}};
    for (const HostSeen& host : record.state.hosts)
        table.rows.append({printableLine(host.host), printableLine(host.address),
            Report::tr("%1, with %2", "login, how")
                .arg(printableLine(host.user), authText(host.auth)),
            host.hostKey.isEmpty()
                ? Report::tr("as in known_hosts")
                : Report::tr("%1, pinned in the target").arg(digest(host.hostKey)),
            printableLine(host.docker), printableLine(host.nginx), offsetText(host)});
    if (table.rows.isEmpty())
        return section;
    section.add(table);
    section.add(Paragraph {Report::tr("All times in this report are of the machine that ran "
                                      "Gapless. The offsets tell how to compare them with the "
                                      "hosts' own logs.")});
    return section;
}

Section stopsSection(const ReportRecord& record)
{
    Section section {Report::tr("How each slot was drained and stopped"), {}};
    Table table {
        {Report::tr("At"), Report::tr("Slot"), Report::tr("What"), Report::tr("Took")}, {}};
    for (const Event& event : record.events) {
        if (const auto* drain = std::get_if<ConnectionsDrained>(&event.body))
            table.rows.append({shortTime(record, event.at), printableLine(drain->slot),
                Report::tr("drained (%1): %2 requests in flight, %3 long-lived connections, %4 "
                           "unclear")
                    .arg(drainText(*drain), countText(drain->inFlight), countText(drain->longLived),
                        countText(drain->ambiguous)),
                durationText(milliseconds(drain->ms))});
        else if (const auto* stop = std::get_if<ContainerStopped>(&event.body))
            table.rows.append({shortTime(record, event.at), printableLine(stop->slot),
                Report::tr("container %1 stopped: %2; exit status %3")
                    .arg(printableLine(stop->container.left(12)), stopText(*stop))
                    .arg(stop->exit),
                durationText(milliseconds(stop->ms))});
    }
    if (!table.rows.isEmpty())
        section.add(table);
    return section;
}

Section warningsSection(const ReportRecord& record)
{
    Section section {Report::tr("Warnings before the rollout"), {}};
    Bullets bullets;
    for (const Warned& warned : record.state.warnings)
        bullets.texts << u"%1: %2"_s.arg(
            checkName(warned.check), checkSentence(warned.check, warned.state, warned.facts));
    const bool examined = std::any_of(record.state.steps.begin(), record.state.steps.end(),
        [](const StepState& step) { return step.step == u"doctor"; });
    if (!bullets.texts.isEmpty())
        section.add(bullets);
    else if (examined)
        section.add(Paragraph {Report::tr("The checks warned of nothing.")});
    return section;
}

Section decisionsSection(const ReportRecord& record)
{
    Section section {Report::tr("Decisions, and what was taken back"), {}};
    Table table {{Report::tr("At"), Report::tr("What"), Report::tr("Answer"), Report::tr("By"),
                     Report::tr("Note")},
        {}};
    for (const Decision& decision : record.state.decisions)
        table.rows.append({shortTime(record, decision.askedAt), questionText(decision.asked),
            decision.made ? choiceName(decision.made->choice) : Report::tr("not answered"),
            decision.made ? printableLine(decision.made->by) : QString(),
            decision.made ? printableLine(decision.made->note, 4000) : QString()});
    for (const UndoState& undo : record.state.undos)
        table.rows.append(
            {shortTime(record, undo.at), sentence(EventBody(undo.ran)), QString(), QString(), {}});
    if (!table.rows.isEmpty())
        section.add(table);
    return section;
}

Section evidenceSection(const ReportRecord& record)
{
    Section section {Report::tr("What is kept of containers that failed"), {}};
    for (const SlotState& slot : record.state.slots) {
        if (!slot.evidence)
            continue;
        const SlotEvidence& kept = *slot.evidence;
        section.add(
            Paragraph {Report::tr("Slot %1, image %2, container %3: %4")
                           .arg(printableLine(kept.slot), printableLine(kept.image),
                               printableLine(kept.container.left(12)), printableLine(kept.state)),
                true});
        const auto quote = [&](const QString& title, const QStringList& texts) {
            QStringList lines;
            for (const QString& text : texts)
                lines << printableLine(text, 2000);
            if (lines.isEmpty())
                return;
            section.add(Paragraph {title});
            section.add(Quoted {lines});
        };
        quote(Report::tr("Its last answers to the health check:"), kept.health);
        quote(Report::tr("The last lines of its log, as it wrote them:"), kept.log);
    }
    return section;
}

} // namespace gapless::report
