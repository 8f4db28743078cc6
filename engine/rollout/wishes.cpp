// SPDX-License-Identifier: MIT
// What people ask of a run between its steps: hold, go on, stop, another reason.
#include "engine/rollout/wishes.h"

#include "engine/rollout/run.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    /// As long as an approval is waited for; whoever forgot the run then finds what served before.
    constexpr auto pauseDeadline = std::chrono::days(3);

}

void Run::heed()
{
    if (!wishes || planning())
        return;
    for (const DecisionMade& wish : wishes->take())
        follow(wish);
}

void Run::follow(const DecisionMade& wish)
{
    if (wish.choice == u"reason") {
        if (!wish.note.isEmpty())
            say(ReasonChanged { wish.note, wish.by });
        return;
    }
    // An undo runs to its end. An emergency keeps nothing: there it is all or what was before.
    if (!m_canStop || m_undoing || (emergency && wish.choice != u"rollback"))
        return;
    if (m_paused) {
        if (wish.choice != u"pauseRun")
            m_pauseAnswer = DecisionMade { u"pause"_s, wish.choice, wish.by, wish.note };
        return;
    }
    const bool pauses = wish.choice == u"pauseRun";
    if (pauses || wish.choice == u"continue") {
        if (m_pauseAsked != pauses)
            say(wish);
        m_pauseAsked = pauses;
        return;
    }
    say(wish);
    endAsAsked(wish);
}

void Run::holdWhereAsked(const QString& slot)
{
    // Before the lock is ours nothing is held: somebody else's rollout would not know of it.
    if (!m_pauseAsked || !locked || !m_canStop || m_undoing)
        return;
    m_pauseAsked = false;
    DecisionAsked question { u"pause"_s, slot, u"rollback"_s, { u"continue"_s, u"rollback"_s } };
    if (newServes())
        question.choices.insert(1, u"keep"_s);
    m_paused = true;
    std::optional<DecisionMade> made;
    try {
        made = askUntil(question, u"pause"_s, pauseDeadline, [] { });
    } catch (...) {
        m_paused = false;
        throw;
    }
    m_paused = false;
    if (!made || made->choice != u"continue")
        endAsAsked(made.value_or(DecisionMade { question.question, question.fallback, {}, {} }));
}

void Run::endAsAsked(const DecisionMade& wish)
{
    // Where the new version serves nowhere, keeping what serves is what a cancel does.
    if (wish.choice == u"keep" && newServes())
        throw Error(ErrorKind::StoppedKeeping, { { u"by"_s, wish.by }, { u"note"_s, wish.note } });
    throw Cancelled {};
}

bool Run::newServes() const
{
    if (!replaced.isEmpty())
        return true;
    for (const QString& tag : serving)
        if (tag == to && from != to)
            return true;
    return false;
}

void Run::tellWaiting(const QString& question)
{
    if (!locked)
        return;
    try {
        site.tellWaiting(question);
    } catch (const Error&) {
        // Whoever asks for the lock learns less; the run goes on all the same.
    } catch (const Cancelled&) {
    }
}

} // namespace gapless
