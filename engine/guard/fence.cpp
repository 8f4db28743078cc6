// SPDX-License-Identifier: MIT
#include "engine/guard/fence.h"

#include "engine/remote/quoting.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    QByteArray fenceFile(const QString& stateDir, const QString& key)
    {
        const QByteArray named = "d=" + quote(stateDir) + "\n";
        // The same order of places as for the gateway's state: one that all its users share comes first.
        constexpr auto found = "d=/var/lib/gapless; mkdir -p \"$d\" 2>/dev/null; [ -w \"$d\" ] || "
                               "d=${XDG_STATE_HOME:-$HOME/.local/state}/gapless\n";
        return (stateDir.isEmpty() ? QByteArray(found) : named) + "f=$d/fences/" + quote(key) + "\n";
    }

}

Command setFence(const QString& stateDir, const QString& key, const QString& run)
{
    Command command;
    command.shown = u"fence %1"_s.arg(run);
    command.script = "set -u; umask 077\n" + fenceFile(stateDir, key)
        + "mkdir -p \"${f%/*}\" || exit 74\n"
          "exec 8>>\"$f.lock\"; flock -w 30 8 || exit 75\n"
          "printf %s "
        + quote(run) + " >\"$f.new\" && mv \"$f.new\" \"$f\"\n";
    return command;
}

Command fenced(const Command& command, const QString& stateDir, const QString& key, const QString& run)
{
    Command wrapped = command;
    // The comparison and the act are under one lock, so a takeover waits for what is under way.
    wrapped.script = fenceFile(stateDir, key)
        + "exec 8>>\"$f.lock\"; flock -w 30 8 || exit 75\n"
          "[ \"$(cat \"$f\")\" = "
        + quote(run) + " ] || { echo \"fenced: $(cat \"$f\")\" >&2; exit 78; }\n" + command.script;
    return wrapped;
}

} // namespace gapless
