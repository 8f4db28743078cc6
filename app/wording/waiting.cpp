// SPDX-License-Identifier: MIT
#include "app/wording/facts.h"
#include "app/wording/wording.h"

#include <QCoreApplication>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Waiting {
    Q_DECLARE_TR_FUNCTIONS(Waiting)
};

/// `name value, name value`: what is left to say of numbers that no sentence knows.
QString listed(const QJsonObject& numbers)
{
    QStringList each;
    for (auto number = numbers.begin(); number != numbers.end(); ++number)
        each << u"%1 %2"_s.arg(printableLine(number.key()), factText(number.value()));
    return each.join(u", "_s);
}

} // namespace

QString sentence(const WaitingFor& waiting)
{
    const Facts fact(waiting.numbers);
    const QString& what = waiting.what;
    if (what == "workers"_L1)
        return Waiting::tr("waiting until nginx's new workers run and the old ones accept nothing");
    // A plan knows what is waited for and no numbers.
    if (waiting.numbers.isEmpty() && what == "connections"_L1)
        return Waiting::tr("waiting for requests in flight to end");
    if (waiting.numbers.isEmpty() && what == "http"_L1)
        return Waiting::tr("waiting for healthy answers");
    if (what == "connections"_L1)
        return Waiting::tr("waiting for requests in flight to end: %1 in flight, %2 long-lived")
            .arg(fact("inFlight"), fact("longLived"));
    if (what == "stop"_L1)
        return Waiting::tr("waiting for the container to end by itself");
    if (what == "http"_L1)
        return Waiting::tr("waiting for healthy answers: %1 of %2 in a row")
            .arg(fact("inARow"), fact("of"));
    if (what == "hub"_L1)
        return Waiting::tr("waiting for the hub to take a connection");
    if (what == "command"_L1)
        return Waiting::tr("waiting for the health command to succeed");
    if (what == "traffic"_L1)
        return Waiting::tr("waiting until traffic really reaches the slot");
    if (what == "watch"_L1)
        return Waiting::tr("watching whether it stays healthy");
    if (what == "baseline"_L1)
        return Waiting::tr("waiting until the witness has seen the site as it is");
    if (what == "pace"_L1)
        return Waiting::tr("holding before the next step, as --pace asks");
    if (what == "decision"_L1)
        return Waiting::tr("waiting for a decision");
    if (what == "pause"_L1)
        return Waiting::tr("paused: gaplessctl continue RUN goes on, gaplessctl stop RUN --roll-back ends it");
    if (what == "approval"_L1)
        return Waiting::tr("waiting for somebody to approve or reject it: gaplessctl approve RUN, "
                           "gaplessctl reject RUN");
    if (what == "promotion"_L1)
        return Waiting::tr("waiting for somebody to promote it: gaplessctl promote RUN");
    if (what == "comparison"_L1)
        return Waiting::tr("comparing both versions for the pause, and until enough requests have "
                           "reached the new one");
    if (what == "samples"_L1)
        return Waiting::tr("comparing: %1 of at least %2 requests to the new version, %3 of them "
                           "failed; %4 to the old one, %5 of them failed")
            .arg(fact("newSent"), fact("minimum"), fact("newFailed"), fact("oldSent"),
                fact("oldFailed"));
    if (what == "connection"_L1)
        return Waiting::tr("waiting for the connection to %1 to come back").arg(fact("host"));
    if (what == "docker"_L1)
        return Waiting::tr("waiting for docker on %1 to come back").arg(fact("host"));
    if (what == "lock"_L1)
        return Waiting::tr("waiting for the lock");
    if (what == "context"_L1)
        return Waiting::tr("sending the sources to %1: %2 of %3")
            .arg(fact("host"), fact.bytes("sentBytes"), fact.bytes("totalBytes"));
    if (what == "build"_L1)
        return Waiting::tr("building on %1: step %2 of %3")
            .arg(fact("host"), fact("step"), fact("of"));
    if (what == "transfer"_L1)
        return Waiting::tr("sending the image to %1: %2 of %3")
            .arg(fact("host"), fact.bytes("sentBytes"), fact.bytes("totalBytes"));
    if (what == "collect"_L1)
        return Waiting::tr("reading the image: %1").arg(fact.bytes("sentBytes"));
    if (what == "reconnect"_L1)
        return Waiting::tr("waiting until %1 can be reached again").arg(fact("host"));
    const QString numbers = listed(waiting.numbers);
    return numbers.isEmpty()
        ? Waiting::tr("waiting: %1").arg(printableLine(what))
        : Waiting::tr("waiting: %1 (%2)", "what, numbers").arg(printableLine(what), numbers);
}

QString planNote(const PlanLine& line)
{
    if (line.kind == "share"_L1)
        return Waiting::tr("%1 of the requests go to the new version")
            .arg(percentText(line.text.toDouble()));
    if (line.kind == "change"_L1)
        return Waiting::tr("the new container differs: %1")
            .arg(changeText(QJsonDocument::fromJson(line.text.toUtf8()).object()));
    if (line.kind != "capacity"_L1)
        return {};
    const QStringList counts = line.text.split(u' ');
    return Waiting::tr("capacity: %1 of %3 slots serve before, %2 of %3 after; at the switch both "
                       "groups run")
        .arg(counts.value(0), counts.value(1), counts.value(2));
}

QString undoName(const QString& what, const QString& slot)
{
    QString name;
    if (what == "removeNew"_L1)
        name = Waiting::tr("removed the new container");
    else if (what == "removeRehearsal"_L1)
        name = Waiting::tr("removed the container of the rehearsal");
    else if (what == "putUp"_L1)
        name = Waiting::tr("put back into nginx");
    else if (what == "startOld"_L1)
        name = Waiting::tr("started the old container again");
    else if (what == "killNew"_L1)
        name = Waiting::tr("stopped the new container");
    else if (what == "takeDown"_L1)
        name = Waiting::tr("taken out of nginx again");
    else if (what == "switchBack"_L1)
        name = Waiting::tr("switched all traffic back");
    else if (what == "weightBack"_L1)
        name = Waiting::tr("took the new version's share back");
    else if (what == "closePreview"_L1)
        name = Waiting::tr("closed the preview");
    else if (what == "keepWarm"_L1)
        name = Waiting::tr("kept the previous version warm");
    else if (what == "lock"_L1)
        name = Waiting::tr("released the lock");
    else
        name = printableLine(what);
    return slot.isEmpty() ? name
                          : Waiting::tr("slot %1: %2", "slot, what was undone").arg(slot, name);
}

} // namespace gapless
