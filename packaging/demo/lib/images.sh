# SPDX-License-Identifier: MIT
# The images of images.json: one published site on one base, and in each image one small layer of its own.

# What the images are made from; they carry it as a label, so that a changed site is built again.
images_stamp() {
    { cat "$here/images.json" "$here/lib/images.sh" && find "$here/site" -type f ! -path '*/node_modules/*' ! -path '*/bin/*' \
        ! -path '*/obj/*' -print0 | sort -z | xargs -0 cat && dotnet --version; } | sha1sum | cut -c1-16
}

publish_site() {
    local build=$dir/build
    [ "$(cat "$build/published" 2>/dev/null)" = "$1" ] && return
    say "Publishing the chat site"
    rm -rf "$build/site" "$build/publish"
    mkdir -p "$build/site"
    cp -r "$here/site/." "$build/site"
    rm -rf "$build/site/bin" "$build/site/obj" "$build/site/node_modules"
    (cd "$build/site" && timeout 120 npm install --silent --fetch-retries 1 --fetch-timeout 30000 --no-package-lock --no-audit --no-fund --ignore-scripts) >"$dir/log/npm.log" 2>&1 9>&- ||
        fail "npm could not fetch @microsoft/signalr: see $dir/log/npm.log"
    # No build server stays behind.
    dotnet publish "$build/site" --disable-build-servers --property:UseSharedCompilation=false --nologo --verbosity quiet --configuration Release --output "$build/publish" >"$dir/log/publish.log" 2>&1 9>&- ||
        fail "the site does not build: see $dir/log/publish.log"
    rm -f "$build/publish/chat.pdb" "$build/publish/web.config"
    echo "$1" >"$build/published"
}

# Of the runtime that is installed here, so that an update of it makes a new one.
base_image() { echo "gapless-demo-base:$(dotnet --version)"; }

# A root file system out of the .NET runtime that is installed here and the libraries that it links or loads.
assemble_base() {
    local root=$dir/build/rootfs dotnet runtime library
    dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
    rm -rf "$root"
    mkdir -p "$root"/{app,tmp,proc,sys,dev,usr/bin,usr/share/dotnet/shared,etc/ssl/certs}
    chmod 1777 "$root/tmp"
    cp -L "$dotnet/dotnet" "$root/usr/share/dotnet/"
    cp -rL "$dotnet/host" "$root/usr/share/dotnet/"
    for runtime in Microsoft.NETCore.App Microsoft.AspNetCore.App; do
        mkdir -p "$root/usr/share/dotnet/shared/$runtime"
        cp -rL "$(find "$dotnet/shared/$runtime" -maxdepth 1 -name '10.*' | sort -V | tail -n 1)" "$root/usr/share/dotnet/shared/$runtime/"
    done
    ln -s ../share/dotnet/dotnet "$root/usr/bin/dotnet"
    # OpenSSL is loaded at run time, so ldd does not name it.
    { find "$root/usr/share/dotnet" -name '*.so' -print0 | xargs -0 ldd "$dotnet/dotnet" 2>/dev/null |
        grep -oE '/[^ ]+' | grep -v ':$' | grep -v "^$root"
      ldconfig -p | grep -oE '/[^ ]+/lib(ssl|crypto)\.so\.3$' | grep -E "$(uname -m)|lib64|/lib/lib" | head -n 2; } |
        sort -u | while read -r library; do
            [ -f "$library" ] || continue
            mkdir -p "$root$(dirname "$library")"
            cp -L "$library" "$root$library"
        done
    if [ -f /etc/ssl/certs/ca-certificates.crt ]; then cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"; fi
    printf 'root:x:0:0::/:/\napp:x:1654:1654::/app:/\n' >"$root/etc/passwd"
    printf 'root:x:0:\napp:x:1654:\n' >"$root/etc/group"
    printf "FROM scratch\nCOPY . /\n" >"$dir/build/base.Dockerfile"
}

