// SPDX-License-Identifier: MIT
#include "app/cli/follow.h"

#include "app/cli/confirm.h"
#include "app/cli/decider.h"
#include "app/cli/output.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"
#include "engine/rollout/siterecord.h"

#include <QLocale>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

constexpr auto looksEvery = 1s;

Error usage(const QString& text)
{
    return Error(ErrorKind::Usage, {{u"text"_s, text}});
}

/// The question nobody has answered yet, and the number of the event that asked it.
struct OpenQuestion {
    DecisionAsked asked;
    qint64 seq = 0;
};

std::optional<OpenQuestion> openQuestion(const QList<Event>& events)
{
    std::optional<OpenQuestion> open;
    for (const Event& event : events) {
        if (const auto* asked = std::get_if<DecisionAsked>(&event.body))
            open = OpenQuestion {*asked, event.seq};
        const auto* made = std::get_if<DecisionMade>(&event.body);
        if ((made && open && made->question == open->asked.question)
            || std::holds_alternative<RunFinished>(event.body))
            open.reset();
    }
    return open;
}

} // namespace

RecordPlace recordPlaceOf(const Target& target, Hosts& hosts, const ObservedSite& site)
{
    return {hosts.at(target.gateway.host), site.gateway.stateDir,
        siteKey(site.gateway.realPath, target.gateway.upstream)};
}

SiteRun siteRun(Context& context, const Target& target, const RecordPlace& place)
{
    SiteRun found;
    found.lock = SiteLock(place.gateway, place.stateDir, place.key).holder(context.stop);
    learnFromGateway(context.session.journal(), place, target, context.stop);
    RunFilter filter;
    filter.target = target.name;
    filter.limit = 1;
    const QList<RunSummary> runs = context.session.journal().runs(filter);
    if (!runs.isEmpty() && runs.first().outcome.isEmpty())
        found.unfinishedRun = runs.first().run;
    else if (found.lock && !found.lock->alive)
        found.unfinishedRun = found.lock->run;
    return found;
}

QStringList linesOf(const SiteRun& run)
{
    QStringList lines;
    if (run.lock)
        lines << (run.lock->alive ? Cli::tr("Locked by %1 on %2 since %3: run %4 is under way.")
                                  : Cli::tr("Locked by %1 on %2 since %3: run %4 was interrupted."))
                     .arg(printableLine(run.lock->by), printableLine(run.lock->machine),
                         QLocale().toString(run.lock->since.toLocalTime(), QLocale::ShortFormat),
                         printableLine(run.lock->run));
    if (run.unfinished())
        lines << Cli::tr("The run %1 is not finished: “gaplessctl resume” goes on from there.")
                     .arg(printableLine(run.unfinishedRun));
    if (run.lock && run.lock->alive && !run.lock->waitsFor.isEmpty())
        lines << Cli::tr("It waits: %1").arg(questionText({run.lock->waitsFor, {}, {}, {}}));
    return lines;
}

int followRun(Context& context, const RecordPlace& place, const QString& run)
{
    EventFeed feed(context.console, context.options.verbose);
    qint64 offset = 0, lastSeq = 0, lastGuard = 0, answered = 0;
    QList<Event> all;
    SiteLock lock(place.gateway, place.stateDir, place.key);
    for (bool ended = false; !ended;) {
        // Asked before the record is read: what an owner said last is then in it.
        const auto holder = lock.holder(context.stop);
        ended = !holder || !holder->alive || holder->run != run;
        for (const Event& event : readRunRecord(place, run, offset, context.stop)) {
            qint64& last = event.seq >= guardSeq ? lastGuard : lastSeq;
            if (event.seq <= last)
                continue; // a batch that was sent twice
            last = event.seq;
            all.append(event);
            feed.show(event);
            if (std::holds_alternative<RunFinished>(event.body))
                ended = true;
        }
        const auto open = openQuestion(all);
        if (open && open->seq != answered && context.console.canAsk()) {
            answered = open->seq;
            TerminalDecider decider(context.console);
            answerQuestion(
                place, run, open->seq, decider.decide(open->asked, context.stop), context.stop);
        }
        if (!ended && !context.session.clock().wait(looksEvery, context.stop))
            throw Cancelled();
    }
    feed.finish();
    return 0;
}

int answerFromHere(
    Context& context, const RecordPlace& place, const SiteRun& run, const QString& choice)
{
    const QString none = Cli::tr("no run on this site has an open question");
    if (!run.lock || !run.lock->alive)
        throw usage(none);
    qint64 offset = 0;
    const auto open = openQuestion(readRunRecord(place, run.lock->run, offset, context.stop));
    if (!open)
        throw usage(none);
    if (!open->asked.choices.contains(choice))
        throw usage(Cli::tr("the question takes %1, not “%2”")
                        .arg(open->asked.choices.join(u", "_s), choice));
    const DecisionMade made {open->asked.question, choice, userName(), machineName()};
    if (!answerQuestion(place, run.lock->run, open->seq, made, context.stop))
        throw usage(Cli::tr("somebody else has answered it already"));
    context.console.print(Cli::tr("Answered: %1").arg(choiceName(choice)));
    return 0;
}

} // namespace gapless
