// SPDX-License-Identifier: MIT
#include "engine/rollout/gatewayscript.h"

#include "engine/remote/quoting.h"

namespace gapless {

namespace {

    // Each process that a script starts costs milliseconds in which the slot's capacity is missing: what the shell can
    // do itself it does.

    // One edit of a gateway's nginx at a time: a test and a reload see what others have half done.
    constexpr auto takeTurn = R"sh(
[ -z "$lock" ] || { { [ -d "${lock%/*}" ] || mkdir -p "${lock%/*}"; } && exec 7>>"$lock" && flock -w 40 7 || exit 75; }
)sh";

    constexpr auto compareWithExpected = R"sh(
[ -d "${backup%/*}" ] || mkdir -p "${backup%/*}" || exit 74
tmp=
trap '[ ! -e "$tmp" ] || rm -f "$tmp"' EXIT
if [ -z "$expected" ]; then [ ! -e "$real" ] || exit 71
else sum=$(sha256sum <"$real"); [ "${sum%% *}" = "$expected" ] || exit 71
fi
)sh";

    // A configuration that somebody else broke is not ours to reload.
    constexpr auto testAsItStands = R"sh(
standing_is_whole() { out=$(test_nginx 2>&1) || { printf '%s\n' "$out" >&2; exit 70; }; }
)sh";

    // Beside the real file, so that the rename stays on one file system; a dot-file, so that no
    // `include dir/*` reads it; made by `cp -a`, so that mode, owner and SELinux label stay.
    constexpr auto writeBeside = R"sh(
[ -z "$expected" ] || cp -p "$real" "$backup" || exit 74
step=${backup##*/}
tmp=${real%/*}/.${real##*/}.gapless-${step%.conf}
if [ -z "$expected" ]; then rm -f "$tmp"; else cp -a --remove-destination "$real" "$tmp"; fi || exit 74
new_bytes >"$tmp" && sync "$tmp" || exit 74
)sh";

    // As root nginx can be asked about the candidate before anything is changed: in a mount namespace
    // of its own it already is the real file. Any status but 0 and 98: it could not be asked. What
    // passes with the edit passes without it, too: as it stands it is tested where that is not known.
    constexpr auto testCandidate = R"sh(
candidate=99
if command -v unshare >/dev/null; then
  out=$(unshare -m sh -c 'mount --bind "$1" "$2" || exit 99; shift 2; "$@" || exit 98' sh "$tmp" "$real" "$@" 2>&1)
  candidate=$?
else
  out=
fi
said=$out
[ "$candidate" = 0 ] || standing_is_whole
[ "$candidate" != 98 ] || { printf '%s\n' "$said" >&2; exit 72; }
)sh";

    // A bind mount pins the inode: rename says EBUSY there, and only writing in place is seen.
    constexpr auto putBack = R"sh(
put_back() { if [ -z "$expected" ]; then rm -f "$real"; else cat "$backup" >"$real"; sync "$real"; fi; }
)sh";

    constexpr auto takeAway = R"sh(
candidate=99
standing_is_whole
cp -p "$real" "$backup" && rm -f "$real" || exit 74
out=$(test_nginx 2>&1) || { put_back; printf '%s\n' "$out" >&2; exit 72; }
)sh";

    // Tested in its place once more, unless it passed as the candidate and the reload reads it first: `nginx -s` parses
    // the whole configuration before it signals (ngx_init_cycle in nginx's core/ngx_cycle.c).
    constexpr auto putInPlace = R"sh(
mv -f -T "$tmp" "$real" 2>/dev/null || { cat "$tmp" >"$real" && sync "$real"; } || { put_back; exit 74; }
sync "${real%/*}"
[ "$candidate$reload_parses" = 0yes ] || out=$(test_nginx 2>&1) || { put_back; printf '%s\n' "$out" >&2; exit 72; }
)sh";

    // `nginx -s reload` exits 0 before anything has happened, and also when it will not: only workers
    // tell. Ours is the master whose children change; there may be others on the host. Workers that an
    // earlier reload left shutting down are named too: they may hold requests to the slot as well.
    constexpr auto reloadAndProve = R"sh(
workers() { ps -eo pid=,ppid=,args= | awk '/nginx: worker process/ && !/awk/ { print $1, $2, ($0 ~ /shutting down/) ? "leaving" : "serving" }'; }
before=$(workers)
[ -n "$before" ] || { put_back; exit 77; }
out=$(reload_nginx 2>&1) || {
  put_back; printf '%s\n' "$out" >&2
  case $reload_parses$out in yes*"[emerg]"*) exit 72 ;; esac
  exit 73
}
taken() {
  { printf '%s\n' "$before" | sed 's/^/b /'; workers | sed 's/^/a /'; } | awk '
    $1 == "b" { old[$2] = $3; next }
    { if ($2 in old) { if ($4 == "serving") stays[$3] = 1; else leaving[$3]++ } else fresh[$3]++ }
    END { for (m in fresh) if (!(m in stays)) {
        list = ""; for (p in old) if (old[p] == m) list = list " " p
        print "old" list; print "taken", fresh[m], leaving[m] + 0; exit 0 }
      exit 1 }'
}
# The same from the kernel's own list of children, where there is one: no process for each look.
old_workers=' ' masters=' '
while read -r worker master _; do
  old_workers="$old_workers$worker "
  case $masters in *" $master "*) ;; *) masters="$masters$master " ;; esac