# The official runtime image where its registry is reachable, else one assembled here. Fetched from this computer's own
# network, because a private dockerd has none.
provide_base() {
    local machine=$1 base official=mcr.microsoft.com/dotnet/aspnet:10.0
    base=$(base_image)
    on "$machine" image inspect "$base" >/dev/null 2>&1 && return
    rm -f "$dir/build/base.tar"
    if [ "${GAPLESS_DEMO_BASE:-}" != assembled ] && curl -s -o /dev/null --max-time 3 https://mcr.microsoft.com/v2/ &&
        timeout 600 skopeo --insecure-policy copy --quiet "docker://$official" "docker-archive:$dir/build/base.tar:$base" 2>>"$dir/log/images.log"; then
        say "Loading the base image $official"
        on "$machine" load --quiet --input "$dir/build/base.tar" >/dev/null
        rm -f "$dir/build/base.tar"
        return
    fi
    say "Assembling the base image from the .NET runtime installed here"
    assemble_base
    DOCKER_BUILDKIT=0 on "$machine" build --quiet --tag "$base" \
        --file "$dir/build/base.Dockerfile" "$dir/build/rootfs" >>"$dir/log/images.log" 2>&1 || fail "the base image was not built: see $dir/log/images.log"
    rm -rf "$dir/build/rootfs"
}

# ensure_images MACHINE: every image of images.json, up to date.
ensure_images() {
    local machine=$1 stamp name tag behaviour have
    stamp=$(images_stamp)
    have=$(on "$machine" image ls --filter "label=gapless.demo.stamp=$stamp" --format '{{.Repository}}:{{.Tag}}')
    local missing=()
    while read -r name tag behaviour; do
        grep -qxF "$tag" <<<"$have" || missing+=("$name $tag $behaviour")
    done < <(jq -r 'to_entries[] | "\(.key) \(.value.tag) \(.value.behaviour)"' "$here/images.json")
    [ ${#missing[@]} -gt 0 ] || return 0

    publish_site "$stamp"
    provide_base "$machine"
    local base
    base=$(base_image)
    say "Building ${#missing[@]} images"
    local context=$dir/build/image
    rm -rf "$context"
    mkdir -p "$context"
    cp -r "$dir/build/publish" "$context/app"
    # appsettings.json is the container's own, mounted; the copy stays as what a mount needs to lie over.
    cat >"$context/Dockerfile" <<'END'
ARG BASE
FROM $BASE
WORKDIR /app
ENV ASPNETCORE_HTTP_PORTS=8080;8081 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_EnableDiagnostics=0
EXPOSE 8080 8081
USER 1654
ENTRYPOINT ["dotnet", "/app/chat.dll"]
ARG STAMP
LABEL gapless.demo.stamp=$STAMP
COPY app /app
COPY release.json /app/
END
    local row
    for row in "${missing[@]}"; do
        read -r name tag behaviour <<<"$row"
        jq -n --arg version "$name" --arg behaviour "$behaviour" '{version: $version, behaviour: $behaviour}' >"$context/release.json"
        DOCKER_BUILDKIT=0 on "$machine" build --quiet --tag "$tag" --build-arg "STAMP=$stamp" --build-arg "BASE=$base" "$context" >>"$dir/log/images.log" 2>&1 ||
            fail "the image $name was not built: see $dir/log/images.log"
    done
    # What an image of an older site has left behind.
    on "$machine" image prune --force --filter label=gapless.demo.stamp >/dev/null
    rm -rf "$context"
}

# From the running dockerd, which stays; a private one goes with its folder.
remove_images() {
    local filter tags
    for filter in label=gapless.demo.stamp reference=gapless-demo-base; do
        tags=$(on web image ls --filter "$filter" --format "{{.Repository}}:{{.Tag}}" | grep -v "<none>" || true)
        # shellcheck disable=SC2086 # one word a tag
        [ -z "$tags" ] || on web image rm $tags >/dev/null || true
    done
}

# copy_images TAG…: from web to second.
copy_images() { on web save "$@" | on second load --quiet >/dev/null; }
