// SPDX-License-Identifier: MIT
#include "app/wording/facts.h"
#include "app/wording/wording.h"

#include <QCoreApplication>
#include <QHash>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Names {
    Q_DECLARE_TR_FUNCTIONS(Names)
};

/// An identifier and its name before translation.
struct Named {
    const char* id;
    const char* name;
};

/// The translated name of `id`; an identifier that is not in the table (a newer version wrote it)
/// is shown as it is.
template <std::size_t size> QString named(const Named (&table)[size], const QString& id)
{
    for (const Named& entry : table)
        if (id == QLatin1String(entry.id))
            return Names::tr(entry.name);
    return printableLine(id);
}

} // namespace

QString stepName(const QString& step)
{
    static constexpr Named table[] = {
        {"connect", QT_TRANSLATE_NOOP("Names", "Connect")},
        {"doctor", QT_TRANSLATE_NOOP("Names", "Check the site")},
        {"lock", QT_TRANSLATE_NOOP("Names", "Take the lock")},
        {"build", QT_TRANSLATE_NOOP("Names", "Build the image")},
        {"send", QT_TRANSLATE_NOOP("Names", "Send the image")},
        {"beforeBuild", QT_TRANSLATE_NOOP("Names", "Run the hook before the build")},
        {"beforeRollout", QT_TRANSLATE_NOOP("Names", "Run the hook before the rollout")},
        {"afterRollout", QT_TRANSLATE_NOOP("Names", "Run the hook after the rollout")},
        {"onFailure", QT_TRANSLATE_NOOP("Names", "Run the hook for failures")},
        {"baseline", QT_TRANSLATE_NOOP("Names", "Measure the baseline")},
        {"rehearse", QT_TRANSLATE_NOOP("Names", "Rehearse the start")},
        {"create", QT_TRANSLATE_NOOP("Names", "Create the container")},
        {"down", QT_TRANSLATE_NOOP("Names", "Take out of nginx")},
        {"drain", QT_TRANSLATE_NOOP("Names", "Wait for connections to end")},
        {"stop", QT_TRANSLATE_NOOP("Names", "Stop the old container")},
        {"start", QT_TRANSLATE_NOOP("Names", "Start the new container")},
        {"check", QT_TRANSLATE_NOOP("Names", "Check that it is ready")},
        {"warmUp", QT_TRANSLATE_NOOP("Names", "Warm up")},
        {"up", QT_TRANSLATE_NOOP("Names", "Put back into nginx")},
        {"watch", QT_TRANSLATE_NOOP("Names", "Watch it serve")},
        {"retire", QT_TRANSLATE_NOOP("Names", "Remove old containers")},
        {"prune", QT_TRANSLATE_NOOP("Names", "Prune old images")},
        {"unlock", QT_TRANSLATE_NOOP("Names", "Release the lock")},
        {"restore", QT_TRANSLATE_NOOP("Names", "Restore the old version")},
        {"switch", QT_TRANSLATE_NOOP("Names", "Switch traffic")},
        {"approve", QT_TRANSLATE_NOOP("Names", "Wait for approval")},
        {"weight", QT_TRANSLATE_NOOP("Names", "Change the share of traffic")},
        {"compare", QT_TRANSLATE_NOOP("Names", "Compare with the old version")},
        {"preview", QT_TRANSLATE_NOOP("Names", "Open the preview")},
        {"keepWarm", QT_TRANSLATE_NOOP("Names", "Keep the old version warm")},
    };
    return named(table, step);
}

QString outcomeName(const QString& outcome)
{
    static constexpr Named table[] = {
        {"succeeded", QT_TRANSLATE_NOOP("Names", "Succeeded")},
        {"restored", QT_TRANSLATE_NOOP("Names", "Failed and restored")},
        {"partial", QT_TRANSLATE_NOOP("Names", "Half done")},
        {"cancelled", QT_TRANSLATE_NOOP("Names", "Cancelled")},
        {"refused", QT_TRANSLATE_NOOP("Names", "Refused")},
        {"running", QT_TRANSLATE_NOOP("Names", "Running")},
        {"unfinished", QT_TRANSLATE_NOOP("Names", "Not finished")},
    };
    return named(table, outcome);
}

QString strategyName(const QString& strategy)
{
    static constexpr Named table[] = {
        {"rolling", QT_TRANSLATE_NOOP("Names", "rolling")},
        {"blue-green", QT_TRANSLATE_NOOP("Names", "blue-green")},
        {"red-black", QT_TRANSLATE_NOOP("Names", "red-black")},
        {"blueGreen", QT_TRANSLATE_NOOP("Names", "blue-green")},
        {"redBlack", QT_TRANSLATE_NOOP("Names", "red-black")},
        {"canary", QT_TRANSLATE_NOOP("Names", "canary")},
    };
    return named(table, strategy);
}

QString protectionName(const QString& protection)
{
    static constexpr Named table[] = {
        {"open", QT_TRANSLATE_NOOP("Names", "open")},
        {"confirm", QT_TRANSLATE_NOOP("Names", "to be confirmed")},
        {"typeName", QT_TRANSLATE_NOOP("Names", "its name to be typed")},
        {"readOnly", QT_TRANSLATE_NOOP("Names", "read-only")},
    };
    return named(table, protection);
}

