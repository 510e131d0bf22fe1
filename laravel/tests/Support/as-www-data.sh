#!/bin/sh
# SPDX-License-Identifier: MIT
# as-www-data.sh LARAVEL BINARY PROFILES SUDOERS COMMAND [ARG...]
#
# Runs COMMAND as www-data on a machine that has exrun installed in /usr/bin and SUDOERS in /etc/sudoers.d/exrun: in a mount namespace of its own,
# so that the real machine keeps its /usr and /etc. The package stands at /srv/laravel there, since a checkout need not be open to all.
set -eu
umask 022
if [ "${1-}" != --inside ]; then
    exec unshare --mount --propagation private -- "$0" --inside "$@"
fi
laravel=$2 binary=$3 profiles=$4 sudoers=$5
shift 5
mount -t tmpfs -o mode=755 none /mnt
mkdir /mnt/bin /mnt/bin-work /mnt/etc /mnt/etc-work /mnt/etc/sudoers.d /mnt/etc/exrun
install -m 755 "$binary" /mnt/bin/exrun
cp -r "$profiles" /mnt/etc/exrun/profiles
printf '%s\n' "$sudoers" >/mnt/etc/sudoers.d/exrun
chmod 440 /mnt/etc/sudoers.d/exrun
mount -t overlay -o lowerdir=/usr/bin,upperdir=/mnt/bin,workdir=/mnt/bin-work none /usr/bin
mount -t overlay -o lowerdir=/etc,upperdir=/mnt/etc,workdir=/mnt/etc-work none /etc
mount -t tmpfs -o mode=755 none /srv
mkdir /srv/laravel
mount --bind "$laravel" /srv/laravel
cd /srv/laravel/demo
exec setpriv --reuid www-data --regid www-data --init-groups -- "$@"
