# SPDX-License-Identifier: MIT
# Daemons of the stack's own: started in a session of their own, remembered by pid and start time, and only those stopped.

if [ "$(id -u)" -eq 0 ]; then
    as_root() { "$@"; }
    as_user=()
else
    as_root() { sudo -n "$@"; }
    as_user=(setpriv --reuid "$user" --regid "$group" --init-groups)
fi

# Asks for sudo's password once, in the foreground, where there is one to ask for.
need_root() {
    [ "$(id -u)" -eq 0 ] && return
    command -v sudo >/dev/null || fail "network namespaces and a dockerd need root: run this as root, or as a user with sudo"
    # `sudo -v` asks for a password even where the commands themselves need none.
    sudo -n true 2>/dev/null || sudo -v || fail "network namespaces and a dockerd need root, and sudo refused"
}

start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# is_up NAME: the process that start_daemon made is still that process. Its pid is then in $pid.
is_up() {
    local since
    [ -s "$dir/run/$1.pid" ] || return 1
    read -r pid since <"$dir/run/$1.pid"
    [ -n "$since" ] && [ "$(start_time "$pid")" = "$since" ]
}

# start_daemon NAME COMMAND…: as root, output to log/NAME.log.
start_daemon() {
    local name=$1 i
    shift
    is_up "$name" && return
    mkdir -p "$dir/run" "$dir/log"
    rm -f "$dir/run/$name.pid"
    # shellcheck disable=SC2016 # expanded by the inner shell
    as_root setsid bash -c '
        since=$(sed "s/.*) //" /proc/$$/stat | cut -d" " -f20)
        echo "$$ $since" >"$1"
        shift
        exec "$@"' start "$dir/run/$name.pid" "$@" </dev/null >>"$dir/log/$name.log" 2>&1 9>&- &
    for ((i = 0; i < 100; ++i)); do
        [ -s "$dir/run/$name.pid" ] && return
        sleep 0.02
    done
    fail "$name did not start: see $dir/log/$name.log"
}

# wait_for NAME COMMAND…: until COMMAND succeeds, for as long as the daemon lives, 30 s at most.
wait_for() {
    local name=$1 i
    shift
    for ((i = 0; i < 600; ++i)); do
        "$@" >/dev/null 2>&1 && return
        is_up "$name" || break
        sleep 0.05
    done
    tail -n 3 "$dir/log/$name.log" >&2
    fail "$name is not ready: see $dir/log/$name.log"
}

# stop_daemon NAME [SECONDS]: SIGTERM, and SIGKILL for one that takes longer.
stop_daemon() {
    local name=$1 i
    if is_up "$name"; then
        as_root kill -TERM "$pid" 2>/dev/null || true
        for ((i = 0; i < ${2:-3} * 50; ++i)); do
            is_up "$name" || break
            sleep 0.02
        done
        if is_up "$name"; then as_root kill -KILL "$pid" 2>/dev/null || true; fi
    fi
    as_root rm -f "$dir/run/$name.pid"
}
