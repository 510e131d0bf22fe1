# SPDX-License-Identifier: MIT
# For quickstart and the packages' tests: installs Debian's packages, and npm's.

install_packages() { # PACKAGE...      sets has_installed if one was missing
    local missing=() package name
    name=$(basename "$0")
    for package in "$@"; do
        [ -z "$package" ] || dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    [ "$(id -u)" -eq 0 ] || { echo "$name: run it as root, or first: apt-get install ${missing[*]}" >&2; exit 77; }
    echo "$name: installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    has_installed=1
}

# Installs the packages of DIRECTORY/package-lock.json, again only if that has changed. Waits for another suite that does the same.
install_npm_packages() { # DIRECTORY
    local wanted
    wanted=$(sha256sum <"$1/package-lock.json")
    (
        flock 9
        [ "$(cat "$1/node_modules/wanted" 2>/dev/null)" != "$wanted" ] || exit 0
        npm --prefix "$1" ci --silent --no-audit --no-fund --fetch-retries=1 --fetch-timeout=60000 && echo "$wanted" >"$1/node_modules/wanted"
    ) 9<"$1/package-lock.json"
}
