// SPDX-License-Identifier: MIT
#include "engine/guard/detached.h"

#include "engine/guard/statedir.h"

namespace gapless {

Command detached(const Command& command, const QString& stateDir, const QString& stepId)
{
    Command wrapped = command;
    // `mkdir` decides who runs it: it is atomic, so a script that is sent again only waits. The status
    // appears by rename, so whoever reads it reads all of it. What is kept stays until forgetDetached:
    // the answer itself may be lost on its way. The step writes its own process down once it leads a
    // session: before that, what ends the connection's processes ends it, too, so who started it counts.
    wrapped.script = "set -u; u=$(umask); umask 077\n" + stateDirLine(stateDir) + "d=$d/steps; s=" + quote(stepId)
        + "\n[ -d \"$d\" ] || mkdir -p \"$d\" || exit 74\n"
          "if mkdir \"$d/$s.started\" 2>/dev/null; then\n"
          "  echo $$ >\"$d/$s.started/by\"\n"
          "  printf %s "
        + quote(command.script)
        + " >\"$d/$s.sh\" || exit 74\n"
          "  setsid sh -c 'echo $$ >\"$1.pid\"; exec >\"$1.out\" 2>\"$1.err\"; umask \"$2\"; sh \"$1.sh\"; r=$?;"
          " umask 077; echo $r >\"$1.rc.new\"; mv \"$1.rc.new\" \"$1.rc\"' sh \"$d/$s\" \"$u\""
          " >/dev/null 2>&1 </dev/null &\n"
          "  wait $!\n"
          "fi\n"
          "of() { cat \"$d/$s.pid\" 2>/dev/null || cat \"$d/$s.started/by\" 2>/dev/null; }\n"
          "gone() { [ -n \"$1\" ] && ! kill -0 \"$1\" 2>/dev/null; }\n"
          // One that is gone without a status was ended from outside, by a reboot for instance. Who started it
          // may be gone a moment before the step has written itself down: that is asked again.
          "while [ ! -e \"$d/$s.rc\" ]; do sleep 0.05\n"
          "  p=$(of); gone \"$p\" || continue\n"
          "  sleep 0.5; [ ! -e \"$d/$s.rc\" ] && [ \"$(of)\" = \"$p\" ] && exit 79\n"
          "done\n"
          "cat \"$d/$s.out\"; [ ! -s \"$d/$s.err\" ] || cat \"$d/$s.err\" >&2\n"
          "read -r r <\"$d/$s.rc\"; exit \"$r\"\n";
    return wrapped;
}

Command forgetDetached(const QString& stateDir, const QString& prefix, Privilege privilege)
{
    Command command;
    command.privilege = privilege;
    command.script = stateDirLine(stateDir) + "cd \"$d/steps\" 2>/dev/null || exit 0\nrm -rf -- "
        + quote(prefix)
        + "*\nfind . -mindepth 1 -maxdepth 1 -mtime +0 -exec rm -rf -- {} + 2>/dev/null || :\n";
    return command;
}

} // namespace gapless
