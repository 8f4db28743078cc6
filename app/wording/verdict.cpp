// SPDX-License-Identifier: MIT
#include "app/wording/facts.h"
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
    if (why == "unexplainedDrop"_L1)
        return Verdicts::tr("a connection dropped that no stopped slot explains");
    if (why == "failed"_L1)
        return Verdicts::tr("more requests failed than the target's limit");
    if (why == "session"_L1)
        return Verdicts::tr("sessions were lost");
    if (why == "lost"_L1)
        return Verdicts::tr("messages were lost outside any gap");
    if (why == "stalled"_L1)
        return Verdicts::tr("the witness itself stalled");
    if (why == "ownNetwork"_L1)
        return Verdicts::tr("the witness's own network failed");
    if (why == "noBaseline"_L1)
        return Verdicts::tr("there was no baseline before the rollout");
    if (why == "tooFewSamples"_L1)
        return Verdicts::tr("too few samples");
    return printableLine(why);
}

QString noteText(const QJsonObject& note)
{
    const Facts fact(note);
    const QString id = note[u"id"_s].toString();
    const int count = int(fact.number("count"));
    if (id == "slotUncovered"_L1)
        return Verdicts::tr("No hub client was connected to slot %1.").arg(fact("slot"));
    if (id == "slotsUnknown"_L1)
        return Verdicts::tr("Which slot a hub client was connected to is not known.");
    if (id == "noBackplane"_L1)
        return Verdicts::tr("A message sent through one slot did not reach a client on the other: "
                            "the hub has no backplane.");
    if (id == "echoNotReturned"_L1)
        return Verdicts::tr("No message came back from the hub: see witness.signalr.echo.");
    if (id == "connectFailed"_L1)
        return Verdicts::tr("Hub clients failed to connect at first, %1 times, the last time with "
                            "%2.")
            .arg(countText(count), fact("cause"));
    if (id == "sessionUnreadable"_L1)
        return Verdicts::tr("Answers to the session's path without a value to compare: %1.")
            .arg(countText(count));
    if (id == "versionsSeen"_L1)
        return Verdicts::tr("Versions seen: %1.").arg(fact("versions"));
    if (id == "dataProtection"_L1)
        return Verdicts::tr("Sessions were lost because a slot could not read the other's cookie: "
                            "share the Data Protection keys.");
    if (id == "sessionStore"_L1)
        return Verdicts::tr("Sessions were lost although their cookie was readable: share the "
                            "session store.");
    if (id == "stalled"_L1)
        return Verdicts::tr("The witness itself stalled %n time(s), %1 at most.", nullptr, count)
            .arg(millisecondsText(note[u"maxMs"_s].toDouble()));
    if (id == "ownNetwork"_L1)
        return Verdicts::tr(
            "The witness's own network failed %n time(s), %1 in all.", nullptr, count)
            .arg(millisecondsText(note[u"ms"_s].toDouble()));
    if (id == "unexplainedDrop"_L1)
        return Verdicts::tr("Hub client %1 dropped (%2) though its slot %3 was not being stopped.")
            .arg(fact("connection"), fact("cause"), fact("slot"));
    if (id == "killedStop"_L1)
        return Verdicts::tr("The container of slot %1 did not end by itself and was killed.")
            .arg(fact("slot"));
    if (id == "lostOutsideGaps"_L1)
        return Verdicts::tr("%n message(s) were lost outside any gap.", nullptr, count);
    if (id == "certificate"_L1)
        return Verdicts::tr("The site's certificate, or TLS with it, was refused: %1")
            .arg(fact("text"));
    if (id == "samplesIncomplete"_L1)
        return Verdicts::tr("Not every sample could be kept in %1; the numbers above count all of "
                            "them.")
            .arg(fact("file"));
    return printableLine(id);
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

QStringList noteTexts(const Verdict& verdict)
{
    QStringList texts;
    for (const QJsonValue& note : verdict.notes)
        texts << noteText(note.toObject());
    return texts;
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
