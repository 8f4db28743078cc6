// SPDX-License-Identifier: MIT
#include "app/wording/wording.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Strategies {
    Q_DECLARE_TR_FUNCTIONS(Strategies)
};

StrategyText rollingText()
{
    return {strategyName(u"rolling"_s),
        Strategies::tr("One slot after the other: taken out of nginx, emptied, replaced, proven "
                       "ready, put back.\nThe other slots serve meanwhile; both versions serve "
                       "side by side until the last slot is done."),
        Strategies::tr("high use of the resources that are there; flexible"),
        Strategies::tr("the slots that stay carry all the load; hard to roll back (every slot "
                       "anew); two versions side by side"),
        Strategies::tr("two slots or more"), Strategies::tr("medium"),
        Strategies::tr("short: seconds a slot")};
}

StrategyText blueGreenText()
{
    return {strategyName(u"blue-green"_s),
        Strategies::tr("The group that does not serve gets the new version; then one reload moves "
                       "all traffic to it.\nThe old group is kept warm for a while: rolling back "
                       "within it is one reload, under a second."),
        Strategies::tr("fast switch and fast rollback; no two versions side by side"),
        Strategies::tr("double the resources; databases must fit both versions at the moment of "
                       "the switch"),
        Strategies::tr("two groups of slots, each able to carry the site"), Strategies::tr("low"),
        Strategies::tr("short; the switch itself takes a moment")};
}

StrategyText redBlackText()
{
    return {strategyName(u"red-black"_s),
        Strategies::tr("Blue-green with a gate: the new version runs outside nginx until somebody "
                       "has looked at it and approves.\nA rejection, or three days of silence, "
                       "leaves what serves as it is."),
        Strategies::tr("highest verification: people test the very containers that will serve; "
                       "rollback as fast as blue-green"),
        Strategies::tr("longest, since it waits for a person; double the resources"),
        Strategies::tr("two groups of slots, and somebody who approves"),
        Strategies::tr("lowest for what is seen before the switch"),
        Strategies::tr("longest: as long as the approval takes")};
}

StrategyText canaryText()
{
    return {strategyName(u"canary"_s),
        Strategies::tr("The new version gets a small share of the requests, then growing ones, "
                       "each compared with the old version.\nWorse than the limits: the share goes "
                       "back to nothing, by itself, with the comparison in the report."),
        Strategies::tr("lowest risk: few users meet a bad version; precise control of the share"),
        Strategies::tr("complex watching: versions must be told apart and enough requests must "
                       "come; two versions side by side"),
        Strategies::tr("a witness that reads the version (witness.http.versionFrom); a zone in "
                       "the upstream for small shares"),
        Strategies::tr("lowest"), Strategies::tr("long: minutes a share")};
}

} // namespace

QStringList strategyIds()
{
    return {u"rolling"_s, u"blue-green"_s, u"red-black"_s, u"canary"_s};
}

StrategyText strategyText(const QString& strategy)
{
    if (strategy == "blue-green"_L1)
        return blueGreenText();
    if (strategy == "red-black"_L1)
        return redBlackText();
    if (strategy == "canary"_L1)
        return canaryText();
    if (strategy == "rolling"_L1)
        return rollingText();
    return {strategyName(strategy), {}, {}, {}, {}, {}, {}};
}

QStringList strategyLines(const QString& strategy)
{
    const StrategyText text = strategyText(strategy);
    QStringList lines = text.summary.split(u'\n');
    lines << Strategies::tr("For it: %1", "advantages of a strategy").arg(text.pros)
          << Strategies::tr("Against it: %1", "disadvantages of a strategy").arg(text.cons)
          << Strategies::tr("Needs: %1").arg(text.needs)
          << Strategies::tr("Risk: %1. Time: %2.").arg(text.risk, text.time);
    return lines;
}

} // namespace gapless
