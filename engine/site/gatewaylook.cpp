// SPDX-License-Identifier: MIT
#include "engine/site/gatewaylook.h"

#include "engine/remote/quoting.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

// `ls` tells a missing file from one in a folder that may not be searched; `test` does not.
constexpr const char* fileScript = R"sh(
say uid "$(id -u)"
if file_why=$(ls -dL -- "$file" 2>&1 >/dev/null); then
    real=$(readlink -f -- "$file")
    say64 realPath "$real"
    if [ ! -f "$real" ]; then say unreadable notFile
    elif [ ! -r "$real" ]; then say unreadable permission
    else say64in bytes <"$real"
    fi
    awk '{ print $5 }' /proc/self/mountinfo 2>/dev/null | grep -qxF -- "$real" && say pinned 1
else
    case $file_why in
    *ermission*) say unreadable permission ;;
    *) say unreadable missing ;;
    esac
fi
for tool in awk base64 curl flock nsenter setsid sha256sum ss stat timeout unshare; do
    command -v "$tool" >/dev/null 2>&1 && say tool "$tool"
done
)sh";

constexpr const char* stateDirFunction = R"sh(
state_dir() {
    [ -d "$1" ] || (umask 077 && mkdir -p -- "$1") 2>/dev/null
    [ -d "$1" ] && [ -w "$1" ] && [ -x "$1" ] && state=$1 && say64 stateDir "$1" &&
        say stateDirShared "$2"
}
)sh";

/// A word for sh in which a leading `~/` is the user's home there.
QByteArray pathWord(const QString& path)
{
    return path.startsWith("~/"_L1) ? "\"$HOME\"/" + quote(path.mid(2)) : quote(path);
}

} // namespace

QByteArray gatewayLookScript(const Target& target, const QString& systemStateDir)
{
    QByteArray script
        = "file=" + quote(target.gateway.upstreamFile) + '\n' + fileScript + stateDirFunction;
    if (!target.gateway.stateDir.isEmpty())
        script += "state_dir " + pathWord(target.gateway.stateDir) + " 1\n";
    else
        script += "state_dir " + quote(systemStateDir)
            + " 1 || state_dir \"${XDG_STATE_HOME:-$HOME/.local/state}/gapless\" 0\n";
    return script + ":\n";
}

GatewayLook gatewayLookFrom(const ScriptReport& report)
{
    GatewayLook look;
    look.realPath = report.text("realPath");
    look.bytes = report.bytes("bytes");
    look.unreadable = QString::fromLatin1(report.value("unreadable"));
    look.pinned = report.has("pinned");
    look.root = report.value("uid") == "0";
    for (const QByteArray& tool : report.values("tool"))
        look.tools << QString::fromLatin1(tool);
    look.stateDir = report.text("stateDir");
    look.stateDirShared = report.value("stateDirShared") == "1";
    return look;
}

} // namespace gapless
