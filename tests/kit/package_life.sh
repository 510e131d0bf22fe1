#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The life of the Debian packages on a machine of their own: an overlay over this one, whose changes are all kept in memory and lost at the end.
#
#   package_life.sh FOLDER     FOLDER holds the packages; prints a line "== WHAT" and what was seen, for each step
set -eu
packages=$(cd "$1" && pwd)
[ "${2-}" = inside ] || exec unshare --mount --propagation private bash "$0" "$packages" inside

place=$(mktemp -d)
mount -t tmpfs none "$place"
mkdir "$place"/{upper,work,root,old,new,cleared,cleared-work}
# This machine can have the packages itself, or what they left. A layer of its own hides that, so that the life begins without it and
# "changes" doesn't list its removal.
mount -t overlay -o "lowerdir=/,upperdir=$place/cleared,workdir=$place/cleared-work" none "$place/root"
chroot "$place/root" dpkg --purge libexrun-dev libexrun0 exrun >/dev/null 2>&1 || true
(cd "$place/root" && rm -rf etc/exrun etc/systemd/system/timers.target.wants/exrun-clean.timer var/cache/exrun var/lib/systemd/deb-systemd-helper-*/*exrun* \
    var/lib/systemd/deb-systemd-helper-*/*/*exrun*)
umount "$place/root"
# Each mount of this machine that packages write to is part of the one tree.
mount -t overlay -o "lowerdir=$place/cleared:/,upperdir=$place/upper,workdir=$place/work" none "$place/root"
for kept in proc sys dev; do mount --rbind "/$kept" "$place/root/$kept"; done
mount -t tmpfs none "$place/root/run"
mount -t tmpfs none "$place/root/tmp"
mkdir "$place/root/tmp/debs" && cp "$packages"/*.deb "$place/root/tmp/debs"

# The work of man-db at each installation (its postinst) is not tested here, and takes longer than all the rest.
rm -f "$place/root/var/lib/man-db/auto-update"
there() { chroot "$place/root" env -u EXRUN_CGROUP -u EXRUN_CACHE -u EXRUN_PROFILES DEBIAN_FRONTEND=noninteractive EXRUN_CGROUP="${EXRUN_CGROUP-}" "$@"; }
# Lists the changes of the packages, without the books of the package manager. A character device is the overlay's mark of something removed.
changes() {
    (cd "$place/upper" && find . -mindepth 1 \( -path ./var/lib/dpkg -o -path ./var/cache/man -o -path ./var/cache/debconf -o -path ./var/log -o -path ./tmp -o -path ./run -o -path ./root \) -prune \
        -o ! -type d ! -type c -print -o -type c -o -path '*exrun*' -print | sort)
}
run() { there exrun run --json - <<<'{"profile": "bash", "source": "echo installed"}' 2>&1 || echo "failed with $?"; }
newer() { # the same packages, as a version 9.0
    for deb in "$packages"/{exrun,libexrun0,libexrun-dev}_*.deb; do
        dpkg-deb -R "$deb" "$place/new/x"
        sed -i 's/^Version: .*/Version: 9.0-1/; s/(= [0-9.-]*)/(= 9.0-1)/' "$place/new/x/DEBIAN/control"
        dpkg-deb -Znone -b "$place/new/x" "$place/root/tmp/$(basename "${deb%%_*}")_9.deb" >/dev/null
        rm -rf "$place/new/x"
    done
}

echo "== install"
there sh -c 'dpkg -i /tmp/debs/exrun_*.deb /tmp/debs/libexrun0_*.deb /tmp/debs/libexrun-dev_*.deb 2>&1'
echo "== files"
changes
echo "== run"
run
there exrun --version
echo "== compile"
there exrun run --json - <<<'{"profile": "c", "source": "int main(void) { return 7; }"}' 2>&1 || true
echo "== link"
there sh -c 'cd /tmp && printf "#include <exrun/exrun.h>\n#include <stdio.h>\nint main(void) { puts(exrun_version()); return 0; }\n" >a.c &&
    gcc a.c $(pkg-config --cflags --libs libexrun) -o a && ./a' 2>&1 || true
echo "== operator"
there sh -c 'sed "s/\"name\": \"bash\"/\"name\": \"mine\"/" /usr/share/exrun/profiles/bash.json >/etc/exrun/profiles/mine.json; rm /etc/systemd/system/timers.target.wants/exrun-clean.timer'
echo "== upgrade"
newer
there sh -c 'dpkg -i /tmp/exrun_9.deb /tmp/libexrun0_9.deb /tmp/libexrun-dev_9.deb 2>&1; dpkg-query -W -f "\${Version}\n" exrun'
there exrun profile list --names | tr '\n' ' '
echo
there sh -c 'test -L /etc/systemd/system/timers.target.wants/exrun-clean.timer && echo enabled || echo disabled'
run
echo "== remove"
there sh -c 'dpkg -r libexrun-dev libexrun0 exrun 2>&1'
changes
echo "== purge"
there sh -c 'rm /etc/exrun/profiles/mine.json; dpkg -P exrun libexrun0 libexrun-dev 2>&1'
echo "== left"
changes
(cd "$place/root" && find run var/cache -maxdepth 1 -name '*exrun*')
echo "== end"