QString kindName(const QString& kind)
{
    static constexpr Named table[] = {
        {"deploy", QT_TRANSLATE_NOOP("Names", "Deployment")},
        {"rollback", QT_TRANSLATE_NOOP("Names", "Rollback")},
        {"initial", QT_TRANSLATE_NOOP("Names", "First deployment")},
        {"resume", QT_TRANSLATE_NOOP("Names", "Resumption")},
        {"unlock", QT_TRANSLATE_NOOP("Names", "Unlocking")},
        {"pipeline", QT_TRANSLATE_NOOP("Names", "Old pipeline")},
    };
    return named(table, kind);
}

QString slotStateName(const QString& state)
{
    static constexpr Named table[] = {
        {"serving", QT_TRANSLATE_NOOP("Names", "serving")},
        {"draining", QT_TRANSLATE_NOOP("Names", "draining")},
        {"stopping", QT_TRANSLATE_NOOP("Names", "stopping")},
        {"stopped", QT_TRANSLATE_NOOP("Names", "stopped")},
        {"starting", QT_TRANSLATE_NOOP("Names", "starting")},
        {"checking", QT_TRANSLATE_NOOP("Names", "checking")},
        {"warming", QT_TRANSLATE_NOOP("Names", "warming up")},
        {"ready", QT_TRANSLATE_NOOP("Names", "ready")},
        {"out", QT_TRANSLATE_NOOP("Names", "out of nginx")},
        {"warm", QT_TRANSLATE_NOOP("Names", "kept warm")},
        {"removed", QT_TRANSLATE_NOOP("Names", "removed")},
    };
    return named(table, state);
}

QString choiceName(const QString& choice)
{
    static constexpr Named table[] = {
        {"retry", QT_TRANSLATE_NOOP("Names", "Mend and retry this slot")},
        {"hold", QT_TRANSLATE_NOOP("Names", "Keep the new version serving, this slot out")},
        {"rollback", QT_TRANSLATE_NOOP("Names", "Roll everything back to the old version")},
        {"finish", QT_TRANSLATE_NOOP("Names", "Finish with the new version")},
        {"restore", QT_TRANSLATE_NOOP("Names", "Restore the old version")},
        {"leave", QT_TRANSLATE_NOOP("Names", "Leave everything as it is")},
        {"approve", QT_TRANSLATE_NOOP("Names", "Approve: all traffic goes to the new version")},
        {"reject", QT_TRANSLATE_NOOP("Names", "Reject: the old version goes on serving")},
        {"promote", QT_TRANSLATE_NOOP("Names", "Promote: give the new version its next share")},
        {"pause", QT_TRANSLATE_NOOP("Names", "Pause: stay at this share")},
        {"abort", QT_TRANSLATE_NOOP("Names", "Abort: back to the old version")},
        {"pauseRun", QT_TRANSLATE_NOOP("Names", "Pause before the next step")},
        {"continue", QT_TRANSLATE_NOOP("Names", "Continue with the next step")},
        {"keep", QT_TRANSLATE_NOOP("Names", "Stop and keep what serves now")},
    };
    return named(table, choice);
}

QString canaryReason(const QString& why)
{
    static constexpr Named table[] = {
        {"failed", QT_TRANSLATE_NOOP("Names", "failed requests")},
        {"p50", QT_TRANSLATE_NOOP("Names", "the median answer time")},
        {"p99", QT_TRANSLATE_NOOP("Names", "the 99th percentile of answer times")},
        {"reconnects", QT_TRANSLATE_NOOP("Names", "lost hub connections")},
    };
    return named(table, why);
}

QString questionText(const DecisionAsked& asked)
{
    const QString slot = printableLine(asked.slot);
    if (asked.question == "partialFailure"_L1)
        return Names::tr("Slot %1 failed after the new version went live elsewhere. What now?")
            .arg(slot);
    if (asked.question == "approve"_L1)
        return Names::tr("The new version is ready and gets no traffic. Shall it serve?");
    if (asked.question == "promote"_L1)
        return Names::tr("The new version on slot %1 has its share of the traffic. Go on?")
            .arg(slot);
    if (asked.question == "pause"_L1)
        return Names::tr("The run is paused before its next step. Go on?");
    if (asked.question == "control"_L1)
        return Names::tr("Asked while the run was under way");
    if (asked.question == "resume"_L1)
        return Names::tr("An interrupted run was found. What now?");
    return slot.isEmpty() ? printableLine(asked.question)
                          : Names::tr("%1 (slot %2)").arg(printableLine(asked.question), slot);
}

QString verdictWord(Verdict::Word word)
{
    switch (word) {
    case Verdict::Word::Unbroken:
        return Names::tr("Unbroken", "verdict");
    case Verdict::Word::Recovered:
        return Names::tr("Recovered", "verdict");
    case Verdict::Word::Broken:
        return Names::tr("Broken", "verdict");
    case Verdict::Word::Invalid:
        return Names::tr("Invalid", "verdict");
    case Verdict::Word::NotMeasured:
        return Names::tr("Not measured", "verdict");
    }
    return {};
}

QString servingText(const QMap<QString, QString>& serving)
{
    const QStringList tags = serving.values();
    if (tags.isEmpty())
        return {};
    if (tags.count(tags.first()) == tags.size() && !tags.first().isEmpty())
        return printableLine(tags.first());
    QStringList each;
    for (auto slot = serving.begin(); slot != serving.end(); ++slot)
        each << Names::tr("%1 %2", "slot, its tag")
                    .arg(printableLine(slot.key()),
                        slot.value().isEmpty() ? Names::tr("out", "slot serves nothing")
                                               : printableLine(slot.value()));
    return each.join(Names::tr(", ", "between slots"));
}

} // namespace gapless
