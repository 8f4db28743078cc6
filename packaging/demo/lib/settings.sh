# SPDX-License-Identifier: MIT
# Where the stack is and what it listens on. Everything here may be set from outside, so that stacks stand side by side.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

dir=${GAPLESS_DEMO_DIR:-${XDG_STATE_HOME:-$HOME/.local/state}/gapless-demo}
http_port=${GAPLESS_DEMO_HTTP_PORT:-9080}
ssh_port=${GAPLESS_DEMO_SSH_PORT:-2222}
port_a=${GAPLESS_DEMO_PORT_A:-8090}
port_b=${GAPLESS_DEMO_PORT_B:-8091}

# The second machine, and the site that has a slot on each.
second_http_port=${GAPLESS_DEMO_SECOND_HTTP_PORT:-9081}
second_ssh_port=${GAPLESS_DEMO_SECOND_SSH_PORT:-2223}
second_port_a=${GAPLESS_DEMO_SECOND_PORT_A:-8092}
link_net=${GAPLESS_DEMO_LINK:-10.213.77}

affinity=${GAPLESS_DEMO_AFFINITY:-cookie}             # none, ip_hash or cookie
server_options=${GAPLESS_DEMO_SERVER_OPTIONS:-}       # of each server line, for instance max_fails=0
docker_wanted=${GAPLESS_DEMO_DOCKER:-auto}            # auto, running or private

fail() { printf 'stack: %s\n' "$*" >&2; exit 1; }
say() { printf '%s\n' "$*"; }

mkdir -p "$dir" && dir=$(cd "$dir" && pwd -P)
# Paths from here end up in nginx's, sshd's and docker's own syntaxes, and in unix socket names.
[[ $dir =~ ^[A-Za-z0-9_./+-]+$ ]] || fail "the folder's path may have letters, digits and _ . / + - only: $dir"
[ ${#dir} -le 70 ] || fail "the folder's path is too long for a unix socket (70 characters are the most): $dir"

# What `up` was told holds for later commands on the same folder, which then need the folder alone.
if [ -f "$dir/run/settings" ]; then
    # shellcheck source=/dev/null
    source "$dir/run/settings"
fi

save_settings() {
    declare -p http_port ssh_port port_a port_b second_http_port second_ssh_port second_port_a link_net |
        sed "s/^declare -- //" >"$dir/run/settings"
}

stack_id=$(printf %s "$dir" | sha1sum | cut -c1-8)
user=$(id -un)
group=$(id -gn)

image() { jq -er --arg name "$1" '.[$name].tag' "$here/images.json" || fail "images.json has no image named $1"; }
