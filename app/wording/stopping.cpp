// SPDX-License-Identifier: MIT
// What a stop would bring about, in words.
#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <QCoreApplication>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Stopping {
    Q_DECLARE_TR_FUNCTIONS(Stopping)
};

bool servesNew(const SlotState& slot, const RunStarted& request)
{
    const bool routed = slot.traffic == "up"_L1
        || (slot.traffic.isEmpty() && slot.state == "serving"_L1); // nothing was said of it
    return routed && slot.image == request.to && request.to != slot.imageBefore;
}

QString tagsText(const QMap<QString, QString>& serving)
{
    QMap<QString, QString> shown;
    for (auto slot = serving.begin(); slot != serving.end(); ++slot)
        shown[slot.key()] = slot.value().isEmpty() ? QString() : shortTag(slot.value());
    return servingText(shown);
}

} // namespace

QString shortTag(const QString& tag)
{
    return printableLine(tag.left(tag.lastIndexOf(u'_') + 9), 40);
}

QMap<QString, QString> servingIfKept(const RunState& state)
{
    // A slot in its turn of a rolling rollout is put back; where traffic was moved from one slot to
    // another it stays there.
    const bool rolls = state.request.strategy == "rolling"_L1;
    QMap<QString, QString> serving;
    for (const SlotState& slot : state.slots)
        serving[slot.name] = servesNew(slot, state.request) ? slot.image
            : rolls || slot.traffic != "down"_L1            ? slot.imageBefore
                                                            : QString();
    return serving;
}

bool hasSomethingToKeep(const RunState& state)
{
    return std::any_of(state.slots.begin(), state.slots.end(),
        [&](const SlotState& slot) { return servesNew(slot, state.request); });
}

QString choiceText(const RunState& state, const DecisionAsked& asked, const QString& choice)
{
    const QString to = shortTag(state.request.to), from = shortTag(state.request.from);
    const QString slot = printableLine(asked.slot);
    if (asked.question == "partialFailure"_L1 && choice == "hold"_L1) {
        QStringList serving;
        for (const SlotState& one : state.slots)
            if (one.name != asked.slot && servesNew(one, state.request))
                serving << printableLine(one.name);
        return Stopping::tr("Keep %1 serving on %2, with %3 out", "tag, slots, slot")
            .arg(to, serving.join(Stopping::tr(", ", "between slots")), slot);
    }
    if (asked.question == "partialFailure"_L1 && choice == "retry"_L1)
        return Stopping::tr("Mend it, then try slot %1 again").arg(slot);
    const bool goesBack = choice == "rollback"_L1 || choice == "reject"_L1 || choice == "abort"_L1;
    if (!goesBack || state.request.from.isEmpty())
        return choiceName(choice);
    return choice == "rollback"_L1
        ? Stopping::tr("Roll everything back: %1 serves everywhere again").arg(from)
        : choice == "reject"_L1 ? Stopping::tr("Reject: %1 goes on serving").arg(from)
                                : Stopping::tr("Abort: back to %1").arg(from);
}

QString stopText(const RunState& state, const QString& choice)
{
    if (state.pointOfNoReturn)
        return Stopping::tr("Finish tidily: %1 serves everywhere")
            .arg(shortTag(state.request.to));
    if (choice == "keep"_L1)
        return Stopping::tr("Stop and keep: %1", "what serves then, by slot")
            .arg(tagsText(servingIfKept(state)));
    return state.request.from.isEmpty()
        ? Stopping::tr("Stop and take away what was created")
        : Stopping::tr("Stop and roll back: %1 serves everywhere again")
              .arg(shortTag(state.request.from));
}

} // namespace gapless
