# SPDX-License-Identifier: MIT
# The stack's machines: `web`, the gateway, and `second`. A machine is a network namespace with a sshd and a dockerd.
# With this computer's own dockerd `web` is this computer; with a private one it always has a namespace, because two
# dockerds in one would fight over docker0 and the packet filter.

docker_kind() { cat "$dir/run/docker-kind" 2>/dev/null; }     # running or private, while the stack is up

has_namespace() { [ "$1" = second ] || [ "$(docker_kind)" = private ]; }

namespace() { printf 'gapless-%s-%s' "$stack_id" "$1"; }

# inside MACHINE: the words, in the array `inside`, that make a command run on that machine's network.
inside() {
    inside=()
    if has_namespace "$1"; then inside=(nsenter "--net=/run/netns/$(namespace "$1")"); fi
}

make_namespace() {
    local name
    name=$(namespace "$1")
    [ -e "/run/netns/$name" ] && return
    as_root ip netns add "$name"
    as_root nsenter "--net=/run/netns/$name" ip link set lo up
}

# Everything that still runs in the namespace came from here, so it may go with it.
remove_namespace() {
    local name pids
    name=$(namespace "$1")
    [ -e "/run/netns/$name" ] || return 0
    pids=$(as_root ip netns pids "$name")
    # shellcheck disable=SC2086 # one word a pid
    [ -z "$pids" ] || as_root kill -KILL $pids 2>/dev/null || true
    as_root ip netns del "$name"
}

# A cable between the two machines: web is .1, second is .2.
connect_machines() {
    local web
    inside web
    web=("${inside[@]}")
    inside second
    as_root "${inside[@]}" ip link show gapless0 >/dev/null 2>&1 && return
    local near=gl${stack_id}
    as_root "${web[@]}" ip link add "$near" type veth peer name gapless0 netns "$(namespace second)"
    as_root "${web[@]}" ip addr add "$link_net.1/30" dev "$near"
    as_root "${web[@]}" ip link set "$near" up
    as_root "${inside[@]}" ip addr add "$link_net.2/30" dev gapless0
    as_root "${inside[@]}" ip link set gapless0 up
}

# --- sshd ------------------------------------------------------------------------------------------------------------

write_ssh_files() {
    mkdir -p "$dir/ssh"
    chmod 700 "$dir/ssh"
    local key
    for key in client_key web_host_key second_host_key; do
        [ -f "$dir/ssh/$key" ] || ssh-keygen -q -t ed25519 -N '' -C "gapless-demo" -f "$dir/ssh/$key"
    done
    cp "$dir/ssh/client_key.pub" "$dir/ssh/authorized_keys"
    {
        printf '[127.0.0.1]:%s %s\n' "$ssh_port" "$(cut -d' ' -f1,2 "$dir/ssh/web_host_key.pub")"
        printf '[127.0.0.1]:%s %s\n' "$second_ssh_port" "$(cut -d' ' -f1,2 "$dir/ssh/second_host_key.pub")"
    } >"$dir/ssh/known_hosts"
    local machine port
    : >"$dir/ssh/config"
    for machine in web second; do
        [ $machine = web ] && port=$ssh_port || port=$second_ssh_port
        cat >>"$dir/ssh/config" <<END
Host $machine
    HostName 127.0.0.1
    Port $port
    User $user
    IdentityFile $dir/ssh/client_key
    IdentitiesOnly yes
    UserKnownHostsFile $dir/ssh/known_hosts
    StrictHostKeyChecking yes
    LogLevel ERROR
END
        write_sshd_config $machine
    done
}

# SHLVL keeps bash from reading the user's .bashrc, which is none of the demo's and may take longer than the command.
# UsePAM only where there is no way round it: without it sshd turns a locked account away, key or not.
write_sshd_config() {
    local pam=no
    if [ "$(id -u)" -eq 0 ] && getent shadow root | cut -d: -f2 | grep -q '^!'; then pam=yes; fi
    cat >"$dir/ssh/$1_sshd_config" <<END
HostKey $dir/ssh/$1_host_key
AuthorizedKeysFile $dir/ssh/authorized_keys
StrictModes no
UsePAM $pam
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
MaxSessions 64
MaxAuthTries 20
AllowTcpForwarding yes
PrintMotd no
UseDNS no
SetEnv SHLVL=1
Subsystem sftp internal-sftp
END
}

start_sshd() {
    local machine=$1 port=$2
    inside "$machine"
    [ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd      # sshd as root insists on it
    start_daemon "$machine-sshd" perl "$here/lib/listen.pl" serve "127.0.0.1:$port" -- \
        "${inside[@]}" "${as_user[@]}" "$(command -v sshd)" -i -E "$dir/log/$machine-sshd.log" -f "$dir/ssh/${machine}_sshd_config"
    wait_for "$machine-sshd" ssh -F "$dir/ssh/config" -o ConnectTimeout=5 "$machine" true
}

# --- dockerd ---------------------------------------------------------------------------------------------------------

docker_socket() {
    if [ "$1" = web ] && [ "$(docker_kind)" = running ]; then echo /var/run/docker.sock; else echo "$dir/$1/docker.sock"; fi
}

# on MACHINE docker-arguments…
on() {
    local machine=$1
    shift
    docker -H "unix://$(docker_socket "$machine")" "$@"
}

port_is_free() { ! ss -Hltn "sport = :$1" | grep -q .; }

# This computer's dockerd will do when we may use it and nothing that we need is somebody else's.
running_docker_is_usable() {
    [ "$docker_wanted" != private ] || return 1
    local reason=''
    if ! docker -H unix:///var/run/docker.sock info >/dev/null 2>&1; then
        reason="it does not answer"
    elif docker -H unix:///var/run/docker.sock ps -a --format '{{.Names}}' --filter name='^/chat2?_[AB]$' | grep -q .; then
        reason="it has containers of the names that the demo uses"
    else
        local port
        for port in "$port_a" "$port_b"; do
            port_is_free "$port" || reason="port $port is taken"
        done
    fi
    [ -n "$reason" ] || return 0
    [ "$docker_wanted" != running ] || fail "the running dockerd cannot be used: $reason"
    return 1
}

start_dockerd() {
    local machine=$1 home=$dir/$1
    mkdir -p "$home"
    inside "$machine"
    as_root rm -f "$home/docker.pid"
    # A containerd of its own too: dockerd would take the system's if it found one.
    echo "{}" >"$home/daemon.json"     # not this computer's
    printf 'version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n' >"$home/containerd.toml"
    start_daemon "$machine-containerd" "${inside[@]}" containerd --config "$home/containerd.toml" \
        --address "$home/containerd.sock" --root "$home/containerd" --state "$home/containerd-state"
    wait_for "$machine-containerd" test -S "$home/containerd.sock"
    start_daemon "$machine-dockerd" "${inside[@]}" dockerd --config-file "$home/daemon.json" --host "unix://$home/docker.sock" --group "$group" \
        --containerd "$home/containerd.sock" --data-root "$home/docker" --exec-root "$home/docker-exec" --pidfile "$home/docker.pid"
    wait_for "$machine-dockerd" on "$machine" version
}

stop_dockerd() {
    local machine=$1 mount
    stop_daemon "$machine-dockerd" 6
    stop_daemon "$machine-containerd"
    as_root rm -f "$dir/$machine/docker.sock" "$dir/$machine/containerd.sock"
    while read -r mount; do
        as_root umount --lazy "$mount" 2>/dev/null || true
    done < <(findmnt --raw --noheadings --output TARGET | grep -F "$dir/$machine/" | sort -r)
}
