// SPDX-License-Identifier: MIT
#include "engine/rollout/remoteanswers.h"

#include <condition_variable>
#include <mutex>
#include <thread>

using namespace std::chrono_literals;

namespace gapless {

RemoteAnswers::RemoteAnswers(Decider& here, QString run, std::function<RecordPlace()> place,
    std::function<qint64()> question)
    : m_here(here)
    , m_run(std::move(run))
    , m_place(std::move(place))
    , m_question(std::move(question))
{
}

DecisionMade RemoteAnswers::decide(const DecisionAsked& question, std::stop_token stop)
{
    std::stop_source answered;
    const std::stop_callback stopped(stop, [&] { answered.request_stop(); });
    std::optional<DecisionMade> remote; // read once the thread has ended
    std::jthread looker([&, number = m_question()](const std::stop_token& enough) {
        std::mutex mutex;
        std::condition_variable_any never;
        while (!enough.stop_requested()) {
            try {
                const auto answer = readAnswer(m_place(), m_run, number, enough);
                if (answer && question.choices.contains(answer->choice)) {
                    remote = answer;
                    answered.request_stop();
                    return;
                }
            } catch (const Error&) {
                // It may come back; whoever is here can answer all the same.
            } catch (const Cancelled&) {
                return;
            }
            std::unique_lock lock(mutex);
            never.wait_for(lock, enough, 1s, [] { return false; });
        }
    });
    DecisionMade made;
    bool cancelled = false;
    try {
        made = m_here.decide(question, answered.get_token());
    } catch (const Cancelled&) {
        cancelled = true;
    }
    looker = {}; // asks it to stop, and waits
    if (remote) {
        remote->question = question.question;
        return *remote;
    }
    if (cancelled)
        throw Cancelled {};
    return made;
}

std::optional<DecisionMade> RemoteAnswers::answered(const DecisionAsked& question)
{
    if (const auto here = m_here.answered(question))
        return here;
    try {
        auto answer = readAnswer(m_place(), m_run, m_question(), {});
        if (answer)
            answer->question = question.question;
        return answer;
    } catch (const Error&) {
        return std::nullopt; // it may come back
    }
}

} // namespace gapless
