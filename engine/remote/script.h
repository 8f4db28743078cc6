// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"
#include "engine/remote/host.h"

#include <QByteArray>

namespace gapless {

/// How one script is brought to run behind any login shell. The exec request is a few plain words,
/// so that csh and fish read them as sh does; the script itself goes over standard input, where
/// `ps` and the login shell's own quoting cannot get at it.
///
/// The text is one `eval` of one quoted word: the shell has read all of it before any of it runs
/// (dash reads standard input in blocks), a script that is cut short runs not at all, and one that
/// has a syntax error cannot make the shell take its payload for commands. It first prints `marker`
/// on both streams: what a login shell's own start-up files print comes before it and is dropped,
/// and the payload may be sent once it is there.
struct ScriptPlan {
    enum class Sudo { None, Passwordless, Password };
    Sudo sudo = Sudo::None;
    QByteArray request; ///< for the exec request
    QByteArray text; ///< for standard input; with a password only after `ready`
    QByteArray marker; ///< a line of its own on stdout and stderr, just before the script runs
    QByteArray ready; ///< Password: a line on stdout once sudo has let us in
    QByteArray prompt; ///< Password: what sudo prints on stderr when, and only when, it wants one
};

/// `nonce`: letters and digits that nobody can guess, new for each command.
ScriptPlan planScript(const Command& command, const HostSpec& host, const QByteArray& nonce);

/// Whether the host's `sudo` and `sudoFor` ask for sudo here.
bool needsSudo(const HostSpec& host, Privilege privilege);

} // namespace gapless
