// SPDX-License-Identifier: MIT
#include "engine/site/examination.h"

#include "engine/docker/words.h"
#include "engine/remote/quoting.h"

using namespace Qt::StringLiterals;

namespace gapless::doctor {

namespace {

constexpr const char* hostScript = R"sh(
say now "$(date +%s.%N)"
say uid "$(id -u)"
say user "${SUDO_USER:-$(id -un)}"
for tool in awk base64 curl flock nsenter setsid sha256sum ss stat timeout unshare; do
    command -v "$tool" >/dev/null 2>&1 && say tool "$tool"
done
disk() { say "disk.$1" "$(df -Pk -- "$2" 2>/dev/null | awk 'END { print $4 }')"; say64 "disk.$1.path" "$2"; }
)sh";

// -T tests as -t does and prints the whole configuration; where it is not allowed (a sudoers line
// for `nginx -t` alone), the target's own words decide.
constexpr const char* testScript = R"sh(
{ [ ! -e "$file" ] || [ -w "$file" ]; } && [ -w "$(dirname -- "${real:-$file}")" ] && say writable 1
told dump nginx_dump
dump_text=$told_text dump_rc=$told_rc
if [ "$told_rc" != 0 ]; then told test nginx_test; fi
say64 nginxVersion "$(nginx_build 2>&1 </dev/null | sed -n 's,^nginx version: nginx/,,p' | head -n 1)"
)sh";

// The master's title starts so whatever started it, and the workers of an old generation say of
// themselves that they are shutting down.
constexpr const char* mastersScript = R"sh(
for master in $(grep -l '^nginx: master process' /proc/[0-9]*/cmdline 2>/dev/null); do
    master=${master#/proc/}; master=${master%/cmdline}
    say64 master "$master $(tr '\0' ' ' <"/proc/$master/cmdline")"
    kill -0 "$master" 2>/dev/null && say mayKill "$master"
done
say shuttingDown "$(grep -l '^nginx: worker process is shutting down' /proc/[0-9]*/cmdline 2>/dev/null | grep -c .)"
pid_file=$(printf '%s\n' "$dump_text" | sed -n 's/^[[:space:]]*pid[[:space:]]\{1,\}\([^;]*\);.*/\1/p' | head -n 1)
[ -n "$pid_file" ] || [ "$dump_rc" != 0 ] || pid_file=$(nginx_build 2>&1 </dev/null | sed -n 's/.*--pid-path=\([^ ]*\).*/\1/p')
case $pid_file in
/*) if [ ! -e "$pid_file" ] || [ -r "$pid_file" ]; then
        say64 pidFile "$pid_file"
        [ ! -e "$pid_file" ] || say pidInFile "$(head -n 1 -- "$pid_file")"
    fi ;;
esac
)sh";

constexpr const char* locksScript = R"sh(
if [ -n "$state" ]; then
    disk state "$state"
    for lock in "$state"/locks/*.json; do
        [ -s "$lock" ] || continue
        lock=${lock%.json}
        if [ -e "$lock.lock" ] && ! flock -n "$lock.lock" true 2>/dev/null; then lock_state=alive; else lock_state=dead; fi
        say lock "$lock_state ${lock##*/} $(base64 <"$lock.json" | tr -d '\n')"
    done
fi
)sh";

constexpr const char* dockerScript = R"sh(
told info dk info --format '{{json .}}'
docker_root=$(printf '%s\n' "$told_text" | sed -n 's/.*"DockerRootDir":"\([^"]*\)".*/\1/p')
[ -z "$docker_root" ] || disk docker "$docker_root"
told running dk ps --no-trunc --format '{{json .}}'
told listeners ss -Hltnp
)sh";

constexpr const char* pathFunction = R"sh(
path() {
    if [ -d "$2" ]; then say "path.$1" dir
    elif [ -e "$2" ]; then say "path.$1" file
    elif ls -dL -- "$2" 2>&1 | grep -q ermission; then say "path.$1" unknown
    else say "path.$1" missing
    fi
    say64 "path.$1.name" "$2"
}
)sh";

/// A shell function that runs those words.
QByteArray function(const QByteArray& name, const QStringList& words)
{
    return name + "() { " + (words.isEmpty() ? "false" : quoteWords(words)) + "; }\n";
}

/// The same command with -T in place of -t; nothing where it has no -t of its own.
QStringList dumpWords(QStringList words)
{
    const qsizetype at = words.indexOf(u"-t"_s);
    if (at < 0)
        return {};
    words[at] = u"-T"_s;
    return words;
}

/// nginx's own `-V`, where the test command is nginx itself.
QStringList buildWords(const QStringList& words)
{
    if (!words.value(0).contains(u"nginx"_s))
        return {};
    return {words[0], u"-V"_s};
}

/// Asks sudo whether it would let the command through, where the target's own words begin with it.
QByteArray mayReloadScript(const QStringList& words)
{
    QStringList rest = words.mid(1);
    if (rest.value(0) == "-n"_L1)
        rest.removeFirst();
    if (words.value(0) != "sudo"_L1 || rest.isEmpty() || rest[0].startsWith(u'-'))
        return {};
    return "told mayReload sudo -n -l -- " + quoteWords(rest) + '\n';
}

} // namespace

QByteArray hostExamScript()
{
    return hostScript;
}

QByteArray gatewayExamScript(const Target& target)
{
    const QStringList test = splitWords(target.gateway.testCommand).value_or(QStringList());
    return gatewayLookScript(target) + function("nginx_dump", dumpWords(test))
        + function("nginx_test", test) + function("nginx_build", buildWords(test)) + testScript
        + mastersScript
        + mayReloadScript(splitWords(target.gateway.reloadCommand).value_or(QStringList()))
        + locksScript;
}

QByteArray slotHostExamScript(const Target& target, const QString& hostName)
{
    QByteArray script = pathFunction;
    QStringList paths = target.container.envFiles;
    for (const Mount& mount : target.container.mounts)
        if (mount.source.startsWith(u'/'))
            paths << mount.source;
    for (qsizetype i = 0; i < paths.size(); ++i)
        script += "path " + QByteArray::number(i) + ' ' + quote(paths[i]) + '\n';
    script += dockerFunction(target.host(hostName)) + dockerScript;
    if (!target.container.network.isEmpty())
        script += "told networks dk network ls --no-trunc --format '{{json .}}'\n";
    return script + dockerLookScript(target, hostName);
}

} // namespace gapless::doctor
