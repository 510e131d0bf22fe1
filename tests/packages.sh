# SPDX-License-Identifier: MIT
# For quickstart and the packages' tests: installs Debian's packages.

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
