// SPDX-License-Identifier: MIT
#include "engine/guard/detached.h"

#include "engine/remote/quoting.h"

namespace gapless {

Command detached(const Command& command, const QString& stateDir, const QString& stepId)
{
    Command wrapped = command;
    // `mkdir` decides who runs it: it is atomic, so a script that is sent again only waits. The status
    // appears by rename, so whoever reads it reads all of it.
    wrapped.script = "set -u; umask 077\n"
                     "d=" + quote(stateDir) + "/steps; s=" + quote(stepId) + "\n"
                     "mkdir -p \"$d\" || exit 74\n"
                     "if mkdir \"$d/$s.started\" 2>/dev/null; then\n"
                     "  printf %s " + quote(command.script) + " >\"$d/$s.sh\" || exit 74\n"
                     "  setsid sh -c 'sh \"$1.sh\" >\"$1.out\" 2>\"$1.err\" </dev/null; echo $? >\"$1.rc.new\";"
                     " mv \"$1.rc.new\" \"$1.rc\"' sh \"$d/$s\" >/dev/null 2>&1 </dev/null &\n"
                     "  wait $!\n"
                     "fi\n"
                     "while [ ! -e \"$d/$s.rc\" ]; do sleep 0.05; done\n"
                     "cat \"$d/$s.out\"; cat \"$d/$s.err\" >&2\n"
                     "rc=$(cat \"$d/$s.rc\")\n"
                     "rm -rf \"$d/$s.sh\" \"$d/$s.out\" \"$d/$s.err\"\n"
                     "exit \"$rc\"\n";
    return wrapped;
}

} // namespace gapless
