#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# A machine to install things on: an overlay over this one, in a mount namespace of its own. Its changes are kept in memory, and lost at the end.
#
#   own-machine.sh CHECKOUT [ROOT]     prints "ready", and lasts until its standard input ends; its root is /mnt/root in its namespace
#
# CHECKOUT is a repository there, /srv/origin, of one commit with its files as they are.
# ROOT is a folder with the root of another system, such as debootstrap makes. Then Composer's settings and the certificates are this machine's, so that
# registries are reached as from here.
set -eu
umask 022
root=${2:-/}
[ "${3-}" = inside ] || exec unshare --mount --propagation private -- "$0" "$1" "$root" inside
mount -t tmpfs -o mode=755 none /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay -o lowerdir=$root,upperdir=/mnt/upper,workdir=/mnt/work none /mnt/root
for kept in proc sys dev; do mount --rbind "/$kept" "/mnt/root/$kept"; done
for fresh in run tmp srv; do mount -t tmpfs -o mode=755 none "/mnt/root/$fresh"; done
chmod 1777 /mnt/root/tmp
mkdir -p /mnt/root/srv/origin /mnt/root/run/lock /mnt/root/etc/sudoers.d
(cd "$1" && tar -c --exclude='./build*' --exclude=./.git --exclude=__pycache__ --exclude=./laravel/demo/vendor --exclude=node_modules \
    --exclude='./laravel/demo/storage/*/*' --exclude=./laravel/demo/.env --exclude='./laravel/demo/database/*.sqlite' .) | tar -x -C /mnt/root/srv/origin --no-same-owner
origin() { git -C /mnt/root/srv/origin -c user.name=test -c user.email=test@localhost "$@"; }
origin init -q
origin add -A
origin commit -q -m 'As it is'
cp /etc/resolv.conf /mnt/root/run/resolv.conf 2>/dev/null && [ -L /etc/resolv.conf ] && rm -f /mnt/root/etc/resolv.conf && cp /mnt/root/run/resolv.conf /mnt/root/etc/resolv.conf || :
if [ "$root" != / ]; then
    for lent in /root/.config/composer /etc/ssl/certs /etc/apt/apt.conf.d; do
        [ ! -d "$lent" ] || { mkdir -p "/mnt/root$lent" && mount --bind "$lent" "/mnt/root$lent"; }
    done
fi
# Composer's own default, whatever this machine has set: a fresh application gets a composer.lock.
settings=/root/.config/composer/config.json
if [ -f "$settings" ]; then
    sed 's/"lock": *false/"lock": true/' "$settings" >/mnt/config.json
    mount --bind /mnt/config.json "/mnt/root$settings"
fi
# This machine can have exrun itself. man-db's index is none of ours, and takes longer than all the rest. Services stay stopped.
rm -f /mnt/root/var/lib/man-db/auto-update
printf '#!/bin/sh\nexit 101\n' >/mnt/root/usr/sbin/policy-rc.d
chmod 755 /mnt/root/usr/sbin/policy-rc.d
chroot /mnt/root dpkg --purge libexrun-dev libexrun0 exrun >/dev/null 2>&1 || :
rm -rf /mnt/root/etc/sudoers.d/exrun /mnt/root/etc/exrun /mnt/root/usr/share/exrun
# The group of this test's cells, and their cache, are no part of what is tested.
echo 'Defaults env_keep += "EXRUN_CGROUP EXRUN_CACHE"' >/mnt/root/etc/sudoers.d/test
chmod 440 /mnt/root/etc/sudoers.d/test
echo ready
cat >/dev/null
