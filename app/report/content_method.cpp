// SPDX-License-Identifier: MIT
#include "app/report/content.h"

#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace gapless::report {

namespace {

QString text(const QJsonObject& object, const char* name)
{
    return printableLine(object[QLatin1StringView(name)].toString());
}

/// 20, 0.5: as many places as it has.
QString rate(const QJsonValue& perSecond)
{
    return QLocale().toString(perSecond.toDouble(), 'g', 6);
}

QString httpText(const QJsonObject& http)
{
    return Report::tr("GET %1, %2 a second on new connections and a quarter of that on kept ones; "
                      "expected status: %3")
        .arg(text(http, "path"), rate(http[u"perSecond"_s]), text(http, "expectStatus"));
}

QString postText(const QJsonObject& post)
{
    return post.isEmpty() ? QString()
                          : Report::tr("POST %1 on kept connections").arg(text(post, "path"));
}

QString sessionText(const QJsonObject& session)
{
    return session[u"expect"_s].toString() == u"increasing"
        ? Report::tr("%1 with a cookie jar of its own; the value must go on rising")
              .arg(text(session, "path"))
        : Report::tr("%1 with a cookie jar of its own; the value must stay the same")
              .arg(text(session, "path"));
}

QString hubText(const QJsonObject& hub)
{
    QStringList delays;
    for (const QJsonValue delay : hub[u"reconnectDelaysMs"_s].toArray())
        delays << countText(delay.toInteger());
    const int count = hub[u"connections"_s].toInt();
    QStringList said {Report::tr("%1, protocol %2, transport %3",
                          "a hub's path, json or messagepack, auto or a name")
                          .arg(text(hub, "hub"), text(hub, "protocol"), text(hub, "transport")),
        count > 0 ? Report::tr("%1 connections").arg(countText(count))
                  : Report::tr("at least one connection on each slot")};
    if (hub[u"skipNegotiation"_s].toBool())
        said << Report::tr("without negotiation");
    said << Report::tr("reconnecting after %1 ms", "a list of delays").arg(delays.join(u", "_s));
    said << (hub[u"echo"_s].toObject().isEmpty()
            ? Report::tr("passive: it listens and sends nothing")
            : Report::tr("it sends numbered messages and counts those that come back"));
    return said.join(Report::tr("; ", "between parts of a description"));
}

} // namespace

Section methodSection(const ReportRecord& record)
{
    Section section {Report::tr("Method"), {}};
    const auto& seen = record.state.witness;
    if (!seen) {
        section.add(
            Paragraph {Report::tr("No clients watched this run: nothing is said of its users.")});
        return section;
    }
    const QJsonObject& probes = seen->probes;
    Facts facts;
    facts.add(Report::tr("Observed from"), printableLine(record.state.request.machine));
    facts.add(Report::tr("At"), printableLine(seen->url));
    facts.add(Report::tr("HTTP"),
        probes.contains(u"http"_s) ? httpText(probes[u"http"_s].toObject())
                                   : Report::tr("not measured"));
    facts.add(Report::tr("HTTP POST"), postText(probes[u"http"_s][u"post"_s].toObject()));
    facts.add(Report::tr("Session"),
        probes.contains(u"session"_s) ? sessionText(probes[u"session"_s].toObject())
                                      : Report::tr("not measured"));
    facts.add(Report::tr("SignalR hub"),
        probes.contains(u"signalr"_s) ? hubText(probes[u"signalr"_s].toObject())
                                      : Report::tr("not measured"));
    facts.add(Report::tr("Limits"),
        Report::tr("a gap of %1; %2 failed requests")
            .arg(durationText(milliseconds(seen->maxGapMs)), countText(seen->maxFailed)));
    facts.add(Report::tr("Control"),
        seen->control
            ? Report::tr("after each failure this machine's own network was tried over SSH")
            : Report::tr("none: a failure of this machine's own network counts as the site's"));
    facts.add(Report::tr("Samples"),
        seen->samples.isEmpty()
            ? Report::tr("not kept")
            : Report::tr("%1 in the data folder; its time 0 is %2")
                  .arg(printableLine(seen->samples), printableLine(seen->zeroAt)));
    section.add(facts);
    section.add(Paragraph {Report::tr(
        "The clients ran before, during and after the rollout. Requests were sent by the clock, "
        "whatever the answers did; one that was due and could not be sent counts as failed. The "
        "hub "
        "clients follow the behaviour of the official JavaScript client.")});
    return section;
}

Section limitsSection(const ReportRecord& record)
{
    Section section {Report::tr("What the words mean, and what is not proved"), {}};
    if (!record.state.witness)
        return section;
    section.add(Bullets {{
        Report::tr("Unbroken: no hub client lost its connection, and what was measured stayed "
                   "within the limits."),
        Report::tr("Recovered: each hub client lost its connection at most once for each slot that "
                   "was stopped and was back within the limit; none gave up."),
        Report::tr("Broken: a client gave up, a gap was too long, a connection was lost without a "
                   "stop that explains it, or more requests, sessions or messages were lost than "
                   "the limits allow."),
        Report::tr("Invalid: too little was measured to say either, or the witness or its network "
                   "was at fault."),
        Report::tr(
            "Gap: from the moment a client noticed that its connection was lost until it was "
            "connected again, on a monotonic clock. Silence: from the last message before "
            "that to the first after it."),
        Report::tr("Lost messages inside a gap are counted and shown. Messages that a hub sends "
                   "while a client reconnects are not repeated by SignalR: a site has to fetch its "
                   "state again after a reconnect."),
        Report::tr("A WebSocket ends with the process that serves it. A rolling replacement "
                   "therefore cannot keep it open; what is proved is how long each client was away "
                   "and that it came back by itself."),
        Report::tr("What was observed is what these clients saw, from this one place, at this "
                   "address. Nobody's browser was looked at."),
    }});
    return section;
}

Section proofSection(const ReportRecord& record)
{
    Section section {Report::tr("How to check this report"), {}};
    section.add(Paragraph {Report::tr(
        "“gaplessctl verify FILE” computes the SHA-256 of the event stream that this report "
        "carries, "
        "makes the report again from it and compares the two, and compares the stream with the "
        "journal of the machine it runs on, where that knows the run. It finds a report whose text "
        "or events were changed. Somebody who makes a whole new report from changed events is "
        "found "
        "only by the journal, or by the SHA-256 kept in another place.")});
    section.add(Facts {{{Report::tr("SHA-256 of the event stream"), record.sha256}}});
    return section;
}

} // namespace gapless::report
