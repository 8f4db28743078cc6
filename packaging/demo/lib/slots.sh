# SPDX-License-Identifier: MIT
# The containers of the site, and the target files that describe them to Gapless.

write_chat_files() {
    mkdir -p "$dir/chat"
    cat >"$dir/chat/appsettings.json" <<'END'
{
  "Logging": { "LogLevel": { "Default": "Warning", "Microsoft.Hosting.Lifetime": "Information" } },
  "Redis": "!/run/redis/redis.sock"
}
END
}

# run_slot MACHINE CONTAINER SLOT ADDRESS:PORT IMAGE
run_slot() {
    local extra=${4%:*}:$((${4##*:} + 100))
    on "$1" run --detach --name "$2" --restart unless-stopped --label "gapless.demo=$stack_id" \
        --env ASPNETCORE_ENVIRONMENT=Production --env "SLOT=$3" \
        --mount "type=bind,source=$dir/chat/appsettings.json,target=/app/appsettings.json,readonly" \
        --mount "type=bind,source=$dir/redis,target=/run/redis,readonly" \
        --publish "$4:8080" --publish "$extra:8081" "$5" >/dev/null
}

# wait_for_slot MACHINE ADDRESS:PORT
wait_for_slot() {
    local i
    inside "$1"
    for ((i = 0; i < 1200; ++i)); do     # a minute: several boot at once, perhaps on a busy machine
        as_root "${inside[@]}" curl -sf -o /dev/null --max-time 2 "http://$2/health" && return
        sleep 0.05
    done
    fail "the slot at $2 did not become healthy"
}

# slots: one line a slot: machine, container, slot, address.
slots() {
    printf 'web chat_A A 127.0.0.1:%s\nweb chat_B B 127.0.0.1:%s\n' "$port_a" "$port_b"
    if [ -f "$dir/run/second" ]; then
        printf 'web chat2_A A 127.0.0.1:%s\nsecond chat2_B B %s.2:%s\n' "$second_port_a" "$link_net" "$port_b"
    fi
}

# start_slot MACHINE CONTAINER SLOT ADDRESS:PORT IMAGE
start_slot() {
    if on "$1" container inspect "$2" >/dev/null 2>&1; then
        on "$1" start "$2" >/dev/null
    else
        run_slot "$@"
    fi
}

# Runs what does not run yet, on v1; what is there already stays as it is.
start_slots() {
    local machine container slot address v1 job jobs=()
    v1=$(image v1)
    while read -r machine container slot address; do
        start_slot "$machine" "$container" "$slot" "$address" "$v1" &
        jobs+=($!)
    done < <(slots)
    for job in "${jobs[@]}"; do wait "$job" || fail "not every slot could be started"; done
    while read -r machine container slot address; do wait_for_slot "$machine" "$address"; done < <(slots)
}

# remove_slots MACHINE: a private dockerd has nothing but ours; in the running one ours carry our label.
remove_slots() {
    local filter=() ids
    if [ "$1" = web ] && [ "$(docker_kind)" = running ]; then filter=(--filter "label=gapless.demo=$stack_id"); fi
    ids=$(on "$1" ps --all --quiet "${filter[@]}")
    # shellcheck disable=SC2086 # one word an id
    [ -z "$ids" ] || on "$1" rm --force --volumes $ids >/dev/null
}

# --- target files ----------------------------------------------------------------------------------------------------

fingerprint() { ssh-keygen -l -f "$dir/ssh/$1_host_key.pub" | cut -d' ' -f2; }

docker_words() { if [ "$1" = web ] && [ "$(docker_kind)" = running ]; then echo docker; else echo "docker -H unix://$(docker_socket "$1")"; fi; }

host_json() {       # MACHINE PORT
    jq -n --arg user "$user" --argjson port "$2" --arg key "$dir/ssh/client_key" --arg hostKey "$(fingerprint "$1")" --arg docker "$(docker_words "$1")" \
        '{address: "127.0.0.1", port: $port, user: $user, auth: {method: "key", privateKeyFile: $key}, hostKey: $hostKey, sudo: "none", docker: $docker}'
}

slot_json() {       # NAME MACHINE CONTAINER ADDRESS:PORT
    jq -n --arg name "$1" --arg host "$2" --arg container "$3" --arg server "$4" --arg extra "${4%:*}:$((${4##*:} + 100))" \
        '{name: $name, host: $host, container: $container, server: $server, publish: [$server + ":8080", $extra + ":8081"], env: {SLOT: $name}}'
}

target_json() {     # NAME HOSTS SLOTS UPSTREAM_FILE UPSTREAM PORT
    jq -n --arg name "$1" --argjson hosts "$2" --argjson slots "$3" --arg file "$dir/nginx/conf.d/$4" --arg upstream "$5" --arg url "http://127.0.0.1:$6" \
        --arg nginx "$(nginx_words)" --arg state "$dir/gateway-state" --arg dir "$dir" --arg ours "gapless.demo=$stack_id" '
    {
        schema: 1, name: $name, environment: "demo", protection: "open", hosts: $hosts,
        gateway: { host: "web", upstreamFile: $file, upstream: $upstream,
                   testCommand: ($nginx + " -t"), reloadCommand: ($nginx + " -s reload"), stateDir: $state },
        image: { repository: "chat", tagPrefix: "hash_", hashLength: "full", keep: 50 },
        container: { env: { ASPNETCORE_ENVIRONMENT: "Production" },
                     mounts: [ { source: ($dir + "/chat/appsettings.json"), target: "/app/appsettings.json", readOnly: true },
                               { source: ($dir + "/redis"), target: "/run/redis", readOnly: true } ],
                     restart: "unless-stopped", options: [ "--label", $ours ] },
        slots: $slots,
        health: { path: "/health", deadlineSeconds: 30 },
        witness: { url: $url,
                   http: { path: "/", perSecond: 20, versionFrom: "X-Version" },
                   session: { path: "/count", expect: "increasing" },
                   signalr: { hub: "/UpdateHub", connections: "perSlot",
                              echo: { invoke: "SendMessage", arguments: ["gapless", "{token}"], expect: "ReceiveMessage" } } }
    }'
}

write_targets() {
    local web
    web=$(host_json web "$ssh_port")
    target_json chat-demo "$(jq -n --argjson web "$web" '{web: $web}')" \
        "$(jq -s . <(slot_json A web chat_A "127.0.0.1:$port_a") <(slot_json B web chat_B "127.0.0.1:$port_b"))" \
        zerodowntime_upstream.conf zero_down_time "$http_port" >"$dir/target.json"
    if [ -f "$dir/run/second" ]; then
        target_json chat-two-hosts "$(jq -n --argjson web "$web" --argjson second "$(host_json second "$second_ssh_port")" '{web: $web, second: $second}')" \
            "$(jq -s . <(slot_json A web chat2_A "127.0.0.1:$second_port_a") <(slot_json B second chat2_B "$link_net.2:$port_b"))" \
            two_hosts_upstream.conf two_hosts "$second_http_port" >"$dir/target-two-hosts.json"
    else
        rm -f "$dir/target-two-hosts.json"
    fi
}
