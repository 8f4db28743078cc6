// SPDX-License-Identifier: MIT
// The rehearsal: the release boots beside what serves, so that a bad image is found while nothing is out.
#include "engine/rollout/run.h"

using namespace Qt::StringLiterals;

namespace gapless::steps {

namespace {

    /// What there is to know of a rehearsal that failed, before its container is gone.
    void keepEvidenceOf(Run& run, const Slot& stage, const QString& id, const QStringList& answers)
    {
        SlotTurn turn { .slot = stage };
        turn.newId = id;
        turn.health = answers;
        keepEvidence(run, turn);
    }

}

void rehearse(Run& run, const Slot& slot)
{
    const Undo::Mark mark = run.undo.mark();
    const bool changedBefore = run.changed;
    Slot stage = slot;
    stage.container = ownName(run, slot) + u"-rehearsal"_s;
    QString id;
    QStringList answers;
    try {
        run.step(u"rehearse"_s, slot.name, [&] {
            run.undo.push(u"removeRehearsal"_s, slot.name,
                [&run, stage] { run.site.remove(stage, stage.container, {}); });
            run.changed = true;
            NewContainer wanted = newContainer(run, slot, stage.container);
            wanted.rehearsal = true;
            id = run.site.create(slot, wanted, run.stop());
            run.site.start(slot, id, run.stop());
            stage.server = run.site.rehearsalAddress(slot, id, run.stop());
            proveReady(run, stage, id, stage.container, answers);
            run.site.stop(stage, id, run.stop());
            run.site.remove(stage, id, run.stop());
        });
    } catch (...) {
        keepEvidenceOf(run, stage, id, answers);
        run.restored = run.rollBackTo(mark);
        throw;
    }
    run.undo.forget(mark);
    run.changed = changedBefore; // the host is as it was
}

void rehearse(Run& run)
{
    if (!run.target.rehearse)
        return;
    QSet<QString> hosts;
    for (const Slot& slot : run.target.slots) {
        if (hosts.contains(slot.host))
            continue;
        hosts.insert(slot.host);
        rehearse(run, slot);
    }
}

} // namespace gapless::steps
