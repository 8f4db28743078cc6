// SPDX-License-Identifier: MIT
#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Verdicts {
    Q_DECLARE_TR_FUNCTIONS(Verdicts)
};

QString reasonText(const QString& why)
{
    if (why == "closed"_L1)
        return Verdicts::tr("a client was disconnected for good");
    if (why == "gap"_L1)
        return Verdicts::tr("a gap was longer than the target's limit");
    if (why == "failed"_L1)
        return Verdicts::tr("more requests failed than the target's limit");
    if (why == "session"_L1)
        return Verdicts::tr("sessions were lost");
    if (why == "drops"_L1)
        return Verdicts::tr("a connection dropped more often than slots were stopped");
    if (why == "stalled"_L1)
        return Verdicts::tr("the witness itself stalled");
    if (why == "noBaseline"_L1)
        return Verdicts::tr("there was no baseline before the rollout");
    if (why == "tooFewSamples"_L1)
        return Verdicts::tr("too few samples");
    if (why == "network"_L1)
        return Verdicts::tr("the witness's own network failed");
    return printableLine(why);
}

QStringList numbers(const Verdict& verdict)
{
    QStringList said;
    if (verdict.http)
        said << Verdicts::tr("%1 of %2 failed")
                    .arg(countText(verdict.http->failed), countText(verdict.http->sent));
    if (verdict.signalr)
        said << Verdicts::tr("gap %1").arg(millisecondsText(verdict.signalr->maxGapMs))
             << Verdicts::tr("%1 lost", "messages").arg(countText(verdict.signalr->lost));
    if (verdict.signalr && verdict.signalr->closed > 0)
        said << Verdicts::tr(
            "%n client(s) disconnected for good", nullptr, int(verdict.signalr->closed));
    if (verdict.session)
        said << Verdicts::tr("%1 of %2 sessions lost")
                    .arg(countText(verdict.session->lost), countText(verdict.session->checked));
    return said;
}

} // namespace

QString sentence(const Verdict& verdict)
{
    QString word = verdictWord(verdict.word);
    if (!verdict.why.isEmpty())
        word = Verdicts::tr("%1 (%2)", "verdict, why").arg(word, reasonText(verdict.why));
    const QStringList said = numbers(verdict);
    if (said.isEmpty())
        return word;
    return Verdicts::tr("%1: %2", "verdict, its numbers")
        .arg(word, said.join(Verdicts::tr("; ", "between a verdict's numbers")));
}

QString sentence(const RunFinished& finished)
{
    const QString serves = servingText(finished.serving);
    const auto with = [&](const QString& known, const QString& unknown) {
        return serves.isEmpty() ? unknown : known.arg(serves);
    };
    if (finished.outcome == "succeeded"_L1)
        return with(Verdicts::tr("Done: %1 serves."), Verdicts::tr("Done."));
    if (finished.outcome == "restored"_L1)
        return with(Verdicts::tr("Failed, and restored: %1 serves as before."),
            Verdicts::tr("Failed, and restored: what served before serves now."));
    if (finished.outcome == "cancelled"_L1)
        return with(Verdicts::tr("Cancelled: %1 serves as before."),
            Verdicts::tr("Cancelled: what served before serves now."));
    if (finished.outcome == "refused"_L1)
        return with(Verdicts::tr("Refused before anything changed: %1 serves."),
            Verdicts::tr("Refused before anything changed."));
    if (finished.outcome == "partial"_L1)
        return with(Verdicts::tr("Half done, a person must decide. Now serving: %1."),
            Verdicts::tr("Half done, a person must decide."));
    return with(Verdicts::tr("Ended. Now serving: %1."), Verdicts::tr("Ended."));
}

} // namespace gapless
