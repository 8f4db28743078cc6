// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/host.h"

#include <QByteArray>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

namespace gapless {

/// An owner's sign of life: a number a line on the standard input of a script on a host, for as long
/// as this process runs. One that is stopped, or whose connection hangs, gives none, though its
/// socket still stands. Any thread; copies share the beat.
class Heartbeat {
public:
    explicit Heartbeat(std::chrono::milliseconds every);
    /// For Command::input. Until answered() it beats often, because a command that blocks in its
    /// input does not read its output.
    std::function<qsizetype(char* buffer, qsizetype size)> input() const;
    void answered();
    /// Ends the input at once: the script sees its end.
    void end();

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/// Of a script that reads a Heartbeat: keeps the newest beat in the file `$beat`, and ends when the
/// input does. Where none has come for `lostSeconds` the script is ended from outside, so that what it
/// holds is given back. Needs `$beat`; runs until then. `closing`: descriptors that its helpers must
/// not inherit (`9>&-`).
QByteArray keepBeat(int lostSeconds, const QByteArray& closing);

/// A script on a host that lives on our heartbeat, started anew when its connection was lost. It says
/// one word on a line of its own once it is at work; one that ends without saying `word` has refused,
/// and is not asked again.
class KeptProcess {
public:
    /// `script`: told whether this is not the first start. `lostSeconds`: the beat is five times as
    /// fast, 2 s at most.
    KeptProcess(Host& host, Privilege privilege, QByteArray word,
        std::function<QByteArray(bool again)> script, int lostSeconds);
    ~KeptProcess();
    /// Until it is at work; how it ended where it refused. Errors: as Host::run.
    std::optional<CommandResult> start(std::stop_token stop);
    /// It is not started anew any more.
    void stopKeeping() { m_keeper = {}; }

private:
    std::optional<CommandResult> hold(bool again, std::stop_token stop);
    void letGo();
    void keep(const std::stop_token& ended);

    Host& m_host;
    const Privilege m_privilege;
    const QByteArray m_word;
    const std::function<QByteArray(bool)> m_script;
    std::chrono::milliseconds m_every;
    std::optional<Heartbeat> m_beat;
    std::unique_ptr<RemoteProcess> m_process;
    std::jthread m_keeper;
};

} // namespace gapless
