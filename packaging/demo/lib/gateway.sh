# SPDX-License-Identifier: MIT
# The gateway: nginx with the site's upstream, and the Redis that the slots share.

nginx_words() { printf '%s -p %s -c %s -e %s' "$(command -v nginx)" "$dir/nginx/" "$dir/nginx/nginx.conf" "$dir/log/nginx-error.log"; }

# write_upstream FILE NAME SERVER_A SERVER_B: as a person would have it, and as `reset` puts it back.
write_upstream() {
    local options=${server_options:+ $server_options}
    {
        printf 'upstream %s {\n' "$2"
        case $affinity in
        none) ;;
        ip_hash) printf '    ip_hash;\n' ;;
        cookie) printf '    hash $slot_key consistent;\n' ;;
        *) fail "GAPLESS_DEMO_AFFINITY is none, ip_hash or cookie" ;;
        esac
        printf '    server %s%s;\n    server %s%s;\n    keepalive 32;\n}\n' "$3" "$options" "$4" "$options"
    } >"$dir/nginx/conf.d/.$1.new"
    # In place, when there is one: what watches the file, or has it mounted, keeps seeing it.
    cat "$dir/nginx/conf.d/.$1.new" >"$dir/nginx/conf.d/$1"
    rm -f "$dir/nginx/conf.d/.$1.new"
}

write_upstreams() {
    write_upstream zerodowntime_upstream.conf zero_down_time "127.0.0.1:$port_a" "127.0.0.1:$port_b"
    if [ -f "$dir/run/second" ]; then
        write_upstream two_hosts_upstream.conf two_hosts "127.0.0.1:$second_port_a" "$link_net.2:$port_b"
    fi
}

write_site() {      # FILE PORT UPSTREAM
    cat >"$dir/nginx/conf.d/$1" <<END
server {
    listen 127.0.0.1:$2;
    location / {
        proxy_pass http://$3;
        proxy_http_version 1.1;
        proxy_set_header Host \$http_host;
        proxy_set_header X-Forwarded-For \$proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto \$scheme;
        proxy_set_header Upgrade \$http_upgrade;
        proxy_set_header Connection \$connection_upgrade;
        proxy_read_timeout 1h;
        add_header Set-Cookie \$slot_key_cookie always;
    }
}
END
}

write_nginx_files() {
    local run_as=''
    [ "$(id -u)" -ne 0 ] || run_as="user root;"      # the folder may lie where no other user gets in
    mkdir -p "$dir/nginx/conf.d" "$dir/nginx/temp" "$dir/gateway-state"
    cat >"$dir/nginx/nginx.conf" <<END
daemon off;
$run_as
worker_processes 2;
pid $dir/nginx/nginx.pid;
error_log $dir/log/nginx-error.log notice;
events { worker_connections 4096; }
http {
    log_format demo '\$msec \$status \$request_method \$request_uri to=\$upstream_addr took=\$request_time';
    access_log $dir/log/nginx-access.log demo buffer=32k flush=1s;
    client_body_temp_path $dir/nginx/temp/body;
    proxy_temp_path $dir/nginx/temp/proxy;
    fastcgi_temp_path $dir/nginx/temp/fastcgi;
    uwsgi_temp_path $dir/nginx/temp/uwsgi;
    scgi_temp_path $dir/nginx/temp/scgi;

    map \$http_upgrade \$connection_upgrade {
        default upgrade;
        ''      '';
    }
    include $dir/nginx/conf.d/*.conf;
}
END
    # A client without the cookie is given one, and is sent where it will be sent from then on. SignalR's negotiate and
    # connect so reach one slot, and clients as a whole reach both.
    if [ "$affinity" = cookie ]; then
        cat >"$dir/nginx/conf.d/affinity.conf" <<'END'
map $cookie_slot_key $slot_key {
    default $cookie_slot_key;
    ''      $request_id;
}
map $cookie_slot_key $slot_key_cookie {
    default '';
    ''      'slot_key=$request_id; Path=/; HttpOnly; SameSite=Lax';
}
END
    else
        printf 'map $host $slot_key_cookie {\n    default %s;\n}\n' "''" >"$dir/nginx/conf.d/affinity.conf"
    fi
    write_site site.conf "$http_port" zero_down_time
    if [ -f "$dir/run/second" ]; then write_site two_hosts.conf "$second_http_port" two_hosts
    else rm -f "$dir/nginx/conf.d/two_hosts.conf" "$dir/nginx/conf.d/two_hosts_upstream.conf"; fi
}

start_nginx() {
    write_nginx_files
    write_upstreams
    launch_nginx
}

# With its files as they are.
launch_nginx() {
    local listen=()
    if has_namespace web; then
        listen=(perl "$here/lib/listen.pl" nginx "127.0.0.1:$http_port")
        if [ -f "$dir/run/second" ]; then listen+=("127.0.0.1:$second_http_port"); fi
        listen+=(--)
    fi
    inside web
    as_root rm -f "$dir/nginx/nginx.pid"
    # shellcheck disable=SC2046 # words, and the folder's path has no space
    start_daemon nginx "${listen[@]}" "${inside[@]}" "${as_user[@]}" $(nginx_words)
    wait_for nginx test -s "$dir/nginx/nginx.pid"
}

reload_nginx() { is_up nginx && as_root kill -HUP "$pid"; }

# A unix socket, mounted into the containers: they need no network for it, and it listens on none.
start_redis() {
    mkdir -p "$dir/redis"
    chmod 755 "$dir/redis"
    start_daemon redis "${as_user[@]}" redis-server --port 0 --unixsocket "$dir/redis/redis.sock" --unixsocketperm 777 \
        --save '' --appendonly no --dir "$dir/redis" --daemonize no
    wait_for redis redis-cli -s "$dir/redis/redis.sock" ping
}