done <<EOF
$before
EOF
workers_of() {
  while read -r worker master _; do [ "$master" != "$1" ] || printf ' %s' "$worker"; done <<EOF
$before
EOF
}
title_of() { title=; { read -r title <"/proc/$1/cmdline"; } 2>/dev/null; }
look() {
  for m in $masters; do
    children=; fresh=0; leaving=0
    { read -r children <"/proc/$m/task/$m/children"; } 2>/dev/null
    [ -n "$children" ] || { taken; return; }
    for p in $children; do
      title_of "$p"
      case $old_workers in
        *" $p "*) case $title in
            '') ;; # has ended
            *"shutting down"*) leaving=$((leaving + 1)) ;;
            *) continue 2 ;;
          esac ;;
        *) case $title in *"nginx: worker process"*) fresh=$((fresh + 1)) ;; esac ;;
      esac
    done
    [ "$fresh" = 0 ] && continue
    printf old; workers_of "$m"
    printf '\ntaken %s %s\n' "$fresh" "$leaving"
    return 0
  done
  return 1
}
# nginx says only in its log why it did not take it, under its master's number.
emerg() {
  for m in $masters; do
    find "/proc/$m/fd" -type l -printf '%l\n' 2>/dev/null | sort -u | while read -r log; do
      [ -f "$log" ] && tail -c 20000 -- "$log" | grep -F "[emerg] $m#"
    done
  done | tail -n 3
}
# By the machine's own running time, which does not jump; where it cannot be read, by the number of looks:
# one takes about 12 ms with its pause.
seconds() { running=; { read -r running _ </proc/uptime; } 2>/dev/null; running=${running%%.*}; }
tries=0; seconds; since=$running
until proof=$(look); do
  tries=$((tries + 1)); seconds
  if [ -n "$since" ]; then over=$((running - since)) most=$limit; else over=$tries most=$((limit * 80)); fi
  if [ "$over" -gt "$most" ]; then put_back; emerg >&2; exit 76; fi
  sleep 0.01
done
printf '%s\n' "$proof"
)sh";

    // The oldest of more than a hundred backups go: by ctime, since a copy has the mtime of its file, which another site
    // may not have changed for years.
    constexpr auto dropOldBackups = R"sh(
(cd "${backup%/*}" && set -- *.conf && [ $# -gt 100 ] && ls -tc -- "$@" | tail -n +101 | while read -r old; do rm -f -- "$old"; done) || :
)sh";

    /// Whether the reload itself refuses a configuration that does not parse.
    bool parsesFirst(const QStringList& reloadCommand)
    {
        const qsizetype at = reloadCommand.indexOf(QStringLiteral("-s"));
        return at >= 0 && reloadCommand.value(at + 1) == QStringLiteral("reload");
    }

}

QByteArray gatewayEditScript(const GatewayEdit& edit)
{
    const QByteArray limit = QByteArray::number(edit.reloadSeconds);
    return "set -u; umask 022\nreal=" + quote(edit.realPath) + "; expected=" + quote(edit.sha256)
        + "; backup=" + quote(edit.backup) + "; limit=" + limit + "; lock=" + quote(edit.lock)
        + "; reload_parses=" + (parsesFirst(edit.reloadCommand) ? "yes" : "no") + "\ntest_nginx() { "
        + quoteWords(edit.testCommand) + " 7>&- 8>&-; }\nreload_nginx() { "
        // What a reload may start in the background must not inherit the locks.
        + quoteWords(edit.reloadCommand) + " 7>&- 8>&-; }\nnew_bytes() { printf %s " + quote(edit.bytes.toBase64()) + " | base64 -d; }\nset -- "
        + quoteWords(edit.testCommand) + "\n" + takeTurn + compareWithExpected + testAsItStands + putBack
        + (edit.remove ? QByteArray(takeAway) : QByteArray(writeBeside) + testCandidate + putInPlace)
        + reloadAndProve + dropOldBackups;
}

std::optional<GatewayEditProof> readGatewayEditProof(const QByteArray& out)
{
    GatewayEditProof proof;
    bool taken = false;
    for (const QByteArray& line : out.split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        if (words[0] == "old") {
            for (const QByteArray& word : words.mid(1))
                proof.oldWorkers.append(word.toLongLong());
        } else if (words[0] == "taken" && words.size() == 3) {
            taken = true;
            proof.newWorkers = words[1].toInt();
            proof.oldDraining = words[2].toInt();
        }
    }
    return taken ? std::optional(proof) : std::nullopt;
}

} // namespace gapless
