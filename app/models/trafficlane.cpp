// SPDX-License-Identifier: MIT
#include "app/models/trafficlane.h"

#include "app/wording/text.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// What one edit of nginx's file changes is on record within so much.
constexpr double oneEditMs = 100;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Lanes)
};

double utcMs(const QDateTime& when)
{
    return double(when.toMSecsSinceEpoch());
}

/// The image that the slot had by then.
QString imageIn(const RunState& state, const QString& slot, double ms)
{
    QString image;
    if (const SlotState* found = state.slot(slot))
        for (const SlotSpan& was : found->history)
            if (utcMs(was.since) <= ms && !was.image.isEmpty())
                image = was.image;
    return image;
}

LaneSpan shareSpan(const RunState& state, const QMap<QString, int>& weights, double fromMs)
{
    LaneSpan span;
    span.fromMs = span.toMs = fromMs;
    span.share = 0;
    int sum = 0;
    for (const int weight : weights)
        sum += weight;
    span.mark = sum == 0 ? LaneSpan::Mark::Failure : LaneSpan::Mark::Old;
    if (sum == 0) {
        span.description = Words::tr("Traffic goes to nobody");
        return span;
    }
    QStringList shares;
    for (auto slot = weights.begin(); slot != weights.end(); ++slot) {
        if (*slot == 0)
            continue;
        const double share = double(*slot) / sum;
        shares << Words::tr("%1 %2 %", "slot, percentage of the traffic")
                      .arg(printableLine(slot.key(), 20), QLocale().toString(100 * share, 'f', 0));
        const QString image = imageIn(state, slot.key(), fromMs + oneEditMs);
        if (image == state.request.to && image != state.request.from)
            span.share += share;
    }
    span.text = shares.join(u" · "_s);
    span.description = Words::tr("Traffic: %1", "list of slots and percentages").arg(span.text);
    return span;
}

} // namespace

std::optional<Lane> trafficLane(const RunState& state, const QList<Event>& events, double nowMs)
{
    const RunStarted& run = state.request;
    if (run.strategy == "rolling"_L1 || run.strategy.isEmpty())
        return std::nullopt;
    QMap<QString, int> weights;
    for (auto slot = run.serving.begin(); slot != run.serving.end(); ++slot)
        weights[slot.key()] = slot->isEmpty() ? 0 : 1;
    Lane lane {Lane::Kind::Traffic, {}, Words::tr("Traffic"), {}, {}};
    lane.spans.append(shareSpan(state, weights, utcMs(state.started)));
    for (const Event& event : events) {
        const auto* changed = std::get_if<TrafficChanged>(&event.body);
        if (!changed)
            continue;
        weights[changed->slot] = changed->state == "up"_L1 ? std::max(changed->weight, 1) : 0;
        double at = utcMs(event.at);
        LaneSpan& last = lane.spans.last();
        // One edit may change several slots: it is said slot by slot, and was one moment.
        if (lane.spans.size() > 1 && at - last.fromMs <= oneEditMs) {
            at = last.fromMs;
            lane.spans.removeLast();
        }
        lane.spans.last().toMs = at;
        lane.spans.append(shareSpan(state, weights, at));
        lane.spans.last().seq = event.seq;
    }
    lane.spans.last().toMs = nowMs;
    lane.spans.last().open = state.running();
    return lane;
}

} // namespace gapless
