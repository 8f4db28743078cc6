// SPDX-License-Identifier: MIT
// The gate of a red-black rollout: the new group runs, nobody is sent to it, and somebody decides.
#include "engine/rollout/groups.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless::steps {

namespace {

    constexpr int approvalDays = 3;

    /// A container that ends while people look at it cannot be approved any more.
    class AllAlive {
    public:
        AllAlive(Run& run, const std::vector<SlotTurn>& turns)
        {
            for (const SlotTurn& turn : turns)
                m_watched.emplace_back(&turn, run.site.watchExit(turn.slot, turn.newId));
        }
        void prove() const
        {
            for (const auto& [turn, ended] : m_watched)
                if (const auto exit = ended ? ended->exited() : std::nullopt)
                    throw Error(ErrorKind::ContainerExited,
                        { { u"slot"_s, turn->slot.name }, { u"exit"_s, *exit } })
                        .on(turn->slot.host);
        }

    private:
        std::vector<std::pair<const SlotTurn*, std::unique_ptr<ExitWatch>>> m_watched;
    };

}

void preview(Run& run, Groups& groups)
{
    if (!run.target.preview)
        return;
    run.step(u"preview"_s, {}, [&] {
        QStringList slotNames;
        for (const SlotTurn& turn : groups.next)
            slotNames.append(turn.slot.name);
        run.undo.push(u"closePreview"_s, {}, [&run] { run.site.closePreview({}); });
        run.changed = true;
        run.site.openPreview(run.target.preview->listen, slotNames, run.stop());
    });
}

void approve(Run& run, Groups& groups)
{
    run.step(u"approve"_s, {}, [&] {
        const AllAlive alive(run, groups.next);
        const DecisionAsked question { u"approve"_s, {}, u"reject"_s, { u"approve"_s, u"reject"_s } };
        const auto made = run.askUntil(
            question, u"approval"_s, std::chrono::days(approvalDays), [&] { alive.prove(); });
        if (run.planning())
            return;
        if (!made)
            throw Error(ErrorKind::ApprovalExpired, { { u"days"_s, approvalDays } });
        if (made->choice != u"approve")
            throw Error(ErrorKind::ApprovalRejected, { { u"by"_s, made->by }, { u"note"_s, made->note } });
    });
}

} // namespace gapless::steps
