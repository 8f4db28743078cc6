// SPDX-License-Identifier: MIT
#include "engine/guard/heartbeat.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

struct Heartbeat::State {
    std::mutex mutex;
    std::condition_variable changed;
    std::chrono::milliseconds every {};
    bool answered = false, ended = false;
    qint64 beat = 0;
};

Heartbeat::Heartbeat(std::chrono::milliseconds every)
    : m_state(std::make_shared<State>())
{
    m_state->every = every;
}

std::function<qsizetype(char*, qsizetype)> Heartbeat::input() const
{
    return [state = m_state](char* buffer, qsizetype size) -> qsizetype {
        std::unique_lock lock(state->mutex);
        if (state->beat > 0) {
            const bool waitedLong = state->answered;
            state->changed.wait_for(lock, waitedLong ? state->every : 20ms,
                [&] { return state->ended || state->answered != waitedLong; });
        }
        if (state->ended)
            return 0;
        const QByteArray line = QByteArray::number(++state->beat) + '\n';
        std::copy_n(line.constData(), std::min(size, line.size()), buffer);
        return line.size();
    };
}

void Heartbeat::answered()
{
    const std::lock_guard lock(m_state->mutex);
    m_state->answered = true;
    m_state->changed.notify_all();
}

void Heartbeat::end()
{
    const std::lock_guard lock(m_state->mutex);
    m_state->ended = true;
    m_state->changed.notify_all();
}

namespace {

    constexpr auto firstWordDeadline = 20s;

    /// What the script's first line said, handed from the process's thread to the one that waits.
    struct FirstWord {
        std::mutex mutex;
        std::condition_variable_any changed;
        QByteArray word;
    };

}

KeptProcess::KeptProcess(Host& host, Privilege privilege, QByteArray word,
    std::function<QByteArray(bool again)> script, int lostSeconds)
    : m_host(host)
    , m_privilege(privilege)
    , m_word(std::move(word))
    , m_script(std::move(script))
    , m_every(std::clamp<std::chrono::milliseconds>(
          std::chrono::milliseconds(lostSeconds * 1000) / 5, 200ms, 2s))
{
}

KeptProcess::~KeptProcess()
{
    stopKeeping();
    letGo();
}

std::optional<CommandResult> KeptProcess::start(std::stop_token stop)
{
    auto refused = hold(false, stop);
    if (!refused)
        m_keeper = std::jthread([this](const std::stop_token& ended) { keep(ended); });
    return refused;
}

void KeptProcess::letGo()
{
    if (m_beat)
        m_beat->end();
    m_process.reset();
}

std::optional<CommandResult> KeptProcess::hold(bool again, std::stop_token stop)
{
    letGo();
    m_beat.emplace(m_every);
    const auto first = std::make_shared<FirstWord>();
    Command command;
    command.privilege = m_privilege;
    command.deadline = 0ms; // as long as the rollout
    command.script = m_script(again);
    command.input = m_beat->input();
    command.onLine = [first, beat = *m_beat](OutputStream stream, const QByteArray& line) mutable {
        const std::lock_guard guard(first->mutex);
        if (stream == OutputStream::Out && first->word.isEmpty())
            first->word = line;
        beat.answered();
        first->changed.notify_all();
    };
    m_process = m_host.start(command);
    {
        std::unique_lock lock(first->mutex);
        const auto deadline = std::chrono::steady_clock::now() + firstWordDeadline;
        while (first->word.isEmpty() && m_process->running() && !stop.stop_requested()
            && std::chrono::steady_clock::now() < deadline)
            first->changed.wait_for(lock, stop, 50ms, [&] { return !first->word.isEmpty(); });
        if (first->word == m_word)
            return std::nullopt;
    }
    m_beat->end();
    const CommandResult result = m_process->wait(stop);
    m_process.reset();
    return result;
}

void KeptProcess::keep(const std::stop_token& ended)
{
    std::mutex mutex;
    std::condition_variable_any never;
    while (!ended.stop_requested()) {
        {
            std::unique_lock lock(mutex);
            never.wait_for(lock, ended, 500ms, [] { return false; });
        }
        if (ended.stop_requested() || (m_process && m_process->running()))
            continue;
        try {
            if (hold(true, ended))
                return; // somebody took over, or gave it back: the fences keep us from changing anything
        } catch (const Error&) {
            // No connection yet.
        } catch (const Cancelled&) {
            return;
        }
    }
}

QByteArray keepBeat(int lostSeconds, const QByteArray& closing)
{
    // Seconds are counted, not read from a clock: one that jumps proves nobody dead.
    return "( idle=0 last=; while sleep 1; do kill -0 $$ 2>/dev/null || exit; now=$(cat \"$beat\" 2>/dev/null)\n"
           "  if [ \"$now\" = \"$last\" ]; then idle=$((idle + 1)); else idle=0 last=$now; fi\n"
           "  [ \"$idle\" -lt "
        + QByteArray::number(lostSeconds)
        + " ] || { kill $$; exit; }; done ) " + closing
        + " </dev/null >/dev/null 2>&1 &\n"
          "while read -r n; do printf %s \"$n\" >\"$beat\"; done\n"
          "kill $! 2>/dev/null || :\n";
}

} // namespace gapless
