// SPDX-License-Identifier: MIT
#include "engine/guard/fence.h"

#include "engine/guard/statedir.h"

using namespace Qt::StringLiterals;

namespace gapless {

QByteArray fenceLines(const QString& stateDir, const QString& key, const QString& run)
{
    // The comparison and the act are under one lock, so a takeover waits for what is under way.
    return stateDirLine(stateDir) + "f=$d/fences/" + quote(key)
        + "\nexec 8>>\"$f.lock\" || exit 74\nflock -w 45 8 || exit 75\n"
          "holder=; { read -r holder <\"$f\"; } 2>/dev/null\n[ \"$holder\" = "
        + quote(run) + " ] || { echo \"fenced: $(cat \"$f\")\" >&2; exit 78; }\n";
}

Command setFence(const QString& stateDir, const QString& key, const QString& run, Privilege privilege)
{
    Command command;
    command.shown = u"fence %1"_s.arg(run);
    command.privilege = privilege;
    command.deadline = std::chrono::seconds(60);
    command.script = "set -u; umask 077\n" + stateDirLine(stateDir) + "f=$d/fences/" + quote(key)
        + "\nmkdir -p \"${f%/*}\" || exit 74\n"
          "exec 8>>\"$f.lock\" || exit 74\nflock -w 45 8 || exit 75\n"
          "printf %s "
        + quote(run) + " >\"$f.new\" && mv \"$f.new\" \"$f\"\n";
    return command;
}

Command fenced(const Command& command, const QString& stateDir, const QString& key, const QString& run)
{
    Command wrapped = command;
    wrapped.script = fenceLines(stateDir, key, run) + command.script;
    return wrapped;
}

} // namespace gapless
